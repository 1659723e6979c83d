"""The lessons about networks, over five seeds: what they promise, and medians to hold their sentences against."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import starmap
from operator import gt, lt
from typing import Any

from landscape.network.data.samples import Data, samples
from landscape.network.evaluation import evaluate
from landscape.network.measures.smoothness import along
from landscape.network.network import Network, Training
from landscape.network.training.trainer import Trainer
from landscape.scene.network.why import Found, build_why
from landscape.session.files import lesson, lessons, open_session
from landscape.session.network.document import Experiment
from landscape.translation import Translation
from tests.claims.experiments import SEEDS, Finding, median

EVERY = 5
NEVER = [math.inf] * len(SEEDS)
PROMISES: tuple[tuple[str, str, Callable[[list[float], list[float]], bool]], ...] = (
    (
        "batch-norm",
        "batch norm makes ReLU on spirals about twice as fast",
        lambda plain, normed: _each(gt, plain, normed) and 1.5 < median(plain) / median(normed) < 4,
    ),
    (
        "shifted-inputs",
        "shifted inputs never train without batch norm",
        lambda plain, normed: plain == NEVER and max(normed) < 600,
    ),
    (
        "tanh-counter-example",
        "tanh at its best rate is faster without batch norm",
        lambda plain, normed: _each(lt, plain, normed),
    ),
    ("zero-init", "zero weights never leave their saddle", lambda zero, kaiming: zero == NEVER and max(kaiming) < 400),
    (
        "sigmoid-depth",
        "sigmoids need batch norm to be quick",
        lambda plain, normed: median(plain) > 4 * median(normed),
    ),
    (
        "batch-of-two",
        "with two rows in a mini-batch batch norm loses",
        lambda plain, normed: max(plain) < math.inf and normed == NEVER,
    ),
    (
        "squared-error",
        "the squared error falls under the threshold sooner, but that is another loss",
        lambda squared, crossed: median(squared) < median(crossed),
    ),
    (
        "whitening",
        "whitening trains in less than a third of the steps of batch norm",
        lambda normed, whitened: all(3 * b < a for a, b in zip(normed, whitened, strict=True)),
    ),
    (
        "li-residual",
        "eight layers of tanh get there with residual links and not without them",
        lambda plain, linked: plain == NEVER and max(linked) < 300,
    ),
    (
        "several-labels",
        "the loss of a softmax never comes down to 0.15 where rows have several labels or none, that of sigmoids does",
        lambda softmax, sigmoids: softmax == NEVER and max(sigmoids) < 600,
    ),
    (
        "li-filter-norm",
        "behind batch norm, first weights four times as large cost about as many steps",
        lambda small, large: all(0.5 <= b / a <= 2.0 for a, b in zip(small, large, strict=True)),
    ),
    (
        "batch-renorm",
        "with four rows in a mini-batch batch norm never gets there, renormalization does",
        lambda normed, renormed: normed == NEVER and max(renormed) < 450,
    ),
    (
        "cross-norm",
        "CrossNorm is no faster than batch norm",
        lambda normed, crossed: _each(lt, normed, crossed) and max(crossed) < math.inf,
    ),
)
"""Of a lesson: its name, its sentence, and whether the steps of both networks to its threshold agree with that."""


def findings() -> Iterator[Finding]:
    """Yield whether every lesson shows what its title promises."""
    for name, promise, holds in PROMISES:
        experiment = lesson(name).of(Experiment)
        assert experiment is not None
        first, second = ([_run(twin, experiment, seed)[0] for seed in SEEDS] for twin in experiment.twins)
        yield Finding(
            claim=f"Lesson {name}: {promise}",
            paper="the lesson's sentence",
            ours=f"steps {_told(first)} / {_told(second)}",
            agrees=holds(first, second),
        )
    yield _smoother()
    yield _contrast()
    yield _whitened()


def _contrast() -> Finding:
    """Return whether CrossNorm keeps what batch norm loses where the test pictures have half the contrast."""
    normed, crossed = _tested("cross-norm")
    return Finding(
        claim="Lesson cross-norm: on pictures of half the contrast CrossNorm is right where batch norm is not",
        paper="Tang et al. 2021: exchanged means and deviations make a network robust to shifted distributions",
        ours=f"share right {_shares(normed)} / {_shares(crossed)}",
        agrees=_each(lt, normed, crossed) and median(crossed) - median(normed) > 0.2,
        why="without any norm the network is nearly as robust: it is batch norm that remembers the contrast",
    )


def _whitened() -> Finding:
    """Return whether whitening fails on units that are all made of the same two inputs."""
    _, behind = _tested("whitening")
    _, before = _tested("whitening", placement="before")
    return Finding(
        claim="Lesson whitening: in front of the activation, with its running matrix, it loses the test rows",
        paper="Huang et al. 2018, section 4.1: mini-batches must be larger than the groups that are whitened",
        ours=f"share right behind the activation {_shares(behind)}, in front of it {_shares(before)}",
        agrees=median(behind) > 0.9 and median(before) < 0.8,
        why="units that are sums of two inputs have a covariance of rank two; the inverse root of the rest is noise",
    )


def _tested(name: str, **changes: Any) -> tuple[list[float], ...]:
    """Return for both networks of a lesson the share of the test rows that is right in the end, of every seed."""
    experiment = lesson(name).of(Experiment)
    assert experiment is not None
    return tuple([_accuracy(replace(twin, **changes), experiment, seed) for seed in SEEDS] for twin in experiment.twins)


def _accuracy(network: Network, experiment: Experiment, seed: int) -> float:
    rows = samples(replace(experiment.data, seed=seed))
    trainer = Trainer(network, replace(experiment.training, seed=seed), rows)
    trainer.advance(experiment.steps)
    return evaluate(network, trainer.snapshot(), rows.test_inputs, rows.test_targets, rows.classes).accuracy


def _shares(shares: list[float]) -> str:
    return ", ".join(f"{share:.2f}" for share in shares)


def _each(order: Callable[[float, float], bool], first: list[float], second: list[float]) -> bool:
    return all(starmap(order, zip(first, second, strict=True)))


def _smoother() -> Finding:
    """Return whether the page of reasons tells of eight layers what the lesson does."""
    name = "smoother-with-batch-norm"
    given = lesson(name).of(Experiment)
    assert given is not None
    told = []
    for seed in SEEDS:
        seeded = replace(given, data=replace(given.data, seed=seed), seed=seed)
        rows, looks = samples(seeded.data), range(0, seeded.steps, 5)
        found = [
            Found(twin=twin, measure=one)
            for twin, network in enumerate(seeded.twins)
            for one in along(network, seeded.training, rows, looks)
        ]
        told.append("batch norm is the smoother one by all three." in build_why(seeded, found, Translation()).sentence)
    return Finding(
        claim=f"Lesson {name}: eight ReLU layers are smoother with batch norm by all three measures, for most seeds",
        paper="the lesson's sentence",
        ours=f"{sum(told)} of {len(told)} seeds",
        agrees=sum(told) > len(told) / 2,
        why="" if all(told) else "where they do not agree, β-smoothness is about the same, and the page says so",
    )


def lines() -> Iterator[str]:
    """Yield a line of a table for every lesson that has an experiment."""
    yield "| lesson | steps to the threshold, median of 5 (first / second) | loss at the end | right at the end |"
    yield "|---|---|---|---|"
    for name in lessons():
        experiment = open_session(name).of(Experiment)
        if experiment is not None and open_session(name).workspace == "network":
            yield _line(name, experiment)


def _line(name: str, experiment: Experiment) -> str:
    runs = [[_run(twin, experiment, seed) for seed in SEEDS] for twin in experiment.twins]
    steps = " / ".join(_told([run[0] for run in twin]) for twin in runs)
    losses = " / ".join(f"{median(run[1] for run in twin):.3g}" for twin in runs)
    right = [median(run[2] for run in twin) for twin in runs]
    shares = "values" if any(map(math.isnan, right)) else " / ".join(f"{100 * share:.0f} %" for share in right)
    return f"| {name} ({experiment.threshold:g}) | {steps} | {losses} | {shares} |"


def _told(steps: list[float]) -> str:
    middle = median(steps)
    each = ", ".join("–" if math.isinf(one) else f"{one:g}" for one in steps)
    return f"{'never' if math.isinf(middle) else f'{middle:g}'} ({each})"


@cache
def _run(twin: Network, experiment: Experiment, seed: int) -> tuple[float, float, float]:
    """Return the steps to the threshold, and loss and accuracy at the end."""
    data: Data = replace(experiment.data, seed=seed)
    training: Training = replace(experiment.training, seed=seed)
    trainer = Trainer(twin, training, samples(data))
    reached = math.inf
    while True:
        found = trainer.evaluate()
        if found.loss <= experiment.threshold and math.isinf(reached):
            reached = trainer.step
        if not trainer.advance(EVERY):
            return reached, found.loss, found.accuracy
