"""Networks that are compared with PyTorch: which, with what weights and rows, and PyTorch's side of it.

Weights and rows are sines of their place, so that they need not be stored. Of a gradient its products with three such
vectors are stored: a mistake in any component shows in them.
"""

import itertools
from collections.abc import Iterator
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from landscape.descent.noise import batches
from landscape.network.layout import Layout, layout
from landscape.network.network import Activation, Network, Normalization

ROWS = 7
CLASSES = 3
SAMPLES, BATCH, STEPS, SEED = 40, 8, 200, 3
"""Of the trainings."""
PICTURED = "instance"
"""The norm that needs a picture."""
NORMS = tuple(norm for norm in get_args(Normalization) if norm != PICTURED)
OPTIMIZERS: dict[str, dict[str, float]] = {
    "sgd": {"lr": 0.05},
    "momentum": {"lr": 0.02, "momentum": 0.9},
    "adam": {"lr": 0.01},
}


def networks() -> Iterator[Network]:
    """Yield every combination that is compared."""
    for activation in get_args(Activation):
        for norm, placement, loss, affine in itertools.product(
            NORMS, ("before", "after"), ("cross_entropy", "squared_error"), (True, False)
        ):
            penalty = 0.01 if affine else 0.0
            yield Network(
                hidden=(6, 4), activation=activation, normalization=norm, placement=placement, loss=loss,
                affine=affine, l1=penalty, l2=2 * penalty,
            )  # fmt: skip
        for norm, placement in itertools.product((*NORMS, PICTURED), ("before", "after")):
            yield Network(hidden=(6,), filters=4, activation=activation, normalization=norm, placement=placement)


def told(network: Network) -> str:
    """Return what is special about a network, as a name."""
    picture = "picture" if network.filters else network.loss
    return f"{network.activation} {network.normalization} {network.placement} {picture} {'γ' if network.affine else ''}"


def laid_out(network: Network) -> Layout:
    """Return the layout for the rows of :func:`rows`."""
    return layout(network, 64 if network.filters else 3, CLASSES)


def wave(count: int, phase: float) -> NDArray[np.float64]:
    """Return numbers from -1 to 1 that look random."""
    return np.sin(phase + 12.9898 * np.arange(1, count + 1) + 0.1 * np.arange(count) ** 2)


def weights(network: Network) -> NDArray[np.float64]:
    """Return θ."""
    return wave(laid_out(network).size, 0.5)


def rows(network: Network, count: int = ROWS) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return inputs and classes."""
    inputs = laid_out(network).inputs
    return 1.5 * wave(count * inputs, 2.0).reshape(count, inputs), np.arange(count) ** 2 % CLASSES


def shadows(gradient: NDArray[np.float64]) -> list[float]:
    """Return the products of a gradient with three vectors."""
    return [float(gradient @ wave(len(gradient), phase)) for phase in (1.0, 3.0, 5.0)]


def objective(network: Network, theta: Any, inputs: Any, classes: Any, running: Any = None) -> Any:
    """Return PyTorch's loss of a network, penalties included; ``running`` is updated where it is given."""
    import torch
    from torch.nn import functional

    outputs, penalty = _outputs(network, theta, inputs, running)
    if network.loss == "cross_entropy":
        return functional.cross_entropy(outputs, classes) + penalty
    hot = functional.one_hot(classes, CLASSES).to(outputs.dtype)
    return torch.nn.MSELoss()(outputs, hot) + penalty


def _outputs(network: Network, theta: Any, x: Any, running: Any) -> tuple[Any, Any]:
    import torch
    from torch.nn import functional

    activation = {"linear": lambda z: z, "tanh": torch.tanh, "sigmoid": torch.sigmoid}.get(
        network.activation, getattr(functional, network.activation, None)
    )
    penalty = 0.0
    for layer in laid_out(network).layers:
        part = {slot.kind: theta[slot.start : slot.stop].reshape(slot.shape) for slot in layer.slots}
        weight, bias = part["weights"], part.get("bias")
        if "length" in part:
            weight = part["length"][:, None] * weight / weight.norm(dim=1, keepdim=True)
        penalty = penalty + network.l1 * weight.abs().sum() + network.l2 * (weight**2).sum() / 2
        if layer.positions > 1:
            z = functional.conv2d(x.reshape(-1, 1, 8, 8), weight.reshape(-1, 1, 3, 3), bias, padding=1)
        else:
            z = functional.linear(x, weight, bias)
        if layer.last:
            return z, penalty
        kept = None if running is None else running[layer.running : layer.running + 2 * layer.units]
        if network.placement == "before":
            x = activation(_normed(network, layer.normalization, z, part, kept))
        else:
            x = _normed(network, layer.normalization, activation(z), part, kept)
        if layer.positions > 1:
            x = functional.avg_pool2d(x, 2).flatten(1)
    raise AssertionError


def _normed(network: Network, norm: str, z: Any, part: dict[str, Any], running: Any) -> Any:
    from torch.nn import functional

    gamma, beta = part.get("gamma"), part.get("beta")
    if norm == "batch":
        means, variances = (None, None) if running is None else (running[: z.shape[1]], running[z.shape[1] :])
        return functional.batch_norm(z, means, variances, gamma, beta, training=True, momentum=network.momentum)
    if norm == "layer" and z.ndim == 2:
        return functional.layer_norm(z, z.shape[1:], gamma, beta)
    if norm in ("layer", "group"):  # Of a picture: one γ per channel, as in Wu & He
        return functional.group_norm(z, network.groups if norm == "group" else 1, gamma, beta)
    if norm == "instance" and z.ndim == 4:
        return functional.instance_norm(z, weight=gamma, bias=beta)
    if norm == "rms":
        divided = functional.rms_norm(z, z.shape[1:])
        return divided if gamma is None else divided * gamma.reshape(1, -1, *[1] * (z.ndim - 2))
    return z


def torch_gradient(network: Network) -> tuple[float, NDArray[np.float64]]:
    """Return PyTorch's loss and gradient."""
    import torch

    theta = torch.tensor(weights(network), requires_grad=True)
    loss = objective(network, theta, *map(torch.tensor, rows(network)))
    loss.backward()
    return loss.item(), theta.grad.numpy()


def trained_network(optimizer: str) -> Network:
    """Return the network that is trained with an optimizer."""
    return Network(hidden=(6, 5), activation="tanh", normalization="none" if optimizer == "sgd" else "batch")


def torch_training(optimizer: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return θ and the running statistics after PyTorch's steps with mini-batches of 40 rows."""
    import torch

    network = trained_network(optimizer)
    made = laid_out(network)
    theta = torch.tensor(weights(network), requires_grad=True)
    running = torch.zeros(made.statistics, dtype=torch.float64)
    for layer in made.layers:
        if layer.running >= 0:
            running[layer.running + layer.units : layer.running + 2 * layer.units] = 1.0
    kind = torch.optim.Adam if optimizer == "adam" else torch.optim.SGD
    stepper = kind([theta], **OPTIMIZERS[optimizer])
    inputs, classes = map(torch.tensor, rows(network, SAMPLES))
    for batch in batches(SEED, STEPS, SAMPLES, BATCH):
        stepper.zero_grad()
        objective(network, theta, inputs[batch], classes[batch], running).backward()
        stepper.step()
    return theta.detach().numpy(), running.numpy()
