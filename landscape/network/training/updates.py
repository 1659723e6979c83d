"""The optimizer's step with NumPy: an update rule for arrays, wherever their gradient comes from."""

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.descent.noise import normals
from landscape.descent.stepping import driven_by, step_of
from landscape.descent.tables import driven
from landscape.errors import InputError
from landscape.formula.tree import evaluate
from landscape.network.training.epoch_rates import EpochRates

Vector: TypeAlias = NDArray[np.float64]


def updater(
    rule: UpdateRule, schedule: Schedule | None, steps: int, seed: int = 0, epoch: int = 1
) -> Callable[..., Vector]:
    """Return a function that is called with θ and its gradient, both (n,), and returns the next θ.

    Its third argument is the loss, where the schedule reads it. It remembers what the rule remembers, and can be called
    ``steps`` times. θ of another length needs a new one.

    Args:
        rule: An elementwise rule.
        schedule: The rate of each step; None: the rule's own throughout.
        steps: How many updates: what a schedule calls T.
        seed: Decides the noise that a rule may read.
        epoch: How many updates are an epoch, to a schedule that reads the loss.

    Raises:
        InputError: for a rule that moves x and y.
    """
    if rule.planar:
        raise InputError("A network is trained by a rule that moves every weight on its own; this one moves x and y")
    values = dict(zip(rule.hyper_names, rule.kernel_values, strict=True))
    step = step_of(rule.rule, driven=driven_by(schedule, rule))
    follows = EpochRates(rule, schedule, step, steps, epoch) if schedule and schedule.follows else None
    told: list[float] = []
    rates = follows.rates if follows else schedule.rates(rule.lr, steps) if schedule else np.full(steps, rule.lr)
    coefficients = step.schedule(rates, driven(schedule, rule, steps))
    random = "noise" in step.reads
    state: dict[str, Vector] = dict.fromkeys(step.names, np.zeros(()))
    done = 0

    def update(theta: Vector, gradient: Vector, loss: float = math.nan) -> Vector:
        nonlocal done
        if follows and follows.known == done:
            found = follows.ask(float(np.mean(told)) if told else loss)
            coefficients[done : follows.known] = found
            told.clear()
        told.append(loss)
        known: dict[str, ArrayLike] = {
            **values,
            **state,
            **{f"step.{place}": value for place, value in enumerate(coefficients[done])},
            "theta": theta,
            "g": gradient,
            "gnorm": float(np.linalg.norm(gradient)),
        }
        if random:
            known["noise"] = normals(seed, 1, len(theta), done)[0]
        moved, *remembered = evaluate((*step.moved, *step.state), known)
        state.update(zip(step.names, remembered, strict=True))
        done += 1
        return np.broadcast_to(moved, theta.shape)

    return update
