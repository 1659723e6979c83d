"""Long lines made short: only what can be seen of them is stroked.

All functions work on pixel positions, take and give float64 arrays, and accept NaN, infinity and nothing at all.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Lines: TypeAlias = NDArray[np.float64]
"""(k, 4): x and y of one end, x and y of the other."""
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_FAR = 1e5
"""A move longer than this many pixels counts as this long."""


def thin(points: NDArray[np.float64], tolerance: float) -> NDArray[np.intp]:
    """Return the indices of the points to keep: every dropped one is within ``tolerance`` of the last kept before it.

    Decides on each point by those before it alone, so that the kept points of a growing line only ever become more.
    """
    if len(points) == 0:
        return np.zeros(0, np.intp)
    marks = np.floor(travelled(points) / tolerance)
    keep = np.ones(len(points), np.bool_)
    keep[1:] = marks[1:] > marks[:-1]
    return np.flatnonzero(keep)


def travelled(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the length of the line up to each of its points; a gap counts as a long move."""
    with np.errstate(over="ignore", invalid="ignore"):
        moves = np.hypot(np.diff(points[:, 0]), np.diff(points[:, 1]))
    lengths = np.zeros(len(points))
    np.cumsum(np.fmin(moves, _FAR), out=lengths[1:])
    return lengths


def lines(points: NDArray[np.float64]) -> Lines:
    """Return the line between each point and the next; those with an end that is not finite are NaN throughout."""
    joined = np.hstack((points[:-1], points[1:]))
    joined[~np.isfinite(joined).all(axis=1)] = np.nan
    return joined


def clip(joined: Lines, box: Box) -> tuple[Lines, NDArray[np.intp]]:
    """Return the parts of the lines inside ``box`` and the index of the line each is a part of (Liang and Barsky)."""
    low, high = np.array(box[:2]), np.array(box[2:])
    ends = joined.reshape(-1, 2, 2)
    if ((ends >= low) & (ends <= high)).all():
        return joined, np.arange(len(joined))
    start, delta = ends[:, 0], ends[:, 1] - ends[:, 0]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        one, two = (low - start) / delta, (high - start) / delta
    enter = np.maximum(np.fmin(one, two).max(axis=1), 0.0)
    leave = np.minimum(np.fmax(one, two).min(axis=1), 1.0)
    visible = np.flatnonzero(enter <= leave)
    start, delta = start[visible], delta[visible]
    inside = np.hstack((start + enter[visible, None] * delta, start + leave[visible, None] * delta))
    return inside, visible


def meeting(joined: Lines, box: Box) -> Lines:
    """Return the lines whose bounding rectangle meets ``box``."""
    x_low, x_high = np.minimum(joined[:, 0], joined[:, 2]), np.maximum(joined[:, 0], joined[:, 2])
    y_low, y_high = np.minimum(joined[:, 1], joined[:, 3]), np.maximum(joined[:, 1], joined[:, 3])
    found: Lines = joined[(x_high >= box[0]) & (x_low <= box[2]) & (y_high >= box[1]) & (y_low <= box[3])]
    return found


def dashed(joined: Lines, before: NDArray[np.float64], pattern: tuple[float, ...]) -> tuple[Lines, NDArray[np.intp]]:
    """Cut lines into dashes and return these with the index of the line each was cut from.

    Args:
        joined: The lines.
        before: (k,) length of the whole line before each; the dashes run on from one line to the next.
        pattern: Lengths of dash, gap, dash, gap, ...
    """
    lengths = np.hypot(joined[:, 2] - joined[:, 0], joined[:, 3] - joined[:, 1])
    period, first, sources = sum(pattern), 0.0, np.arange(len(joined))
    pieces, origins = [], []
    for dash, gap in zip(pattern[::2], pattern[1::2], strict=True):
        begin = np.floor((before - first) / period).astype(np.int64)
        count = np.where(lengths > 0, np.floor((before + lengths - first) / period).astype(np.int64) - begin + 1, 0)
        origin = np.repeat(sources, count)
        number = np.arange(len(origin)) - np.repeat(np.cumsum(count) - count, count) + begin[origin]
        start = number * period + first - before[origin]
        pieces.append(np.clip(np.stack((start, start + dash), axis=1) / lengths[origin, None], 0.0, 1.0))
        origins.append(origin)
        first += dash + gap
    return _parts(joined, np.concatenate(pieces), np.concatenate(origins))


def _parts(joined: Lines, fractions: NDArray[np.float64], origins: NDArray[np.intp]) -> tuple[Lines, NDArray[np.intp]]:
    """Return the part of line ``origins[i]`` between two fractions of its length, in the order of the lines."""
    order = np.argsort(origins, kind="stable")
    order = order[fractions[order, 1] > fractions[order, 0]]
    fractions, origins = fractions[order], origins[order]
    start, delta = joined[origins, :2], joined[origins, 2:] - joined[origins, :2]
    return np.hstack((start + fractions[:, :1] * delta, start + fractions[:, 1:] * delta)), origins


def envelope(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a line through the first, lowest, highest and last point of each pixel column (x ascending, finite)."""
    columns = np.floor(points[:, 0])
    starts = np.flatnonzero(np.diff(columns, prepend=columns[:1] - 1))
    if len(starts) * 4 >= len(points):
        return points
    ends = np.append(starts[1:], len(points)) - 1
    low, high = np.minimum.reduceat(points[:, 1], starts), np.maximum.reduceat(points[:, 1], starts)
    x = np.repeat(points[starts, 0], 4)
    y = np.stack((points[starts, 1], low, high, points[ends, 1]), axis=1).ravel()
    return np.stack((x, y), axis=1)
