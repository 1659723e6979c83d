"""Attractors: the points and curves that the ends of many trajectories have in common, by clustering."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.descent.limit_points import REACH, SAME, Array, Kind, relief, sizes
from landscape.geometry.clusters import connected, within

LINKED = 1 / 16
"""Width of the cells by which the points of a curve are found to be connected."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Attractors:
    """Where trajectories end, the lowest first; read-only."""

    points: Array
    """(m, 2); of a curve, the point of it in the middle of the ends."""
    kinds: tuple[Kind, ...]
    which: NDArray[np.int32]
    """(k,): for each end the attractor within ``REACH`` of it, -1 for none."""


def attractors(surface: Surface, ends: Array, limits: Array, kinds: NDArray[np.object_]) -> Attractors:
    """Return what the ``ends``, (2, k), have come to, from their limit points, (2, k), and the kinds of these, (k,)."""
    if not ends.shape[1]:
        return Attractors(points=np.empty((0, 2)), kinds=(), which=np.empty(0, dtype=np.int32))
    groups = _groups(surface, limits, kinds)
    centres = [_middle(surface, limits[:, group], str(kinds[group[0]])) for group in groups]
    points = np.array([limits[:, group[centre]] for group, centre in zip(groups, centres, strict=True)]).reshape(-1, 2)
    order = _order(surface, points)
    which = np.full(ends.shape[1], -1, dtype=np.int32)
    for label, index in enumerate(order):
        which[groups[index]] = label
    points, sorts = points[order], tuple(kinds[groups[index][0]] for index in order)
    points.flags.writeable = False
    _assign_rest(surface, ends, points, sorts, which)
    return Attractors(points=points, kinds=sorts, which=which)


def _assign_rest(surface: Surface, ends: Array, points: Array, kinds: Sequence[Kind], which: NDArray[np.int32]) -> None:
    """Give the ends from which no minimum was found, as in a bent valley, the one that is near."""
    places, waiting = ends / sizes(surface), np.flatnonzero(which < 0)
    for label, kind in enumerate(kinds):
        if kind == "minimum" and len(waiting):
            away = np.abs(places[:, waiting] - (points[label] / sizes(surface)[:, 0])[:, None]).max(axis=0)
            which[waiting[away <= REACH]] = label
            waiting = waiting[away > REACH]


def _groups(surface: Surface, limits: Array, kinds: NDArray[np.object_]) -> list[NDArray[np.intp]]:
    """Return the ends in groups: those with the same limit point, or on the same curve."""
    places = limits / sizes(surface)
    found = []
    for kind in ("minimum", "saddle", "maximum"):
        here = np.flatnonzero(kinds == kind)
        found += [here[group] for group in within(places[:, here], SAME)]
    curves = np.flatnonzero(kinds == "valley")
    cells = np.floor(places[:, curves] / LINKED).astype(np.int64).T.tolist()
    return found + [curves[group] for group in connected(map(tuple, cells))]


def _middle(surface: Surface, points: Array, kind: str) -> int:
    """Return which of the points of a group stands for it."""
    if kind != "valley":
        return 0
    places = points / sizes(surface)
    return int(np.abs(places - places.mean(axis=1, keepdims=True)).max(axis=0).argmin())


def _order(surface: Surface, points: Array) -> Sequence[int]:
    """Return the points in rising order of value; those that differ by rounding only, from left to right."""
    values = surface.value(points[:, 0], points[:, 1])
    digits = np.round((values - values.min(initial=0.0)) / (relief(surface) or 1.0), 7)
    x, y = (points / sizes(surface).T).round(6).T
    return [int(index) for index in np.lexsort((y, x, digits))]
