"""Steps to a threshold against the learning rate, for both networks over several seeds."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from landscape.catalogue.optimizers import RATE, optimizer_entries
from landscape.network.training.learning_rate_sweep import Result, Sweep, best, medians, rates, run
from landscape.scene.layers import Abscissa, Curve, CurvePanel, Dots
from landscape.scene.network.scene import Floats
from landscape.scene.network.text import twin_names
from landscape.scene.palette import TWIN_COLORS
from landscape.scene.question import Ask, Cancelled, StreamQuestion, gathered
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.session.network.edits import RATES
from landscape.translation import Translation

COUNT = 11
"""Learning rates."""
BELOW, ABOVE = 1 / 20, 50.0
"""The smallest and the largest, against the one that an optimizer of this family begins with."""
SEEDS = 5
EVERY = 5
"""Steps between two looks at the loss where only the present learning rate is tried."""
MOST_STEPS = 5000
"""Of a training that is done again from every seed."""
FEWEST, MOST_AT_LEAST = 5.0, 10.0
"""Steps at the bottom of the chart, unless a training needs fewer, and at its top, unless they go on longer."""
ASIDE = -5.0, 5.0
"""How far beside a rate both networks are drawn, so that both are seen."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SweepScene:
    """All trainings until now."""

    curves: tuple[CurvePanel, ...]
    """One panel: of each network the medians over the seeds, and a dot for each training."""
    steps: int
    """How long each goes on at most."""
    done: int
    total: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class SweepQuestion(StreamQuestion[tuple[Result, ...]]):
    """All trainings of a sweep."""

    sweep: Sweep

    @property
    def patient(self) -> bool:
        """Whether it gives way to what is newer: it does."""
        return True

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[tuple[Result, ...], float]]:  # noqa: ARG002
        """Train one network after the other."""
        count = len(self.sweep.networks) * len(self.sweep.rates) * self.sweep.seeds
        return gathered(run(self.sweep, cancelled), count, cancelled)


def sweep_of(experiment: Experiment) -> Sweep | None:
    """Return the sweep over the learning rates of an experiment, whatever its own is; None where its rule has none."""
    rule = experiment.rule
    if RATE not in dict(rule.values):
        return None
    entry = optimizer_entries().get(rule.entry)
    middle = RATES.get(entry.family, rule.lr) if entry else rule.lr
    training = replace(experiment.training, rule=rule.with_values(lr=middle))
    return Sweep(
        networks=experiment.twins,
        data=experiment.data,
        training=training,
        rates=rates(BELOW * middle, ABOVE * middle, COUNT),
        seeds=SEEDS,
        threshold=experiment.threshold,
    )


def seeds_of(experiment: Experiment) -> Sweep | None:
    """Return the trainings from several seeds, each with data of its own; None where they would take long."""
    if experiment.steps > MOST_STEPS or RATE not in dict(experiment.rule.values):
        return None
    return Sweep(
        networks=experiment.twins,
        data=experiment.data,
        training=experiment.training,
        rates=(experiment.rule.lr,),
        seeds=SEEDS,
        threshold=experiment.threshold,
        every=EVERY,
    )


def seeds_sentence(experiment: Experiment, sweep: Sweep, results: Sequence[Result], say: Translation) -> str:
    """Return the median steps over the seeds, once all are there."""
    if len(results) < len(sweep.networks) * sweep.seeds:
        return say("Median of {seeds} seeds: computing…", seeds=sweep.seeds)
    first, second = (
        say("{name}: {steps}", name=name, steps=number(steps)) if steps < math.inf else say("{name} never", name=name)
        for name, steps in zip(twin_names(experiment, say), medians(sweep, results)[:, 0].tolist(), strict=True)
    )
    return say("Median of {seeds} seeds: {first}, {second}.", seeds=sweep.seeds, first=first, second=second)


def build_sweep(experiment: Experiment, sweep: Sweep, results: Sequence[Result], say: Translation) -> SweepScene:
    """Return the trainings of ``sweep`` that have ended."""
    names, middle = twin_names(experiment, say), medians(sweep, results)
    curves = tuple(
        Curve(
            run=index,
            name=name,
            color=TWIN_COLORS[index],
            dash="solid",
            values=middle[index],
            dots=(_dots(sweep, [one for one in results if one.network == index], aside),),
            aside=aside,
        )
        for index, (name, aside) in enumerate(zip(names, ASIDE, strict=True))
    )
    known = [steps for curve in curves for steps in curve.dots[0].values.tolist() if 0 < steps < math.inf]
    panel = CurvePanel(
        quantity="steps",
        title=say("steps to the threshold"),
        curves=curves,
        log=True,
        abscissa=Abscissa(name=say("learning rate"), places=np.array(sweep.rates), here=experiment.rule.lr),
        ordinate=(min([FEWEST, *known]), max(float(sweep.training.steps), MOST_AT_LEAST)),
        never=say("never"),
    )
    total = len(sweep.networks) * len(sweep.rates) * sweep.seeds
    return SweepScene(
        curves=(panel,),
        steps=sweep.training.steps,
        done=len(results),
        total=total,
        sentence=_sentence(sweep, middle, names, len(results) == total, say),
    )


def _dots(sweep: Sweep, results: Sequence[Result], aside: float) -> Dots:
    """Return a dot for each training."""
    return Dots(
        places=np.array([sweep.rates[one.rate] for one in results]),
        values=np.array([math.inf if one.steps is None else max(float(one.steps), 1.0) for one in results]),
        look="faint",
        aside=aside,
    )


def _sentence(sweep: Sweep, middle: Floats, names: Sequence[str], whole: bool, say: Translation) -> str:
    """Return where each network is fastest and at how many rates it trains; which one is faster only at the end."""
    found = best(middle)
    parts = [say("Loss {threshold}, median of {seeds} seeds.", threshold=number(sweep.threshold, 3), seeds=sweep.seeds)]
    for name, one in zip(names, found, strict=True):
        told = {"name": name, "trains": one.trains, "count": len(sweep.rates)}
        if math.isinf(one.steps):
            parts.append(say("{name} gets there at no rate.", name=name))
            continue
        told |= {"steps": number(one.steps), "rate": number(sweep.rates[one.rate], 3)}
        parts.append(
            say("{name}: {steps} steps at its best rate {rate}; gets there at {trains} of {count} rates.", **told)
        )
    first, second = (one.steps for one in found)
    if whole and math.isfinite(first) and math.isfinite(second):
        ratio = max(first, second) / max(min(first, second), 1.0)
        faster = names[0 if first < second else 1]
        if ratio > 1.1:
            parts.append(say("At the best rates {name} is {times} times faster.", name=faster, times=number(ratio, 2)))
        else:
            parts.append(say("At the best rates both are about as fast."))
    return "\n".join(parts)
