"""Limit points of trajectories: the critical point that Newton's method leads to from where one ends, and its kind.

An end belongs to a minimum if Newton's method leads from it to that minimum and not far. So a rule that keeps on
circling around a minimum has arrived, and one that crawls along a valley has not. Everything is measured in parts of
the surface's domain, which each direction of it is taken to have the length 1 for.
"""

from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.formula.tree import Call, walk
from landscape.geometry.curvature import entries_of
from landscape.geometry.newton import shortest_newton_step

Array: TypeAlias = NDArray[np.float64]
Kind: TypeAlias = Literal["minimum", "saddle", "maximum", "valley"]

REACH = 0.02
"""An end this close to a minimum has arrived at it."""
SAME = 2e-3
"""Points this close are one."""
LEVEL = 1e-6
"""Least curvature against the largest under which a minimum is part of a curve of minima."""
FLAT = 1e-10
"""Rise around a point, against that over the domain, under which it is a plain and not a minimum."""
ROUNDS = 40
"""Newton steps; a minimum of fourth order is approached by a third each."""
KINKED = frozenset(
    {"abs", "sign", "min", "max", "relu", "where", "floor", "ceil", "round", "trunc", "mod", "sqrt", "norm", "cbrt"}
)
AROUND = np.array([(np.cos(turn), np.sin(turn)) for turn in np.arange(8) * np.pi / 4]).T


def sizes(surface: Surface) -> Array:
    """Return the width and the height of the domain, (2, 1)."""
    return np.array([[high - low] for low, high in surface.domain])


@lru_cache(maxsize=16)
def relief(surface: Surface) -> float:
    """Return how much the surface rises over its domain, at the median point."""
    axes = [np.linspace(low, high, 17) for low, high in surface.domain]
    values = surface.value(axes[0][None, :], axes[1][:, None])
    finite = values[np.isfinite(values)]
    return float(np.median(finite) - finite.min()) if len(finite) else 0.0


def limit_points(surface: Surface, ends: Array) -> tuple[Array, NDArray[np.object_]]:
    """Return the limit point of each end, (2, k), to which Newton's method leads from it, and its kind, empty for none.

    What it says of an end, of the (2, k), does not depend on the others.
    """
    if not ends.shape[1]:
        return ends, np.empty(0, dtype=object)
    points, kinds = _polished(surface, ends, downhill=False)
    rest = np.flatnonzero(kinds == "")
    if len(rest):
        points[:, rest], kinds[rest] = _polished(surface, ends[:, rest], downhill=True)
    rest = np.flatnonzero(kinds == "")
    if len(rest) and not _is_smooth(surface):
        points[:, rest], held = _in_kinks(surface, ends[:, rest])
        kinds[rest[held]] = "minimum"
    return points, kinds


def _polished(surface: Surface, ends: Array, *, downhill: bool) -> tuple[Array, NDArray[np.object_]]:
    """Return where Newton's method leads, (2, k), and what is there; ``downhill``: never towards a saddle."""
    size = sizes(surface)
    points, curvatures = ends.copy(), np.full(ends.shape, np.nan)
    steps, slopes = np.full((2, ends.shape[1]), np.inf)
    active = np.arange(ends.shape[1])
    for _ in range(ROUNDS):
        here = points[:, active]
        gradient = surface.gradient(*here) * size
        entries = entries_of(surface.hessian(*here) * (size[:, None] * size[None, :]))
        step, values = shortest_newton_step(gradient, entries, saddle_free=downhill)
        curvatures[:, active] = values.T
        if downhill:
            step = np.clip(step, -REACH, REACH)
        steps[active], slopes[active] = np.abs(step).max(axis=0), np.abs(gradient).max(axis=0)
        points[:, active] = here + step * size
        with np.errstate(invalid="ignore"):
            near = np.abs((points[:, active] - ends[:, active]) / size).max(axis=0) <= 2 * REACH
        active = active[near & (steps[active] > 1e-10)]
        if not len(active):
            break
    with np.errstate(all="ignore"):
        largest = np.abs(curvatures).max(axis=0)
        error = np.maximum(steps, slopes / largest)
    return points, _kinds(surface, ends, points, curvatures, error)


def _kinds(surface: Surface, ends: Array, points: Array, curvatures: Array, error: Array) -> NDArray[np.object_]:
    """Return what kind of point each is; empty where it is not critical, on a plain, or far from the end."""
    kinds = np.full(ends.shape[1], "", dtype=object)
    with np.errstate(all="ignore"):
        away = np.abs((points - ends) / sizes(surface)).max(axis=0)
        near = np.flatnonzero((error < SAME / 20) & (away <= REACH))
        near = near[_rise(surface, points[:, near], REACH) > FLAT * relief(surface)]
    low, high = curvatures[:, near]
    level = LEVEL * np.maximum(np.abs(low), np.abs(high))
    kinds[near] = "saddle"
    kinds[near[high < 0]] = "maximum"
    kinds[near[low > -level]] = "valley"
    kinds[near[low > level]] = "minimum"
    return kinds


def _rise(surface: Surface, points: Array, radius: float) -> Array:
    """Return how far the surface rises or falls, at most, on a ring around each point."""
    ring = points[:, :, None] + radius * sizes(surface)[:, :, None] * AROUND[:, None, :]
    return np.asarray(np.abs(surface.value(*ring) - surface.value(*points)[:, None]).max(axis=1))


def _is_smooth(surface: Surface) -> bool:
    return not any(isinstance(node, Call) and node.function in KINKED for node in walk((surface.tree,)))


def _in_kinks(surface: Surface, ends: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Return the lowest point near each end, (2, k), and whether it is a minimum in a kink.

    There the surface rises in every direction at once, which a smooth one does in none.
    """
    size = sizes(surface)
    points, values, radius = ends.copy(), surface.value(*ends), REACH / 2
    with np.errstate(all="ignore"):
        while radius > 1e-9:
            ring = points[:, :, None] + radius * size[:, :, None] * AROUND[:, None, :]
            around = surface.value(*ring)
            best = np.where(np.isnan(around), np.inf, around).argmin(axis=1)
            rows = np.arange(len(best))
            better = around[rows, best] < values
            points = np.where(better, ring[:, rows, best], points)
            values = np.where(better, around[rows, best], values)
            radius *= 0.6
        ring = points[:, :, None] + 1e-6 * size[:, :, None] * AROUND[:, None, :]
        slopes = surface.gradient(*ring) * size[:, :, None]
        outward = (slopes * AROUND[:, None, :]).sum(axis=0)
        steep = np.abs(slopes).max(axis=(0, 2))
        close = np.abs((points - ends) / size).max(axis=0) <= REACH
        held = close & (steep > FLAT * relief(surface)) & (outward > -1e-3 * steep[:, None]).all(axis=1)
    return points, held
