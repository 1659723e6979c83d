"""Sharpness: the largest eigenvalue of the Hessian, and what gradient descent does at the edge of stability."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from landscape.descent.noise import normals
from landscape.network.data.samples import Samples
from landscape.network.measures.eigenvalues import Eigenpair, largest
from landscape.network.network import Network, Training
from landscape.network.objective import Objective
from landscape.network.training.trainer import Trainer


@dataclass(frozen=True, kw_only=True)
class Sharpness:
    """What the loss over all training rows is like at a step."""

    step: int
    loss: float
    """Penalties included; batch norm with the statistics of all rows."""
    value: float
    """The largest eigenvalue of the Hessian; NaN where it is not finite."""
    residual: float
    """How far off that may be."""
    limit: float
    """2/η at this step, infinite where η is 0: gradient descent of a quadratic that is sharper leaves its minimum."""


def sharpness(
    objective: Objective,
    theta: NDArray[np.float64],
    start: NDArray[np.float64] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Eigenpair | None:
    """Return the largest eigenvalue of the Hessian at θ with its eigenvector, by exact products; None if cancelled.

    Args:
        objective: The loss.
        theta: (n,).
        start: Where to begin; the eigenvector a few steps before saves most of the work.
        cancelled: Asked between two products.
    """
    if start is None:
        start = normals(0, len(theta), 1)[:, 0]
    return largest(lambda direction: objective.product(theta, direction), start, cancelled=cancelled)


def along(
    network: Network, training: Training, samples: Samples, every: int, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Sharpness]:
    """Train, and yield the sharpness at the beginning, after every so many steps, and at the end.

    Full-batch gradient descent sharpens until 2/η and stays there: Cohen et al. 2021, arXiv:2103.00065.
    """
    objective = Objective(network, samples)
    schedule, steps = training.schedule, training.steps
    rates = None if schedule.follows else schedule.rates(training.rule.lr, steps + 1)
    trainer = Trainer(network, training, samples)
    start: NDArray[np.float64] | None = None
    while True:
        theta = trainer.weights()
        found = sharpness(objective, theta, start, cancelled)
        if found is None:
            return
        start, rate = found.vector, trainer.rate if rates is None else float(rates[trainer.step])
        yield Sharpness(
            step=trainer.step,
            loss=objective.value(theta),
            value=found.value,
            residual=found.residual,
            limit=2.0 / rate if rate else inf,
        )
        if trainer.outcome != "running" or cancelled():
            return
        trainer.advance(min(every, training.steps - trainer.step), cancelled)
