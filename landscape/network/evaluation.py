"""Evaluating a network on some rows: loss and accuracy, predictions, pre-activations, gradient, Hessian products.

The weights are θ, (layout.size,), or θ with batch norm's running statistics behind it, as ``Trainer.snapshot`` gives
them. With these, batch norm is in evaluation mode; with θ alone it takes the statistics of the rows that are given, as
in training. Without batch norm, both are the same.

``classes`` is that of the data: 0 where values are predicted.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscape.network.data.samples import Targets, labelled
from landscape.network.data.targets import wanted_of
from landscape.network.execution.executor import Executor
from landscape.network.kernels.normalization import FIXED, OWN
from landscape.network.layout import Layout, layout
from landscape.network.network import Network

Floats = NDArray[np.float64]

_STEP = 1e-30
"""Of the imaginary part: its square is nothing beside 1, so that nothing is rounded."""


class Evaluation(NamedTuple):
    """How good a network is on some rows."""

    loss: float
    """Mean loss, plus the penalties: what is descended. inf or NaN where it overflows."""
    accuracy: float
    """Share of the rows whose largest output is that of their class, or, of labels, all of whose labels are right:
    exact matches. NaN where values are predicted."""
    labels: float = math.nan
    """Of labels the share of all of them that are right, had or not: 1 minus the Hamming loss; else NaN."""


def evaluate(network: Network, weights: Floats, inputs: Floats, targets: Targets, classes: int) -> Evaluation:
    """Return the loss and the accuracy over rows (n, d) with targets (n,) or (n, outputs)."""
    executor = _executor(network, weights, inputs, targets, classes)
    return judged(network, executor, executor.run(), targets)


def judged(network: Network, executor: Executor, loss: float, targets: Targets) -> Evaluation:
    """Return what an executor has just found."""
    if labelled(targets):
        right = told_labels(network, executor.outputs) == targets
        return Evaluation(loss, float(right.all(axis=1).mean()), float(right.mean()))
    if not np.issubdtype(targets.dtype, np.integer):
        return Evaluation(loss, float("nan"))
    return Evaluation(loss, float(np.mean(executor.outputs.argmax(axis=1) == targets)))


def told_labels(network: Network, outputs: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which labels a network gives rows with these outputs of its last layer, (n, classes).

    Those of more than one half; with a softmax the one of the largest probability, never another beside it.
    """
    if network.loss == "cross_entropy":
        return np.asarray(np.arange(outputs.shape[1]) == outputs.argmax(axis=1)[:, None])
    return np.asarray(outputs > (0.0 if network.loss == "binary_cross_entropy" else 0.5))


def predict(network: Network, weights: Floats, inputs: Floats, classes: int) -> Floats:
    """Return what the network gives for rows (n, d): (n, outputs), probabilities where its loss is a cross-entropy."""
    outputs = logits(network, weights, inputs, classes)
    if network.loss == "squared_error":
        return outputs
    if network.loss == "binary_cross_entropy":
        return sigmoids(outputs)
    raised = np.exp(outputs - outputs.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def sigmoids(outputs: Floats) -> Floats:
    """Return 1/(1 + e^-z), without overflow."""
    decay = np.exp(-np.abs(outputs))
    return np.asarray(np.where(outputs >= 0.0, 1.0, decay) / (1.0 + decay))


def logits(network: Network, weights: Floats, inputs: Floats, classes: int) -> Floats:
    """Return what the last layer gives for rows (n, d), (n, outputs): what the softmax takes."""
    executor = _executor(network, weights, inputs, None, classes)
    executor.run()
    return np.ascontiguousarray(executor.outputs, np.float64)


def pre_activations(network: Network, weights: Floats, inputs: Floats, classes: int) -> tuple[Floats, ...]:
    """Return what the activation of each layer but the last is applied to, (n, units); of a convolution at all pixels.

    With a norm in front of the activation it is what the norm gives.
    """
    executor = _executor(network, weights, inputs, None, classes, inside=True)
    executor.run()
    rows = len(inputs)
    hidden = zip(executor.program.activated, executor.layout.layers, strict=False)
    found = (executor.view(at, layer.units * layer.positions, rows) for at, layer in hidden)
    return tuple(np.ascontiguousarray(values.T, np.float64) for values in found)


def loss_and_gradient(
    network: Network, weights: Floats, inputs: Floats, targets: Targets, classes: int
) -> tuple[float, Floats]:
    """Return the loss over the rows, and its gradient by θ, (layout.size,)."""
    executor = _executor(network, weights, inputs, targets, classes, gradient=True)
    loss = executor.run()
    return loss, executor.gradient.astype(np.float64)


def gradient_norms(network: Network, weights: Floats, inputs: Floats, targets: Targets, classes: int) -> Floats:
    """Return the Euclidean norm of each layer's part of the gradient, (layers,), the last layer included.

    A norm that overflows is infinite.
    """
    _, gradient = loss_and_gradient(network, weights, inputs, targets, classes)
    slots = (layer.slots for layer in layout(network, inputs.shape[1], _outputs(targets, classes)).layers)
    with np.errstate(over="ignore"):
        return np.array([np.linalg.norm(gradient[own[0].start : own[-1].stop]) for own in slots])


def hessian_vector(
    network: Network, weights: Floats, inputs: Floats, targets: Targets, classes: int, direction: Floats
) -> Floats:
    """Return ∇²L(θ) v, exact to rounding: the imaginary part of ∇L(θ + i h v)/h for an h whose square is nothing.

    Kinks have the Hessian of the side that their gradient is that of. Source: Martins, Sturdza & Alonso, "The
    complex-step derivative approximation", ACM TOMS 29, 2003, eq. 6.
    """
    executor = _executor(network, weights, inputs, targets, classes, gradient=True, complex_numbers=True)
    executor.theta.imag[:] = _STEP * direction
    executor.run()
    return np.asarray(executor.gradient.imag / _STEP, np.float64)


def _executor(
    network: Network,
    weights: Floats,
    inputs: Floats,
    targets: Targets | None,
    classes: int,
    gradient: bool = False,
    complex_numbers: bool = False,
    inside: bool = False,
) -> Executor:
    """Return an executor with these weights; without targets, nothing certain is wanted."""
    outputs = _outputs(targets, classes)
    made: Layout = layout(network, inputs.shape[1], outputs)
    wanted = np.zeros((len(inputs), outputs)) if targets is None else wanted_of(network, targets, outputs)
    remembered = len(weights) > made.size
    executor = Executor(
        network, made, inputs, wanted,
        statistics=FIXED if remembered else OWN, gradient=gradient, kind="complex128" if complex_numbers else "float64",
        inside=inside,
    )  # fmt: skip
    executor.theta[:] = weights[: made.size]
    executor.running[:] = weights[made.size :] if remembered else 0.0
    return executor


def _outputs(targets: Targets | None, classes: int) -> int:
    """Return how many numbers the network gives for a row."""
    return classes or (1 if targets is None else int(np.prod(targets.shape[1:])))
