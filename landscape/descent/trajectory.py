# NOTE FROM THE LEAD TO ENGINEER B: read /tmp/brief/TO_B.md NOW, before going on; then delete this line.
"""One run of a rule from one start: every step kept."""

import ctypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent.noise import batches, normals
from landscape.descent.stepping import HEAD, pair, step_of, trajectory_source
from landscape.formula.machine import is_ready, load

Outcome: TypeAlias = Literal["finished", "converged", "diverged", "left"]

CONVERGED = 1e-6
"""A trajectory has converged when the gradient is this small, relative to the first one where that is above 1."""

_PROTOTYPE = ctypes.CFUNCTYPE(
    ctypes.c_int64,
    *(ctypes.c_double, ctypes.c_double, ctypes.c_int64),
    *(ctypes.c_void_p,) * 6,
    *(ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Trajectory:
    """What happened in n steps. All arrays are read-only float64; row 0 is the start."""

    points: NDArray[np.float64]
    """(n + 1, 2)."""
    losses: NDArray[np.float64]
    """(n + 1,) of all the data, without noise."""
    gradients: NDArray[np.float64]
    """(n + 1, 2) of all the data, without noise."""
    rates: NDArray[np.float64]
    """(n,): the learning rate of each step."""
    state: Mapping[str, NDArray[np.float64]]
    """What the rule remembers after each step, initially 0: (n + 1, 2), one column per parameter; (n + 1,) where the
    rule moves x and y together."""
    outcome: Outcome


def descend(
    surface: Surface,
    rule: UpdateRule,
    start: tuple[float, float],
    steps: int = 200,
    schedule: Schedule | None = None,
    noise: float = 0.0,
    batch_size: int = 0,
    seed: int = 0,
) -> Trajectory:
    """Return the trajectory of ``rule`` on ``surface``.

    Args:
        surface: The loss.
        rule: The update rule with its learning rate.
        start: (x, y).
        steps: How many updates, at least 0.
        schedule: The rate of each step; None: the rule's own throughout.
        noise: Standard deviation of the normal noise added to each component of each gradient that the rule sees.
        batch_size: Rows of data in a mini-batch; 0, or as many as there are: all of them. Without data: ignored.
        seed: Decides the noise and the mini-batches. A step's do not depend on how many steps follow it.

    Returns:
        ``steps + 1`` points. Only where a position or a loss overflows or is undefined are there fewer: the trajectory
        ends at its last finite point (at least the start), with the outcome ``"diverged"``. Otherwise ``"left"`` if
        the last point is outside the domain, ``"converged"`` if the last gradient's norm is at most ``CONVERGED``
        times the greater of 1 and the first one's, else ``"finished"``.
    """
    run = _prepare(surface, rule, steps, schedule, float(noise), batch_size, seed)
    record = np.empty((steps + 1, run.width))
    rows = run.call(start[0], start[1], steps, record.ctypes.data, *run.arguments)
    if rows == 0:
        record[0, :HEAD] = (*start, np.nan, np.nan, np.nan)
    record.flags.writeable = False
    return _trajectory(surface, run, record[: max(rows, 1)], diverged=rows <= steps)


def is_warm(surface: Surface, rule: UpdateRule) -> bool:
    """Tell whether :func:`descend` would begin at once, without compiling."""
    return is_ready(trajectory_source(pair(surface, rule), False, False), "trajectory")


def warm(surface: Surface, rule: UpdateRule) -> None:
    """Compile what :func:`descend` needs, or load it from the disk."""
    load(trajectory_source(pair(surface, rule), False, False), "trajectory")


@dataclass(frozen=True, eq=False)
class _Run:
    """A kernel with all its arguments but the start and the record."""

    call: Callable[..., int]
    arguments: tuple[int | None, ...]
    width: int
    rates: NDArray[np.float64]
    state: tuple[str, ...]
    lanes: int
    kept: tuple[object, ...]
    """Owners of the memory that ``call`` and ``arguments`` point to."""


@lru_cache(maxsize=64)
def _prepare(
    surface: Surface,
    rule: UpdateRule,
    steps: int,
    schedule: Schedule | None,
    noise: float,
    batch_size: int,
    seed: int,
) -> _Run:
    batched = 0 < batch_size < surface.rows
    kernel = load(trajectory_source(pair(surface, rule), noise > 0.0, batched), "trajectory")
    step, lanes = step_of(rule.rule), 1 if rule.planar else 2
    rates = schedule.rates(rule.lr, steps) if schedule else np.full(steps, rule.lr)
    rates.flags.writeable = False
    both = normals(seed, steps, 4) if noise > 0.0 or "noise" in step.reads else np.empty((0, 4))
    data = surface.data_array if surface.data else np.empty((0, 0))
    chosen = data[:, batches(seed, steps, surface.rows, batch_size)] if batched else np.empty((0, 0, 0))
    arrays = [
        np.array([*surface.kernel_values, *rule.kernel_values]),
        step.schedule(rates, dict(zip(rule.hyper_names, rule.kernel_values, strict=True))),
        np.ascontiguousarray(both[:, 2:]),
        noise * both[:, :2],
        data,
        np.ascontiguousarray(chosen.swapaxes(0, 1)),
    ]
    constants, coefficients, own, shifts, columns, mini = (array.ctypes.data for array in arrays)
    return _Run(
        call=_PROTOTYPE(kernel.address),
        arguments=(constants, coefficients, own, shifts, columns, surface.rows, mini, batch_size),
        width=HEAD + lanes * len(step.state),
        rates=rates,
        state=rule.state,
        lanes=lanes,
        kept=(kernel, *arrays),
    )


def _trajectory(surface: Surface, run: _Run, record: NDArray[np.float64], diverged: bool) -> Trajectory:
    """Cut the record into what a trajectory holds; no copies."""
    if run.lanes == 2:
        state = {name: record[:, HEAD + 2 * k : HEAD + 2 * k + 2] for k, name in enumerate(run.state)}
    else:
        state = {name: record[:, HEAD + k] for k, name in enumerate(run.state)}
    return Trajectory(
        points=record[:, 0:2],
        gradients=record[:, 2:4],
        losses=record[:, 4],
        rates=run.rates[: len(record) - 1],
        state=state,
        outcome="diverged" if diverged else _outcome(surface, record[0].tolist(), record[-1].tolist()),
    )


def _outcome(surface: Surface, first: list[float], last: list[float]) -> Outcome:
    x, y, gx, gy = last[:4]
    (left, right), (low, high) = surface.domain
    if not (left <= x <= right and low <= y <= high):
        return "left"
    threshold = CONVERGED * max(1.0, float(np.hypot(first[2], first[3])))
    return "converged" if float(np.hypot(gx, gy)) <= threshold else "finished"
