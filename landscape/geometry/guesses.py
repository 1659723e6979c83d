"""Where critical points are likely: Newton's method from many points at once, in floating point."""

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.geometry.field import Box

STARTS = 48
"""Starts along each side of the domain."""
_ROUNDS = 25
_LONGEST = 0.05
"""Longest step, in parts of the domain."""
_SETTLED = 1e-9
_VALUES = 100_000


def guesses(surface: Surface, domain: Box, starts: int = STARTS) -> NDArray[np.float64]:
    """Return the points in ``domain`` at which Newton's method settles, each once, shape (n, 2)."""
    x0, x1, y0, y1 = domain
    size = np.array([[x1 - x0], [y1 - y0]])
    starts = max(4, min(starts, int((_VALUES / max(1, surface.rows)) ** 0.5)))
    middles = (np.arange(starts) + 0.5) / starts
    points = np.array([[x0], [y0]]) + size * np.array(np.meshgrid(middles, middles)).reshape(2, -1)
    step = np.full_like(points, np.inf)
    with np.errstate(all="ignore"):
        for _ in range(_ROUNDS):
            step = _newton_step(surface, points)
            length = np.hypot(*(step / size))
            points = points + step * np.minimum(1.0, _LONGEST / length)
        inside = (points >= [[x0], [y0]]) & (points <= [[x1], [y1]])
        settled = np.all(inside & (np.abs(step) < _SETTLED * size), axis=0)
    found = points[:, settled]
    _, first = np.unique(np.round(found / size * 1e7), axis=1, return_index=True)
    return np.asarray(found[:, first].T)


def _newton_step(surface: Surface, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return -H^-1 g at every point, shape (2, n); NaN or infinite where H is singular."""
    gx, gy = surface.gradient(*points)
    (xx, xy), (_, yy) = surface.hessian(*points)
    determinant = xx * yy - xy * xy
    return np.asarray(np.stack([xy * gy - yy * gx, xy * gx - xx * gy]) / determinant)
