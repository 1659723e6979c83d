"""The view of a formula that was typed: a domain around critical points that Newton's method finds from some starts.

This is a guess for a first picture, made within milliseconds; what is true of the critical points comes later, with its
proof.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surface_checks import Domain
from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError
from landscape.formula.tree import evaluate, size
from landscape.geometry.newton import newton_step

PLAIN: Domain = ((-3.0, 3.0), (-3.0, 3.0))
"""Where nothing is known of the critical points, and where they lie well inside of it."""
_STEPS = 10
_PARTS = 600
"""A Hessian of more parts would take too long."""
_FEW = 9
"""Critical points nearest to the origin that are shown; a wave has any number of them."""
_FAR = 1e6
_ROOM = 0.8
"""Half of a view in parts of how far its critical points are spread."""
_INNER = 0.9
_WIDEST = 20.0
"""Width up to which a view shows something of a single critical point."""


@lru_cache(maxsize=64)
def fitted_view(surface: Surface, *, chosen: bool) -> Domain:
    """Return a domain that shows the critical points of a surface: its own, if that does.

    Args:
        surface: A surface that is neither turned nor stretched.
        chosen: Whether its domain was chosen for this formula or its like; one that was made for another is kept only
            where it would be as good as a new one.
    """
    points = _critical_points(surface)
    if not points.shape[1]:
        return surface.domain if chosen else PLAIN
    if _suits(surface.domain, points, chosen=chosen):
        return surface.domain
    return PLAIN if _suits(PLAIN, points, chosen=False) else _around(points)


def _critical_points(surface: Surface) -> NDArray[np.float64]:
    """Return a few critical points, (2, k), those nearest to the origin first; none where that would take long."""
    try:
        roots = (*surface.gradient_trees, *surface.hessian_trees)
    except InputError:
        return np.empty((2, 0))
    if size(*roots) > _PARTS or surface.data:
        return np.empty((2, 0))
    names = dict(zip(surface.parameter_names, surface.kernel_values, strict=True))
    points = np.concatenate([_grid(PLAIN, 2.0, 9), _grid(surface.domain, 1.0, 5)], axis=1)
    step = np.full_like(points, np.inf)
    with np.errstate(all="ignore"):
        for _ in range(_STEPS):
            fx, fy, *second = evaluate(roots, {"x": points[0], "y": points[1], **names})
            step = np.array(np.broadcast_arrays(*newton_step((fx, fy), second), points[0])[:2])
            points = points + step
        found = (np.abs(step) < 1e-6 * (1 + np.abs(points))).all(axis=0) & (np.abs(points) < _FAR).all(axis=0)
    return _apart(points[:, found])


def _grid(domain: Domain, factor: float, count: int) -> NDArray[np.float64]:
    """Return so many points a side, (2, k), a little off every axis and diagonal."""
    axes = [
        (low + high) / 2 + factor * (high - low) / 2 * (np.linspace(-1, 1, count) + shift)
        for (low, high), shift in zip(domain, (0.0137, 0.0291), strict=True)
    ]
    return np.array(np.meshgrid(*axes)).reshape(2, -1)


def _apart(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each of several points once, the nearest to the origin first, at most a few."""
    nearest = points[:, np.argsort(np.hypot(*points))]
    kept: list[NDArray[np.float64]] = []
    for point in nearest.T:
        if all(np.abs(point - other).max() > 1e-4 * (1 + np.abs(other).max()) for other in kept):
            kept.append(point)
        if len(kept) == _FEW:
            break
    return np.array(kept).reshape(-1, 2).T


def _suits(domain: Domain, points: NDArray[np.float64], *, chosen: bool) -> bool:
    """Tell whether a domain shows the points: one of them at least where it was chosen, else all, and not too small."""
    ends = np.array(domain)
    middle, half = ends.mean(axis=1, keepdims=True), np.diff(ends) / 2
    inside = (np.abs(points - middle) <= _INNER * half).all(axis=0)
    if chosen:
        return bool(inside.any())
    width = 2 * float(half.max())
    spread = float(np.ptp(points, axis=1).max())
    return bool(inside.all()) and (width <= _WIDEST or spread >= 0.15 * width)


def _around(points: NDArray[np.float64]) -> Domain:
    """Return a square around the points with ends of few digits."""
    spread = float(np.ptp(points, axis=1).max())
    half = max(_ROOM * spread, 0.5) if spread else 3.0
    unit = 10.0 ** np.floor(np.log10(half)) / 2
    middle = (points.min(axis=1) + points.max(axis=1)) / 2
    (x0, y0), (x1, y1) = np.floor((middle - half) / unit) * unit, np.ceil((middle + half) / unit) * unit
    return (float(x0), float(x1)), (float(y0), float(y1))
