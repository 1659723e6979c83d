"""Polylines of fewer points that stay as close to the given one as is wanted (Ramer, Douglas and Peucker)."""

import numpy as np
from numpy.typing import NDArray


def simplified(line: NDArray[np.float64], tolerance: float) -> NDArray[np.float64]:
    """Return some of the points of a line (n, 2), first and last among them: no other is farther than ``tolerance``.

    That is from the piece that goes past it.
    """
    keep = np.zeros(len(line), bool)
    keep[[0, -1]] = True
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        apart = _distances(line[first + 1 : last], line[first], line[last])
        worst = int(np.argmax(apart))
        if apart[worst] > tolerance:
            keep[first + 1 + worst] = True
            waiting += [(first, first + 1 + worst), (first + 1 + worst, last)]
    return line[keep]


def pieces(points: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return the lines (k, 2) of points (n, 2) in which a row of NaN ends a line."""
    ends = np.flatnonzero(np.isnan(points).any(axis=1))
    parts = (part[~np.isnan(part).any(axis=1)] for part in np.split(points, ends))
    return [part for part in parts if len(part) > 1]


def _distances(
    points: NDArray[np.float64], begin: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    along = end - begin
    square = float(along @ along)
    share = np.clip((points - begin) @ along / square, 0.0, 1.0) if square else np.zeros(len(points))
    return np.asarray(np.linalg.norm(points - begin - share[:, None] * along, axis=1))
