"""The layout of the parameters: one vector θ, cut into the slots of the layers.

Layer by layer from the inputs on; within a layer the weights first, then what else it has. Everything that is learned
is in θ; what is only remembered, the running statistics of batch norm, is in a vector of its own.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.errors import InputError
from landscape.network.network import RUNNING, Network, Normalization, check

Kind: TypeAlias = Literal["weights", "bias", "gamma", "beta", "length", "gamma_by", "beta_by"]

SIDE = 8
"""Of the pictures that are convolved."""
CHANNELS = (1, 3)
"""How many there are of each: grey, or red, green and blue, one behind the other."""
TAPS = 9
"""Weights of a filter for each channel, 3×3."""
POOL = 2
"""Side of the squares that are averaged behind the convolution."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A part of θ."""

    kind: Kind
    start: int
    shape: tuple[int, ...]
    """(units, inputs) for weights and what moves γ and β, in PyTorch's order; (units,) for everything else."""

    @property
    def stop(self) -> int:
        """The first place behind it."""
        return self.start + int(np.prod(self.shape))

    def of(self, theta: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return this part of θ in its shape; a view."""
        return theta[self.start : self.stop].reshape(self.shape)


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One layer: what it computes is normalized and activated, unless it is the last one."""

    inputs: int
    """How many numbers each unit weighs: for the convolution the 3×3 pixels of every channel."""
    units: int
    """Its filters, for the convolution."""
    positions: int
    """Places at which it is computed: the pixels for the convolution, else 1."""
    normalization: Normalization
    last: bool
    linked: bool
    """Whether its inputs are added to what it gives: a residual link."""
    weights: Slot
    """For weight norm the directions, of any length."""
    length: Slot | None
    """For weight norm the length of each unit's weights: g of Salimans & Kingma 2016, eq. 2."""
    bias: Slot | None
    gamma: Slot | None
    beta: Slot | None
    gamma_by: Slot | None
    """For a conditional γ what it is moved by for each of the network's inputs, (units, inputs of the network)."""
    beta_by: Slot | None
    running: int
    """Where in the vector of running statistics its ``units`` means begin; -1: nowhere. Behind them are as many
    variances; for renormalization standard deviations; for whitening the matrix Σ^(-1/2), (units, units)."""

    @property
    def statistics(self) -> int:
        """How many running statistics it has."""
        if self.running < 0:
            return 0
        return self.units * (1 + self.units) if self.normalization == "whitening" else 2 * self.units

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its parts of θ, in their order."""
        found = (self.weights, self.length, self.bias, self.gamma, self.beta, self.gamma_by, self.beta_by)
        return tuple(slot for slot in found if slot is not None)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The layers of a network for inputs and outputs of a certain number."""

    layers: tuple[Layer, ...]
    """The convolution, if there is one, the hidden layers, and the last one."""
    inputs: int
    outputs: int
    size: int
    """Length of θ."""
    statistics: int
    """Length of the vector of running statistics."""


@lru_cache(maxsize=256)
def layout(network: Network, inputs: int, outputs: int) -> Layout:
    """Return where everything is in a network of so many inputs and outputs (classes, or values to be predicted).

    There is no bias in front of a batch norm, which would take it away again: its gradient is rounding noise, and Adam
    turns noise into steps. Where batch norm stands behind the activation, the bias stays.

    Raises:
        InputError: for a network that cannot be built, or a convolution over what is not a picture of 8×8.
    """
    check(network)
    if network.filters and inputs not in [channels * SIDE * SIDE for channels in CHANNELS]:
        raise InputError(
            "The convolution needs pictures of 8×8, 64 inputs, or 192 where they are coloured, not {given}",
            given=inputs,
        )
    layers: list[Layer] = []
    theta = statistics = 0
    for place, (fan_in, units, positions) in enumerate(_sizes(network, inputs, outputs)):
        last = place == len(network.hidden) + bool(network.filters)
        made = _layer(network, inputs, fan_in, units, positions, last, theta, statistics)
        layers.append(made)
        theta = made.slots[-1].stop
        statistics += made.statistics
    return Layout(layers=tuple(layers), inputs=inputs, outputs=outputs, size=theta, statistics=statistics)


def first_statistics(layout: Layout) -> NDArray[np.float64]:
    """Return the running statistics before the first step, (statistics,): mean 0, variance 1, as in PyTorch."""
    found = np.zeros(layout.statistics)
    for layer in layout.layers:
        spread = found[layer.running + layer.units : layer.running + layer.statistics]
        if layer.running >= 0:
            whitened = layer.normalization == "whitening"
            spread[:] = np.eye(layer.units).reshape(-1) if whitened else 1.0
    return found


def _sizes(network: Network, inputs: int, outputs: int) -> list[tuple[int, int, int]]:
    """Return for every layer its inputs, units and positions."""
    sizes = []
    if network.filters:
        sizes.append((inputs // (SIDE * SIDE) * TAPS, network.filters, SIDE * SIDE))
        inputs = network.filters * (SIDE // POOL) ** 2
    for units in (*network.hidden, outputs):
        sizes.append((inputs, units, 1))
        inputs = units
    return sizes


def _layer(
    network: Network, given: int, inputs: int, units: int, positions: int, last: bool, theta: int, statistics: int
) -> Layer:
    normalization = network.normalization
    if last or (normalization == "instance" and positions == 1):
        normalization = "none"
    moved = network.affine and network.conditional
    scaled = network.affine and normalization not in ("none", "weight", "cross")
    at = theta

    def slot(kind: Kind, there: bool, *shape: int) -> Slot | None:
        nonlocal at
        if not there:
            return None
        made = Slot(kind=kind, start=at, shape=shape)
        at = made.stop
        return made

    weights = slot("weights", True, units, inputs)
    assert weights is not None
    return Layer(
        inputs=inputs,
        units=units,
        positions=positions,
        normalization=normalization,
        last=last,
        linked=network.residual and theta > 0 and not last and inputs == units,
        weights=weights,
        length=slot("length", normalization == "weight", units),
        bias=slot("bias", normalization not in RUNNING or network.placement == "after", units),
        gamma=slot("gamma", scaled, units),
        beta=slot("beta", scaled and normalization != "rms", units),
        gamma_by=slot("gamma_by", scaled and moved, units, given),
        beta_by=slot("beta_by", scaled and moved and normalization != "rms", units, given),
        running=statistics if normalization in RUNNING else -1,
    )
