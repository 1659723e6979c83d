"""Where a path meets a straight line: the points of it that lie on the line, and where it crosses between two."""

import numpy as np
from numpy.typing import NDArray

ON_LINE = 1e-6
"""A point lies on the line where it is within this part of the line's length of it."""


def crossings(
    points: NDArray[np.float64], start: tuple[float, float], end: tuple[float, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return when and where a path meets the line from ``start`` to ``end``, another point: (k,) and (k,), in order.

    When: the index of the point that lies on the line, or between two indices where the path, straight from one point
    to the next, crosses it. Where: the distance from ``start``. A path through points that are not finite does not
    cross there.

    Args:
        points: (n, 2).
        start: One end of the line.
        end: The other.
    """
    way = np.subtract(end, start)
    length = float(np.hypot(*way))
    with np.errstate(all="ignore"):
        from_start = points - start
        places = from_start @ way / length
        beside = (from_start[:, 0] * way[1] - from_start[:, 1] * way[0]) / length
        side = np.where(np.abs(beside) <= ON_LINE * length, 0.0, np.sign(beside))
        first = np.flatnonzero(side[:-1] * side[1:] < 0)
        part = beside[first] / (beside[first] - beside[first + 1])
        between = places[first] + part * (places[first + 1] - places[first])
    on = np.flatnonzero(side == 0.0)
    when, where = np.concatenate((on, first + part)), np.concatenate((places[on], between))
    order = np.argsort(when, kind="stable")
    order = order[(where[order] >= -ON_LINE * length) & (where[order] <= (1.0 + ON_LINE) * length)]
    return when[order], where[order]
