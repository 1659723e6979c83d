"""Internal covariate shift: how far what enters a layer moves at a step; and batch norm that is made to shift.

That batch norm helps by calming this shift was its authors' explanation (Ioffe & Szegedy 2015). Santurkar et al. 2018,
arXiv:1805.11604, section 2, add a random shift and scale behind every norm, new ones at every step: the layers' inputs
then move more than without any norm, and the network still trains faster.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.descent.noise import uniforms
from landscape.errors import InputError
from landscape.network.data.samples import Samples
from landscape.network.evaluation import pre_activations
from landscape.network.initialization import initial
from landscape.network.layout import Layer, Layout, layout
from landscape.network.network import Network, Training
from landscape.network.objective import Objective, objective_of_step
from landscape.network.training.updates import updater

Vector: TypeAlias = NDArray[np.float64]

SHIFT = 0.5
"""The random shifts are spread evenly from -0.5 to 0.5, those of the paper's appendix A."""
SCALE = 1.25
"""The random factors are spread evenly from 1 to 1.25."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Shift:
    """What a step does to the layers."""

    step: int
    loss: float
    """Over all training rows before it, with the layers as they are without what is random."""
    drifts: Vector
    """(layers but the last,): how far the distribution of what enters the activation moves, see :func:`drift`."""


def drift(before: Vector, after: Vector) -> float:
    """Return how far the values of units (n, units) move: √(Δμ² + Δσ²)/σ, the mean over the units.

    That is the Wasserstein distance of order 2 of two normal distributions, in standard deviations of the first. Units
    that never changed do not count; where none is left, 0. What overflows is inf or NaN.
    """
    with np.errstate(all="ignore"):
        deviation = before.std(axis=0)
        alive = deviation > 1e-12
        if not alive.any():
            return 0.0
        by_mean, by_deviation = after.mean(axis=0) - before.mean(axis=0), after.std(axis=0) - deviation
        return float(np.mean(np.hypot(by_mean, by_deviation)[alive] / deviation[alive]))


def along(
    network: Network,
    training: Training,
    samples: Samples,
    every: int = 1,
    random: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Shift]:
    """Train, and yield what every so many steps do to the layers.

    Args:
        network: What is trained.
        training: How; in float64 here.
        samples: On what.
        every: Steps between two that are looked at.
        random: Whether every unit is shifted and scaled at random behind its norm, anew at every step.
        cancelled: Asked before each step.

    Raises:
        InputError: for what is random without a norm that has γ and β, by which it is done.
    """
    where = layout(network, samples.inputs.shape[1], samples.outputs)
    if random and not any(layer.gamma and layer.beta for layer in where.layers):
        raise InputError("Random shifts and scales need a norm with γ and β")
    whole = Objective(network, samples)
    rows = len(samples.inputs)
    epoch = -(-rows // min(training.batch_size or rows, rows))
    update = updater(training.rule, training.schedule, training.steps, training.seed, epoch)
    theta = initial(network, where, training.seed)
    factor, offset = _random(where, training.seed, 0, random)
    for step in range(training.steps):
        if cancelled():
            return
        loss, gradient = objective_of_step(network, training, samples, step).value_and_gradient(factor * theta + offset)
        moved = update(theta, factor * gradient, loss)
        if not np.all(np.isfinite(moved)):
            return
        next_factor, next_offset = _random(where, training.seed, step + 1, random)
        if step % every == 0:
            before, after = (
                pre_activations(network, given, samples.inputs, samples.classes)
                for given in (factor * theta + offset, next_factor * moved + next_offset)
            )
            drifts = np.array([drift(*layer) for layer in zip(before, after, strict=True)])
            drifts.flags.writeable = False
            yield Shift(step=step, loss=whole.value(theta), drifts=drifts)
        theta, factor, offset = moved, next_factor, next_offset


def _random(where: Layout, seed: int, step: int, wanted: bool) -> tuple[Vector, Vector]:
    """Return what θ is multiplied by, and what is then added, so that units are scaled and shifted behind the norm."""
    factor, offset = np.ones(where.size), np.zeros(where.size)
    if wanted:
        count = 2 * sum(layer.units for layer in where.layers)
        chance = uniforms(seed, count, 1, step * count)[:, 0]
        for layer in where.layers:
            if layer.gamma and layer.beta:
                scale, chance = 1.0 + (SCALE - 1.0) * chance[: layer.units], chance[layer.units :]
                shift, chance = SHIFT * (2.0 * chance[: layer.units] - 1.0), chance[layer.units :]
                _at(layer, factor, scale, scale)
                _at(layer, offset, np.zeros(layer.units), shift)
    return factor, offset


def _at(layer: Layer, numbers: Vector, gamma: Vector, beta: Vector) -> None:
    assert layer.gamma
    assert layer.beta
    layer.gamma.of(numbers)[...] = gamma
    layer.beta.of(numbers)[...] = beta
