"""Runs the reference implementations: one step after the other, in float64, on one thread."""

from collections.abc import Callable
from typing import Any

from tests.reference.cases import LOSSES, MOMENTUM, RATE, RUN, STARTS, STEPS, SURFACES

Points = list[tuple[float, float]]
SWITCHES = {"centered", "amsgrad", "decoupled_weight_decay", "three_phase", "cycle_momentum"}


def trajectory(reference: str, optimizer: str, surface: str, hyper: dict[str, float]) -> Points:
    """Return the points after each step of the optimizer named by ``reference``."""
    run = torch_trajectory if reference.startswith("torch") else optax_trajectory
    return run(reference.rpartition(".")[2], optimizer, surface, hyper)


def torch_trajectory(kind: str, optimizer: str, surface: str, hyper: dict[str, float]) -> Points:
    import torch

    # The scalars that NAdam and RAdam keep follow the default type.
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        theta = torch.tensor(STARTS[surface], requires_grad=True)
        stepper = getattr(torch.optim, kind)([theta], **torch_arguments(optimizer, hyper))
        points = []
        for _ in range(STEPS):
            stepper.zero_grad()
            SURFACES[surface](theta[0], theta[1]).backward()
            stepper.step()
            points.append((float(theta[0]), float(theta[1])))
        return points
    finally:
        torch.set_default_dtype(before)


def torch_arguments(optimizer: str, hyper: dict[str, float]) -> dict[str, Any]:
    """Return PyTorch's arguments for the catalogue's hyper-parameters."""
    defaults = {"beta1": 0.9, "beta2": 0.999, "eta_minus": 0.5, "eta_plus": 1.2, "step_min": 1e-6, "step_max": 50.0}
    full: dict[str, Any] = dict(hyper)
    for name, first, second in (
        ("betas", "beta1", "beta2"),
        ("etas", "eta_minus", "eta_plus"),
        ("step_sizes", "step_min", "step_max"),
    ):
        if first in full or second in full:
            full[name] = (full.pop(first, defaults[first]), full.pop(second, defaults[second]))
    for name in SWITCHES & full.keys():
        full[name] = bool(full[name])
    extra: dict[str, dict[str, Any]] = {
        "momentum": {"momentum": 0.9, "dampening": 0.0},
        "nesterov": {"nesterov": True},
        "amsgrad": {"amsgrad": True},
        "adam_l2": {"weight_decay": 0.01},
    }
    return extra.get(optimizer, {}) | full


def optax_trajectory(kind: str, optimizer: str, surface: str, hyper: dict[str, float]) -> Points:
    import jax
    import optax

    names = {"lr": "learning_rate", "beta1": "b1", "beta2": "b2"}
    arguments = {names.get(name, name): value for name, value in hyper.items()}
    with jax.enable_x64(True):
        stepper = getattr(optax, kind)(**arguments)
        gradient = jax.grad(lambda point: SURFACES[surface](point[0], point[1]))
        theta = jax.numpy.array(STARTS[surface], dtype="float64")
        state = stepper.init(theta)
        points = []
        for _ in range(STEPS):
            updates, state = stepper.update(gradient(theta), state, theta)
            theta = optax.apply_updates(theta, updates)
            points.append((float(theta[0]), float(theta[1])))
    return points


_SCHEDULERS: dict[str, Callable[[dict[str, float]], dict[str, Any]]] = {
    "constant": lambda p: {"factor": 1.0, "total_iters": RUN},
    "step": lambda p: {"step_size": int(p.get("step_size", 50)), "gamma": p.get("gamma", 0.1)},
    "exponential": lambda p: {"gamma": p.get("gamma", 0.98)},
    "linear": lambda p: {"total_iters": RUN, **p},
    "polynomial": lambda p: {"total_iters": RUN, **p},
    "cosine": lambda p: {"T_max": RUN, "eta_min": p.get("min_lr", 0.0)},
    "cosine_restarts": lambda p: {
        "T_0": int(p.get("period", 25)),
        "T_mult": int(p.get("period_growth", 2)),
        "eta_min": p.get("min_lr", 0.0),
    },
    "cyclic": lambda p: {
        "base_lr": p.get("min_lr", 0.0),
        "max_lr": RATE,
        "step_size_up": int(p.get("step_size_up", 25)),
        "cycle_momentum": False,
    },
    "cyclic_halving": lambda p: _SCHEDULERS["cyclic"](p) | {"mode": "triangular2"},
    "cyclic_exponential": lambda p: _SCHEDULERS["cyclic"](p) | {"mode": "exp_range", "gamma": p.get("gamma", 0.99)},
    "one_cycle": lambda p: {
        "max_lr": RATE,
        "total_steps": RUN,
        "anneal_strategy": "linear" if p.get("linear") else "cos",
        **{name: bool(value) if name in SWITCHES else value for name, value in p.items() if name != "linear"},
    },
    "multistep": lambda p: {
        "milestones": [int(p.get(f"milestone{k}", default)) for k, default in enumerate((60, 120, 160), 1)],
        "gamma": p.get("gamma", 0.1),
    },
    "plateau": lambda p: dict(p),
}


def rates(reference: str, schedule: str, parameters: dict[str, float]) -> list[float]:
    """Return the learning rate of each of ``RUN`` steps under PyTorch's scheduler named by ``reference``."""
    return [rate for rate, _ in course(reference, schedule, parameters)]


def course(reference: str, schedule: str, parameters: dict[str, float]) -> list[tuple[float, float]]:
    """Return the learning rate and the momentum of each of ``RUN`` steps."""
    import torch

    theta = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    stepper = torch.optim.SGD([theta], lr=RATE, momentum=MOMENTUM)
    kind = getattr(torch.optim.lr_scheduler, reference.rpartition(".")[2])
    scheduler = kind(stepper, **_SCHEDULERS[schedule](parameters))
    found = []
    for step in range(RUN):
        group = stepper.param_groups[0]
        found.append((float(group["lr"]), float(group["momentum"])))
        stepper.step()
        if step < RUN - 1:
            scheduler.step(*([LOSSES[step]] if schedule == "plateau" else []))
    return found


def scheduled_trajectory(
    kind: str, schedule: str, parameters: dict[str, float], surface: str, hyper: dict[str, Any]
) -> Points:
    """Return the points of a PyTorch optimizer under a scheduler, which is told the loss in front of each step."""
    import torch

    theta = torch.tensor(STARTS[surface], dtype=torch.float64, requires_grad=True)
    stepper = getattr(torch.optim, kind)([theta], **hyper)
    arguments = _SCHEDULERS[schedule](parameters)
    arguments |= {"max_lr": hyper["lr"]} if "max_lr" in arguments else {}
    scheduler = getattr(torch.optim.lr_scheduler, {"plateau": "ReduceLROnPlateau", "one_cycle": "OneCycleLR"}[schedule])
    driver, points = scheduler(stepper, **arguments), []
    for step in range(RUN):
        stepper.zero_grad()
        loss = SURFACES[surface](theta[0], theta[1])
        loss.backward()
        stepper.step()
        if step < RUN - 1:
            driver.step(*([loss.item()] if schedule == "plateau" else []))
        points.append((float(theta[0]), float(theta[1])))
    return points
