"""What Newton's method leads to from the cells that ends are sorted into, remembered from one map to the next.

It depends on the surface only. So while a rate is dragged, nearly all of it is known from the map before.
"""

import threading
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.descent.arrival_kernel import CELLS
from landscape.descent.attractors import Array, reached


class Destinations:
    """Of each cell of a surface: whether it is known, where it leads to, and what kind of point that is."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._lock = threading.Lock()
        self._known = np.zeros(CELLS**2, dtype=bool)
        self._points = np.empty((2, CELLS**2))
        self._kinds = np.empty(CELLS**2, dtype=object)

    def of(self, cells: NDArray[np.intp], centres: Array) -> tuple[Array, NDArray[Any]]:
        """Return what :func:`landscape.descent.attractors.reached` says of the ``centres`` of these cells, (2, k)."""
        with self._lock:
            fresh = ~self._known[cells]
            new = cells[fresh]
            self._points[:, new], self._kinds[new] = reached(self._surface, centres[:, fresh])
            self._known[new] = True
            return self._points[:, cells], self._kinds[cells]


@lru_cache(maxsize=4)
def destinations(surface: Surface) -> Destinations:
    """Return what is known of a surface."""
    return Destinations(surface)
