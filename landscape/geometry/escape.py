"""Ways out of a saddle: the direction in which a surface curves downwards most, and which side of it goes down."""

import math

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError
from landscape.geometry.curvature import Pair, eigenvalues, eigenvectors, hessians
from landscape.geometry.newton import shortest_newton_step

NEAR = 0.05
"""A point is near a saddle when that of the local quadratic is this close, in parts of the domain's shorter side."""
LEAST = 1e-9
"""A curvature counts as downwards only beyond this part of the larger one: else it may be rounding."""
NEWTON_STEPS = 30
RANK = 1e-12
"""A curvature counts as 0 for Newton's step up to this part of the larger one."""


def escape_direction(surface: Surface, point: Pair) -> NDArray[np.float64] | None:
    """Return the unit eigenvector of the most negative eigenvalue of the Hessian at ``point``, pointing downhill.

    Of its two senses, the one against the gradient; where the gradient has no part along it, the one whose first
    component that is not 0 is positive. None where no eigenvalue is negative, or the surface has no Hessian.
    """
    entries = hessians(surface, np.array([point], dtype=np.float64))[0]
    low, high = eigenvalues(entries).tolist()
    if not low < -LEAST * abs(high):
        return None
    direction = eigenvectors(entries)[0]
    direction[np.abs(direction) < 1e-12] = 0.0
    direction = direction / np.hypot(*direction)
    slope = float(direction @ surface.gradient(*point))
    first = next(part for part in direction.tolist() if part)
    downhill: NDArray[np.float64] = direction * (-np.sign(slope) if slope else np.sign(first)) + 0.0
    return downhill


def near_saddle(surface: Surface, point: Pair) -> bool:
    """Tell whether ``point`` is so near a saddle, or a maximum, that gradient methods linger there.

    It is where an eigenvalue of the Hessian is negative and the gradient small: the stationary point of the local
    quadratic lies within ``NEAR``.
    """
    return _distance(surface, point) <= NEAR * _shorter_side(surface)


def saddle_near(surface: Surface, point: Pair) -> Pair | None:
    """Return the saddle near ``point``, degenerate ones included, by Newton's method; None where there is none near."""
    if not near_saddle(surface, point):
        return None
    here = np.array(point, dtype=np.float64)
    for _ in range(NEWTON_STEPS):
        step = _newton_step(surface, here, hessians(surface, here[None])[0])
        if step is None or not np.isfinite(step).all():
            return None
        here = here + step
        if np.hypot(*step) <= 1e-15 * _shorter_side(surface):
            break
    found = float(here[0]), float(here[1])
    low, high = eigenvalues(hessians(surface, here[None])[0]).tolist()
    is_maximum = high < -LEAST * abs(low)
    return None if is_maximum or math.dist(found, point) > 4 * NEAR * _shorter_side(surface) else found


def escaped(surface: Surface, point: Pair, part: float = 0.01) -> Pair | None:
    """Return ``point`` moved along its escape direction by ``part`` of the domain's shorter side; None without one."""
    direction = escape_direction(surface, point)
    if direction is None:
        return None
    x, y = (np.array(point) + part * _shorter_side(surface) * direction).tolist()
    return x, y


def _distance(surface: Surface, point: Pair) -> float:
    """Return how far the stationary point of the local quadratic is; infinity where none of its axes falls."""
    here = np.array(point, dtype=np.float64)
    entries = hessians(surface, here[None])[0]
    low, high = eigenvalues(entries).tolist()
    if not low < -LEAST * abs(high):
        return math.inf
    step = _newton_step(surface, here, entries)
    size = math.inf if step is None else float(np.hypot(*step))
    return size if math.isfinite(size) else math.inf


def _newton_step(
    surface: Surface, point: NDArray[np.float64], entries: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Return the way to the stationary point of the local quadratic with this Hessian; the shortest of many."""
    try:
        gradient = surface.gradient(*point)
    except InputError:
        return None
    if not (np.isfinite(gradient).all() and np.isfinite(entries).all()):
        return None
    step, _ = shortest_newton_step(gradient[:, None], entries[None], rank=RANK)
    return step[:, 0]


def _shorter_side(surface: Surface) -> float:
    return min(high - low for low, high in surface.domain)
