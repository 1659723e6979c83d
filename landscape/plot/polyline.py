"""Long lines made short: only what can be seen of them is stroked.

All functions work on pixel positions, take and give float64 arrays, and accept NaN, infinity and nothing at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Lines: TypeAlias = NDArray[np.float64]
"""(k, 4): x and y of one end, x and y of the other."""
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_FAR = 1e5
"""A move longer than this many pixels counts as this long."""


THIN = 0.7
"""Points closer than this many pixels to the one before are left out."""
STRAIGHT = 0.2
"""A point this many pixels beside the line without it is left out."""
PASSES = 10
MOST = 4000
"""Points of one line."""


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


def straighten(points: NDArray[np.float64], tolerance: float) -> NDArray[np.intp]:
    """Return the indices of the points to keep: the dropped ones are within ``tolerance`` of the line without them.

    Looks at every other point, and again at what is left of them. On a bend each look finds four times the distance
    of the one before, so that the distances hardly add up; a straight stretch becomes one piece.
    """
    kept = np.arange(len(points))
    for _ in range(PASSES):
        last = len(kept) - (len(kept) + 1) % 2
        if last < 3:
            break
        begin, middle, end = points[kept[0 : last - 2 : 2]], points[kept[1 : last - 1 : 2]], points[kept[2:last:2]]
        with np.errstate(over="ignore", invalid="ignore"):
            chord, off = end - begin, middle - begin
            length = chord[:, 0] ** 2 + chord[:, 1] ** 2
            aside = (chord[:, 0] * off[:, 1] - chord[:, 1] * off[:, 0]) ** 2
            along = chord[:, 0] * off[:, 0] + chord[:, 1] * off[:, 1]
            idle = (aside < tolerance**2 * length) & (along > 0) & (along < length)
        keep = np.ones(len(kept), np.bool_)
        keep[1 : last - 1 : 2] = ~idle
        kept = kept[keep]
    return kept


@dataclass(frozen=True, kw_only=True, eq=False)
class Reduced:
    """What can be seen of a line."""

    kept: NDArray[np.intp]
    """Indices of the points it goes through."""
    joined: Lines
    """The pieces in view."""
    origin: NDArray[np.intp]
    """(len(joined),) the number of the piece each is a part of: piece ``i`` goes from point ``kept[i]`` to the next."""


def reduce(many: Sequence[NDArray[np.float64]], box: Box) -> list[Reduced]:
    """Reduce several lines to the points that matter and to what is inside ``box``.

    All at once, since a call of NumPy costs more than the few hundred points of a line.
    """
    starts = np.cumsum([0, *(len(points) + 1 for points in many)])
    gap = np.full((1, 2), np.nan)
    points = np.concatenate([part for line in many for part in (line, gap)] or [gap])
    kept = thin(points, THIN)
    kept = _at_most(kept[straighten(points[kept], STRAIGHT)], starts)
    joined, origin = clip(lines(points[kept]), box)
    first, last = np.searchsorted(kept, starts[:-1]), np.searchsorted(kept, starts[1:] - 1)
    cuts = np.searchsorted(kept[origin], starts)
    return [
        Reduced(kept=kept[a:b] - start, joined=joined[c:d], origin=origin[c:d] - a)
        for a, b, c, d, start in zip(first, last, cuts[:-1], cuts[1:], starts[:-1], strict=True)
    ]


def _at_most(kept: NDArray[np.intp], starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Leave out evenly what a line keeps beyond ``MOST`` points.

    Only a line that hides itself keeps so many. Every third, fifth, ... is taken, since every other point of a path
    that jumps to and fro would all be on one side.
    """
    pieces = np.split(kept, np.searchsorted(kept, starts[1:-1])) if len(starts) > 2 else [kept]
    if all(len(piece) <= MOST for piece in pieces):
        return kept
    # The last point of each piece is the gap behind the line, and stays.
    thinned = [np.append(piece[: -1 : len(piece) // MOST | 1], piece[-1:]) for piece in pieces]
    return np.concatenate(thinned)


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
