"""Steps to a threshold against the learning rate, for both networks over several seeds."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from landscape.catalogue.optimizers import RATE, optimizer_entries
from landscape.network.training.learning_rate_sweep import Result, Sweep, best, medians, rates, run
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


@dataclass(frozen=True, kw_only=True, eq=False)
class SweepTwin:
    """The trainings of one network."""

    name: str
    color: str
    dots: tuple[tuple[float, float], ...]
    """Learning rate and steps of each training; inf where it never got there."""
    medians: Floats
    """(rates,): over the seeds; inf where most never got there, NaN where nothing is known yet."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SweepScene:
    """All trainings until now."""

    rates: tuple[float, ...]
    steps: int
    """How long each goes on at most."""
    rate: float
    """The learning rate of the experiment."""
    twins: tuple[SweepTwin, ...]
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
    """Return the median steps over the seeds; dots until all are there."""
    told = ["…", "…"]
    if len(results) == len(sweep.networks) * sweep.seeds:
        pairs = zip(twin_names(experiment, say), medians(sweep, results)[:, 0].tolist(), strict=True)
        told = [
            say("{name} {steps}", name=name, steps=number(steps))
            if steps < math.inf
            else say("{name} never", name=name)
            for name, steps in pairs
        ]
    return say("Median of {seeds} seeds: {first}, {second}.", seeds=sweep.seeds, first=told[0], second=told[1])


def build_sweep(experiment: Experiment, sweep: Sweep, results: Sequence[Result], say: Translation) -> SweepScene:
    """Return the trainings of ``sweep`` that have ended."""
    middle = medians(sweep, results)
    twins = tuple(
        SweepTwin(
            name=name,
            color=color,
            dots=tuple(
                (sweep.rates[one.rate], math.inf if one.steps is None else float(one.steps))
                for one in results
                if one.network == index
            ),
            medians=middle[index],
        )
        for index, (name, color) in enumerate(zip(twin_names(experiment, say), TWIN_COLORS, strict=True))
    )
    total = len(sweep.networks) * len(sweep.rates) * sweep.seeds
    return SweepScene(
        rates=sweep.rates,
        steps=sweep.training.steps,
        rate=experiment.rule.lr,
        twins=twins,
        done=len(results),
        total=total,
        sentence=_sentence(sweep, middle, twins, len(results) == total, say),
    )


def _sentence(sweep: Sweep, middle: Floats, twins: Sequence[SweepTwin], whole: bool, say: Translation) -> str:
    """Return where each network is fastest and at how many rates it trains; which one is faster only at the end."""
    found = best(middle)
    parts = [say("Loss {threshold}, median of {seeds} seeds.", threshold=number(sweep.threshold, 3), seeds=sweep.seeds)]
    for twin, one in zip(twins, found, strict=True):
        told = {"name": twin.name, "trains": one.trains, "count": len(sweep.rates)}
        if math.isinf(one.steps):
            parts.append(say("{name} gets there at no rate.", name=twin.name))
            continue
        told |= {"steps": number(one.steps), "rate": number(sweep.rates[one.rate], 3)}
        parts.append(
            say("{name}: {steps} steps at its best rate {rate}; gets there at {trains} of {count} rates.", **told)
        )
    first, second = (one.steps for one in found)
    if whole and math.isfinite(first) and math.isfinite(second):
        ratio = max(first, second) / max(min(first, second), 1.0)
        faster = twins[0 if first < second else 1].name
        if ratio > 1.1:
            parts.append(say("At the best rates {name} is {times} times faster.", name=faster, times=number(ratio, 2)))
        else:
            parts.append(say("At the best rates both are about as fast."))
    return "\n".join(parts)
