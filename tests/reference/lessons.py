"""The races of some lessons, run by PyTorch: losses written down a second time, its own optimizers, in float64."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple


class Race(NamedTuple):
    """What a lesson lets run: the loss, the start, how long, and each run as PyTorch has it."""

    loss: Callable[[Any, Any], Any]
    start: tuple[float, float]
    steps: int
    threshold: float
    runs: tuple[tuple[str, dict[str, Any]], ...]


def _beale(x: Any, y: Any) -> Any:
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


MOMENTUM = {"momentum": 0.9}
RACES = {
    "beale-race": Race(_beale, (1.0, 1.6), 300, 0.01, (
        ("SGD", {"lr": 0.01}), ("SGD", {"lr": 0.003, **MOMENTUM}),
        ("SGD", {"lr": 0.003, **MOMENTUM, "nesterov": True}), ("RMSprop", {"lr": 0.05}), ("Adam", {"lr": 0.2}),
        ("Adagrad", {"lr": 1.0}),
    )),
    "saddle": Race(lambda x, y: x**2 / 2 + y**4 / 4 - y**2 / 2, (-1.8, 0.001), 120, -0.2, (
        ("SGD", {"lr": 0.1}), ("SGD", {"lr": 0.05, **MOMENTUM}), ("RMSprop", {"lr": 0.02}), ("Adam", {"lr": 0.05}),
    )),
    "cs231n-saddle": Race(lambda x, y: x**2 - y**2, (-1.6, 0.001), 80, -1.0, (
        ("SGD", {"lr": 0.05}), ("SGD", {"lr": 0.05, **MOMENTUM}),
        ("SGD", {"lr": 0.05, **MOMENTUM, "nesterov": True}), ("Adagrad", {"lr": 0.2}), ("Adadelta", {"lr": 5.0}),
        ("RMSprop", {"lr": 0.05}),
    )),
    "cs231n-valley": Race(lambda x, y: (x**2 + 100 * y**2) / 2, (-3.5, 1.0), 150, 0.1, (
        ("SGD", {"lr": 0.01}), ("SGD", {"lr": 0.01, **MOMENTUM}),
        ("SGD", {"lr": 0.01, **MOMENTUM, "nesterov": True}), ("Adagrad", {"lr": 0.5}), ("RMSprop", {"lr": 0.05}),
    )),
    "d2l-momentum": Race(lambda x, y: 0.1 * x**2 + 2 * y**2, (-5.0, -2.0), 20, 0.1, (
        ("SGD", {"lr": 0.4}), ("SGD", {"lr": 0.6}), ("SGD", {"lr": 0.6, "momentum": 0.5}),
        ("SGD", {"lr": 0.6, "momentum": 0.25}),
    )),
    "lmu-momentum": Race(lambda x, y: x**2 / 2 + 10 * y**2, (10.0, 1.0), 12, 1.0, tuple(
        ("SGD", {"lr": 0.1, "momentum": momentum}) for momentum in (0.0, 0.3, 0.6, 0.9)
    )),
}  # fmt: skip
"""By the name of the lesson; the runs in the order of their ids."""


def cases() -> list[dict[str, object]]:
    """Return of each run how soon it is at the threshold, and its loss in the end."""
    return [
        {"lesson": name, "run": run, "steps": reached, "loss": loss}
        for name, race in RACES.items()
        for run in range(len(race.runs))
        for reached, loss in [_run(race, run)]
    ]


def _run(race: Race, run: int) -> tuple[int | None, float]:
    import torch

    kind, arguments = race.runs[run]
    theta = torch.tensor(race.start, dtype=torch.float64, requires_grad=True)
    stepper = getattr(torch.optim, kind)([theta], **arguments)
    reached, loss = None, math.nan
    for step in range(race.steps + 1):
        stepper.zero_grad()
        value = race.loss(theta[0], theta[1])
        loss = float(value.detach())
        if reached is None and loss <= race.threshold:
            reached = step
        value.backward()
        stepper.step()
    return reached, loss
