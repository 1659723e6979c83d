"""Optimizers and schedules as lines of a PyTorch script: its own class, or one that is written from the rule."""

from collections.abc import Callable, Mapping
from typing import Any

from landscape.catalogue.optimizers import ELEMENTWISE, PLANAR, RATE, State, UpdateRule, entry_of
from landscape.catalogue.schedule_programs import MOMENTUM, memory_of, program_of
from landscape.catalogue.schedules import Schedule, drives, numbers_read
from landscape.catalogue.schedules import entry_of as schedule_entry_of
from landscape.formula.python_code import literal, math_code, safe, torch_code
from landscape.formula.tree import free_names

Arguments = dict[str, Any]
_PAIRS = {"betas": ("beta1", "beta2"), "etas": ("eta_minus", "eta_plus"), "step_sizes": ("step_min", "step_max")}
_SWITCHES = ("centered", "amsgrad", "decoupled_weight_decay")
_EXTRA: Mapping[str, Arguments] = {"nesterov": {"nesterov": True}, "amsgrad": {"amsgrad": True}}
_GIVEN = frozenset((*ELEMENTWISE, *PLANAR, RATE))
NOISE = 'torch.tensor(normals(SEED, memory["t"] - 1)[2:])'
"""What a rule draws in a step of the two coordinates of a surface."""
CLASS = "Rule"
"""What the class is called that is written from a rule."""


def optimizer_lines(rule: UpdateRule, parameters: str, state: State = (), noise: str = NOISE) -> tuple[list[str], str]:
    """Return the definition of a class, no lines where PyTorch has it, and the call that makes the optimizer.

    Args:
        rule: The rule with its hyper-parameters.
        parameters: The expression of what is optimized.
        state: What the rule remembers at the start; what PyTorch has always begins with 0.
        noise: The expression of what the rule draws for ``param`` in the step ``memory["t"]``.
    """
    entry = entry_of(rule)
    values = dict(rule.values)
    if entry is not None and entry.reference.startswith("torch.") and not any(any(numbers) for _, numbers in state):
        return [], f"{entry.reference}({parameters}, {_written(_torch_arguments(rule.entry, values))})"
    given = ", ".join(f"{safe(name)}={literal(value)}" for name, value in values.items())
    return class_lines(rule, state, noise), f"{CLASS}({parameters}{', ' + given if given else ''})"


def _torch_arguments(entry: str, values: Mapping[str, float]) -> Arguments:
    full: Arguments = dict(values)
    for name, ends in _PAIRS.items():
        if ends[0] in full:
            full[name] = tuple(full.pop(end) for end in ends)
    for name in _SWITCHES:
        if name in full:
            full[name] = bool(full[name])
    return full | _EXTRA.get(entry, {})


def _written(arguments: Arguments) -> str:
    return ", ".join(f"{name}={_value(value)}" for name, value in arguments.items())


def _value(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, tuple):
        return f"({', '.join(map(_value, value))})"
    return literal(value) if isinstance(value, float) else repr(value)


def class_lines(rule: UpdateRule, state: State = (), noise: str = NOISE) -> list[str]:
    """Return an optimizer written from the lines of a rule; a planar one is given the loss as a function of x and y."""
    names = [name for name in rule.program.state if name not in _GIVEN]
    hyper = [safe(name) for name in dict.fromkeys((*dict(rule.values), *rule.hyper_names))]
    begins = dict(state)
    lines = [
        f"class {CLASS}(torch.optim.Optimizer):",
        '    """One step:',
        "",
        *(f"    {line.strip()}" for line in rule.rule.splitlines() if line.strip()),
        '    """',
        "",
        f"    def __init__(self, params, {', '.join(hyper)}):" if hyper else "    def __init__(self, params):",
        f"        super().__init__(params, dict({', '.join(f'{name}={name}' for name in hyper)}))",
        "",
        "    @torch.no_grad()",
        f"    def step(self{', function' if rule.planar else ''}):",
        "        for group in self.param_groups:",
        *(f'            {name} = torch.tensor(float(group["{name}"]))' for name in hyper),
    ]
    if "gnorm" in _read(rule):
        lines.append('            gnorm = torch.sqrt(sum((param.grad**2).sum() for param in group["params"]))')
    lines += [
        '            for param in group["params"]:',
        "                memory = self.state[param]",
        "                if not memory:",
        '                    memory["t"] = 0',
    ]
    for name in names:
        start = begins.get(name)
        if start is None:
            value = "torch.tensor(0.0)" if rule.planar else "torch.zeros_like(param)"
        else:
            value = f"torch.tensor({literal(start[0]) if len(start) == 1 else list(start)})"
            value = f"{value}.to(param)"
        lines.append(f'                    memory["{name}"] = {value}')
    lines += ['                memory["t"] += 1', '                t = torch.tensor(float(memory["t"]))']
    lines += [f'                {safe(name)} = memory["{name}"]' for name in names]
    lines += _seen(rule, noise)
    lines += [f"                {safe(name)} = {torch_code(tree)}" for name, tree in rule.program.statements]
    lines += [f'                memory["{name}"] = {safe(name)}' for name in names]
    lines.append(f"                param.copy_({'torch.stack((x, y))' if rule.planar else 'theta'})")
    return lines


def _read(rule: UpdateRule) -> set[str]:
    return set(free_names(*(tree for _, tree in rule.program.statements)))


def _seen(rule: UpdateRule, noise: str) -> list[str]:
    """Return the lines that name what a step is told."""
    pad = " " * 16
    if not rule.planar:
        drawn = [f"{pad}noise = {noise}"] if "noise" in _read(rule) else []
        return [f"{pad}theta, g = param, param.grad", *drawn]
    found = [f"{pad}x, y = param.clone()", f"{pad}gx, gy = param.grad"]
    if _read(rule) & {"hxx", "hxy", "hyy"}:
        found += [
            f"{pad}with torch.enable_grad():",
            f"{pad}    hessian = torch.func.hessian(lambda point: function(*point))(param.detach())",
            f"{pad}(hxx, hxy), (_, hyy) = hessian.detach()",
        ]
    return found


# Schedules


def _whole(values: Mapping[str, float], name: str) -> int:
    return round(values[name])


_SCHEDULERS: Mapping[str, Callable[[Mapping[str, float], float, int], Arguments]] = {
    "step": lambda p, _lr, _n: {"step_size": _whole(p, "step_size"), "gamma": p["gamma"]},
    "multistep": lambda p, _lr, _n: {
        "milestones": [_whole(p, f"milestone{k}") for k in (1, 2, 3)],
        "gamma": p["gamma"],
    },
    "exponential": lambda p, _lr, _n: {"gamma": p["gamma"]},
    "linear": lambda p, _lr, n: {**p, "total_iters": n},
    "polynomial": lambda p, _lr, n: {"total_iters": n, **p},
    "cosine": lambda p, _lr, n: {"T_max": n, "eta_min": p["min_lr"]},
    "cosine_restarts": lambda p, _lr, _n: {
        "T_0": _whole(p, "period"),
        "T_mult": _whole(p, "period_growth"),
        "eta_min": p["min_lr"],
    },
    "cyclic": lambda p, lr, _n: _cycle(p, lr),
    "cyclic_halving": lambda p, lr, _n: _cycle(p, lr) | {"mode": "triangular2"},
    "cyclic_exponential": lambda p, lr, _n: _cycle(p, lr) | {"mode": "exp_range", "gamma": p["gamma"]},
    "plateau": lambda p, _lr, _n: {**p, "patience": _whole(p, "patience"), "cooldown": _whole(p, "cooldown")},
}
"""What PyTorch's own schedulers are called with."""


def _cycle(values: Mapping[str, float], lr: float) -> Arguments:
    up = _whole(values, "step_size_up")
    return {"base_lr": values["min_lr"], "max_lr": lr, "step_size_up": up, "cycle_momentum": False}


def scheduler_call(schedule: Schedule, lr: float, steps: int) -> str:
    """Return the call of PyTorch's own scheduler; empty where it has none that does the same."""
    entry = schedule_entry_of(schedule)
    if entry is None or schedule.warmup or entry.id not in _SCHEDULERS:
        return ""
    arguments = _SCHEDULERS[entry.id](dict(schedule.values), lr, steps)
    return f"{entry.reference}(optimizer, {_written(arguments)})"


def rate_lines(schedule: Schedule, rule: UpdateRule, steps: int) -> list[str]:
    """Return the definition of ``set_rate(optimizer, step, loss)``, which sets the rate before each step.

    It sets the momentum, too, where the schedule drives one.
    """
    driven = drives(schedule, rule.hyper_names)
    own = dict(rule.values)[driven] if driven else 0.0
    values = numbers_read(schedule, rule.lr, max(steps - schedule.warmup, 1), own)
    memory = memory_of(schedule.formula)
    lines = [f"MEMORY = dict({', '.join(f'{name}=0.0' for name in memory)})"] if memory else []
    lines += ["", "", "def set_rate(optimizer, step, loss_):"] if memory else ["def set_rate(optimizer, step, loss_):"]
    lines += [f"    {safe(name)} = {literal(value)}" for name, value in values.items()]
    lines.append(f"    t = max(step - {schedule.warmup}, 0)" if schedule.warmup else "    t = step")
    lines += [f'    {safe(name)} = MEMORY["{name}"]' for name in memory]
    lines += [f"    {safe(name)} = {math_code(tree)}" for name, tree in program_of(schedule.formula).statements]
    if memory:
        kept = f"if step >= {schedule.warmup}: " if schedule.warmup else ""
        lines.append(f"    {kept}MEMORY.update({', '.join(f'{name}={safe(name)}' for name in memory)})")
    if schedule.warmup:
        lines.append(f"    rate = rate*min((step + 1)/{schedule.warmup}, 1)")
    lines += ["    for group in optimizer.param_groups:", '        group["lr"] = rate']
    lines += _driving(driven)
    return lines


def _driving(driven: str) -> list[str]:
    if not driven:
        return []
    lines = [f'        if "{driven}" in group:', f'            group["{driven}"] = {MOMENTUM}']
    if driven == "beta1":
        lines += ["        else:", f'            group["betas"] = ({MOMENTUM}, group["betas"][1])']
    return lines
