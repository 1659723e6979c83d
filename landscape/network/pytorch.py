"""A network in training as a PyTorch script that needs nothing else: data, model, norm, loss, optimizer and loop."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.pytorch import optimizer_lines, rate_lines, scheduler_call
from landscape.descent.pytorch import DRAW_ROWS, HASH
from landscape.errors import InputError
from landscape.formula.python_code import literal
from landscape.formula.tree import free_names
from landscape.network.data.samples import Samples
from landscape.network.data.targets import wanted
from landscape.network.initialization import initial
from landscape.network.layout import Kind, Layer, Layout, layout
from landscape.network.network import Network, Training

_ACTIVATIONS: Mapping[str, str] = {
    "relu": "torch.nn.ReLU()", "tanh": "torch.nn.Tanh()", "sigmoid": "torch.nn.Sigmoid()",
    "leaky_relu": "torch.nn.LeakyReLU()", "gelu": "torch.nn.GELU()", "linear": "torch.nn.Identity()",
}  # fmt: skip


def network_script(network: Network, training: Training, rows: Samples) -> str:
    """Return a script that trains as the trainer does, from the same first weights on the same mini-batches.

    Raises:
        InputError: for a convolution, for norms that PyTorch does not have, for dropout and early stopping, and for a
            rule that draws noise for every weight.
    """
    if network.filters:
        raise InputError("A network with a convolution cannot be copied as a script")
    if network.normalization in ("whitening", "cross", "renorm"):
        raise InputError("A network with this norm cannot be copied as a script: PyTorch does not have it")
    if network.dropout or training.early_stopping is not None:
        raise InputError("A network with dropout or early stopping cannot be copied as a script")
    if training.schedule.follows and not scheduler_call(training.schedule, training.rule.lr, training.steps):
        raise InputError("A network with a schedule of one's own that reads the loss cannot be copied as a script")
    if "noise" in free_names(*(tree for _, tree in training.rule.program.statements)):
        raise InputError("A rule that draws noise for each weight cannot be copied as a script")
    made = layout(network, rows.inputs.shape[1], rows.outputs)
    count = len(rows.inputs)
    size = min(training.batch_size or count, count)
    definition, optimizer = optimizer_lines(training.rule, "model.parameters()")
    steps, schedule = training.steps, training.schedule
    plain = schedule.formula.strip() == "lr" and not schedule.warmup
    scheduler = "" if plain else scheduler_call(schedule, training.rule.lr, steps)
    own = [] if plain or scheduler else rate_lines(schedule, training.rule, steps)
    head = ["import torch", "", f"torch.set_default_dtype(torch.{training.precision})"]
    blocks = [
        ["import math", "", *head, "", f"STEPS = {steps}", f"SEED = {training.seed}"],
        HASH,
        DRAW_ROWS,
        _data_lines(network, rows),
        _model_lines(network, made, training.seed),
        _loss_lines(network),
        *([definition] if definition else []),
        *([own] if own else []),
        _loop_lines(network, optimizer, scheduler, bool(own), schedule.follows, count, size),
    ]
    return "\n\n\n".join("\n".join(block) for block in blocks) + "\n"


def _data_lines(network: Network, rows: Samples) -> list[str]:
    targets = wanted(network, rows)
    return [f"inputs = torch.tensor({rows.inputs.tolist()!r})", f"targets = torch.tensor({targets.tolist()!r})"]


def _model_lines(network: Network, made: Layout, seed: int) -> list[str]:
    """Return the model, and its first weights."""
    theta = initial(network, made, seed)
    parts: list[str] = []
    values: list[str] = []
    for layer in made.layers:
        place = len(parts)
        linear = f"torch.nn.Linear({layer.inputs}, {layer.units}, bias={layer.bias is not None})"
        if layer.length is not None:
            linear = f"torch.nn.utils.parametrizations.weight_norm({linear})"
        parts.append(linear)
        norm = _norm(network, layer)
        behind = [] if layer.last else [part for part in (norm, _ACTIVATIONS[network.activation]) if part]
        parts += behind if network.placement == "before" else behind[::-1]
        at = place + (1 if network.placement == "before" else 2)
        values += _first_values(layer, theta, place, at)
    return [
        "model = torch.nn.Sequential(",
        *(f"    {part}," for part in parts),
        ")",
        "with torch.no_grad():",
        *(f"    {value}" for value in values),
    ]


def _norm(network: Network, layer: Layer) -> str:
    affine = network.affine
    return {
        "batch": f"torch.nn.BatchNorm1d({layer.units}, momentum={literal(network.momentum)}, affine={affine})",
        "layer": f"torch.nn.LayerNorm({layer.units}, elementwise_affine={affine})",
        "group": f"torch.nn.GroupNorm({network.groups}, {layer.units}, affine={affine})",
        "rms": f"torch.nn.RMSNorm({layer.units}, elementwise_affine={affine})",
    }.get(layer.normalization, "")


def _first_values(layer: Layer, theta: NDArray[np.float64], place: int, at: int) -> Iterator[str]:
    """Yield what sets the parameters of a layer: its linear part at one place of the model, its norm at another."""
    linear, norm = f"model[{place}]", f"model[{at}]"
    weight = f"{linear}.weight"
    if layer.length is not None:
        weight = f"{linear}.parametrizations.weight.original1"
    names: dict[Kind, str] = {
        "weights": weight, "length": f"{linear}.parametrizations.weight.original0", "bias": f"{linear}.bias",
        "gamma": f"{norm}.weight", "beta": f"{norm}.bias",
    }  # fmt: skip
    for slot in layer.slots:
        held = slot.of(theta)
        shaped = held[:, None] if slot.kind == "length" else held
        yield f"{names[slot.kind]}.copy_(torch.tensor({shaped.tolist()!r}))"


def _loss_lines(network: Network) -> list[str]:
    kind = {"cross_entropy": "cross_entropy", "squared_error": "mse_loss"}[network.loss]
    lines = [
        "def loss(rows):",
        f"    found = torch.nn.functional.{kind}(model(inputs[rows]), targets[rows])",
    ]
    if network.l1 or network.l2:
        lines += [
            "    for part in model:",
            "        if isinstance(part, torch.nn.Linear):",
            "            weight = part.weight",
            f"            found = found + {network.l1!r}*weight.abs().sum() + {network.l2!r}*(weight**2).sum()/2",
        ]
    return [*lines, "    return found"]


def _loop_lines(
    network: Network, optimizer: str, scheduler: str, own: bool, follows: bool, count: int, size: int
) -> list[str]:
    body = [f"rows = rows_of(SEED, step, {count}, {size})"] if size < count else [f"rows = list(range({count}))"]
    body += ["set_rate(optimizer, step, None)"] if own else []
    body += ["optimizer.zero_grad()", "value = loss(rows)", "value.backward()"]
    for kind, limit in (("norm", network.clip_norm), ("value", network.clip_value)):
        if limit is not None:
            body.append(f"torch.nn.utils.clip_grad_{kind}_(model.parameters(), {literal(limit)})")
    body.append("optimizer.step()")
    if scheduler and follows:  # Once an epoch, as Trainer does
        per_epoch = -(-count // size)
        body += ["told.append(value.item())", f"if len(told) == {per_epoch}:"]
        body += [f"    scheduler.step(sum(told)/{per_epoch})", "    told.clear()"]
    elif scheduler:
        body.append("scheduler.step()")
    return [
        f"optimizer = {optimizer}",
        *([f"scheduler = {scheduler}"] if scheduler else []),
        *(["told = []"] if scheduler and follows else []),
        "for step in range(STEPS):",
        *(f"    {line}" for line in body),
        "",
        "print(loss(list(range(len(inputs)))).item())",
    ]
