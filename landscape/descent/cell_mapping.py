"""Cell mapping: which attractor the ends in each cell of the plane belong to, by the limit point of the cell's centre.

A limit point depends on the surface only, and is remembered from one map to the next: while a rate is dragged, nearly
all of it is known from the map before. Source of the idea: Hsu, "Cell-to-cell mapping", 1987.
"""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.descent.attractors import attractors
from landscape.descent.convergence_kernel import CELLS
from landscape.descent.limit_points import Array, limit_points, sizes
from landscape.formula.tree import size
from landscape.memory import bounded

TOGETHER = 200_000
"""Parts of the Hessian times cells whose limit points are found between two questions whether to go on."""


class CellMapping:
    """Of each cell of a surface: whether it is known, its limit point, and what kind of point that is."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._lock = threading.Lock()
        self._known = np.zeros(CELLS**2, dtype=bool)
        self._points = np.full((2, CELLS**2), np.nan)
        self._kinds = np.full(CELLS**2, "", dtype=object)
        self._together = max(1, TOGETHER // (size(*surface.hessian_trees) * max(1, surface.rows)))

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return self._known.nbytes + self._points.nbytes + self._kinds.nbytes

    def of(
        self, cells: NDArray[np.intp], centres: Array, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[Array, NDArray[Any]]:
        """Return the limit points of the ``centres`` of these cells, (2, k), and their kinds.

        Once ``cancelled`` says yes, those that are not known yet are of no kind.
        """
        with self._lock:
            fresh = np.flatnonzero(~self._known[cells])
            for first in range(0, len(fresh), self._together):
                if cancelled():
                    break
                part = fresh[first : first + self._together]
                new = cells[part]
                self._points[:, new], self._kinds[new] = limit_points(self._surface, centres[:, part])
                self._known[new] = True
            return self._points[:, cells], self._kinds[cells]


@bounded(1, megabytes=16, size=lambda known: known.bytes)
def cell_mapping(surface: Surface) -> CellMapping:
    """Return what is known of a surface."""
    return CellMapping(surface)


class OccupiedCells:
    """The cells that ends fall into, three times as far as the domain, and the attractor of what is in each.

    It is that of the centre, so that the label of an end does not depend on what other ends there are.
    """

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._size = sizes(surface)
        self._corner = np.array([[low] for low, _ in surface.domain]) - self._size
        self._present = np.zeros(CELLS**2 + 1, dtype=bool)
        self._known = np.empty(0, dtype=np.intp)
        self._ends, self._limits = np.empty((2, 2, 0))
        self._kinds = np.empty(0, dtype=object)
        self.found = attractors(surface, self._ends, self._limits, self._kinds)
        self.labels = np.full(CELLS**2 + 1, -1, dtype=np.int32)

    def explore(self, cells: NDArray[np.int32], cancelled: Callable[[], bool]) -> None:
        """Find out what ends in these cells have come to; nothing once ``cancelled`` says yes."""
        self._present[cells] = True
        self._present[self._known] = False
        fresh = np.flatnonzero(self._present[:-1])
        self._present[fresh] = False
        if not len(fresh):
            return
        ends = self._corner + np.array([fresh % CELLS + 0.5, fresh // CELLS + 0.5]) * (3 * self._size / CELLS)
        limits, kinds = cell_mapping(self._surface).of(fresh, ends, cancelled)
        if cancelled():
            return
        known = np.concatenate([self._known, fresh])
        order = np.argsort(known)
        self._known, self._kinds = known[order], np.concatenate([self._kinds, kinds])[order]
        self._ends = np.concatenate([self._ends, ends], axis=1)[:, order]
        self._limits = np.concatenate([self._limits, limits], axis=1)[:, order]
        self.found = attractors(self._surface, self._ends, self._limits, self._kinds)
        self.labels[self._known] = self.found.which
