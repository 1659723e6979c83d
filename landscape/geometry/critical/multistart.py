"""Multi-start Newton: where critical points are likely, from many starts at once, in floating point."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.geometry.clusters import distinct
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.limits import Ask
from landscape.geometry.newton import newton_step

STARTS = 48
"""Starts along each side of the domain."""
_ROUNDS = 25
_LONGEST = 0.05
"""Longest step, in parts of the domain."""
_SETTLED = 1e-9
_SINGULAR = 1e-13
"""A determinant of this part of the Hessian's squares is 0: on a curve of critical points there is nothing to prove."""
_SAME = 1e-7
"""Points that agree to this part of the domain are one."""
_VALUES = 100_000
_TOGETHER = 4096
"""Values that are computed side by side: a round takes milliseconds."""
_AROUND = ((0.0, 0.0), (-0.7, 0.0), (0.7, 0.0), (0.0, -0.7), (0.0, 0.7))
"""Starts around a box, in parts of its sides."""


def candidates(surface: Surface, domain: Box, ask: Ask) -> Iterator[list[float]]:
    """Return the points in ``domain`` at which Newton's method settles, each once; ``ask`` may end it."""
    x0, x1, y0, y1 = domain
    starts = max(4, min(STARTS, int((_VALUES / max(1, surface.rows)) ** 0.5)))
    middles = (np.arange(starts) + 0.5) / starts
    x, y = np.meshgrid(x0 + (x1 - x0) * middles, y0 + (y1 - y0) * middles)
    return _settled(surface, domain, np.stack([x.ravel(), y.ravel()]), ask)


def candidates_beside(surface: Surface, domain: Box, boxes: Sequence[Box], ask: Ask) -> Iterator[list[float]]:
    """Yield the points in or beside small ``boxes`` at which Newton's method from around them settles."""
    x0, x1, y0, y1 = np.array(boxes[:: max(1, len(boxes) * surface.rows * len(_AROUND) // _VALUES)]).T
    dx, dy = x1 - x0, y1 - y0
    starts = np.array([((x0 + x1) / 2 + i * dx, (y0 + y1) / 2 + j * dy) for i, j in _AROUND])
    left, right, low, high = x0 - dx, x1 + dx, y0 - dy, y1 + dy
    order = np.argsort(left)
    left, right, low, high = left[order], right[order], low[order], high[order]
    farthest = np.maximum.accumulate(right)
    for x, y in _settled(surface, domain, np.moveaxis(starts, 0, 2).reshape(2, -1), ask):
        ask()
        near = slice(np.searchsorted(farthest, x), np.searchsorted(left, x, side="right"))
        if np.any((x <= right[near]) & (y >= low[near]) & (y <= high[near])):
            yield [x, y]


def _settled(surface: Surface, domain: Box, points: NDArray[np.float64], ask: Ask) -> Iterator[list[float]]:
    """Yield where Newton's method from ``points``, shape (2, m), settles in ``domain``, each once."""
    x0, x1, y0, y1 = domain
    together = max(1, _TOGETHER // max(1, surface.rows))
    seen: set[tuple[float, ...]] = set()
    for first in range(0, points.shape[1], together):
        found = _settled_together(surface, domain, points[:, first : first + together], ask)
        cells = np.round(found / (_SAME * np.array([x1 - x0, y1 - y0])))
        for point, cell in zip(found.tolist(), map(tuple, cells.tolist()), strict=True):
            if cell not in seen:
                seen.add(cell)
                yield point


def _settled_together(surface: Surface, domain: Box, points: NDArray[np.float64], ask: Ask) -> NDArray[np.float64]:
    """Return where Newton's method from ``points``, shape (2, m), settles in ``domain``, each once, shape (n, 2)."""
    x0, x1, y0, y1 = domain
    size = np.array([[x1 - x0], [y1 - y0]])
    step = np.full_like(points, np.inf)
    with np.errstate(all="ignore"):
        for _ in range(_ROUNDS):
            ask()
            (xx, xy), (_, yy) = hessian = surface.hessian(*points)
            # Products of what is very high or very low are no ordinary numbers.
            xx, xy, yy = np.stack((xx, xy, yy)) / (steepest := np.abs(hessian).max(axis=(0, 1)))
            step = np.stack(newton_step(surface.gradient(*points) / steepest, (xx, xy, yy)))
            length = np.hypot(*(step / size))
            points = points + step * np.minimum(1.0, _LONGEST / length)
        inside = (points >= [[x0], [y0]]) & (points <= [[x1], [y1]])
        regular = np.abs(xx * yy - xy * xy) > _SINGULAR * (xx * xx + 2 * xy * xy + yy * yy)
        settled = np.all(inside & (np.abs(step) < _SETTLED * size), axis=0) & regular
    return distinct(points[:, settled], _SAME * size).T
