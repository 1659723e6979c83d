"""Many starts at once: where each of them ends, and nothing of the way there."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent.kernels import BLOCK, ENDS, WORD, ends_source, prototype, work_rows
from landscape.descent.stepping import pair
from landscape.descent.tables import tables
from landscape.descent.threads import share
from landscape.formula.kernel_cache import is_ready, load

CHUNK = 4_000_000
"""Steps that are made between two questions whether to go on: a few milliseconds."""

_PROTOTYPE = prototype(ENDS)


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
        cancelled: Asked every few milliseconds; once it says yes, the starts not yet begun get NaN.
        seed: Decides the noise of a rule that has some; all starts feel the same.

    Returns:
        (m, 2) float64, read-only; inf or NaN where the trajectory diverged, as it also counts to have where a sine or
        cosine is asked of a number beyond 3e14.
    """
    call, arguments, _ = _prepare(surface, rule, steps, schedule, seed)
    padded = len(starts) + -len(starts) % BLOCK
    ends = np.ones((2, padded))
    ends[:, : len(starts)] = np.asarray(starts, dtype=np.float64).T
    xs, ys = ends[0].ctypes.data, ends[1].ctypes.data
    rows = work_rows(pair(surface, rule))
    chunk = chunk_of(padded, steps, threads)

    def worker() -> Callable[[int], None]:
        room = np.empty((rows, BLOCK))

        def work(first: int) -> None:
            here = (xs + WORD * first, ys + WORD * first, min(chunk, padded - first))
            call(*here, steps, room.ctypes.data, *arguments)

        return work

    for first in share(range(0, padded, chunk), worker, threads, cancelled):
        ends[:, first : first + chunk] = np.nan
    result = ends[:, : len(starts)].T
    result.flags.writeable = False
    return result


@lru_cache(maxsize=16)
def _prepare(
    surface: Surface, rule: UpdateRule, steps: int, schedule: Schedule | None, seed: int
) -> tuple[Callable[..., None], tuple[int, ...], tuple[object, ...]]:
    """Return the kernel, its arguments but the points, and what must stay in memory meanwhile."""
    kernel = load(ends_source(pair(surface, rule)), "ends")
    made = tables(surface, rule, steps, schedule, 0.0, seed)
    arrays = (made.constants, made.coefficients, made.normals, made.data)
    return _PROTOTYPE(kernel.address), (*(array.ctypes.data for array in arrays), surface.rows), (kernel, made)


def chunk_of(starts: int, steps: int, threads: int) -> int:
    """Return how many starts to compute between two questions: whole blocks, a few for each thread, none too long."""
    fair = -(-starts // (2 * threads))
    short = CHUNK // max(steps, 1)
    return max(1, -(-min(fair, short) // BLOCK)) * BLOCK


def is_warm(surface: Surface, rule: UpdateRule) -> bool:
    """Tell whether :func:`descend_many` would begin at once, without compiling."""
    return is_ready(ends_source(pair(surface, rule)))
