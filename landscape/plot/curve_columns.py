"""A curve of very many values, thinned to what shows of it in each column of pixels before anything else is done."""

import numpy as np
from numpy.typing import NDArray

from landscape.memory import bounded
from landscape.plot.curve_ranges import is_whole, ordinates, usable
from landscape.plot.projection import Projection

MOST = 4
"""Values for each column of pixels up to which a curve is left as it is; and so many are left of a longer one."""


def thinned(values: NDArray[np.float64], projection: Projection, *, log: bool) -> NDArray[np.float64]:
    """Return a curve against the step as points (k, 2) of step and ordinate.

    Of a long one the first, highest, lowest and last value in each column of pixels: they show all that the others do.
    Ordinates rise with the values, so only those that are left become ordinates.
    """
    # The numbers of a trajectory lie far apart in memory; side by side, each look at them takes a fraction of the time.
    values = np.ascontiguousarray(values)
    if len(values) <= MOST * projection.width:
        return np.stack((np.arange(len(values)), ordinates(values, log=log)), axis=1)
    if is_whole(values, log=log):
        steps, starts = _every(len(values), projection.x[0], projection.factors[0])
    else:
        steps = np.flatnonzero(usable(values, log=log))
        values, starts = values[steps], _starts(steps, projection.x[0], projection.factors[0])
    if len(starts) * MOST >= len(values):
        return np.stack((steps, ordinates(values, log=log)), axis=1)
    ends = np.append(starts[1:], len(values)) - 1
    low, high = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
    shown = np.stack((values[starts], high, low, values[ends]), axis=1).ravel()
    return np.stack((np.repeat(steps[starts], MOST), ordinates(shown, log=log)), axis=1)


@bounded(16, megabytes=32)
def _every(count: int, first: float, factor: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return all steps, and which of them are the first in their column; the same for all curves of a panel."""
    steps = np.arange(count)
    return steps, _starts(steps, first, factor)


def _starts(steps: NDArray[np.intp], first: float, factor: float) -> NDArray[np.intp]:
    """Return which steps, ascending, are the first in their column."""
    columns = np.floor((steps - first) * factor)
    return np.flatnonzero(np.diff(columns, prepend=columns[:1] - 1))
