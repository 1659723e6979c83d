"""What the claims have in common: data, trainings, and how medians are written."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.network.data.samples import Data
from landscape.network.network import Activation, Network, Training
from landscape.network.training.learning_rate_sweep import Sweep, medians, run

SEEDS = range(5)
RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
SPIRALS = Data(name="spirals", samples=400, test_share=0.0)
CHEBYSHEV = Data(name="chebyshev", samples=20, test_share=0.0)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A row of the table."""

    claim: str
    paper: str
    """What is published, or was measured in a prototype with other data and seeds."""
    ours: str
    agrees: bool
    why: str = ""
    """What is to be known about the comparison."""


def sgd(lr: float, steps: int, batch_size: int = 32, seed: int = 0) -> Training:
    """Return a plain training."""
    return Training(
        rule=optimizer("sgd", lr=lr), schedule=schedule("constant"), steps=steps, batch_size=batch_size, seed=seed,
        precision="float64",
    )  # fmt: skip


def network(activation: Activation, depth: int, width: int = 12) -> Network:
    """Return a network of equal layers, without norm."""
    return Network(hidden=(width,) * depth, activation=activation)


def steps_to_loss(given: Network, data: Data = SPIRALS, steps: int = 1500) -> tuple[list[float], list[float]]:
    """Return for every rate the median steps to a loss of 0.15, without and with batch norm."""
    twins = (given, replace(given, normalization="batch"))
    sweep = Sweep(networks=twins, data=data, training=sgd(1.0, steps), rates=RATES, seeds=len(SEEDS))
    plain, normed = medians(sweep, run(sweep)).tolist()
    return plain, normed


def written(plain: Iterable[float], normed: Iterable[float]) -> str:
    """Return medians as ``rate without/with``."""
    pairs = zip(RATES, plain, normed, strict=True)
    return "; ".join(f"{lr:g}: {_steps(a)}/{_steps(b)}" for lr, a, b in pairs)


def _steps(steps: float) -> str:
    return "never" if math.isinf(steps) else f"{steps:g}"


def median(values: Iterable[float]) -> float:
    """Return the middle one, of an even number the later."""
    found = sorted(values)
    return found[len(found) // 2]


def percentile(values: Iterable[float]) -> float:
    """Return the value that 95 % of the others are below."""
    return float(np.nanpercentile(list(values), 95))
