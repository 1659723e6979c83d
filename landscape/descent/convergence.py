"""Convergence from many starts: where the trajectory from each of them ends, and since when it is near its end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import State, UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent import trajectory
from landscape.descent.convergence_kernel import (
    CELLS,
    CONVERGENCE,
    STOP,
    allows_single,
    convergence_rows,
    convergence_source,
)
from landscape.descent.followed import ends
from landscape.descent.kernels import BLOCK, prototype
from landscape.descent.stepping import at_start, pair
from landscape.descent.tables import tables
from landscape.descent.threads import share
from landscape.formula.kernel_cache import is_ready, load
from landscape.memory import bounded, bytes_of

Ends: TypeAlias = NDArray[np.float32] | NDArray[np.float64]

CHUNK = 4_000_000
"""Steps that are made between two questions whether to go on: a few milliseconds."""

_PROTOTYPE = prototype(CONVERGENCE)


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """What the trajectories from all starts have in common."""

    surface: Surface
    rule: UpdateRule
    steps: int
    schedule: Schedule | None
    seed: int
    near: tuple[float, float]
    """Farther in x or y from its end, a point has not converged."""
    still: tuple[float, float]
    """Less than this in x and y between two samples is no motion."""
    corner: tuple[float, float]
    """Of ``CELLS`` by ``CELLS`` cells."""
    density: tuple[float, float]
    """How many cells there are to a unit of x and of y."""
    state: State = ()
    """What the rule remembers at every start; what is not named is 0."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Convergence:
    """What becomes of each start."""

    ends: Ends
    """(2, m); inf or NaN where the trajectory diverged."""
    since: NDArray[np.int32]
    """(m,): the step at which it was sampled first after it had last been far from its end."""
    cells: NDArray[np.int32]
    """(m,): the number of the cell that the end is in, row by row, or ``CELLS**2``."""


def convergence(
    ensemble: Ensemble,
    starts: NDArray[np.float64],
    *,
    single: bool = False,
    early: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
    threads: int = 2,
) -> Convergence:
    """Let all ``starts``, (2, m), take their steps.

    Args:
        ensemble: The rule and all else.
        starts: Where they begin.
        single: In single precision, where :func:`can_be_single`; else in double.
        early: A block of starts of which none moves any more takes no more steps, once the rate rises no more.
        cancelled: Asked every few milliseconds; once it says yes, the starts not yet done get NaN.
        threads: How many run at once.
    """
    if ensemble.schedule is not None and ensemble.schedule.follows:
        return _followed(ensemble, ensemble.schedule, starts, cancelled)
    kind = np.float32 if single else np.float64
    made = _prepare(ensemble, single)
    count = starts.shape[1]
    padded = count + -count % BLOCK
    points = np.ones((4, padded), dtype=kind)
    limits = np.array((*ensemble.near, *ensemble.still, *ensemble.corner, *ensemble.density, 0.0, *made.remembered))
    with np.errstate(over="ignore"):  # What is too large for four bytes is infinite there, and computed again in eight.
        points[:2, :count] = starts
        limits = limits.astype(kind)
    word = points.itemsize
    addresses = [row.ctypes.data for row in points]
    rest = made.falling if early else ensemble.steps
    chunk = _chunk(padded, ensemble.steps, threads)

    def worker() -> Callable[[int], None]:
        room = np.empty((made.rows, BLOCK), dtype=kind)

        def work(first: int) -> None:
            here = (*(address + word * first for address in addresses), min(chunk, padded - first))
            made.call(*here, ensemble.steps, rest, limits.ctypes.data, room.ctypes.data, *made.arguments)

        return work

    def stop() -> None:
        limits[STOP] = 1.0

    for first in share(range(0, padded, chunk), worker, threads, cancelled, stop):
        points[:, first : first + chunk] = np.array([[np.nan], [np.nan], [0.0], [CELLS**2]])
    since, cells = points[2:, :count].astype(np.int32)
    return Convergence(ends=points[:2, :count], since=since, cells=cells)


def _followed(
    ensemble: Ensemble, schedule: Schedule, starts: NDArray[np.float64], cancelled: Callable[[], bool]
) -> Convergence:
    """Return the same for a schedule that reads the loss: one start after the other."""
    given = ensemble.rule, starts, ensemble.steps, schedule, ensemble.seed, ensemble.state, ensemble.near
    found, since = ends(ensemble.surface, *given, cancelled)
    places = np.floor((found - np.array(ensemble.corner)[:, None]) * np.array(ensemble.density)[:, None])
    inside = ((places >= 0) & (places < CELLS)).all(axis=0)
    column, line = np.where(inside, places, 0).astype(np.int32)
    return Convergence(
        ends=found, since=since, cells=np.where(inside, line * CELLS + column, CELLS**2).astype(np.int32)
    )


def can_be_single(ensemble: Ensemble) -> bool:
    """Tell whether single precision can be tried for this."""
    return allows_single(pair(ensemble.surface, ensemble.rule, schedule=ensemble.schedule))


def is_warm(surface: Surface, rule: UpdateRule, schedule: Schedule | None = None) -> bool:
    """Tell whether :func:`convergence` would begin at once, without compiling."""
    if schedule is not None and schedule.follows:
        return trajectory.is_warm(surface, rule, schedule=schedule)
    both = pair(surface, rule, schedule=schedule)
    return all(is_ready(convergence_source(both, single)) for single in {False, allows_single(both)})


def warm(surface: Surface, rule: UpdateRule, schedule: Schedule | None = None) -> None:
    """Compile what :func:`convergence` needs, or load it from the disk."""
    if schedule is not None and schedule.follows:
        trajectory.warm(surface, rule, schedule=schedule)
        return
    both = pair(surface, rule, schedule=schedule)
    for single in sorted({False, allows_single(both)}):
        load(convergence_source(both, single), "convergence")


def _chunk(starts: int, steps: int, threads: int) -> int:
    """Return how many starts to compute between two questions: whole blocks, a few for each thread, none too long."""
    fair = -(-starts // (2 * threads))
    short = CHUNK // max(steps, 1)
    return max(1, -(-min(fair, short) // BLOCK)) * BLOCK


@dataclass(frozen=True, kw_only=True, eq=False)
class _Prepared:
    """A kernel, and its arguments that are the same for all starts."""

    call: Callable[..., None]
    arguments: tuple[int, ...]
    remembered: tuple[float, ...]
    """What the rule remembers at the start, as a point has it."""
    rows: int
    falling: int
    """The step from which on the rate does not rise."""
    held: tuple[object, ...]
    """What must stay in memory meanwhile."""


@bounded(16, megabytes=64, size=lambda prepared: bytes_of(prepared.held))
def _prepare(ensemble: Ensemble, single: bool) -> _Prepared:
    surface = ensemble.surface
    both = pair(surface, ensemble.rule, schedule=ensemble.schedule)
    kernel = load(convergence_source(both, single), "convergence")
    made = tables(surface, ensemble.rule, ensemble.steps, ensemble.schedule, 0.0, ensemble.seed)
    kind = np.float32 if single else np.float64
    with np.errstate(over="ignore", under="ignore"):
        arrays = [array.astype(kind) for array in (made.constants, made.coefficients, made.normals, made.data)]
    rises = np.flatnonzero(np.diff(made.rates) > 0.0)
    return _Prepared(
        call=_PROTOTYPE(kernel.address),
        arguments=(*(array.ctypes.data for array in arrays), surface.rows),
        remembered=tuple(at_start(ensemble.rule, both.state, dict(ensemble.state))),
        rows=convergence_rows(both, ensemble.steps),
        falling=int(rises[-1]) + 2 if len(rises) else 0,
        held=(kernel, arrays),
    )
