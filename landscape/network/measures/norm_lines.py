"""A norm line by line: mean, variance, what is normalized, γ and β, with the numbers of one unit and one mini-batch."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landscape.descent.noise import batches
from landscape.formula.lines import Line, worked_out
from landscape.formula.syntax import parse_program
from landscape.network.data.samples import Samples
from landscape.network.execution.executor import EPS
from landscape.network.layout import Layer, layout
from landscape.network.network import Network, Precision

Floats = NDArray[np.float64]

NORMS = ("batch", "layer", "group", "rms")
_CENTRED = parse_program("x_hat = (x - mu)/sqrt(sigma2 + eps)\nz = gamma*x_hat + beta")
_SCALED = parse_program("x_hat = x/sqrt(sigma2 + eps)\nz = gamma*x_hat + beta")


@dataclass(frozen=True, kw_only=True, eq=False)
class NormLines:
    """What the norm makes of one number: that of one unit and one row."""

    values: Floats
    """What is averaged together, the number itself first."""
    mean: float
    """0 for root mean squares, which take no mean away."""
    variance: float
    lines: tuple[Line, ...]
    """From mean and variance to what the norm gives: two lines with their numbers."""
    training: bool
    """Whether mean and variance are those of the values, or are remembered of earlier mini-batches."""

    @property
    def output(self) -> float:
        """What the norm gives."""
        return self.lines[-1].result[0]


def batch_rows(samples: Samples, batch_size: int, seed: int, step: int) -> NDArray[np.int64]:
    """Return the rows of the mini-batch of a step, as the trainer takes them."""
    rows = len(samples.inputs)
    return batches(seed, 1, rows, batch_size, step)[0] if 0 < batch_size < rows else np.arange(rows)


def norm_lines(
    network: Network, weights: Floats, inputs: Floats, outputs: int, precision: Precision = "float32"
) -> tuple[NormLines, ...]:
    """Return what the norm of the first hidden layer makes of its first unit and the first row.

    Args:
        network: The network.
        weights: θ, and behind it the running statistics.
        inputs: The rows of the mini-batch, (n, d).
        outputs: How many numbers the network gives.
        precision: Of the numbers in training: the ε of root mean squares is its smallest, as in PyTorch.

    Returns:
        That in training, and for batch norm in evaluation mode, too. Nothing where there is no such norm in front of an
        activation, and for a convolution.
    """
    made = layout(network, inputs.shape[1], outputs)
    layer = made.layers[0]
    if network.filters or network.placement != "before" or layer.normalization not in NORMS or layer.last:
        return ()
    found = inputs @ layer.weights.of(weights).T
    if layer.bias is not None:
        found = found + layer.bias.of(weights)
    values = _together(layer, network, found)
    rms = layer.normalization == "rms"
    mean = 0.0 if rms else float(values.mean())
    variance = float(np.mean((values - mean) ** 2))
    eps = float(np.finfo(precision).eps) if rms else EPS
    own = _lines(layer, weights, values, (mean, variance, eps), training=True)
    if layer.running < 0:
        return (own,)
    running = weights[made.size + layer.running :]
    remembered = float(running[0]), float(running[layer.units]), eps
    return own, _lines(layer, weights, values, remembered, training=False)


def _together(layer: Layer, network: Network, found: Floats) -> Floats:
    """Return what is averaged with the first unit of the first row."""
    if layer.normalization == "batch":
        return found[:, 0]
    groups = network.groups if layer.normalization == "group" else 1
    return found[0, : layer.units // groups]


def _lines(
    layer: Layer, weights: Floats, values: Floats, statistics: tuple[float, float, float], *, training: bool
) -> NormLines:
    """Return the lines with mean, variance and ε."""
    mean, variance, eps = statistics
    gamma = float(layer.gamma.of(weights)[0]) if layer.gamma is not None else 1.0
    beta = float(layer.beta.of(weights)[0]) if layer.beta is not None else 0.0
    program = _SCALED if layer.normalization == "rms" else _CENTRED
    lines = [Line(name=name, expression=tree) for name, tree in program.statements]
    known = {"x": values[0], "mu": mean, "sigma2": variance, "eps": eps, "gamma": gamma, "beta": beta}
    return NormLines(values=values, mean=mean, variance=variance, lines=worked_out(lines, known), training=training)
