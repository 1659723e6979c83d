"""The convolution in numbers: one filter at one place of one picture, channel by channel, and their sum."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscape.network.layout import SIDE, layout
from landscape.network.network import Network

Floats = NDArray[np.float64]


class Convolved(NamedTuple):
    """What a filter makes of the 3×3 pixels around a place; outside of the picture they are 0."""

    place: tuple[int, int]
    """Row and column of the middle, from 0 on."""
    pixels: Floats
    """(channels, 3, 3)."""
    filter: Floats
    """(channels, 3, 3)."""
    bias: float | None
    """None where the filter has none, because a norm behind it would take it away."""

    @property
    def products(self) -> Floats:
        """(channels, 3, 3): pixel times weight."""
        return self.pixels * self.filter

    @property
    def sums(self) -> Floats:
        """(channels,): the products of a channel, summed."""
        found: Floats = self.products.sum(axis=(1, 2))
        return found

    @property
    def total(self) -> float:
        """The sum over the channels, plus the bias: what goes into the norm or the activation, as of torch's Conv2d."""
        return float(self.sums.sum()) + (self.bias or 0.0)


def convolved(network: Network, weights: Floats, inputs: Floats, outputs: int, unit: int = 0) -> Convolved | None:
    """Return what a filter makes of a picture where it answers most; None without a convolution.

    Args:
        network: The network.
        weights: θ, (layout.size,) or longer.
        inputs: One picture, (64,), or (192,) in three colours.
        outputs: How many numbers the network gives.
        unit: Which filter.
    """
    if not network.filters:
        return None
    layer = layout(network, len(inputs), outputs).layers[0]
    own = layer.weights.of(weights)[unit]
    if layer.length is not None:
        own = own * (float(layer.length.of(weights)[unit]) / float(np.linalg.norm(own)))
    around = patches(inputs[None])[0]
    answers = own @ around
    if not np.isfinite(answers).all():
        return None
    middle = int(answers.argmax())
    return Convolved(
        place=divmod(middle, SIDE),
        pixels=around[:, middle].reshape(-1, 3, 3),
        filter=own.reshape(-1, 3, 3),
        bias=None if layer.bias is None else float(layer.bias.of(weights)[unit]),
    )


def patches(inputs: Floats) -> Floats:
    """Return the 3×3 pixels around each pixel of pictures of 8×8, zeros outside of them: (n, channels times 9, 64)."""
    wide = np.pad(inputs.reshape(len(inputs), -1, SIDE, SIDE), ((0, 0), (0, 0), (1, 1), (1, 1)))
    taps = [wide[:, :, down : down + SIDE, right : right + SIDE] for down in range(3) for right in range(3)]
    return np.stack(taps, axis=2).reshape(len(inputs), -1, SIDE * SIDE)
