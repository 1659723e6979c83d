"""Weight initialization: the numbers a network begins with."""

import math
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from landscape.descent.noise import normals
from landscape.network.layout import TAPS, Layer, Layout
from landscape.network.network import Initialization, Network

_STREAM = 1 << 32
"""Random numbers of a layer before those of the next begin."""


def initial(network: Network, layout: Layout, seed: int) -> NDArray[np.float64]:
    """Return the first θ, float64, shape (layout.size,).

    Biases and β are 0 and γ is 1. With n inputs of a unit, m places where each number of the layer is used again (the
    units, for the convolution times its 9 pixels), and gain c, the weights are, as in ``torch.nn.init``:

    - ``"zero"``: 0; ``"constant"``: c; ``"normal"``: N(0, c²).
    - ``"xavier"``: N(0, c² 2/(n + m)); Glorot & Bengio 2010, eq. 12.
    - ``"kaiming"``: N(0, c²/n); He et al. 2015, eq. 10.
    - ``"orthogonal"``: c times a matrix of orthonormal rows or columns, whichever are fewer; Saxe et al. 2014.

    Weight norm begins with the lengths that these weights have, so that the network computes the same as without.

    A layer's weights depend on the seed, its place and its size alone: networks that differ in their normalization
    begin with the same ones.
    """
    theta = np.zeros(layout.size)
    for place, layer in enumerate(layout.layers):
        weights = _WEIGHTS[network.initialization](layer, network.gain, seed, (1 + place) * _STREAM)
        layer.weights.of(theta)[...] = weights
        if layer.length is not None:
            lengths = np.linalg.norm(weights, axis=1)
            layer.length.of(theta)[...] = lengths
            # Of weights that are 0 every direction is right but 0; one that is the same for all keeps them alike.
            layer.weights.of(theta)[lengths == 0.0] = 1.0
        if layer.gamma is not None:
            layer.gamma.of(theta)[...] = 1.0
    theta.flags.writeable = False
    return theta


def _normal(layer: Layer, deviation: float, seed: int, first: int) -> NDArray[np.float64]:
    units, inputs = layer.weights.shape
    return deviation * normals(seed, units * inputs, 1, first).reshape(units, inputs)


def _constant(layer: Layer, value: float, _seed: int, _first: int) -> NDArray[np.float64]:
    return np.full(layer.weights.shape, value)


def _xavier(layer: Layer, gain: float, seed: int, first: int) -> NDArray[np.float64]:
    taps = TAPS if layer.positions > 1 else 1
    return _normal(layer, gain * math.sqrt(2.0 / (layer.inputs + taps * layer.units)), seed, first)


def _orthogonal(layer: Layer, gain: float, seed: int, first: int) -> NDArray[np.float64]:
    random = _normal(layer, 1.0, seed, first)
    wide = random.shape[0] < random.shape[1]
    q, r = np.linalg.qr(random.T if wide else random)
    # With these signs every orthonormal matrix is equally likely (Mezzadri 2007).
    q = q * np.where(np.diag(r) < 0.0, -1.0, 1.0)
    return gain * (q.T if wide else q)


_WEIGHTS: Mapping[Initialization, Callable[[Layer, float, int, int], NDArray[np.float64]]] = {
    "zero": lambda layer, _gain, seed, first: _constant(layer, 0.0, seed, first),
    "constant": _constant,
    "normal": _normal,
    "xavier": _xavier,
    "kaiming": lambda layer, gain, seed, first: _normal(layer, gain / math.sqrt(layer.inputs), seed, first),
    "orthogonal": _orthogonal,
}
