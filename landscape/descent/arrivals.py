"""Where many starts end, and when each has come to rest there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent.arrival_kernel import ARRIVALS, CELLS, arrival_rows, arrivals_source, is_short
from landscape.descent.batch import chunk_of
from landscape.descent.kernels import BLOCK, prototype
from landscape.descent.stepping import pair
from landscape.descent.tables import tables
from landscape.descent.threads import share
from landscape.formula.kernel_cache import is_ready, load

Ends: TypeAlias = NDArray[np.float32] | NDArray[np.float64]

_PROTOTYPE = prototype(ARRIVALS)


@dataclass(frozen=True, kw_only=True)
class Journey:
    """What all starts have in common."""

    surface: Surface
    rule: UpdateRule
    steps: int
    schedule: Schedule | None
    seed: int
    near: tuple[float, float]
    """Farther in x or y from its end, a point has not arrived."""
    still: tuple[float, float]
    """Less than this in x and y between two looks is no motion."""
    corner: tuple[float, float]
    """Of ``CELLS`` by ``CELLS`` cells."""
    density: tuple[float, float]
    """How many cells there are to a unit of x and of y."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Arrivals:
    """What becomes of each start."""

    ends: Ends
    """(2, m); inf or NaN where the trajectory diverged."""
    since: NDArray[np.int32]
    """(m,): the step at which it was looked at first after it had last been far from its end."""
    cells: NDArray[np.int32]
    """(m,): the number of the cell that the end is in, row by row, or ``CELLS**2``."""


def arrivals(
    journey: Journey,
    starts: NDArray[np.float64],
    *,
    short: bool = False,
    early: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
    threads: int = 2,
) -> Arrivals:
    """Let all ``starts``, (2, m), take their steps.

    Args:
        journey: The rule and all else.
        starts: Where they begin.
        short: With numbers of four bytes, where :func:`is_short`; else with those of eight.
        early: A block of starts of which none moves any more takes no more steps, once the rate rises no more.
        cancelled: Asked every few milliseconds; once it says yes, the starts not yet begun get NaN.
        threads: How many run at once.
    """
    kind = np.float32 if short else np.float64
    made = _prepare(journey, short)
    count = starts.shape[1]
    padded = count + -count % BLOCK
    points = np.ones((4, padded), dtype=kind)
    points[:2, :count] = starts
    limits = np.array((*journey.near, *journey.still, *journey.corner, *journey.density), dtype=kind)
    word = points.itemsize
    addresses = [row.ctypes.data for row in points]
    rest = made.falling if early else journey.steps
    chunk = chunk_of(padded, journey.steps, threads)

    def worker() -> Callable[[int], None]:
        room = np.empty((made.rows, BLOCK), dtype=kind)

        def work(first: int) -> None:
            here = (*(address + word * first for address in addresses), min(chunk, padded - first))
            made.call(*here, journey.steps, rest, limits.ctypes.data, room.ctypes.data, *made.arguments)

        return work

    for first in share(range(0, padded, chunk), worker, threads, cancelled):
        points[:, first : first + chunk] = np.array([[np.nan], [np.nan], [0.0], [CELLS**2]])
    since, cells = points[2:, :count].astype(np.int32)
    return Arrivals(ends=points[:2, :count], since=since, cells=cells)


def can_be_short(journey: Journey) -> bool:
    """Tell whether numbers of four bytes can be tried for this."""
    return is_short(pair(journey.surface, journey.rule))


def is_warm(surface: Surface, rule: UpdateRule) -> bool:
    """Tell whether :func:`arrivals` would begin at once, without compiling."""
    both = pair(surface, rule)
    return all(is_ready(arrivals_source(both, single)) for single in {False, is_short(both)})


def warm(surface: Surface, rule: UpdateRule) -> None:
    """Compile what :func:`arrivals` needs, or load it from the disk."""
    both = pair(surface, rule)
    for single in sorted({False, is_short(both)}):
        load(arrivals_source(both, single), "arrivals")


@dataclass(frozen=True, kw_only=True, eq=False)
class _Prepared:
    """A kernel, and its arguments that are the same for all starts."""

    call: Callable[..., None]
    arguments: tuple[int, ...]
    rows: int
    falling: int
    """The step from which on the rate does not rise."""
    held: tuple[object, ...]
    """What must stay in memory meanwhile."""


@lru_cache(maxsize=16)
def _prepare(journey: Journey, short: bool) -> _Prepared:
    surface = journey.surface
    both = pair(surface, journey.rule)
    kernel = load(arrivals_source(both, short), "arrivals")
    made = tables(surface, journey.rule, journey.steps, journey.schedule, 0.0, journey.seed)
    kind = np.float32 if short else np.float64
    with np.errstate(over="ignore", under="ignore"):
        arrays = [array.astype(kind) for array in (made.constants, made.coefficients, made.normals, made.data)]
    rises = np.flatnonzero(np.diff(made.rates) > 0.0)
    return _Prepared(
        call=_PROTOTYPE(kernel.address),
        arguments=(*(array.ctypes.data for array in arrays), surface.rows),
        rows=arrival_rows(both, journey.steps),
        falling=int(rises[-1]) + 2 if len(rises) else 0,
        held=(kernel, arrays),
    )
