"""The numbers that a kernel reads while it runs, laid out once for all steps."""

from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import MOST_STEPS, Schedule, drives, momenta, numbers_read
from landscape.catalogue.surfaces import Surface
from landscape.descent.noise import normals
from landscape.descent.stepping import pair
from landscape.errors import InputError


@dataclass(frozen=True, kw_only=True, eq=False)
class Tables:
    """What the kernels of a pair are given besides where they begin; all float64."""

    constants: NDArray[np.float64]
    """The surface's parameters, then the rule's hyper-parameters."""
    coefficients: NDArray[np.float64]
    """(steps, coefficients of the step)."""
    normals: NDArray[np.float64]
    """(steps, 2): what the rule reads as noise; empty if it reads none."""
    shifts: NDArray[np.float64]
    """(steps, 2): what is added to the gradient; empty without noise."""
    data: NDArray[np.float64]
    """(columns, rows)."""
    rates: NDArray[np.float64]
    """(steps,), read-only."""

    @property
    def nbytes(self) -> int:
        """Their size in memory, without the data, which belong to the surface."""
        return sum(each.nbytes for each in (self.constants, self.coefficients, self.normals, self.shifts, self.rates))


def tables(
    surface: Surface, rule: UpdateRule, steps: int, schedule: Schedule | None, noise: float, seed: int
) -> Tables:
    """Return the tables for so many steps; ``noise`` is the standard deviation of what is added to the gradient.

    Raises:
        InputError: for a number of steps that cannot be used.
    """
    if not isinstance(steps, Integral) or not 0 <= steps <= MOST_STEPS:
        raise InputError(
            '"{name}" must be a whole number from {least} to {most}, not {given}',
            name="steps", least=0, most=MOST_STEPS, given=steps,
        )  # fmt: skip
    both = pair(surface, rule, schedule=schedule)
    step = both.step
    constants = [*surface.kernel_values, *rule.kernel_values]
    if schedule is not None and schedule.follows:
        rates = np.full(steps, np.nan)  # The kernel computes them.
        constants += _own(schedule, rule, steps)
    else:
        rates = schedule.rates(rule.lr, steps) if schedule else np.full(steps, rule.lr)
    rates.flags.writeable = False
    random = normals(seed, steps, 4) if noise > 0.0 or "noise" in step.reads else np.empty((0, 4))
    with np.errstate(over="ignore"):
        shifts = noise * random[:, :2]
    return Tables(
        constants=np.array(constants),
        coefficients=step.schedule(rates, driven(schedule, rule, steps)),
        normals=np.ascontiguousarray(random[:, 2:]),
        shifts=shifts,
        data=surface.data_array if surface.data else np.empty((0, 0)),
        rates=rates,
    )


def driven(schedule: Schedule | None, rule: UpdateRule, steps: int) -> dict[str, ArrayLike]:
    """Return the hyper-parameters of a rule; the one that the schedule drives with a value for each step."""
    values: dict[str, ArrayLike] = dict(zip(rule.hyper_names, rule.kernel_values, strict=True))
    name = drives(schedule, rule.hyper_names) if schedule is not None and not schedule.follows else ""
    if schedule is not None and name:
        values[name] = momenta(schedule, dict(rule.values)[name], rule.lr, steps)
    return values


def _own(schedule: Schedule, rule: UpdateRule, steps: int) -> list[float]:
    """Return the numbers of a schedule that is computed with the steps, as its kernel takes them."""
    name = drives(schedule, rule.hyper_names)
    own = dict(rule.values)[name] if name else 0.0
    return [float(schedule.warmup), *numbers_read(schedule, rule.lr, max(steps - schedule.warmup, 1), own).values()]
