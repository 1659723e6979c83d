"""Training a network in one call, and the result."""

import math
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscape.annotations import fitting
from landscape.arguments import checked, unknown
from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import MOST_STEPS, Schedule
from landscape.catalogue.schedules import schedule as named_schedule
from landscape.errors import InputError
from landscape.network.data.samples import Data, Samples, samples
from landscape.network.evaluation import Evaluation, evaluate, predict
from landscape.network.network import Network, Precision, Training, check
from landscape.network.training.early_stopping import EarlyStopping, check_stopping, steps_apart
from landscape.network.training.trainer import Outcome, Trainer

OPTIONS = ("optimizer", "schedule", "batch_size", "epochs", "seed", "precision", "early_stopping")
"""What :func:`train` takes besides the fields of a network."""
MOST_LOOKS = 200
"""Steps at which a training is looked at, evenly spread, besides the first."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Trained:
    """What came of n steps of training. All arrays are read-only float64 but for ``at``."""

    network: Network
    training: Training
    data: Data
    batch_losses: NDArray[np.float64]
    """(n,): the loss of each mini-batch before its step; one more where that was not finite and ended the training."""
    at: NDArray[np.int64]
    """(k,): how many steps had been made when what follows was taken; the first is 0, the last n."""
    losses: NDArray[np.float64]
    """(k,): over the training part; batch norm takes the statistics of all its rows."""
    accuracies: NDArray[np.float64]
    """(k,): share of the training part, of rows with several labels those all of whose labels are right; NaN where
    values are predicted."""
    test_losses: NDArray[np.float64]
    """(k,): over the test part, with batch norm's running statistics; NaN without a test part."""
    test_accuracies: NDArray[np.float64]
    """(k,)."""
    label_accuracies: NDArray[np.float64]
    """(k,): share of all labels of the training part that are right; NaN but where a row may have several."""
    test_label_accuracies: NDArray[np.float64]
    """(k,)."""
    weights: NDArray[np.float64]
    """(k, numbers): θ with the running statistics behind it."""
    outcome: Outcome
    """``"finished"``, ``"diverged"`` where a loss or a weight was not finite, or ``"stopped"`` by early stopping."""
    restored: int | None = None
    """Where early stopping ended it: the step of the lowest loss over the test part, whose weights are the last."""

    @checked
    def steps_to(self, threshold: float) -> int | None:
        """Return the first step after which the loss over the training part is at or under ``threshold``, or None.

        Exact: the training is done again, as it was, and looked at after every step.
        """
        trainer = Trainer(self.network, self.training, samples(self.data))
        with np.errstate(all="ignore"):
            while not trainer.evaluate().loss <= threshold:
                if trainer.step >= self.at[-1] or not trainer.advance(1):
                    return None
        return trainer.step

    @checked
    def predict(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what the trained network gives for rows (m, d), as :func:`landscape.network.evaluation.predict`."""
        given, rows = np.asarray(inputs, np.float64), samples(self.data)
        wanted = rows.inputs.shape[1]
        if given.ndim != 2 or given.shape[1] != wanted:
            raise InputError(
                "The network takes rows of {wanted} inputs, not numbers of shape {given}",
                wanted=wanted, given=given.shape,
            )  # fmt: skip
        with np.errstate(all="ignore"):
            return predict(self.network, self.weights[-1], given, rows.classes)


@checked
def train(
    data: str | Data,
    *,
    optimizer: UpdateRule,
    schedule: Schedule | None = None,
    batch_size: int = 32,
    epochs: float = 50,
    seed: int = 0,
    precision: Precision = "float32",
    early_stopping: int | None = None,
    **network: Any,  # noqa: ANN401  (the fields of Network, each with its own type)
) -> Trained:
    """Train a network and return what came of it.

    Args:
        data: A data set by name, such as ``"spirals"``, or a description of one.
        optimizer: An elementwise update rule.
        schedule: The rate of each step; None: constant.
        batch_size: Rows in a mini-batch; 0: all of them.
        epochs: How often every row of the training part is used; the steps are rounded up.
        seed: Decides the points of a data set given by name, the first weights and the mini-batches.
        precision: Of the numbers in training.
        early_stopping: Steps without a lower loss over the test part after which the training ends, and the weights of
            the lowest are restored; None: never.
        **network: Fields of a ``Network``: ``hidden``, ``activation``, ``normalization``, ``dropout``, ``clip_norm``...

    Raises:
        InputError: a ValueError that says what was given and what is allowed.
    """
    built = _network(network)
    given = replace(Data(), name=data, seed=seed) if isinstance(data, str) else data
    rows = samples(given)
    count = len(rows.inputs)
    if not (math.isfinite(epochs) and epochs >= 0.0):
        raise InputError('"{name}" must be a finite number of at least 0, not {given}', name="epochs", given=epochs)
    updates = float(epochs) * count / min(max(batch_size, 0) or count, count)
    if updates > MOST_STEPS:
        raise InputError(
            "{given} epochs are {steps:g} steps; at most {most} can be made",
            given=epochs, steps=updates, most=MOST_STEPS,
        )  # fmt: skip
    training = Training(
        rule=optimizer,
        schedule=named_schedule("constant") if schedule is None else schedule,
        steps=math.ceil(updates),
        batch_size=batch_size,
        seed=seed,
        precision=precision,
        early_stopping=early_stopping,
    )
    return _train(built, training, given, rows)


def _network(given: dict[str, Any]) -> Network:
    own = [field.name for field in fields(Network)]
    for name in given:
        if name not in own:
            raise unknown("train", name, [*own, *OPTIONS])
    if "hidden" in given:
        with suppress(TypeError):
            given = given | {"hidden": tuple(given["hidden"])}
    return check(fitting(Network(**given)))


@np.errstate(all="ignore")
def _train(network: Network, training: Training, data: Data, rows: Samples) -> Trained:
    trainer = Trainer(network, training, rows)
    check_stopping(training, rows)
    stopping = EarlyStopping(trainer, training.early_stopping)
    apart = max(1, -(-training.steps // MOST_LOOKS))
    if training.early_stopping is not None:  # Where a recording looks, too: both stop at the same step
        apart = max(1, steps_apart(training.steps))
    at, seen, weights = [], [], []
    while True:
        look = _look(trainer, network, rows)
        if stopping.look(look[3], trainer.snapshot()):
            look = _look(trainer, network, rows)
        at.append(trainer.step)
        seen.append(look)
        weights.append(trainer.snapshot())
        if not trainer.advance(apart):
            break
    columns, kept, steps, batch_losses = np.array(seen).T, np.array(weights), np.array(at), trainer.losses
    for array in (columns, kept, steps, batch_losses):
        array.flags.writeable = False
    return Trained(
        network=network,
        training=training,
        data=data,
        batch_losses=batch_losses,
        at=steps,
        losses=columns[0],
        accuracies=columns[1],
        label_accuracies=columns[2],
        test_losses=columns[3],
        test_accuracies=columns[4],
        test_label_accuracies=columns[5],
        weights=kept,
        outcome=trainer.outcome,
        restored=stopping.restored,
    )


def _look(trainer: Trainer, network: Network, rows: Samples) -> tuple[float, ...]:
    """Return loss and accuracies over the training part, and over the test part."""
    test = Evaluation(math.nan, math.nan)
    if len(rows.test_inputs):
        test = evaluate(network, trainer.snapshot(), rows.test_inputs, rows.test_targets, rows.classes)
    return (*trainer.evaluate(), *test)
