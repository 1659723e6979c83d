"""Where a surface is lowest: grids that close in on the lowest places, for what is too rugged to be searched."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.limits import Ask

_VALUES = 65_536
"""Values of the first grid, over all of the domain."""
_PLACES = 24
"""So many of the lowest places are looked at more closely, each time ..."""
_SIDE = 24
"""... by so many values along each side ..."""
_CLOSER = 1.5
"""... of a square that reaches so many steps of the last grid to each side ..."""
_TIMES = 8
"""... and so often, so that the last steps are billionths of the domain."""
_DIGITS = 4
"""Decimal places to which a place is rounded: formulas have their lowest points at round numbers."""


def lowest(surface: Surface, domain: Box, ask: Ask) -> Iterator[list[float]]:
    """Yield places at which the surface is low, the lowest first, and round numbers next to them.

    The origin comes before them: many a formula is symmetric about it, and what is narrow there lies between the grid's
    points.
    """
    x0, x1, y0, y1 = domain
    if x0 <= 0.0 <= x1 and y0 <= 0.0 <= y1:
        yield [0.0, 0.0]
    side = max(8, int((_VALUES / max(1, surface.rows)) ** 0.5))
    steps = np.array([x1 - x0, y1 - y0]) / side
    places = _lowest(surface, _grid(np.array([[x0 + x1, y0 + y1]]) / 2, steps * side / 2, side), domain, ask)
    for _ in range(_TIMES):
        half = steps * _CLOSER
        places = _lowest(surface, _grid(places, half, _SIDE), domain, ask)
        steps = 2 * half / _SIDE
    for place in places:
        for digits in range(_DIGITS):
            yield [round(part, digits) + 0.0 for part in place.tolist()]
        yield place.tolist()


def _grid(places: NDArray[np.float64], half: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Return the middles of the cells of squares around ``places``, shape (n, 2)."""
    middles = (2 * np.arange(side) + 1) / side - 1
    offsets = np.stack(np.meshgrid(middles, middles), axis=-1).reshape(-1, 2) * half
    grid: NDArray[np.float64] = (places[:, None] + offsets).reshape(-1, 2)
    return grid


def _lowest(surface: Surface, grid: NDArray[np.float64], domain: Box, ask: Ask) -> NDArray[np.float64]:
    """Return the lowest of the points of ``grid`` in the domain, shape (n, 2)."""
    ask()
    x0, x1, y0, y1 = domain
    x, y = grid.T
    with np.errstate(all="ignore"):
        values = np.broadcast_to(surface.value(x, y), x.shape)
    inside = (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1) & ~np.isnan(values)
    order = np.argsort(np.where(inside, values, np.inf))[: max(_PLACES, len(grid) // 1000)]
    found: NDArray[np.float64] = np.unique(grid[order[inside[order]]], axis=0)
    values = np.broadcast_to(surface.value(found[:, 0], found[:, 1]), (len(found),))
    return found[np.argsort(values)][:_PLACES] if len(found) else np.array([[(x0 + x1) / 2, (y0 + y1) / 2]])
