"""The lattice of starts, stored in square tiles: neighbours, which converge at about the same step, lie together."""

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from landscape.memory import bounded

SIDE = 16
"""Starts on a side of a tile; a tile is a block of the kernel."""

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True)
class Lattice:
    """The centres of ``columns`` by ``rows`` cells, in tiles that may reach beyond them to the right and above."""

    columns: int
    rows: int
    x: tuple[float, float]
    y: tuple[float, float]

    @property
    def counts(self) -> tuple[int, int]:
        """How many tiles there are up and across."""
        return -(-self.rows // SIDE), -(-self.columns // SIDE)

    def starts(self) -> NDArray[np.float64]:
        """Return all starts, tile by tile, (2, tiles * SIDE**2), read-only."""
        return _starts(self)

    def by_row(self, tiled: NDArray[Number]) -> NDArray[Number]:
        """Return what is known of each start of the lattice row by row, (rows * columns,)."""
        up, across = self.counts
        whole = tiled.reshape(up, across, SIDE, SIDE).swapaxes(1, 2).reshape(up * SIDE, across * SIDE)
        return np.ascontiguousarray(whole[: self.rows, : self.columns]).reshape(-1)

    def positions(self, flat: NDArray[np.intp]) -> NDArray[Any]:
        """Return where the starts with these numbers, counted row by row, are among those of :meth:`starts`."""
        _, across = self.counts
        row, column = np.divmod(flat, self.columns)
        tile = row // SIDE * across + column // SIDE
        return np.asarray(tile * SIDE**2 + row % SIDE * SIDE + column % SIDE)


@bounded(2, megabytes=16)
def _starts(lattice: Lattice) -> NDArray[np.float64]:
    """Return the starts of a lattice, which stay the same while a rate is dragged."""
    up, across = lattice.counts
    points = np.empty((2, up, across, SIDE, SIDE))
    points[0] = _centres(lattice.x, lattice.columns, across * SIDE).reshape(1, across, 1, SIDE)
    points[1] = _centres(lattice.y, lattice.rows, up * SIDE).reshape(up, 1, SIDE, 1)
    points.flags.writeable = False
    return points.reshape(2, -1)


def _centres(side: tuple[float, float], cells: int, count: int) -> NDArray[np.float64]:
    low, high = side
    return low + (high - low) * ((np.arange(count) + 0.5) / cells)
