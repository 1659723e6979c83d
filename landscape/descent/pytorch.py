"""A run as a PyTorch script that needs nothing else: surface, optimizer, schedule, start and steps."""

from collections.abc import Sequence

from landscape.catalogue.optimizers import State, UpdateRule
from landscape.catalogue.pytorch import optimizer_lines, rate_lines, scheduler_call
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.formula.python_code import literal, safe, torch_code
from landscape.formula.tree import free_names

HASH = '''
def mixed(z):
    """Hash a counter: SplitMix64."""
    z = (z ^ (z >> 30))*0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ (z >> 27))*0x94D049BB133111EB % 2**64
    return z ^ (z >> 31)


def hashed(seed, stream):
    """Return a starting point of its own for each seed and stream."""
    return mixed((mixed(seed*0x9E3779B97F4A7C15 % 2**64) + stream*0x9E3779B97F4A7C15)*0x9E3779B97F4A7C15 % 2**64)
'''.strip().splitlines()
_DRAW_NORMALS = '''
def normals(seed, step):
    """Return the four standard normals of a step: two are added to the gradient, two are the rule's own noise."""
    found = []
    for channel in range(4):
        counters = [(2*step + k + hashed(seed, 1 + channel))*0x9E3779B97F4A7C15 % 2**64 for k in (0, 1)]
        u, v = (((mixed(counter) >> 11) + 1)*2.0**-53 for counter in counters)
        found.append(math.sqrt(-2*math.log(u))*math.cos(2*math.pi*v))
    return found
'''.strip().splitlines()
DRAW_ROWS = '''
def rows_of(seed, step, rows, size):
    """Return the rows of the mini-batch of a step: every epoch is another order of all of them."""
    found = []
    for place in range(step*size, (step + 1)*size):
        epoch = hashed(seed, -1 - place//rows)
        order = sorted(range(rows), key=lambda row: mixed((epoch + row)*0x9E3779B97F4A7C15 % 2**64))
        found.append(order[place % rows])
    return found
'''.strip().splitlines()


def pytorch_script(
    surface: Surface,
    rule: UpdateRule,
    start: Sequence[float],
    steps: int,
    schedule: Schedule | None = None,
    noise: float = 0.0,
    batch_size: int = 0,
    seed: int = 0,
    state: State = (),
) -> str:
    """Return a script that makes the steps that :func:`descend` makes of the same arguments.

    Its ``points`` are those of the trajectory, to rounding. Noise and mini-batches are those of the seed: it draws them
    the same way.
    """
    batched = 0 < batch_size < surface.rows
    reads_noise = "noise" in free_names(*(tree for _, tree in rule.program.statements))
    definition, made = optimizer_lines(rule, "[theta]", state)
    scheduling = _Scheduling(schedule, rule, steps)
    blocks = [
        ["import math", "", "import torch", "", "torch.set_default_dtype(torch.float64)", "", f"STEPS = {steps}"]
        + ([f"SEED = {seed}"] if noise > 0 or batched or reads_noise else []),
        *([HASH] if noise > 0 or batched or reads_noise else []),
        *([_DRAW_NORMALS] if noise > 0 or reads_noise else []),
        *([DRAW_ROWS] if batched else []),
        _surface_lines(surface),
        *([definition] if definition else []),
        *([scheduling.definition] if scheduling.definition else []),
        _loop_lines(surface, rule, start, made, scheduling, noise, batch_size if batched else 0),
    ]
    return "\n\n\n".join("\n".join(block) for block in blocks) + "\n"


class _Scheduling:
    """The lines about the schedule: PyTorch's own, or a function that sets the rate; none where it is constant."""

    def __init__(self, schedule: Schedule | None, rule: UpdateRule, steps: int) -> None:
        plain = schedule is None or (schedule.formula.strip() == "lr" and not schedule.warmup)
        self.made = "" if plain or schedule is None else scheduler_call(schedule, rule.lr, steps)
        own = schedule is not None and not plain and not self.made
        self.definition = rate_lines(schedule, rule, steps) if own and schedule is not None else []
        self.follows = schedule is not None and schedule.follows


def _surface_lines(surface: Surface) -> list[str]:
    values = dict(zip(surface.parameter_names, surface.kernel_values, strict=True))
    data = [f"{safe(name)} = torch.tensor({list(column)!r})" for name, column in surface.data]
    columns = "".join(f", {safe(name)}={safe(name)}" for name in surface.columns)
    flat = "" if {"x", "y"} <= free_names(surface.tree) else " + 0*x"  # What reads no x has a slope, too.
    return [
        *data,
        *([""] * 2 if data else []),
        f"def loss(x, y{columns}):",
        *(f"    {safe(name)} = torch.tensor({float(value)!r})" for name, value in values.items()),
        f"    return {torch_code(surface.tree, surface.columns)}{flat}",
    ]


def _loop_lines(
    surface: Surface,
    rule: UpdateRule,
    start: Sequence[float],
    made: str,
    scheduling: _Scheduling,
    noise: float,
    batch_size: int,
) -> list[str]:
    x, y = start
    lines = [
        f"theta = torch.tensor([{float(x)!r}, {float(y)!r}], requires_grad=True)",
        f"optimizer = {made}",
        *([f"scheduler = {scheduling.made}"] if scheduling.made else []),
        "points = [theta.tolist()]",
        *(["told = loss(*theta).item()"] if scheduling.definition and scheduling.follows else []),
        "for step in range(STEPS):",
    ]
    body, function = [], "loss"
    if batch_size:
        function = "function"
        picked = ", ".join(f"{safe(name)}={safe(name)}[rows]" for name in surface.columns)
        body = [
            f"rows = rows_of(SEED, step, {surface.rows}, {batch_size})",
            f"function = lambda x, y: loss(x, y, {picked})",
        ]
    if scheduling.definition:
        told = "told" if scheduling.follows else "None"
        body.append(f"set_rate(optimizer, step, {told})")
    if scheduling.follows:
        body.append("before = loss(*theta).item()")
    body += ["optimizer.zero_grad()", f"{function}(*theta).backward()"]
    if noise > 0:
        body.append(f"theta.grad += {literal(float(noise))}*torch.tensor(normals(SEED, step)[:2])")
    body.append(f"optimizer.step({function})" if rule.planar else "optimizer.step()")
    if scheduling.made:
        body.append("scheduler.step(before)" if scheduling.follows else "scheduler.step()")
    elif scheduling.follows:
        body.append("told = before")
    body.append("points.append(theta.tolist())")
    return [*lines, *(f"    {line}" for line in body), "", "print(points[-1], loss(*theta).item())"]
