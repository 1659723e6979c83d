"""Networks that are compared with PyTorch: which, with what weights and rows, and PyTorch's side of it.

Weights and rows are sines of their place, so that they need not be stored. Of a gradient its products with three such
vectors are stored: a mistake in any component shows in them.
"""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from landscape.descent.noise import batches
from landscape.network.draws import dropout_mask, partner_shift
from landscape.network.layout import Layout, first_statistics, layout
from landscape.network.network import Activation, Loss, Network, Normalization

ROWS = 7
CLASSES = 3
SAMPLES, BATCH, STEPS, SEED = 40, 8, 200, 3
"""Of the trainings."""
LABELS: Loss = "binary_cross_entropy"
"""The loss that is compared on rows with several labels, and none."""
COLOURED = 2
"""Filters of the networks that look at pictures of three channels; those with others look at one."""
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
        for norm, placement in itertools.product(NORMS, ("before", "after")):
            yield Network(
                hidden=(6, 4), activation=activation, normalization=norm, placement=placement, loss=LABELS,
            )  # fmt: skip
        for norm in ("none", "batch", "instance", "rms", "weight"):
            yield Network(hidden=(6,), filters=COLOURED, activation=activation, normalization=norm)


def told(network: Network) -> str:
    """Return what is special about a network, as a name."""
    picture = {0: network.loss, COLOURED: "colours"}.get(network.filters, "picture")
    return f"{network.activation} {network.normalization} {network.placement} {picture} {'γ' if network.affine else ''}"


def laid_out(network: Network) -> Layout:
    """Return the layout for the rows of :func:`rows`."""
    return layout(network, 64 * channels(network) if network.filters else 3, CLASSES)


def channels(network: Network) -> int:
    """Return how many channels the pictures have."""
    return 3 if network.filters == COLOURED else 1


def wave(count: int, phase: float) -> NDArray[np.float64]:
    """Return numbers from -1 to 1 that look random."""
    return np.sin(phase + 12.9898 * np.arange(1, count + 1) + 0.1 * np.arange(count) ** 2)


def weights(network: Network) -> NDArray[np.float64]:
    """Return θ."""
    return wave(laid_out(network).size, 0.5)


def rows(network: Network, count: int = ROWS) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return inputs and classes, or labels."""
    inputs, places = laid_out(network).inputs, np.arange(count)
    targets = labels(count) if network.loss == LABELS else places**2 % CLASSES
    return 1.5 * wave(count * inputs, 2.0).reshape(count, inputs), targets


def labels(count: int) -> NDArray[np.int64]:
    """Return labels (count, CLASSES): every eighth row has none, every eighth has all."""
    return np.arange(count)[:, None] * 3 >> np.arange(CLASSES) & 1


def shadows(gradient: NDArray[np.float64]) -> list[float]:
    """Return the products of a gradient with three vectors."""
    return [float(gradient @ wave(len(gradient), phase)) for phase in (1.0, 3.0, 5.0)]


def objective(network: Network, theta: Any, inputs: Any, classes: Any, running: Any = None, step: int = -1) -> Any:
    """Return PyTorch's loss of a network, penalties included; ``running`` is updated where it is given.

    With a step dropout and CrossNorm do what they do in it.
    """
    import torch
    from torch.nn import functional

    outputs, penalty = _outputs(network, theta, inputs, running, step)
    if network.loss == "cross_entropy":
        return functional.cross_entropy(outputs, classes) + penalty
    if network.loss == LABELS:
        return torch.nn.BCEWithLogitsLoss()(outputs, classes.to(outputs.dtype)) + penalty
    hot = functional.one_hot(classes, CLASSES).to(outputs.dtype)
    return torch.nn.MSELoss()(outputs, hot) + penalty


def _outputs(network: Network, theta: Any, x: Any, running: Any, step: int) -> tuple[Any, Any]:
    import torch
    from torch.nn import functional

    activation = {"linear": lambda z: z, "tanh": torch.tanh, "sigmoid": torch.sigmoid}.get(
        network.activation, getattr(functional, network.activation, None)
    )
    penalty, given = 0.0, x
    for place, layer in enumerate(laid_out(network).layers):
        part = {slot.kind: theta[slot.start : slot.stop].reshape(slot.shape) for slot in layer.slots}
        weight, bias = part["weights"], part.get("bias")
        if "length" in part:
            weight = part["length"][:, None] * weight / weight.norm(dim=1, keepdim=True)
        penalty = penalty + network.l1 * weight.abs().sum() + network.l2 * (weight**2).sum() / 2
        if layer.positions > 1:
            depth = channels(network)
            z = functional.conv2d(x.reshape(-1, depth, 8, 8), weight.reshape(-1, depth, 3, 3), bias, padding=1)
        else:
            z = functional.linear(x, weight, bias)
        if layer.last:
            return z, penalty
        kept = None if running is None else running[layer.running : layer.running + layer.statistics]
        taken = x
        shift = partner_shift(SEED, step, place, len(x)) if step >= 0 else 0
        if network.placement == "before":
            x = activation(_normed(network, layer.normalization, z, part, kept, shift, given))
        else:
            x = _normed(network, layer.normalization, activation(z), part, kept, shift, given)
        if layer.positions > 1:
            x = functional.avg_pool2d(x, 2).flatten(1)
        if network.dropout and step >= 0:
            mask = dropout_mask(SEED, step, place, x.shape[1], len(x), network.dropout)
            x = x * torch.tensor(mask.T) / (1 - network.dropout)
        if network.residual and place > 0 and x.shape == taken.shape:
            x = taken + x
    raise AssertionError


def _normed(network: Network, norm: str, z: Any, part: dict[str, Any], running: Any, shift: int, given: Any) -> Any:
    from torch.nn import functional

    if "gamma_by" in part:
        found = _normed(network, norm, z, {}, running, shift, given)
        wide = (..., *[None] * (z.ndim - 2))
        found = found * functional.linear(given, part["gamma_by"], part["gamma"])[wide]
        return found + functional.linear(given, part["beta_by"], part["beta"])[wide] if "beta" in part else found
    gamma, beta = part.get("gamma"), part.get("beta")
    if norm == "cross":
        return crossed(z, shift) if shift else z
    if norm in ("renorm", "whitening"):
        rows = z.movedim(1, -1).reshape(-1, z.shape[1])
        found = renormed(network, rows, running) if norm == "renorm" else whitened(network, rows, running)
        if gamma is not None:
            found = gamma * found + beta
        return found.reshape(z.movedim(1, -1).shape).movedim(-1, 1)
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


def crossed(z: Any, shift: int, eps: float = 1e-5) -> Any:
    """Return CrossNorm of (rows, units) over the units, of (rows, channels, side, side) over the pixels."""
    over = tuple(range(2, z.ndim)) or (1,)
    mean = z.mean(dim=over, keepdim=True)
    deviation = (z.var(dim=over, keepdim=True, correction=0) + eps).sqrt()
    return (z - mean) / deviation * deviation.roll(-shift, 0) + mean.roll(-shift, 0)


def renormed(network: Network, rows: Any, running: Any, eps: float = 1e-5) -> Any:
    """Return batch renormalization of (rows, units), Ioffe 2017, algorithm 1; without running statistics r=1, d=0."""
    mean, deviation = rows.mean(dim=0), (rows.var(dim=0, correction=0) + eps).sqrt()
    r, d = 1.0, 0.0
    if running is not None:
        old, spread = running[: len(mean)], running[len(mean) :]
        r = (deviation / spread).detach().clamp(1 / network.r_max, network.r_max)
        d = ((mean - old) / spread).detach().clamp(-network.d_max, network.d_max)
        old += network.momentum * (mean.detach() - old)
        spread += network.momentum * (deviation.detach() - spread)
    return (rows - mean) / deviation * r + d


def whitened(network: Network, rows: Any, running: Any, eps: float = 1e-3) -> Any:
    """Return ZCA whitening of (rows, units), Huang et al. 2018.

    Σ^(-1/2) is found by Denman & Beavers' iteration: PyTorch's gradient of eigenvectors is none where eigenvalues are
    equal, as those of dead units are.
    """
    import torch

    count, units = rows.shape
    mean = rows.mean(dim=0)
    centred = rows - mean
    one = torch.eye(units, dtype=rows.dtype)
    square, matrix = centred.T @ centred / count + eps * one, one
    for _ in range(16):
        square, matrix = (square + torch.linalg.inv(matrix)) / 2, (matrix + torch.linalg.inv(square)) / 2
    if running is not None:
        for kept, new in ((running[:units], mean), (running[units:], matrix.reshape(-1))):
            kept += network.momentum * (new.detach() - kept)
    return centred @ matrix


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


_FLAT, _PICTURE = Network(hidden=(6, 5), activation="tanh"), Network(hidden=(5,), filters=3, activation="tanh")
VARIANTS: dict[str, Network] = {
    "three channels": replace(_PICTURE, filters=COLOURED),
    "renorm": replace(_FLAT, normalization="renorm"),
    "renorm, narrow": replace(_FLAT, normalization="renorm", r_max=1.1, d_max=0.1),
    "renorm of a picture": replace(_PICTURE, normalization="renorm"),
    "whitening": replace(_FLAT, normalization="whitening"),
    "whitening after": replace(_FLAT, normalization="whitening", placement="after", affine=False),
    "whitening of a picture": replace(_PICTURE, normalization="whitening"),
    "cross": replace(_FLAT, normalization="cross"),
    "cross after": replace(_FLAT, normalization="cross", placement="after", activation="relu"),
    "cross of a picture": replace(_PICTURE, normalization="cross"),
    "dropout": replace(_FLAT, dropout=0.3, activation="relu"),
    "dropout of a picture": replace(_PICTURE, dropout=0.5, normalization="batch"),
    "conditional": replace(_FLAT, normalization="batch", conditional=True),
    "conditional, behind the activation": replace(
        _FLAT, normalization="layer", conditional=True, placement="after", activation="relu"
    ),
    "conditional, whitening": replace(_FLAT, normalization="whitening", conditional=True),
    "conditional of root mean squares": replace(_FLAT, normalization="rms", conditional=True, activation="relu"),
    "conditional of a picture": replace(_PICTURE, normalization="batch", conditional=True),
    "residual links": replace(_FLAT, hidden=(6, 6, 5, 5), residual=True),
    "residual links, norm and dropout": replace(
        _FLAT, hidden=(6, 6, 6), residual=True, activation="relu", normalization="batch", dropout=0.2
    ),
    "residual links behind a picture": replace(
        _PICTURE, hidden=(48, 48), residual=True, placement="after", normalization="layer"
    ),
    "several labels": replace(_FLAT, loss=LABELS, normalization="batch"),
    "clipped norm": replace(_FLAT, clip_norm=0.1),
    "clipped values": replace(_FLAT, clip_value=0.02),
    "clipped both ways": replace(_FLAT, dropout=0.2, clip_norm=0.2, clip_value=0.03),
}
"""Networks and trainings that draw at random, remember other statistics, or clip: trained with momentum."""


def variant_training(name: str, steps: int = STEPS) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return θ and the running statistics after PyTorch's steps of a variant."""
    return _torch_training(VARIANTS[name], "momentum", steps)


def torch_training(optimizer: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return θ and the running statistics after PyTorch's steps with mini-batches of 40 rows."""
    return _torch_training(trained_network(optimizer), optimizer, STEPS)


def _torch_training(network: Network, optimizer: str, steps: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import torch

    made = laid_out(network)
    theta = torch.tensor(weights(network), requires_grad=True)
    running = torch.tensor(first_statistics(made))
    kind = torch.optim.Adam if optimizer == "adam" else torch.optim.SGD
    stepper = kind([theta], **OPTIMIZERS[optimizer])
    inputs, classes = map(torch.tensor, rows(network, SAMPLES))
    for step, batch in enumerate(batches(SEED, steps, SAMPLES, BATCH)):
        stepper.zero_grad()
        objective(network, theta, inputs[batch], classes[batch], running, step).backward()
        if network.clip_norm:
            torch.nn.utils.clip_grad_norm_([theta], network.clip_norm)
        if network.clip_value:
            torch.nn.utils.clip_grad_value_([theta], network.clip_value)
        stepper.step()
    return theta.detach().numpy(), running.numpy()
