"""Model bias or optimization? Small models are trained beside the present ones, over several seeds, and compared.

What a small model can say a larger one can say, too. Where the larger one's training loss is higher nevertheless, the
optimization is to blame; where it is not, but high, the model is; where it is low, the test loss tells of variance.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from landscape.network.data.samples import Data, samples
from landscape.network.evaluation import evaluate
from landscape.network.network import Network, Training
from landscape.network.training.trainer import Trainer
from landscape.scene.layers import Curve, CurvePanel
from landscape.scene.network.scene import Floats
from landscape.scene.network.text import twin_names
from landscape.scene.network.why import Row, WhyScene
from landscape.scene.palette import RUN_COLORS, TWIN_COLORS
from landscape.scene.question import Ask, Cancelled, StreamQuestion, gathered
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

SEEDS = 5
LOOKS = 60
"""Steps at which the losses are taken."""
CLEARLY = 1.05
"""A training loss higher than this many times another one is higher."""
FAR = 1.5
"""A test loss of so many times the training loss, and above the threshold, tells of variance."""
SMALL = ((), (4,))
"""Hidden layers of the small models: linear, and one layer."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """One training: of a small model or of one of the twins, from one seed."""

    model: int
    """0 and 1: the small ones; 2 and 3: the twins."""
    seed: int
    steps: Floats
    """(k,): at which the losses were taken."""
    losses: Floats
    """(k, 2): over the training rows and, in evaluation mode, the test rows; not finite from where it diverged."""


@dataclass(frozen=True, kw_only=True)
class BiasQuestion(StreamQuestion[tuple[Course, ...]]):
    """The trainings of small models and of the twins."""

    data: Data
    twins: tuple[Network, Network]
    training: Training

    @property
    def patient(self) -> bool:
        """Whether it gives way to what is newer: it does."""
        return True

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[tuple[Course, ...], float]]:  # noqa: ARG002
        """Train one after the other."""
        return gathered(trained(self, cancelled), SEEDS * len(models(self.twins)), cancelled)


def bias_question(experiment: Experiment) -> BiasQuestion:
    """Return what is trained beside an experiment; none of it is stopped early."""
    training = replace(experiment.training, early_stopping=None)
    return BiasQuestion(data=experiment.data, twins=experiment.twins, training=training)


def models(twins: tuple[Network, Network]) -> tuple[Network, ...]:
    """Return the small models, plain, and then the twins."""
    plain = replace(twins[0], filters=0, normalization="none", dropout=0.0, l1=0.0, l2=0.0)
    return (*(replace(plain, hidden=hidden) for hidden in SMALL), *twins)


def trained(question: BiasQuestion, cancelled: Callable[[], bool]) -> Iterator[Course]:
    """Yield one training after the other, all models from one seed first."""
    for seed in range(SEEDS):
        for model, network in enumerate(models(question.twins)):
            found = _course(question, network, model, seed, cancelled)
            if cancelled():
                return
            yield found


def _course(question: BiasQuestion, network: Network, model: int, seed: int, cancelled: Callable[[], bool]) -> Course:
    rows = samples(replace(question.data, seed=question.data.seed + seed))
    training = replace(question.training, seed=question.training.seed + seed)
    trainer, told = Trainer(network, training, rows), []
    looks = np.unique(np.linspace(0, training.steps, LOOKS).astype(int))
    for step in looks.tolist():
        trainer.advance(step - trainer.step, cancelled)
        if trainer.step < step:
            told.append((np.inf, np.inf))
            continue
        test = np.nan
        if len(rows.test_inputs):
            test = evaluate(network, trainer.snapshot(), rows.test_inputs, rows.test_targets, rows.classes).loss
        told.append((trainer.evaluate().loss, test))
    return Course(model=model, seed=training.seed, steps=looks.astype(float), losses=np.array(told))


def build_bias(experiment: Experiment, found: Sequence[Course], say: Translation) -> WhyScene:
    """Return the training and test losses, medians over the seeds, and what they tell."""
    names = (say("linear model"), say("one layer of 4"), *twin_names(experiment, say))
    rows: list[Row] = [
        (0, names[0], RUN_COLORS[7], "dot"), (1, names[1], RUN_COLORS[7], "dash"),
        (2, names[2], TWIN_COLORS[0], "solid"), (3, names[3], TWIN_COLORS[1], "solid"),
    ]  # fmt: skip
    losses = (say("training loss"), say("test loss"))
    titles = [say("{loss}; dotted: linear model, dashed: one layer of 4", loss=loss) for loss in losses]
    panels = tuple(
        CurvePanel(
            quantity="measure", title=title, log=True, legend=True,
            curves=tuple(curve for row in rows if (curve := _curve(row, found, column)) is not None),
        )
        for column, title in enumerate(titles)
    )  # fmt: skip
    return WhyScene(curves=panels, steps=experiment.steps, sentence=_sentence(experiment, names, found, say))


def _curve(row: Row, found: Sequence[Course], column: int) -> Curve | None:
    model, name, color, dash = row
    own = [one for one in found if one.model == model]
    if not own or np.isnan(own[0].losses[:, column]).all():
        return None
    middle = np.median([one.losses[:, column] for one in own], axis=0)
    values = np.interp(np.arange(own[0].steps[-1] + 1), own[0].steps, middle)
    return Curve(run=model, name=name, color=color, dash=dash, values=values)


def ends(found: Sequence[Course]) -> dict[int, tuple[float, float]]:
    """Return for each model that has all its seeds the medians of its last training and test loss."""
    told = {}
    for model in {one.model for one in found}:
        last = [one.losses[-1] for one in found if one.model == model]
        if len(last) == SEEDS:
            train, test = np.median(last, axis=0).tolist()
            told[model] = (train, test)
    return told


def _sentence(experiment: Experiment, names: Sequence[str], found: Sequence[Course], say: Translation) -> str:
    """Return the numbers of all models, and what they tell of each of the twins."""
    told = ends(found)
    if len(told) < len(names):
        return say("Training {count} models from {seeds} seeds each …", count=len(names), seeds=SEEDS)
    parts = [
        say("{name}: training {train}, test {test}", name=name, train=number(train, 2), test=number(test, 2))
        for name, (train, test) in zip(names, (told[model] for model in range(len(names))), strict=True)
    ]
    small = min((0, 1), key=lambda model: told[model][0])
    verdicts = [_verdict(experiment, names, told, model, small, say) for model in (2, 3)]
    return "\n".join((say("Medians of {seeds} seeds.", seeds=SEEDS) + " " + "; ".join(parts) + ".", *verdicts))


def _verdict(
    experiment: Experiment, names: Sequence[str], told: dict[int, tuple[float, float]], model: int, small: int,
    say: Translation,
) -> str:  # fmt: skip
    (train, test), least = told[model], told[small][0]
    values = {"name": names[model], "small": names[small], "train": number(train, 2), "test": number(test, 2)}
    if not train <= CLEARLY * least:
        return say("{name}: optimization. The {small} trains to a lower loss; a larger model could, too.", **values)
    if train > experiment.threshold:
        return say("{name}: model bias, or too few steps. No small model trains lower, and {train} is high.", **values)
    if test > max(FAR * train, experiment.threshold):
        return say("{name}: variance. It learned the training rows ({train}), not the test rows ({test}).", **values)
    return say("{name}: neither. It learned the training rows and the test rows.", **values)
