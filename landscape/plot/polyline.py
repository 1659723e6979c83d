"""Long lines made short: only what can be seen of them is stroked.

All functions work on pixel positions, take and give float64 arrays, and accept NaN, infinity and nothing at all.
"""

from collections.abc import Callable, Iterable, Sequence
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
_KNOWN = 1e13
"""Between two points beyond this many pixels, rounding hides where the line passes."""

THIN = 0.7
"""Points closer than this many pixels to the one before are left out."""
STRAIGHT = 0.2
"""A point this many pixels beside the line without it is left out."""
PASSES = 10
FEW = 0.1
"""A look that drops a smaller part of the points is the last."""
MOST = 4000
"""Points of one line."""
TOGETHER = 8192
"""Points thinned at a time: so many stay in the processor's cache between one look and the next."""


def thin(parts: Iterable[NDArray[np.float64]], tolerance: float) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return which points of a line that comes in parts are kept, and these points.

    Every dropped one is within ``tolerance`` of the last kept before it. Decides on each point by those before it
    alone, so that the kept points of a growing line only ever become more.
    """
    kept, line = [np.zeros(0, np.intp)], [np.zeros((0, 2))]
    last, first, length = np.zeros((0, 2)), 0, 0.0
    for part in parts:
        points = np.concatenate((last, part)) if len(last) else part
        if len(points) == 0:
            continue
        lengths = travelled(points, length)
        marks = np.floor(lengths / tolerance)
        keep = np.full(len(points), not len(last))
        keep[1:] = marks[1:] > marks[:-1]
        chosen = np.flatnonzero(keep)
        kept.append(chosen + (first - len(last)))
        line.append(points[chosen])
        last, first, length = points[-1:], first + len(part), float(lengths[-1])
    return np.concatenate(kept), np.concatenate(line)


def straighten(points: NDArray[np.float64], tolerance: float) -> NDArray[np.intp]:
    """Return the indices of the points to keep: the dropped ones are within ``tolerance`` of the line without them.

    Looks at every other point, and again at what is left of them. On a bend each look finds four times the distance
    of the one before, so that the distances hardly add up; a straight stretch becomes one piece.
    """
    kept, left = np.arange(len(points)), np.ascontiguousarray(points).view(np.complex128).reshape(-1)
    for _ in range(PASSES):
        last = len(kept) - (len(kept) + 1) % 2
        if last < 3:
            break
        keep = np.ones(len(kept), np.bool_)
        keep[1 : last - 1 : 2] = ~_idle(left[0 : last - 2 : 2], left[1 : last - 1 : 2], left[2:last:2], tolerance)
        dropped = len(kept) - np.count_nonzero(keep)
        kept, left = kept[keep], left[keep]
        if dropped < FEW * len(kept):
            break
    return kept


Plane: TypeAlias = NDArray[np.complex128]
"""Points of the plane as complex numbers, the shortest way to compute with them."""


def _idle(begin: Plane, middle: Plane, end: Plane, tolerance: float) -> NDArray[np.bool_]:
    """Tell which middle points lie between the ends and on the line through them."""
    with np.errstate(over="ignore", invalid="ignore"):
        chord = end - begin
        turned = (middle - begin) * chord.conj()
        length, along = chord.real**2 + chord.imag**2, turned.real
        idle: NDArray[np.bool_] = (turned.imag**2 < tolerance**2 * length) & (along > 0) & (along < length)
    return idle


@dataclass(frozen=True, kw_only=True, eq=False)
class Reduced:
    """What can be seen of a line."""

    kept: NDArray[np.intp]
    """Indices of the points it goes through."""
    joined: Lines
    """The pieces in view."""
    origin: NDArray[np.intp]
    """(len(joined),) the number of the piece each is a part of: piece ``i`` goes from point ``kept[i]`` to the next."""
    before: NDArray[np.float64]
    """(len(joined),) the length of the whole line before each."""


def reduce(
    many: Sequence[NDArray[np.float64]],
    box: Box,
    place: Callable[[NDArray[np.float64]], NDArray[np.float64]] = lambda points: points,
) -> list[Reduced]:
    """Reduce several lines to the points that matter and to what is inside ``box``.

    All at once, since a call of NumPy costs more than the few hundred points of a line.

    Args:
        many: The lines.
        box: What is in view, in pixels.
        place: Returns the pixel positions of points of the lines; they are pixels already.
    """
    starts = np.cumsum([0, *(len(points) + 1 for points in many)])
    kept, line = thin(map(place, _together(many)), THIN)
    straight = straighten(line, STRAIGHT)
    straight = straight[_at_most(kept[straight], starts)]
    kept, line = kept[straight], line[straight]
    whole = lines(line)
    finite = np.flatnonzero(np.isfinite(whole[:, 0]))
    joined, origin = clip(whole[finite], box)
    origin = finite[origin]
    length = travelled(line)
    before = length[origin] + np.fmin(np.hypot(*(joined[:, :2] - line[origin]).T), _FAR)
    first, last = np.searchsorted(kept, starts[:-1]), np.searchsorted(kept, starts[1:] - 1)
    cuts = np.searchsorted(kept[origin], starts)
    return [
        Reduced(kept=kept[a:b] - start, joined=joined[c:d], origin=origin[c:d] - a, before=before[c:d] - length[a])
        for a, b, c, d, start in zip(
            *(each.tolist() for each in (first, last, cuts[:-1], cuts[1:], starts[:-1])), strict=True
        )
    ]


def _together(many: Sequence[NDArray[np.float64]]) -> Iterable[NDArray[np.float64]]:
    """Return the points of several lines with a gap behind each: all at once, or a long line in parts."""
    gap = np.full((1, 2), np.nan)
    lines_and_gaps = [part for line in many for part in (line, gap)] or [gap]
    if sum(map(len, lines_and_gaps)) <= TOGETHER:
        return (np.concatenate(lines_and_gaps),)
    return (part[first : first + TOGETHER] for part in lines_and_gaps for first in range(0, len(part), TOGETHER))


def _at_most(kept: NDArray[np.intp], starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return which of the kept points stay: evenly left out is what a line keeps beyond ``MOST`` of them.

    Only a line that hides itself keeps so many. Every third, fifth, ... is taken, since every other point of a path
    that jumps to and fro would all be on one side.
    """
    every = np.arange(len(kept))
    pieces = np.split(every, np.searchsorted(kept, starts[1:-1])) if len(starts) > 2 else [every]
    if all(len(piece) <= MOST for piece in pieces):
        return every
    # The last point of each piece is the gap behind the line, and stays.
    thinned = [np.append(piece[: -1 : len(piece) // MOST | 1], piece[-1:]) for piece in pieces]
    return np.concatenate(thinned)


def travelled(points: NDArray[np.float64], before: float = 0.0) -> NDArray[np.float64]:
    """Return the length of the line up to each of its points, of which ``before`` lies before them; a gap is long."""
    with np.errstate(over="ignore", invalid="ignore"):
        across, down = np.diff(points[:, 0]), np.diff(points[:, 1])
        # In pixels, where overflow is far and underflow nothing: in a fraction of the time of the careful way.
        moves = np.sqrt(across * across + down * down)
    lengths = np.full(len(points), before)
    np.fmin(moves, _FAR, out=lengths[1:])
    return np.cumsum(lengths, out=lengths)


def lines(points: NDArray[np.float64]) -> Lines:
    """Return the line between each point and the next; those with an end that is not finite are NaN throughout."""
    joined = np.hstack((points[:-1], points[1:]))
    with np.errstate(invalid="ignore"):
        whole = np.isfinite(points[:, 0] - points[:, 0] + (points[:, 1] - points[:, 1]))
    joined[~(whole[:-1] & whole[1:])] = np.nan
    return joined


def clip(joined: Lines, box: Box) -> tuple[Lines, NDArray[np.intp]]:
    """Return the parts of the lines inside ``box`` and the index of the line each is a part of (Liang and Barsky).

    A line whose ends are both so far away that float64 does not tell where it passes is left out.
    """
    low, high = np.array(box[:2]), np.array(box[2:])
    ends = joined.reshape(-1, 2, 2)
    if ((ends >= low) & (ends <= high)).all():
        return joined, np.arange(len(joined))
    # Seen from the nearer end, the farther one only gives the direction, and its rounding does not matter.
    size = np.abs(ends).max(axis=2)
    back = size[:, 1] < size[:, 0]
    ends = np.where(back[:, None, None], ends[:, ::-1], ends)
    start, delta = ends[:, 0], ends[:, 1] - ends[:, 0]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        one, two = (low - start) / delta, (high - start) / delta
    enter = np.maximum(np.fmin(one, two).max(axis=1), 0.0)
    leave = np.minimum(np.fmax(one, two).min(axis=1), 1.0)
    visible = np.flatnonzero((enter <= leave) & (size.min(axis=1) < _KNOWN))
    first, last = np.where(back, leave, enter)[visible], np.where(back, enter, leave)[visible]
    start, delta = start[visible], delta[visible]
    return np.hstack((start + first[:, None] * delta, start + last[:, None] * delta)), visible


def meeting(joined: Lines, box: Box) -> Lines:
    """Return the lines whose bounding rectangle meets ``box``."""
    x_low, x_high = np.minimum(joined[:, 0], joined[:, 2]), np.maximum(joined[:, 0], joined[:, 2])
    y_low, y_high = np.minimum(joined[:, 1], joined[:, 3]), np.maximum(joined[:, 1], joined[:, 3])
    found: Lines = joined[(x_high >= box[0]) & (x_low <= box[2]) & (y_high >= box[1]) & (y_low <= box[3])]
    return found


def dashed(
    joined: Lines, before: NDArray[np.float64], pattern: Sequence[float] | NDArray[np.float64]
) -> tuple[Lines, NDArray[np.intp]]:
    """Cut lines into dashes and return these with the index of the line each was cut from.

    Args:
        joined: The lines.
        before: (k,) length of the whole line before each; the dashes run on from one line to the next.
        pattern: Lengths of dash, gap, dash, gap, ...; of all lines, or (k, m) of each.
    """
    marks = np.asarray(pattern, np.float64)
    marks = np.broadcast_to(marks, (len(joined), marks.shape[-1]))
    ends, dashes = marks.cumsum(axis=1), marks[:, ::2]
    period, first = ends[:, -1:], ends[:, ::2] - dashes
    lengths = np.hypot(joined[:, 2] - joined[:, 0], joined[:, 3] - joined[:, 1])
    begin = np.floor((before[:, None] - first) / period)
    last = np.floor(((before + lengths)[:, None] - first) / period)
    count = np.where(lengths[:, None] > 0, last - begin + 1, 0).astype(np.intp).ravel()
    source = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(source)) - (np.cumsum(count) - count)[source] + begin.ravel()[source]
    origin = source // dashes.shape[1]
    start = number * period[origin, 0] + (first - before[:, None]).ravel()[source]
    return _parts(joined, start, start + dashes.ravel()[source], lengths, origin)


def _parts(
    joined: Lines,
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    lengths: NDArray[np.float64],
    origin: NDArray[np.intp],
) -> tuple[Lines, NDArray[np.intp]]:
    """Return the part of each line ``origin[i]`` between two distances from its beginning, where there is any."""
    whole = lengths[origin]
    fractions = np.clip(np.stack((start, end), axis=1) / whole[:, None], 0.0, 1.0)
    some = fractions[:, 1] > fractions[:, 0]
    fractions, origin = fractions[some], origin[some]
    corner, delta = joined[origin, :2], joined[origin, 2:] - joined[origin, :2]
    return np.hstack((corner + fractions[:, :1] * delta, corner + fractions[:, 1:] * delta)), origin
