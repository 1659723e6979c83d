"""A norm line by line: mean, variance, what is normalized, γ and β, with the numbers of one unit and one mini-batch."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landscape.descent.noise import batches
from landscape.formula.lines import Line, worked_out
from landscape.formula.syntax import parse_program
from landscape.formula.tree import Program
from landscape.network.data.samples import Samples
from landscape.network.draws import partner_shift
from landscape.network.execution.executor import epsilon
from landscape.network.layout import Layer, Layout, Slot, layout
from landscape.network.measures.convolution import patches
from landscape.network.network import Network, Precision

Floats = NDArray[np.float64]

NORMS = ("batch", "layer", "group", "instance", "rms", "weight", "renorm", "whitening", "cross")
MIXING = ("renorm", "whitening", "cross")
"""Those that are not told of pictures."""
_CENTRED = parse_program("x_hat = (x - mu)/sqrt(sigma2 + eps)\nz = gamma*x_hat + beta")
_SCALED = parse_program("x_hat = x/sqrt(sigma2 + eps)\nz = gamma*x_hat + beta")
_RENORMED = parse_program(
    "x_hat = (x - mu)/sqrt(sigma2 + eps)\n"
    "r = min(max(sqrt(sigma2 + eps)/sigma, 1/r_max), r_max)\n"
    "d = min(max((mu - mu_r)/sigma, -d_max), d_max)\n"
    "z = gamma*(r*x_hat + d) + beta"
)
_REMEMBERED = parse_program("x_hat = (x - mu)/sigma\nz = gamma*x_hat + beta")
_CROSSED = parse_program("x_hat = (x - mu)/sqrt(sigma2 + eps)\nz = sqrt(sigma2_b + eps)*x_hat + mu_b")
_WEIGHED = parse_program("w = g*v/length\nz = g*x/length + b")
_WHITENED = parse_program("z = gamma*x_hat + beta")


@dataclass(frozen=True, kw_only=True, eq=False)
class Moved:
    """γ or β of a unit and a row, where the network's inputs move them."""

    own: float
    """Without them."""
    by: Floats
    """What it is moved by for each of the inputs."""
    inputs: Floats

    @property
    def value(self) -> float:
        """What it comes to."""
        return self.own + float(self.by @ self.inputs)


@dataclass(frozen=True, kw_only=True, eq=False)
class NormLines:
    """What the norm makes of one number: that of one unit and one row."""

    values: Floats
    """What is averaged together, the number itself first; for weight norm the weights of the unit."""
    mean: float
    """0 for root mean squares, which take no mean away."""
    variance: float
    """For weight norm the square of the length of the unit's weights."""
    lines: tuple[Line, ...]
    """From mean and variance to what the norm gives: two lines with their numbers."""
    training: bool
    """Whether mean and variance are those of the values, or are remembered of earlier mini-batches."""
    partner: Floats | None = None
    """For CrossNorm: the numbers of the row whose mean and variance the first one takes."""
    whitening: tuple[Floats, Floats] | None = None
    """For whitening: the first row of Σ^(-1/2), and all units of the first row of data without their means."""
    correlation: float = 0.0
    """For whitening: that of the first two units before it."""
    gamma: Moved | None = None
    beta: Moved | None = None
    """Where the inputs of the row move them."""

    @property
    def output(self) -> float:
        """What the norm gives."""
        return self.lines[-1].result[0]


def batch_rows(samples: Samples, batch_size: int, seed: int, step: int) -> NDArray[np.int64]:
    """Return the rows of the mini-batch of a step, as the trainer takes them."""
    rows = len(samples.inputs)
    return batches(seed, 1, rows, batch_size, step)[0] if 0 < batch_size < rows else np.arange(rows)


def norm_lines(
    network: Network,
    weights: Floats,
    inputs: Floats,
    outputs: int,
    precision: Precision = "float32",
    drawn: tuple[int, int] = (0, 0),
) -> tuple[NormLines, ...]:
    """Return what the norm of the first hidden layer makes of its first unit and the first row.

    Args:
        network: The network.
        weights: θ, and behind it the running statistics.
        inputs: The rows of the mini-batch, (n, d).
        outputs: How many numbers the network gives.
        precision: Of the numbers in training: the ε of root mean squares is its smallest, as in PyTorch.
        drawn: Seed and step of the training, which decide with whom CrossNorm exchanges.

    Returns:
        That in training, and for norms that remember statistics in evaluation mode, too; of a convolution the first
        pixel. Nothing where there is no such norm in front of an activation.
    """
    made = layout(network, inputs.shape[1], outputs)
    layer = made.layers[0]
    behind = network.placement != "before" and layer.length is None
    if behind or layer.normalization not in NORMS or layer.last:
        return ()
    if layer.length is not None:
        return (_weighed(layer, weights, patches(inputs)[0, :, 0] if network.filters else inputs[0]),)
    if network.filters and layer.normalization in MIXING:
        return ()
    if network.filters:
        found = np.einsum("ut,ntp->nup", layer.weights.of(weights), patches(inputs))
    else:
        found = inputs @ layer.weights.of(weights).T
    if layer.bias is not None:
        bias = layer.bias.of(weights)
        found = found + (bias[:, None] if network.filters else bias)
    gamma, beta = (
        _moved(*slots, weights, inputs[0]) for slots in ((layer.gamma, layer.gamma_by), (layer.beta, layer.beta_by))
    )
    known = {
        "eps": epsilon(network, precision),
        "gamma": 1.0 if gamma is None else gamma.value,
        "beta": 0.0 if beta is None else beta.value,
    }
    told = _of_layer(network, layer, made, weights, found, known, drawn)
    if layer.gamma_by is None:
        return told
    return tuple(replace(one, gamma=gamma, beta=beta) for one in told)


def _of_layer(
    network: Network, layer: Layer, made: Layout, weights: Floats, found: Floats, known: dict[str, float],
    drawn: tuple[int, int],
) -> tuple[NormLines, ...]:  # fmt: skip
    """Return the lines of the norm of what the first layer has found, with ε, γ and β that are known."""
    running = weights[made.size + layer.running :][: layer.statistics]
    match layer.normalization:
        case "cross":
            return (_crossed(found, partner_shift(drawn[0], drawn[1], 0, len(found)), known),)
        case "whitening":
            return _whitened(found, running, known)
        case "renorm":
            return _renormed(network, found, running, known)
    values = _together(layer, network, found)
    rms = layer.normalization == "rms"
    mean = 0.0 if rms else float(values.mean())
    variance = float(np.mean((values - mean) ** 2))
    program = _SCALED if rms else _CENTRED
    own = _lines(program, values, known | {"mu": mean, "sigma2": variance}, training=True)
    if layer.running < 0:
        return (own,)
    remembered = {"mu": float(running[0]), "sigma2": float(running[layer.units])}
    return own, _lines(program, values, known | remembered, training=False)


def _moved(own: Slot | None, by: Slot | None, weights: Floats, inputs: Floats) -> Moved | None:
    """Return γ or β of the first unit; None where there is none. Without maps nothing moves it."""
    if own is None:
        return None
    moves = np.zeros(len(inputs)) if by is None else by.of(weights)[0]
    return Moved(own=float(own.of(weights)[0]), by=moves, inputs=inputs)


def _together(layer: Layer, network: Network, found: Floats) -> Floats:
    """Return what is averaged with the first unit of the first row."""
    if layer.normalization == "batch":
        return found[:, 0].reshape(-1)
    groups = {"group": network.groups, "instance": layer.units}.get(layer.normalization, 1)
    return found[0, : layer.units // groups].reshape(-1)


def _weighed(layer: Layer, weights: Floats, inputs: Floats) -> NormLines:
    """Return weight norm of the first unit, which takes nothing but its own weights."""
    assert layer.length is not None
    own, length = layer.weights.of(weights)[0], float(layer.length.of(weights)[0])
    known = {
        "v": float(own[0]), "g": length, "length": float(np.linalg.norm(own)), "x": float(own @ inputs),
        "b": float(layer.bias.of(weights)[0]) if layer.bias is not None else 0.0,
    }  # fmt: skip
    lines = [Line(name=name, expression=tree) for name, tree in _WEIGHED.statements]
    told = worked_out(lines, known)
    return NormLines(values=own, mean=0.0, variance=known["length"] ** 2, lines=told, training=True)


def _lines(program: Program, values: Floats, known: dict[str, float], *, training: bool) -> NormLines:
    """Return the lines with the numbers that are known, mean and variance among them."""
    lines = [Line(name=name, expression=tree) for name, tree in program.statements]
    mean, variance = known["mu"], known["sigma2"]
    told = worked_out(lines, {"x": float(values[0]), **known})
    return NormLines(values=values, mean=mean, variance=variance, lines=told, training=training)


def _crossed(found: Floats, ahead: int, known: dict[str, float]) -> NormLines:
    """Return CrossNorm of the first row, over the units."""
    values, partner = found[0], found[ahead]
    own = {"mu": float(values.mean()), "sigma2": float(values.var())}
    other = {"mu_b": float(partner.mean()), "sigma2_b": float(partner.var())}
    return replace(_lines(_CROSSED, values, known | own | other, training=True), partner=partner)


def _renormed(network: Network, found: Floats, running: Floats, known: dict[str, float]) -> tuple[NormLines, ...]:
    """Return batch renormalization of the first unit; what is remembered are means and standard deviations."""
    values, mean, deviation = found[:, 0], float(running[0]), float(running[found.shape[1]])
    limits = {"r_max": network.r_max, "d_max": network.d_max, "mu_r": mean, "sigma": deviation}
    own = {"mu": float(values.mean()), "sigma2": float(values.var())}
    remembered = {"mu": mean, "sigma2": deviation**2, "sigma": deviation}
    return (
        _lines(_RENORMED, values, known | limits | own, training=True),
        _lines(_REMEMBERED, values, known | remembered, training=False),
    )


def _whitened(found: Floats, running: Floats, known: dict[str, float]) -> tuple[NormLines, ...]:
    """Return whitening of the first unit, which takes from all others."""
    units = found.shape[1]
    covariance = np.cov(found.T, bias=True).reshape(units, units) + known["eps"] * np.eye(units)
    values, vectors = np.linalg.eigh(covariance)
    kinds = (
        (True, found.mean(axis=0), (vectors / np.sqrt(np.maximum(values, known["eps"]))) @ vectors.T),
        (False, running[:units], running[units:].reshape(units, units)),
    )
    spread = np.sqrt(np.diag(covariance))
    lines = []
    for training, mean, matrix in kinds:
        centred = found[0] - mean
        statistics = {"mu": float(mean[0]), "sigma2": float(covariance[0, 0]), "x_hat": float(matrix[0] @ centred)}
        told = _lines(_WHITENED, found[:, 0], known | statistics, training=training)
        related = float(covariance[0, 1] / (spread[0] * spread[1])) if units > 1 else 0.0
        lines.append(replace(told, whitening=(matrix[0], centred), correlation=related))
    return tuple(lines)
