"""What the ends of many trajectories have in common: the points and curves that they have come to.

An end belongs to a minimum if Newton's method leads from it to that minimum and not far. So a rule that keeps on
circling around a minimum has arrived, and one that crawls along a valley has not. Everything is measured in parts of
the surface's domain, which each direction of it is taken to have the length 1 for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.formula.tree import Call, walk

Array: TypeAlias = NDArray[np.float64]
Kind: TypeAlias = Literal["minimum", "saddle", "maximum", "valley"]

REACH = 0.02
"""An end this close to a minimum has arrived at it."""
SAME = 2e-3
"""Points this close are one."""
LINKED = 1 / 16
"""Width of the cells by which the points of a curve are found to be connected."""
LEVEL = 1e-6
"""Least curvature against the largest under which a minimum is part of a curve of minima."""
FLAT = 1e-10
"""Rise around a point, against that over the domain, under which it is a plain and not a minimum."""
ROUNDS = 40
"""Newton steps; a minimum of fourth order is approached by a third each."""
KINKED = frozenset({"abs", "sign", "min", "max", "relu", "where", "floor", "ceil", "mod", "sqrt", "norm", "cbrt"})
AROUND = np.array([(np.cos(turn), np.sin(turn)) for turn in np.arange(8) * np.pi / 4]).T


@dataclass(frozen=True, kw_only=True, eq=False)
class Attractors:
    """Where trajectories end, the lowest first; read-only."""

    points: Array
    """(m, 2); of a curve, the point of it in the middle of the ends."""
    kinds: tuple[Kind, ...]
    which: NDArray[np.int32]
    """(k,): for each end the attractor within ``REACH`` of it, -1 for none."""


def attractors(surface: Surface, ends: Array) -> Attractors:
    """Return what the finite ``ends``, (2, k), have come to."""
    return told_apart(surface, ends, *reached(surface, ends))


def told_apart(surface: Surface, ends: Array, reached: Array, kinds: NDArray[np.object_]) -> Attractors:
    """Return what ``ends`` have come to, of which is known what :func:`reached` says."""
    if not ends.shape[1]:
        return Attractors(points=np.empty((0, 2)), kinds=(), which=np.empty(0, dtype=np.int32))
    groups = _groups(surface, reached, kinds)
    centres = [_middle(surface, reached[:, group], str(kinds[group[0]])) for group in groups]
    points = np.array([reached[:, group[centre]] for group, centre in zip(groups, centres, strict=True)]).reshape(-1, 2)
    order = _order(surface, points)
    which = np.full(ends.shape[1], -1, dtype=np.int32)
    for label, index in enumerate(order):
        which[groups[index]] = label
    points, sorts = points[order], tuple(kinds[groups[index][0]] for index in order)
    points.flags.writeable = False
    _join(surface, ends, points, sorts, which)
    return Attractors(points=points, kinds=sorts, which=which)


def _join(surface: Surface, ends: Array, points: Array, kinds: Sequence[Kind], which: NDArray[np.int32]) -> None:
    """Give the ends from which no minimum was found, as in a bent valley, the one that is near."""
    places, waiting = ends / sizes(surface), np.flatnonzero(which < 0)
    for label, kind in enumerate(kinds):
        if kind == "minimum" and len(waiting):
            away = np.abs(places[:, waiting] - (points[label] / sizes(surface)[:, 0])[:, None]).max(axis=0)
            which[waiting[away <= REACH]] = label
            waiting = waiting[away > REACH]


def sizes(surface: Surface) -> Array:
    """Return the width and the height of the domain, (2, 1)."""
    return np.array([[high - low] for low, high in surface.domain])


def reached(surface: Surface, ends: Array) -> tuple[Array, NDArray[np.object_]]:
    """Return what Newton's method leads to from each end, and what kind of point it is; empty where it is none.

    What it says of an end does not depend on the others.
    """
    if not ends.shape[1]:
        return ends, np.empty(0, dtype=object)
    points, kinds = _polished(surface, ends, downhill=False)
    rest = np.flatnonzero(kinds == "")
    if len(rest):
        points[:, rest], kinds[rest] = _polished(surface, ends[:, rest], downhill=True)
    rest = np.flatnonzero(kinds == "")
    if len(rest) and not _is_smooth(surface):
        points[:, rest], held = _in_creases(surface, ends[:, rest])
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
        (xx, xy), (_, yy) = surface.hessian(*here) * (size[:, None] * size[None, :])
        step, curvatures[:, active] = _newton(gradient, xx, xy, yy, downhill=downhill)
        if downhill:
            step = np.clip(step, -REACH, REACH)
        steps[active], slopes[active] = np.abs(step).max(axis=0), np.abs(gradient).max(axis=0)
        points[:, active] = here - step * size
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
        near = near[_rise(surface, points[:, near], REACH) > FLAT * _scale(surface)]
    low, high = curvatures[:, near]
    level = LEVEL * np.maximum(np.abs(low), np.abs(high))
    kinds[near] = "saddle"
    kinds[near[high < 0]] = "maximum"
    kinds[near[low > -level]] = "valley"
    kinds[near[low > level]] = "minimum"
    return kinds


def _newton(gradient: Array, xx: Array, xy: Array, yy: Array, *, downhill: bool) -> tuple[Array, Array]:
    """Return Newton's steps, along curves of critical points the shortest, and the eigenvalues in rising order.

    With ``downhill`` those of saddle-free Newton (Dauphin et al. 2014): each curvature counts without its sign.
    """
    with np.errstate(all="ignore"):
        middle, half = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
        turn = np.arctan2(2 * xy, xx - yy) / 2
        along = np.stack([np.cos(turn), np.sin(turn)])
        across = np.stack([-along[1], along[0]])
        values = np.stack([middle - half, middle + half])
        least = 1e-9 * np.abs(values).max(axis=0)
        step = np.zeros_like(gradient)
        for value, axis in zip(values, (across, along), strict=True):
            part = (gradient * axis).sum(axis=0) / (np.abs(value) if downhill else value)
            step += np.where(np.abs(value) > least, part, 0.0) * axis
    return step, values


@lru_cache(maxsize=16)
def _scale(surface: Surface) -> float:
    """Return how much the surface rises over its domain, at the median point."""
    axes = [np.linspace(low, high, 17) for low, high in surface.domain]
    values = surface.value(axes[0][None, :], axes[1][:, None])
    finite = values[np.isfinite(values)]
    return float(np.median(finite) - finite.min()) if len(finite) else 0.0


def _rise(surface: Surface, points: Array, radius: float) -> Array:
    """Return how far the surface rises or falls, at most, on a ring around each point."""
    ring = points[:, :, None] + radius * sizes(surface)[:, :, None] * AROUND[:, None, :]
    return np.asarray(np.abs(surface.value(*ring) - surface.value(*points)[:, None]).max(axis=1))


def _is_smooth(surface: Surface) -> bool:
    return not any(isinstance(node, Call) and node.function in KINKED for node in walk((surface.tree,)))


def _in_creases(surface: Surface, ends: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Return the lowest point near each end, (2, k), and whether it is in a crease: a minimum without a tangent.

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
        held = close & (steep > FLAT * _scale(surface)) & (outward > -1e-3 * steep[:, None]).all(axis=1)
    return points, held


def _groups(surface: Surface, reached: Array, kinds: NDArray[np.object_]) -> list[NDArray[np.intp]]:
    """Return the ends in groups: those that reached the same point, or the same curve."""
    places = reached / sizes(surface)
    found = []
    for kind in ("minimum", "saddle", "maximum"):
        here = np.flatnonzero(kinds == kind)
        found += [here[group] for group in _crowds(*places[:, here])]
    curves = np.flatnonzero(kinds == "valley")
    return found + [curves[group] for group in _connected(np.floor(places[:, curves] / LINKED).astype(np.int64).T)]


def _crowds(x: Array, y: Array) -> list[NDArray[np.intp]]:
    """Return the indices of points in groups: the first point that is in none yet, and those that are close to it."""
    order = np.argsort(x, kind="stable")
    begins, ends = (np.searchsorted(x[order], x + side) for side in (-SAME, SAME))
    free, groups = np.ones(len(x), dtype=bool), []
    for index in range(len(x)):
        if free[index]:
            beside = order[begins[index] : ends[index]]
            group = np.sort(beside[free[beside] & (np.abs(y[beside] - y[index]) <= SAME)])
            free[group] = False
            groups.append(group)
    return groups


def _connected(cells: NDArray[np.int64]) -> list[NDArray[np.intp]]:
    """Return the indices of ``cells``, (k, 2), in groups of which each hangs together, corners included."""
    members: dict[tuple[int, int], list[int]] = {}
    for index, (column, row) in enumerate(cells.tolist()):
        members.setdefault((column, row), []).append(index)
    groups = []
    while members:
        edge = [next(iter(members))]
        group = members.pop(edge[0])
        while edge:
            column, row = edge.pop()
            for cell in ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
                if cell in members:
                    group += members.pop(cell)
                    edge.append(cell)
        groups.append(np.array(group))
    return groups


def _middle(surface: Surface, points: Array, kind: str) -> int:
    """Return which of the points of a group stands for it."""
    if kind != "valley":
        return 0
    places = points / sizes(surface)
    return int(np.abs(places - places.mean(axis=1, keepdims=True)).max(axis=0).argmin())


def _order(surface: Surface, points: Array) -> Sequence[int]:
    """Return the points in rising order of value; those that differ by rounding only, from left to right."""
    values = surface.value(points[:, 0], points[:, 1])
    digits = np.round((values - values.min(initial=0.0)) / (_scale(surface) or 1.0), 7)
    x, y = (points / sizes(surface).T).round(6).T
    return [int(index) for index in np.lexsort((y, x, digits))]
