"""What the search finds on the surfaces of the catalogue, kept; and what Newton's method finds from everywhere."""

from functools import cache

import numpy as np

from landscape.catalogue.surfaces import Surface, surface
from landscape.geometry.critical import critical_points
from landscape.geometry.critical.points import CriticalPoints
from tests.geometry.critical.published import COUNTS

BOXES = 60_000
"""Enough for every surface but the two with thousands of points or nearly level valleys."""
VAST = {"levy13": 10_000, "schaffer": 10_000}


@cache
def shipped(name: str) -> CriticalPoints:
    """Return the answer for a surface of the catalogue, on its own domain."""
    return critical_points(surface(name), boxes=VAST.get(name, BOXES), seconds=60)


@cache
def published(name: str) -> CriticalPoints:
    """Return the answer for a surface of the catalogue, on the box of its published counts."""
    return critical_points(surface(name), COUNTS[name][0], seconds=60)


def places(found: CriticalPoints) -> np.ndarray:
    """Return the positions of the points, shape (n, 2)."""
    return np.array([(point.x, point.y) for point in found]).reshape(-1, 2)


def counts(found: CriticalPoints) -> tuple[int, int, int]:
    return tuple(found.counts[kind] for kind in ("minimum", "maximum", "saddle"))


def newton_everywhere(where: Surface, starts: int = 2000) -> np.ndarray:
    """Return the zeros of the gradient that Newton's method reaches from random starts, shape (n, 2)."""
    (x0, x1), (y0, y1) = where.domain
    size = np.array([x1 - x0, y1 - y0])
    points = np.random.default_rng(7).uniform((x0, y0), (x1, y1), (starts, 2))
    step = np.full_like(points, np.inf)
    with np.errstate(all="ignore"):
        for _ in range(40):
            slope = where.gradient(*points.T).T
            curvature = np.moveaxis(where.hessian(*points.T), -1, 0).copy()
            regular = np.isfinite(curvature).all(axis=(1, 2)) & np.isfinite(slope).all(axis=1)
            curvature[~regular] = np.nan
            determinant = curvature[:, 0, 0] * curvature[:, 1, 1] - curvature[:, 0, 1] ** 2
            across = np.stack(
                [
                    curvature[:, 1, 1] * slope[:, 0] - curvature[:, 0, 1] * slope[:, 1],
                    curvature[:, 0, 0] * slope[:, 1] - curvature[:, 0, 1] * slope[:, 0],
                ],
                axis=1,
            )
            step = across / determinant[:, None]
            length = np.linalg.norm(step / size, axis=1, keepdims=True)
            points = points - step * np.minimum(1.0, 0.1 / length)
    settled = np.all(np.abs(step) < 1e-10 * size, axis=1) & np.all((points > (x0, y0)) & (points < (x1, y1)), axis=1)
    return points[settled]
