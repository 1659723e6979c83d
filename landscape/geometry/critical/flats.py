"""Flat regions: where the gradient is zero, or too small for double precision to show."""

from collections.abc import Iterator

import numpy as np

from landscape.catalogue.surfaces import Surface
from landscape.geometry.critical.boxes import Box, clusters, hull
from landscape.geometry.critical.points import Flat
from landscape.geometry.critical.slopes import NEGLIGIBLE, sampled_gradient
from landscape.geometry.critical.subdivision import Subdivision
from landscape.geometry.critical.undecided import Undecided

_GRID = 128
"""Cells along each side by which flat regions are told apart."""


def flats(surface: Surface, undecided: Undecided, search: Subdivision) -> tuple[Flat, ...]:
    """Return the regions with no slope, or none that double precision shows, by the rectangles around them."""
    level = [*search.flat, *undecided.flat]
    if not level:
        return ()
    marked = {cell for box in level for cell in _cells(box, search.domain)}
    cells = marked | _flat_cells(surface, search, NEGLIGIBLE * undecided.steepest)
    found = []
    boxes = [_cell_box(cell, search.domain) for cell in cells]
    for group in clusters(boxes, search.domain, search.enclosure.ask):
        x0, x1, y0, y1 = hull(group)
        inside = [(a + b, c + d) for a, b, c, d in level if x0 <= (a + b) / 2 <= x1 and y0 <= (c + d) / 2 <= y1]
        if inside:
            x, y = sorted(inside)[len(inside) // 2]
            found.append(Flat(x=(x0, x1), y=(y0, y1), value=float(surface.value(x / 2, y / 2))))
    return tuple(sorted(found, key=lambda flat: (flat.value, flat.x, flat.y)))


def _cells(box: Box, domain: Box) -> Iterator[tuple[int, int]]:
    """Yield the cells of a grid over the domain that ``box`` reaches into."""
    x0, x1, y0, y1 = domain
    (left, right), (low, high) = (
        [min(_GRID - 1, int((place - start) / (end - start) * _GRID)) for place in places]
        for places, start, end in ((box[:2], x0, x1), (box[2:], y0, y1))
    )
    for i in range(left, right + 1):
        for j in range(low, high + 1):
            yield i, j


def _cell_box(cell: tuple[int, int], domain: Box) -> Box:
    (i, j), (x0, x1, y0, y1) = cell, domain
    dx, dy = (x1 - x0) / _GRID, (y1 - y0) / _GRID
    return x0 + i * dx, x0 + (i + 1) * dx, y0 + j * dy, y0 + (j + 1) * dy


def _flat_cells(surface: Surface, search: Subdivision, limit: float) -> set[tuple[int, int]]:
    """Return the cells in whose middle the gradient is negligible."""
    x0, x1, y0, y1 = search.domain
    middles = (np.arange(_GRID) + 0.5) / _GRID
    x, y = np.meshgrid(x0 + middles * (x1 - x0), y0 + middles * (y1 - y0), indexing="ij")
    slope = sampled_gradient(surface, x.ravel(), y.ravel(), search.enclosure.ask).reshape(2, *x.shape)
    flat = np.all(np.abs(slope) <= limit, axis=0)
    return set(zip(*(index.tolist() for index in np.nonzero(flat)), strict=True))
