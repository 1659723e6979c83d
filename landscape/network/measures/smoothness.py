"""How smooth the loss is along the gradient: the three measures of Santurkar et al. 2018, arXiv:1805.11604, figure 4.

A stuck network looks smooth: the loss belongs beside each measure.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.network.data.samples import Samples
from landscape.network.network import Network, Training
from landscape.network.objective import Objective, objective_of_step
from landscape.network.training.trainer import Trainer

Vector: TypeAlias = NDArray[np.float64]

REACH = tuple(np.linspace(0.5, 4.0, 8).tolist())
"""How far along the gradient is looked, in learning rates: the paper's range."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Smoothness:
    """The loss of one mini-batch along its gradient g, at θ - ηa g for the a in ``REACH``."""

    step: int
    loss: float
    """At θ."""
    losses: Vector
    """(8,), read-only."""
    changes: Vector
    """(8,): norms of the gradient there minus g."""
    cosines: Vector
    """(8,): of the angle between the gradient there and g: 1 where it keeps its direction, -1 where it turns round, NaN
    where one is 0."""
    slopes: Vector
    """(8,): ``changes`` by the distance to θ."""

    @property
    def loss_range(self) -> float:
        """The largest minus the smallest loss on the way."""
        return float(np.ptp(self.losses))

    @property
    def predictiveness(self) -> float:
        """How far the gradient changes at most: the smaller, the better it foretells what comes."""
        return float(np.max(self.changes))

    @property
    def smoothness(self) -> float:
        """The effective β-smoothness: the largest change of the gradient by distance."""
        return float(np.max(self.slopes))


def measure(objective: Objective, theta: Vector, lr: float, step: int = 0) -> Smoothness:
    """Return the measures at θ (n,) for a learning rate; what overflows is inf or NaN."""
    losses, changes, cosines, slopes = (np.empty(len(REACH)) for _ in range(4))
    with np.errstate(all="ignore"):
        loss, gradient = objective.value_and_gradient(theta)
        length = float(np.linalg.norm(gradient))
        for place, reach in enumerate(REACH):
            losses[place], there = objective.value_and_gradient(theta - lr * reach * gradient)
            changes[place] = np.linalg.norm(there - gradient)
            cosines[place] = there @ gradient / (length * np.linalg.norm(there))
            slopes[place] = changes[place] / (lr * reach * length)
    for array in (losses, changes, cosines, slopes):
        array.flags.writeable = False
    return Smoothness(step=step, loss=loss, losses=losses, changes=changes, cosines=cosines, slopes=slopes)


def along(
    network: Network,
    training: Training,
    samples: Samples,
    steps: Iterable[int],
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Smoothness]:
    """Train, and yield the measures at some steps, in rising order, of the mini-batch that the step is made with."""
    trainer = Trainer(network, training, samples)
    for step in steps:
        trainer.advance(step - trainer.step, cancelled)
        if cancelled() or trainer.step < step or step >= max(training.steps, 1):
            return
        objective = objective_of_step(network, training, samples, step)
        yield measure(objective, trainer.weights(), trainer.rate, step)
