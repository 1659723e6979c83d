"""What a network makes of some rows: its loss and accuracy, its outputs, what happens in its layers, its gradient.

The weights are θ, (layout.size,), or θ with batch norm's running statistics behind it, as ``Trainer.snapshot`` gives
them. With these, batch norm is in evaluation mode; with θ alone it takes the statistics of the rows that are given, as
in training. Without batch norm, both are the same.

``classes`` is that of the data: 0 where values are predicted.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscape.network.bench import Bench
from landscape.network.data import Targets
from landscape.network.layout import Layout, layout
from landscape.network.network import Network
from landscape.network.normalization import FIXED, OWN
from landscape.network.targets import wanted_of

Floats = NDArray[np.float64]

_STEP = 1e-30
"""Of the imaginary part: its square is nothing beside 1, so that nothing is rounded."""


class Evaluation(NamedTuple):
    """How good a network is on some rows."""

    loss: float
    """Mean loss, plus the penalties: what is descended. inf or NaN where it overflows."""
    accuracy: float
    """Share of the rows whose largest output is that of their class; NaN where values are predicted."""


def evaluate(network: Network, weights: Floats, inputs: Floats, targets: Targets, classes: int) -> Evaluation:
    """Return the loss and the accuracy over rows (n, d) with targets (n,) or (n, outputs)."""
    bench = _bench(network, weights, inputs, targets, classes)
    return judged(bench, bench.run(), targets)


def judged(bench: Bench, loss: float, targets: Targets) -> Evaluation:
    """Return what a bench has just found."""
    if not np.issubdtype(targets.dtype, np.integer):
        return Evaluation(loss, float("nan"))
    return Evaluation(loss, float(np.mean(bench.outputs.argmax(axis=1) == targets)))


def predict(network: Network, weights: Floats, inputs: Floats, classes: int) -> Floats:
    """Return what the network gives for rows (n, d): (n, outputs), probabilities where its loss is cross-entropy."""
    bench = _bench(network, weights, inputs, None, classes)
    bench.run()
    outputs = np.ascontiguousarray(bench.outputs, np.float64)
    if network.loss != "cross_entropy":
        return outputs
    raised = np.exp(outputs - outputs.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def pre_activations(network: Network, weights: Floats, inputs: Floats, classes: int) -> tuple[Floats, ...]:
    """Return what the activation of each layer but the last is applied to, (n, units); of a convolution at all pixels.

    With a norm in front of the activation it is what the norm gives.
    """
    bench = _bench(network, weights, inputs, None, classes)
    bench.run()
    rows = len(inputs)
    hidden = zip(bench.plan.activated, bench.layout.layers, strict=False)
    found = (bench.view(at, layer.units * layer.positions, rows) for at, layer in hidden)
    return tuple(np.ascontiguousarray(values.T, np.float64) for values in found)


def loss_and_gradient(
    network: Network, weights: Floats, inputs: Floats, targets: Targets, classes: int
) -> tuple[float, Floats]:
    """Return the loss over the rows, and its gradient by θ, (layout.size,)."""
    bench = _bench(network, weights, inputs, targets, classes, gradient=True)
    loss = bench.run()
    return loss, bench.gradient.astype(np.float64)


def gradient_norms(network: Network, weights: Floats, inputs: Floats, targets: Targets, classes: int) -> Floats:
    """Return the Euclidean norm of each layer's part of the gradient, (layers,), the last layer included."""
    bench = _bench(network, weights, inputs, targets, classes, gradient=True)
    bench.run()
    slots = (layer.slots for layer in bench.layout.layers)
    return np.array([np.linalg.norm(bench.gradient[own[0].start : own[-1].stop]) for own in slots])


def hessian_vector(
    network: Network, weights: Floats, inputs: Floats, targets: Targets, classes: int, direction: Floats
) -> Floats:
    """Return ∇²L(θ) v, exact to rounding: the imaginary part of ∇L(θ + i h v)/h for an h whose square is nothing.

    Kinks have the Hessian of the side that their gradient is that of. Source: Martins, Sturdza & Alonso, "The
    complex-step derivative approximation", ACM TOMS 29, 2003, eq. 6.
    """
    bench = _bench(network, weights, inputs, targets, classes, gradient=True, complex_numbers=True)
    bench.theta.imag[:] = _STEP * direction
    bench.run()
    return np.asarray(bench.gradient.imag / _STEP, np.float64)


def _bench(
    network: Network,
    weights: Floats,
    inputs: Floats,
    targets: Targets | None,
    classes: int,
    gradient: bool = False,
    complex_numbers: bool = False,
) -> Bench:
    """Return a bench with these weights; without targets, nothing certain is wanted."""
    outputs = classes or (1 if targets is None else int(np.prod(targets.shape[1:])))
    made: Layout = layout(network, inputs.shape[1], outputs)
    wanted = np.zeros((len(inputs), outputs)) if targets is None else wanted_of(network, targets, outputs)
    remembered = len(weights) > made.size
    bench = Bench(
        network, made, inputs, wanted,
        statistics=FIXED if remembered else OWN, gradient=gradient, kind="complex128" if complex_numbers else "float64",
    )  # fmt: skip
    bench.theta[:] = weights[: made.size]
    bench.running[:] = weights[made.size :] if remembered else 0.0
    return bench
