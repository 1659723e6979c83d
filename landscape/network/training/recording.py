"""Recording a training while it happens: learning curves, checkpoints of the weights, histograms of the layers."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.network.data.samples import Samples, Targets
from landscape.network.evaluation import Evaluation, evaluate, gradient_norms, pre_activations
from landscape.network.network import Activation, Network, Training
from landscape.network.training.early_stopping import MOST_LOSSES, EarlyStopping, check_stopping, steps_apart
from landscape.network.training.trainer import Outcome, Trainer

Floats: TypeAlias = NDArray[np.float64]

MOST_FRAMES = 240
"""Steps at which weights and layers are kept."""
LOOKED_AT = 200
"""Rows of which the values in the layers are taken."""
BINS = 40
LOWEST, HIGHEST = -5.0, 5.0
"""Range of the histograms; what lies beyond is counted in the outermost bins."""
NOTHING = Evaluation(float("nan"), float("nan"))
SATURATED = {"tanh": 2.65, "sigmoid": 4.6}
"""Distance from 0 beyond which an activation is within 1 % of its end."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Recording:
    """What became of one training, as far as it has come; arrays are read-only."""

    network: Network
    step: int
    """Steps made."""
    outcome: Outcome
    at: NDArray[np.int64]
    """(k,) the steps at which the losses were taken, the first 0."""
    losses: Floats
    """(k, 3): over all training rows, batch norm with their own mean and variance; over all test rows, with the running
    ones; and over all training rows with the running ones. NaN where there are no such rows or statistics."""
    accuracies: Floats
    """(k, 2): shares of the training and of the test rows taken for what they are, with all their labels; NaN where
    values are predicted."""
    label_accuracies: Floats
    """(k, 2): likewise of all labels; NaN but where a row may have several."""
    frames: NDArray[np.int64]
    """(m,) the steps at which the weights were kept, the first 0."""
    weights: Floats
    """(m, numbers): θ, and behind it the running statistics."""
    gradients: Floats
    """(m, layers): norm of the gradient of each layer over all training rows."""
    densities: NDArray[np.float32]
    """(m, layers, BINS): share of the values that enter an activation in each bin, against the fullest one."""
    idle: Floats
    """(m, layers): share of dead units (relu), or of saturated activations (tanh, sigmoid); else NaN."""
    rates: Floats
    """(step,): the learning rate of every step that was made."""
    restored: int | None = None
    """Where early stopping ended the training: the step whose weights it has since, those of the last frame."""

    def reached(self, threshold: float) -> int | None:
        """Return the first step whose loss over all training rows is at or under ``threshold``; None: none yet."""
        below = np.flatnonzero(self.losses[:, 0] <= threshold)
        return int(self.at[below[0]]) if len(below) else None

    def frame(self, step: float) -> int:
        """Return which of the frames is the last at or before ``step``."""
        return max(int(np.searchsorted(self.frames, step, side="right")) - 1, 0)

    def every_step(self, values: Floats) -> Floats:
        """Return (step + 1,) what was taken at some steps for every step, in straight lines between."""
        return values if len(values) == self.at[-1] + 1 else np.interp(np.arange(self.at[-1] + 1), self.at, values)


class Recorder:
    """Trains a network, and writes down what happens.

    Args:
        network: What is trained.
        training: How.
        rows: On what.
    """

    def __init__(self, network: Network, training: Training, rows: Samples) -> None:
        self._network, self._rows, self._steps = network, rows, training.steps
        self._trainer = Trainer(network, training, rows)
        check_stopping(training, rows)
        self._stopping = EarlyStopping(self._trainer, training.early_stopping)
        self._apart = steps_apart(training.steps)
        self._frames_apart = self._apart * -(-training.steps // (self._apart * MOST_FRAMES))
        self._at = _Table(MOST_LOSSES + 2)
        self._measured, self._labels = _Table(MOST_LOSSES + 2), _Table(MOST_LOSSES + 2)
        self._frames = _Table(MOST_FRAMES + 2)
        self._kept = {name: _Table(MOST_FRAMES + 2) for name in ("weights", "gradients", "densities", "idle")}
        self._take()

    @property
    def running(self) -> bool:
        """Whether there are steps left that can be made."""
        return self._trainer.outcome == "running"

    def advance(self, seconds: float, cancelled: Callable[[], bool]) -> None:
        """Train for about so long, at least to the next step that is written down, or until the end."""
        until = perf_counter() + seconds
        while self.running and not cancelled():
            self._trainer.advance(min(self._apart, self._steps - self._trainer.step), cancelled)
            self._take()
            if perf_counter() > until:
                return

    def recording(self) -> Recording:
        """Return what was written down until now."""
        if not self.running:
            for table in (self._at, self._measured, self._labels, self._frames, *self._kept.values()):
                table.trim()
        measured = self._measured.rows
        return Recording(
            network=self._network,
            step=self._trainer.step,
            outcome=self._trainer.outcome,
            at=self._at.rows,
            losses=measured[:, :3],
            accuracies=measured[:, 3:],
            label_accuracies=self._labels.rows,
            frames=self._frames.rows,
            rates=self._trainer.rates,
            restored=self._stopping.restored,
            **{name: table.rows for name, table in self._kept.items()},
        )

    def _take(self) -> None:
        """Write down the present step."""
        weights, rows, step = self._trainer.snapshot(), self._rows, self._trainer.step
        tested = self._judged(weights, rows.test_inputs, rows.test_targets)
        if self._stopping.look(tested.loss, weights):
            weights = self._trainer.snapshot()
            tested = self._judged(weights, rows.test_inputs, rows.test_targets)
        trained = self._trainer.evaluate()
        remembered = self._judged(weights, rows.inputs, rows.targets) if self._trainer.layout.statistics else NOTHING
        self._at.add(step)
        self._measured.add([trained.loss, tested.loss, remembered.loss, trained.accuracy, tested.accuracy])
        self._labels.add([trained.labels, tested.labels])
        if step % self._frames_apart == 0 or not self.running:
            self._keep(step, weights)

    def _judged(self, weights: Floats, inputs: Floats, targets: Targets) -> Evaluation:
        if not len(inputs):
            return NOTHING
        return evaluate(self._network, weights, inputs, targets, self._rows.classes)

    def _keep(self, step: int, weights: Floats) -> None:
        rows, network = self._rows, self._network
        values = pre_activations(network, weights, rows.inputs[:LOOKED_AT], rows.classes)
        self._frames.add(step)
        self._kept["weights"].add(weights)
        self._kept["gradients"].add(gradient_norms(network, weights, rows.inputs, rows.targets, rows.classes))
        self._kept["densities"].add([density(layer) for layer in values])
        self._kept["idle"].add([idle_share(layer, network.activation) for layer in values])


class _Table:
    """Rows that are added one by one; those that are there never change."""

    def __init__(self, most: int) -> None:
        self._most, self._count = most, 0
        self._rows: NDArray[Any] = np.empty((0,))

    def add(self, row: object) -> None:
        given = np.asarray(row)
        if not self._count:
            self._rows = np.empty((self._most, *given.shape), given.dtype)
        self._rows[self._count] = given
        self._count += 1

    def trim(self) -> None:
        """Give back the room for rows that are never added."""
        if self._count < len(self._rows):
            self._rows = self._rows[: self._count].copy()

    @property
    def rows(self) -> NDArray[Any]:
        """All that was added until now, read-only."""
        rows = self._rows[: self._count]
        rows.flags.writeable = False
        return rows


def density(values: NDArray[Any]) -> NDArray[np.float32]:
    """Return (BINS,) how many of the values lie in each bin, against the fullest one; what is no number in none."""
    finite = values[np.isfinite(values)]
    bins = np.clip((finite - LOWEST) * (BINS / (HIGHEST - LOWEST)), 0, BINS - 1).astype(np.intp)
    counts = np.bincount(bins, minlength=BINS)
    return (counts / max(int(counts.max()), 1)).astype(np.float32)


def idle_share(values: NDArray[Any], activation: Activation) -> float:
    """Return which share of (rows, units) does not learn: units that relu holds at 0, or saturated activations."""
    if activation == "relu":
        return float(np.mean((values <= 0).all(axis=0)))
    if activation in SATURATED:
        return float(np.mean(np.abs(values) > SATURATED[activation]))
    return float("nan")


def record(
    network: Network, training: Training, rows: Samples, cancelled: Callable[[], bool] = lambda: False
) -> Recording:
    """Return the recording of a whole training."""
    recorder = Recorder(network, training, rows)
    while recorder.running and not cancelled():
        recorder.advance(1.0, cancelled)
    return recorder.recording()
