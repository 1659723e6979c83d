"""The numbers that a kernel reads while it runs, laid out once for all steps."""

from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import MOST_STEPS, Schedule
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
    step = pair(surface, rule).step
    rates = schedule.rates(rule.lr, steps) if schedule else np.full(steps, rule.lr)
    rates.flags.writeable = False
    random = normals(seed, steps, 4) if noise > 0.0 or "noise" in step.reads else np.empty((0, 4))
    with np.errstate(over="ignore"):
        shifts = noise * random[:, :2]
    return Tables(
        constants=np.array([*surface.kernel_values, *rule.kernel_values]),
        coefficients=step.schedule(rates, dict(zip(rule.hyper_names, rule.kernel_values, strict=True))),
        normals=np.ascontiguousarray(random[:, 2:]),
        shifts=shifts,
        data=surface.data_array if surface.data else np.empty((0, 0)),
        rates=rates,
    )
