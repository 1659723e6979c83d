"""The open areas of a search for critical points, hatched in the picture: rectangles in which nothing is excluded."""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landscape.scene.scene import OpenAreas

if TYPE_CHECKING:
    from landscape.geometry.critical.points import CriticalPoints

_MOST = 3000
"""More rectangles than these are put together to cells of a grid, all of them that they reach into."""
_CELLS = 512
_VISIBLE = 1e-4
"""Smaller rectangles, in parts of the domain, are not hatched: a sign is there; but for those that nothing explains."""


@lru_cache(maxsize=8)
def open_areas(found: "CriticalPoints") -> OpenAreas | None:
    """Return what is to be hatched; None where there is nothing."""
    (x0, x1), (y0, y1) = found.domain
    size = np.array([x1 - x0, y1 - y0])
    parts = [np.empty((0, 4))]
    for region in found.regions:
        boxes = np.array(region.boxes, dtype=np.float64).reshape(-1, 4)
        large = (np.stack([boxes[:, 1] - boxes[:, 0], boxes[:, 3] - boxes[:, 2]]).T / size).max(axis=1) > _VISIBLE
        parts.append(boxes if region.kind == "undecided" else boxes[large])
    rectangles = np.concatenate(parts)
    if len(rectangles) > _MOST:
        rectangles = _cells(rectangles, (x0, x1, y0, y1))
    rectangles.flags.writeable = False
    return OpenAreas(rectangles=rectangles) if len(rectangles) else None


def _cells(rectangles: NDArray[np.float64], domain: tuple[float, float, float, float]) -> NDArray[np.float64]:
    """Return the cells of a grid that the rectangles reach into, those beside each other in a row together."""
    x0, x1, y0, y1 = domain
    # A rectangle adds 1 to all of its cells: at its corners, before sums along both axes.
    i0, i1 = (_index(rectangles[:, k], x0, x1) for k in (0, 1))
    j0, j1 = (_index(rectangles[:, k], y0, y1) for k in (2, 3))
    corners = np.zeros((_CELLS + 1, _CELLS + 1), dtype=np.int64)
    for rows, columns, sign in ((j0, i0, 1), (j1 + 1, i0, -1), (j0, i1 + 1, -1), (j1 + 1, i1 + 1, 1)):
        np.add.at(corners, (rows, columns), sign)
    reached = corners.cumsum(axis=0).cumsum(axis=1)[:_CELLS, :_CELLS] > 0
    edges = np.diff(np.pad(reached.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, begins = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    x, y = (x1 - x0) / _CELLS, (y1 - y0) / _CELLS
    return np.stack([x0 + begins * x, x0 + ends * x, y0 + rows * y, y0 + (rows + 1) * y], axis=1)


def _index(places: NDArray[np.float64], low: float, high: float) -> NDArray[np.int64]:
    return np.clip((places - low) / (high - low) * _CELLS, 0, _CELLS - 1).astype(np.int64)
