"""Why one network trains faster: how smooth its loss is along the gradient, how sharp, and how far its layers shift."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from landscape.network.data.samples import Data, samples
from landscape.network.measures import covariate_shift, sharpness, smoothness
from landscape.network.measures.covariate_shift import Shift
from landscape.network.measures.sharpness import Sharpness
from landscape.network.measures.smoothness import Smoothness
from landscape.network.network import Network, Training
from landscape.scene.layers import Curve, CurvePanel, Dash
from landscape.scene.network.scene import Floats
from landscape.scene.network.text import twin_names
from landscape.scene.palette import RUN_COLORS, TWIN_COLORS
from landscape.scene.question import Ask, Cancelled, StreamQuestion, gathered
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation

LOOKS = 60
"""Steps at which the measures are taken."""
CLEARLY = 0.9
"""A measure below this share of the other network's counts as smaller."""
SHARP_LOOKS = 40
"""Steps at which the sharpness is found: each takes many gradients."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Found:
    """One measure at one step of one network."""

    twin: int
    measure: Smoothness | Sharpness | Shift
    shaken: bool = False
    """The network had its layers shifted at random behind every norm."""


@dataclass(frozen=True, kw_only=True, eq=False)
class WhyScene:
    """The measures until now, as panels of curves."""

    curves: tuple[CurvePanel, ...]
    steps: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class WhyQuestion(StreamQuestion[tuple[Found, ...]]):
    """What is measured along the training of two networks."""

    data: Data
    twins: tuple[Network, Network]
    training: Training

    @property
    def patient(self) -> bool:
        """Whether it gives way to what is newer: it does."""
        return True

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[tuple[Found, ...], float]]:  # noqa: ARG002
        """Measure one thing after the other."""
        return gathered(measured(self, cancelled), 2 * (3 * LOOKS + SHARP_LOOKS), cancelled)


Row: TypeAlias = tuple[int, str, str, Dash]
"""Which network, its name, its colour, and the style of its line."""


def why_question(experiment: Experiment) -> WhyQuestion:
    """Return what is measured of an experiment."""
    return WhyQuestion(data=experiment.data, twins=experiment.twins, training=experiment.training)


def measured(question: WhyQuestion, cancelled: Callable[[], bool]) -> Iterator[Found]:
    """Yield one measure after the other: the smoothness of both networks, their sharpness, their shifts."""
    rows, training = samples(question.data), question.training
    looks = np.unique(np.linspace(0, training.steps - 1, LOOKS).astype(int)).tolist()
    for twin, network in enumerate(question.twins):
        for smooth in smoothness.along(network, training, rows, looks, cancelled):
            yield Found(twin=twin, measure=smooth)
    for twin, network in enumerate(question.twins):
        for sharp in sharpness.along(network, training, rows, -(-training.steps // SHARP_LOOKS), cancelled):
            yield Found(twin=twin, measure=sharp)
    every = -(-training.steps // LOOKS)
    for twin, network in enumerate(question.twins):
        for shift in covariate_shift.along(network, training, rows, every, cancelled=cancelled):
            yield Found(twin=twin, measure=shift)
    for twin, network in enumerate(question.twins):
        layered = bool(network.hidden or network.filters)
        if network.normalization == "batch" and network.affine and layered:
            for shift in covariate_shift.along(network, training, rows, every, random=True, cancelled=cancelled):
                yield Found(twin=twin, measure=shift, shaken=True)


def build_why(experiment: Experiment, found: Sequence[Found], say: Translation) -> WhyScene:
    """Return the panels: the loss, Santurkar's three measures beside it, the sharpness, and the shift of the layers."""
    names = twin_names(experiment, say)
    smooth: list[Row] = [(twin, name, TWIN_COLORS[twin], "solid") for twin, name in enumerate(names)]
    panels = [
        _panel(say("mini-batch loss"), [_curve(row, found, Smoothness, lambda one: one.loss) for row in smooth]),
        _panel(
            say("loss range"),
            [_curve(row, found, Smoothness, lambda one: one.loss_range) for row in smooth],
        ),
        _panel(
            say("gradient change"),
            [_curve(row, found, Smoothness, lambda one: one.predictiveness) for row in smooth],
        ),
        _panel(
            say("β-smoothness"),
            [_curve(row, found, Smoothness, lambda one: one.smoothness) for row in smooth],
        ),
        _panel(
            say("λmax and 2/lr"),
            [_curve(row, found, Sharpness, lambda one: one.value) for row in smooth]
            + [_curve((0, "2/lr", RUN_COLORS[7], "dot"), found, Sharpness, lambda one: one.limit)],
            "··· 2/lr",
        ),
        _panel(
            say("layer shift"),
            [_curve(row, found, Shift, _mean_drift) for row in smooth]
            + [
                _curve((twin, say("{name}, shaken", name=name), color, "dash"), found, Shift, _mean_drift, shaken=True)
                for twin, name, color, _ in smooth
            ],
            f"– – {say('shaken')}",
        ),
    ]
    waiting = [panel if panel.curves else replace(panel, keys=(say("computing…"),)) for panel in panels]
    return WhyScene(curves=tuple(waiting), steps=experiment.steps, sentence=_sentence(names, found, say))


def _mean_drift(shift: Shift) -> float:
    """Return the mean over the layers that are activated; NaN of a network that has none."""
    return float(np.mean(shift.drifts)) if len(shift.drifts) else float("nan")


def _curve(
    row: Row,
    found: Sequence[Found],
    kind: type[Smoothness] | type[Sharpness] | type[Shift],
    read: Callable[..., float],
    *,
    shaken: bool = False,
) -> Curve:
    """Return one measure of one network against the step, in straight lines between the steps where it was taken."""
    twin, name, color, dash = row
    taken = [
        one.measure for one in found if one.twin == twin and one.shaken == shaken and isinstance(one.measure, kind)
    ]
    values: Floats = np.zeros(0)
    if taken:
        steps = [one.step for one in taken]
        values = np.interp(np.arange(steps[-1] + 1), steps, [read(one) for one in taken])
    return Curve(run=twin, name=name, color=color, dash=dash, values=values)


def _panel(title: str, curves: Sequence[Curve], key: str = "") -> CurvePanel:
    """Return a panel of the curves that are known, with the key of their line style where one of them is not solid."""
    shown = tuple(curve for curve in curves if len(curve.values))
    keys = (key,) if any(curve.dash != "solid" for curve in shown) else ()
    return CurvePanel(quantity="measure", title=title, curves=shown, log=True, keys=keys)


def _sentence(names: tuple[str, str], found: Sequence[Found], say: Translation) -> str:
    """Return what the three measures are, and how they are to be read."""
    parts: list[str] = [say("Read each measure beside the loss: a network that does not learn looks smooth.")]
    smooth = [
        [one.measure for one in found if one.twin == twin and isinstance(one.measure, Smoothness)] for twin in (0, 1)
    ]
    if all(smooth):
        parts += _smooth_sentences(names, smooth, say)
    return "\n".join((*parts, *_shaken_sentence(names, found, say)))


def _smooth_sentences(
    names: tuple[str, str], smooth: Sequence[Sequence[Smoothness]], say: Translation
) -> tuple[str, str]:
    """Return what is usual and what is rare of each measure, and whether one network is smoother where it matters.

    A step fails where the loss is roughest: networks are told apart by the 95th percentiles, not by the medians.
    """
    measures = {
        say("loss range"): [[one.loss_range for one in each] for each in smooth],
        say("gradient change"): [[one.predictiveness for one in each] for each in smooth],
        say("β-smoothness"): [[one.smoothness for one in each] for each in smooth],
    }
    told, rough = [], []
    for title, both in measures.items():
        (a, high_a), (b, high_b) = (np.nanpercentile(each, (50, 95)).tolist() for each in both)
        first, second = (f"{number(usual, 2)} ({number(high, 2)})" for usual, high in ((a, high_a), (b, high_b)))
        told.append(say("{measure} {first} and {second}", measure=title, first=first, second=second))
        rough.append((high_a, high_b))
    values = say(
        "Medians and, in brackets, 95th percentiles; first {first}, then {second}: {measures}.",
        first=names[0], second=names[1], measures="; ".join(told),
    )  # fmt: skip
    for twin, name in enumerate(names):
        if all(each[twin] < CLEARLY * each[1 - twin] for each in rough):
            return values, say("Where the loss is roughest, {name} is the smoother one by all three.", name=name)
    return values, say("The three do not agree on which is smoother: here they do not tell why one is faster.")


def _shaken_sentence(names: tuple[str, str], found: Sequence[Found], say: Translation) -> tuple[str, ...]:
    """Return how a network does whose layers shift at random, against the same network left alone."""
    told: list[str] = []
    for twin, name in enumerate(names):
        own = [(one.shaken, one.measure) for one in found if one.twin == twin]
        calm, shifts = (
            [one for was, one in own if was == shaken and isinstance(one, Shift)] for shaken in (False, True)
        )
        if not calm or not shifts:
            continue
        values = {
            "name": name,
            "drift": number(float(np.median([_mean_drift(one) for one in shifts])), 2),
            "calm": number(float(np.median([_mean_drift(one) for one in calm[: len(shifts)]])), 2),
            "loss": number(shifts[-1].loss, 2),
        }
        told.append(
            say("Shaken at random at every step, {name} shifts by {drift} instead of {calm}: loss {loss}.", **values)
        )
    return tuple(told)
