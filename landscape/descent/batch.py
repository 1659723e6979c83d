"""Many starts at once: where each of them ends, and nothing of the way there."""

import ctypes
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent.kernels import ends_source
from landscape.descent.noise import normals
from landscape.descent.stepping import pair, step_of
from landscape.formula.kernels import WIDE
from landscape.formula.machine import is_ready, load

CHUNK = 2048
"""Starts that are computed between two questions whether to go on."""

_PROTOTYPE = ctypes.CFUNCTYPE(
    None,
    *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64),
    *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64),
)


def descend_many(
    surface: Surface,
    rule: UpdateRule,
    starts: NDArray[np.float64],
    steps: int,
    schedule: Schedule | None = None,
    threads: int = 2,
    cancelled: Callable[[], bool] = lambda: False,
    seed: int = 0,
) -> NDArray[np.float64]:
    """Return where ``rule`` ends after ``steps`` steps from each start.

    Each end is that of :func:`landscape.descent.trajectory.descend` from the same start with the same seed, to
    rounding (an unstable rule may magnify it). It does not depend on the other starts, nor on ``threads``.

    Args:
        surface: The loss.
        rule: The update rule with its learning rate.
        starts: (m, 2).
        steps: At least 0.
        schedule: The rate of each step; None: the rule's own throughout.
        threads: How many run at once.
        cancelled: Asked between chunks of ``CHUNK`` starts; once it says yes, the starts not yet begun get NaN.
        seed: Decides the noise of a rule that has some; all starts feel the same.

    Returns:
        (m, 2) float64, read-only; inf or NaN where the trajectory diverged.
    """
    kernel = load(ends_source(pair(surface, rule)), "ends")
    rates = schedule.rates(rule.lr, steps) if schedule else np.full(steps, rule.lr)
    arrays = (
        np.array([*surface.kernel_values, *rule.kernel_values]),
        step_of(rule.rule).schedule(rates, dict(zip(rule.hyper_names, rule.kernel_values, strict=True))),
        np.ascontiguousarray(normals(seed, steps, 4)[:, 2:]),
        surface.data_array if surface.data else np.empty((0, 0)),
    )
    pointers = [array.ctypes.data for array in arrays]
    call = _PROTOTYPE(kernel.address)
    padded = len(starts) + -len(starts) % WIDE
    ends = np.full((2, padded), np.nan)

    def run(first: int) -> None:
        last = min(first + CHUNK, padded)
        if cancelled():
            return
        piece = np.ones((2, last - first))
        piece[:, : len(starts) - first] = starts[first:last].T
        call(piece[0].ctypes.data, piece[1].ctypes.data, last - first, steps, *pointers, surface.rows)
        ends[:, first:last] = piece

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, range(0, padded, CHUNK)))
    result = ends[:, : len(starts)].T
    result.flags.writeable = False
    return result


def is_warm(surface: Surface, rule: UpdateRule) -> bool:
    """Tell whether :func:`descend_many` would begin at once, without compiling."""
    return is_ready(ends_source(pair(surface, rule)), "ends")
