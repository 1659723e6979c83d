"""The index along rectangles that no open box touches: it is the sum of those of the proven points inside."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.geometry.critical.points import CriticalPoints

_SIDE = 150
"""Points of a side."""
_FINER = (4, 64)
"""So many times as many, to see whether they were enough: beside a point the gradient turns within a thousandth."""
_QUICK, _TURN = 1.0, 2.9
"""Radians: so much from point to point is a kink, and so much cannot be followed."""
_KINKS = 12
"""Most kinks that a loop may cross."""


def false_loops(surface: Surface, found: CriticalPoints, count: int, seed: int = 0) -> Iterator[str]:
    """Yield a sentence for each of ``count`` random rectangles whose points do not add up to its index."""
    proven = [point for point in found.points if point.proven]
    places = np.array([(point.x, point.y) for point in proven]).reshape(-1, 2)
    indices = np.array([point.index for point in proven])
    boxes = np.array(found.open).reshape(-1, 4)
    for loop in _rectangles(found, count, seed):
        x0, x1, y0, y1 = loop
        meets = (boxes[:, 0] <= x1) & (boxes[:, 1] >= x0) & (boxes[:, 2] <= y1) & (boxes[:, 3] >= y0)
        if meets.any() or _near(places, loop) or not _defined(surface, loop):
            continue
        inside = (places > (x0, y0)).all(axis=1) & (places < (x1, y1)).all(axis=1)
        index = _index(surface, loop, _SIDE)
        if index is None or index == indices[inside].sum():
            continue
        if all(index == _index(surface, loop, times * _SIDE) for times in _FINER):
            yield f"the index along {loop} is {index}, and that of its points {indices[inside].sum()}"


def _rectangles(found: CriticalPoints, count: int, seed: int) -> Iterator[tuple[float, float, float, float]]:
    """Yield rectangles of all sizes in the domain."""
    (x0, x1), (y0, y1) = found.domain
    source = np.random.default_rng(seed)
    for _ in range(count):
        u, v = source.uniform(0, 1, 2)
        across, up = 10 ** source.uniform(-2.5, 0, 2)
        low, high = np.clip((u - across, v - up), 0, 1), np.clip((u + across, v + up), 0, 1)
        left, right = (x0 + (x1 - x0) * part for part in (low[0], high[0]))
        bottom, top = (y0 + (y1 - y0) * part for part in (low[1], high[1]))
        yield float(left), float(right), float(bottom), float(top)


def _defined(surface: Surface, loop: tuple[float, float, float, float]) -> bool:
    """Tell whether there are values all over a rectangle, by some of them: a hole has an index of its own."""
    x, y = np.meshgrid(np.linspace(*loop[:2], 40), np.linspace(*loop[2:], 40))
    return bool(np.isfinite(surface.value(x, y)).all())


def _near(places: NDArray[np.float64], loop: tuple[float, float, float, float]) -> bool:
    """Tell whether a point lies on the border, or all but."""
    x0, x1, y0, y1 = loop
    u = (places[:, 0] - x0) / (x1 - x0)
    v = (places[:, 1] - y0) / (y1 - y0)
    outside = (np.minimum(u, v) < -1e-3) | (np.maximum(u, v) > 1 + 1e-3)
    within = (np.minimum(u, v) > 1e-3) & (np.maximum(u, v) < 1 - 1e-3)
    return bool((~outside & ~within).any())


def _index(surface: Surface, loop: tuple[float, float, float, float], side: int) -> int | None:
    """Return how often the gradient turns along a rectangle; None where that cannot be followed."""
    x0, x1, y0, y1 = loop
    t = (np.arange(side) + 0.37) / side
    x = np.concatenate([x0 + (x1 - x0) * t, np.full(side, x1), x1 - (x1 - x0) * t, np.full(side, x0)])
    y = np.concatenate([np.full(side, y0), y0 + (y1 - y0) * t, np.full(side, y1), y1 - (y1 - y0) * t])
    with np.errstate(all="ignore"):
        by_x, by_y = surface.gradient(x, y) * [[x1 - x0], [y1 - y0]]
        largest = np.maximum(np.abs(by_x), np.abs(by_y))
    if not (np.isfinite(largest) & (largest > 1e-250)).all():
        return None
    angles = np.arctan2(by_y, by_x)
    turns = np.diff(angles, append=angles[0])
    turns = (turns + math.pi) % (2 * math.pi) - math.pi
    if np.abs(turns).max() > _TURN or (np.abs(turns) > _QUICK).sum() > _KINKS:
        return None
    return round(float(turns.sum()) / (2 * math.pi))
