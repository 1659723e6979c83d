"""A network in training as a PyTorch script that needs nothing else: data, model, norm, loss, optimizer and loop."""

from collections.abc import Iterator, Mapping

from landscape.catalogue.pytorch import optimizer_lines, rate_lines, scheduler_call
from landscape.descent.pytorch import DRAW_ROWS, HASH
from landscape.errors import InputError
from landscape.formula.python_code import literal
from landscape.formula.tree import free_names
from landscape.network.data.samples import Samples
from landscape.network.data.targets import wanted
from landscape.network.initialization import initial
from landscape.network.layout import POOL, SIDE, TAPS, Kind, Layer, Layout, layout
from landscape.network.network import Network, Training

_ACTIVATIONS: Mapping[str, str] = {
    "relu": "torch.nn.ReLU()", "tanh": "torch.nn.Tanh()", "sigmoid": "torch.nn.Sigmoid()",
    "leaky_relu": "torch.nn.LeakyReLU()", "gelu": "torch.nn.GELU()", "linear": "torch.nn.Identity()",
}  # fmt: skip


NOISE_OF = """
def noise_of(param, step):
    \"\"\"Return the standard normals of a step, one for each number of a parameter.\"\"\"
    found = []
    for place in range(PLACES[param], PLACES[param] + param.numel()):
        first = 2*(step*SIZE + place) + hashed(SEED, 1)
        u, v = (((mixed((first + k)*0x9E3779B97F4A7C15 % 2**64) >> 11) + 1)*2.0**-53 for k in (0, 1))
        found.append(math.sqrt(-2*math.log(u))*math.cos(2*math.pi*v))
    return torch.tensor(found).reshape(param.shape)
""".strip().splitlines()
PICTURE_RMS = [
    "class PictureRMS(torch.nn.Module):",
    '    """RMS norm over all channels and pixels of a picture, with one factor for each channel."""',
    "",
    "    def __init__(self, channels, affine):",
    "        super().__init__()",
    "        self.weight = torch.nn.Parameter(torch.ones(channels)) if affine else None",
    "",
    "    def forward(self, x):",
    "        x = x*torch.rsqrt((x**2).mean((1, 2, 3), keepdim=True) + torch.finfo(x.dtype).eps)",
    "        return x if self.weight is None else x*self.weight[:, None, None]",
]
"""PyTorch's has a factor for each pixel, too."""


CONDITIONAL = [
    "class Conditional(torch.nn.Module):",
    '    """A norm with a scale and a shift of each row\'s own, linear maps of the network\'s inputs."""',
    "",
    "    def __init__(self, norm, units, inputs, shifted):",
    "        super().__init__()",
    "        self.norm = norm",
    "        self.weight = torch.nn.Parameter(torch.ones(units))",
    "        self.weight_by = torch.nn.Parameter(torch.zeros(units, inputs))",
    "        self.bias = torch.nn.Parameter(torch.zeros(units)) if shifted else None",
    "        self.bias_by = torch.nn.Parameter(torch.zeros(units, inputs)) if shifted else None",
    "",
    "    def forward(self, x):",
    "        wide = (..., *[None]*(x.ndim - 2))",
    "        x = self.norm(x)*(self.weight + self.given @ self.weight_by.T)[wide]",
    "        return x if self.bias is None else x + (self.bias + self.given @ self.bias_by.T)[wide]",
]
"""Feature-wise linear modulation: Perez et al. 2018, eq. 1 and 2."""


RESIDUAL = [
    "class Residual(torch.nn.Sequential):",
    '    """A layer whose inputs are added to what it gives."""',
    "",
    "    def forward(self, x):",
    "        return x + super().forward(x)",
]


def network_script(network: Network, training: Training, rows: Samples) -> str:
    """Return a script that trains as the trainer does, from the same first weights on the same mini-batches.

    Raises:
        InputError: for norms that PyTorch does not have, and for dropout and early stopping.
    """
    if network.normalization in ("whitening", "cross", "renorm"):
        raise InputError("A network with this norm cannot be copied as a script: PyTorch does not have it")
    if network.dropout or training.early_stopping is not None:
        raise InputError("A network with dropout or early stopping cannot be copied as a script")
    if training.schedule.follows and not scheduler_call(training.schedule, training.rule.lr, training.steps):
        raise InputError("A network with a schedule of one's own that reads the loss cannot be copied as a script")
    made = layout(network, rows.inputs.shape[1], rows.outputs)
    count = len(rows.inputs)
    size = min(training.batch_size or count, count)
    noisy = "noise" in free_names(*(tree for _, tree in training.rule.program.statements))
    definition, optimizer = optimizer_lines(
        training.rule, "model.parameters()", noise='noise_of(param, memory["t"] - 1)'
    )
    steps, schedule = training.steps, training.schedule
    plain = schedule.formula.strip() == "lr" and not schedule.warmup
    scheduler = "" if plain else scheduler_call(schedule, training.rule.lr, steps)
    own = [] if plain or scheduler else rate_lines(schedule, training.rule, steps)
    head = ["import torch", "", f"torch.set_default_dtype(torch.{training.precision})"]
    blocks = [
        ["import math", "", *head, "", f"STEPS = {steps}", f"SEED = {training.seed}"],
        HASH,
        DRAW_ROWS,
        *([PICTURE_RMS] if network.filters and network.normalization == "rms" else []),
        *([CONDITIONAL] if any(layer.gamma_by for layer in made.layers) else []),
        *([RESIDUAL] if any(layer.linked for layer in made.layers) else []),
        _data_lines(network, rows),
        _model_lines(network, made, training.seed),
        *([[*_places(network, made), "", "", *NOISE_OF]] if noisy else []),
        _loss_lines(network, conditional=any(layer.gamma_by for layer in made.layers)),
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
    parts, values = _parts(network, made), []
    for layer, linear, norm in _named(network, made):
        for slot, name in zip(layer.slots, _names(layer, linear, norm), strict=True):
            held = slot.of(theta)
            if layer.positions > 1 and slot.kind == "weights":
                held = held.reshape(layer.units, layer.inputs // TAPS, 3, 3)
            if slot.kind == "length":
                held = held.reshape((layer.units, 1, 1, 1) if layer.positions > 1 else (layer.units, 1))
            values.append(f"{name}.copy_(torch.tensor({held.tolist()!r}))")
    return [
        "model = torch.nn.Sequential(",
        *(f"    {part}," for part in parts),
        ")",
        "with torch.no_grad():",
        *(f"    {value}" for value in values),
    ]


def _places(network: Network, made: Layout) -> list[str]:
    """Return where the numbers of each parameter begin among all of them, in the order in which noise is drawn."""
    places = {
        name: slot.start
        for layer, linear, norm in _named(network, made)
        for slot, name in zip(layer.slots, _names(layer, linear, norm), strict=True)
    }
    return [f"SIZE = {made.size}", "PLACES = {", *(f"    {name}: {start}," for name, start in places.items()), "}"]


def _parts(network: Network, made: Layout) -> list[str]:
    """Return the modules of the model."""
    return [part for layer in made.layers for part in _layer_parts(network, layer)]


def _layer_parts(network: Network, layer: Layer) -> list[str]:
    pictures = layer.positions > 1
    weighing = _weighing(layer)
    if layer.length is not None:
        weighing = f"torch.nn.utils.parametrizations.weight_norm({weighing})"
    norm = (_picture_norm if pictures else _norm)(network, layer)
    if layer.gamma_by is not None:
        norm = f"Conditional({norm}, {layer.units}, {layer.gamma_by.shape[1]}, {layer.beta is not None})"
    behind = [] if layer.last else [part for part in (norm, _ACTIVATIONS[network.activation]) if part]
    parts = [weighing, *(behind if network.placement == "before" else behind[::-1])]
    if layer.linked:
        return [f"Residual({', '.join(parts)})"]
    if not pictures:
        return parts
    return [
        f"torch.nn.Unflatten(1, ({layer.inputs // TAPS}, {SIDE}, {SIDE}))",
        *parts,
        f"torch.nn.AvgPool2d({POOL})",
        "torch.nn.Flatten()",
    ]


def _named(network: Network, made: Layout) -> Iterator[tuple[Layer, str, str]]:
    """Yield every layer with the names of what weighs its inputs and of its norm in the model."""
    first = 0
    for layer in made.layers:
        within, place = (f"model[{first}]", 0) if layer.linked else ("model", first + (layer.positions > 1))
        yield layer, f"{within}[{place}]", f"{within}[{place + (1 if network.placement == 'before' else 2)}]"
        first += len(_layer_parts(network, layer))


def _names(layer: Layer, linear: str, norm: str) -> list[str]:
    """Return the names of the parameters of a layer, one for each slot."""
    own = f"{linear}.parametrizations.weight."
    names: dict[Kind, str] = {
        "weights": f"{linear}.weight" if layer.length is None else f"{own}original1", "length": f"{own}original0",
        "bias": f"{linear}.bias", "gamma": f"{norm}.weight", "beta": f"{norm}.bias",
        "gamma_by": f"{norm}.weight_by", "beta_by": f"{norm}.bias_by",
    }  # fmt: skip
    return [names[slot.kind] for slot in layer.slots]


def _weighing(layer: Layer) -> str:
    """Return what weighs the inputs of a layer: a convolution of pictures, or a matrix."""
    bias = layer.bias is not None
    if layer.positions > 1:
        return f"torch.nn.Conv2d({layer.inputs // TAPS}, {layer.units}, 3, padding=1, bias={bias})"
    return f"torch.nn.Linear({layer.inputs}, {layer.units}, bias={bias})"


def _picture_norm(network: Network, layer: Layer) -> str:
    """Return the norm behind a convolution; γ and β are one number for each channel."""
    channels, affine = layer.units, _own_factors(network)
    return {
        "batch": f"torch.nn.BatchNorm2d({channels}, momentum={literal(network.momentum)}, affine={affine})",
        "layer": f"torch.nn.GroupNorm(1, {channels}, affine={affine})",
        "group": f"torch.nn.GroupNorm({network.groups}, {channels}, affine={affine})",
        "instance": f"torch.nn.InstanceNorm2d({channels}, affine={affine})",
        "rms": f"PictureRMS({channels}, {affine})",
    }.get(layer.normalization, "")


def _own_factors(network: Network) -> bool:
    """Tell whether PyTorch's norm has γ and β."""
    return network.affine and not network.conditional


def _norm(network: Network, layer: Layer) -> str:
    affine = _own_factors(network)
    return {
        "batch": f"torch.nn.BatchNorm1d({layer.units}, momentum={literal(network.momentum)}, affine={affine})",
        "layer": f"torch.nn.LayerNorm({layer.units}, elementwise_affine={affine})",
        "group": f"torch.nn.GroupNorm({network.groups}, {layer.units}, affine={affine})",
        "rms": f"torch.nn.RMSNorm({layer.units}, elementwise_affine={affine})",
    }.get(layer.normalization, "")


def _loss_lines(network: Network, *, conditional: bool) -> list[str]:
    kind = {
        "cross_entropy": "cross_entropy", "squared_error": "mse_loss",
        "binary_cross_entropy": "binary_cross_entropy_with_logits",
    }[network.loss]  # fmt: skip
    lines = [
        "def loss(rows):",
        *(["    Conditional.given = inputs[rows]"] if conditional else []),
        f"    found = torch.nn.functional.{kind}(model(inputs[rows]), targets[rows])",
    ]
    if network.l1 or network.l2:
        lines += [
            "    for part in model.modules():",
            "        if isinstance(part, (torch.nn.Linear, torch.nn.Conv2d)):",
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
