"""The surface on a lattice: its values for the map, its slopes for the arrows."""

import sys
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface

Range: TypeAlias = tuple[float, float]

_KERNEL = "landscape.geometry.grid_kernel"


def centres(side: Range, cells: int) -> NDArray[np.float64]:
    """Return the middles of ``cells`` equal parts of a range."""
    low, high = side
    return low + (high - low) * ((np.arange(cells) + 0.5) / cells)


def sample(surface: Surface, x: Range, y: Range, columns: int, rows: int) -> NDArray[np.float64]:
    """Return the values at the cell centres of a lattice, (rows, columns) float64, read-only, row 0 at the smallest y.

    Compiled if :func:`is_warm`, else plain NumPy: equal to rounding. Where the surface is undefined: inf or NaN; when
    compiled, also where it has a sine or cosine of a number beyond 3e14.
    """
    xs, ys = centres(x, columns), centres(y, rows)
    if is_warm(surface):
        from landscape.geometry.grid_kernel import compiled

        values = compiled(surface, xs, ys)
    else:
        values = surface.value(xs[None, :], ys[:, None])
    values.flags.writeable = False
    return values


def is_warm(surface: Surface) -> bool:
    """Tell whether the compiled kernel of this surface is in memory."""
    if _KERNEL not in sys.modules:  # No kernel is: the first picture, drawn without, does not load what loads them.
        return False
    from landscape.geometry.grid_kernel import is_loaded

    return is_loaded(surface)


def warm(surface: Surface) -> None:
    """Compile the kernel of this surface, or load it from the disk."""
    from landscape.geometry.grid_kernel import kernel

    kernel(surface)


def arrows(
    surface: Surface, x: Range, y: Range, columns: int, rows: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where the arrows of steepest descent begin and their directions: both (k, 2) float64, read-only.

    A direction has length 1. Cells in whose centre the gradient is zero or not finite have no arrow.
    """
    px, py = (part.ravel() for part in np.meshgrid(centres(x, columns), centres(y, rows)))
    downhill = -surface.gradient(px, py)
    with np.errstate(all="ignore"):
        directions = (downhill / np.hypot(*downhill)).T
    drawn = np.isfinite(directions).all(axis=1)
    points, directions = np.stack([px, py], axis=1)[drawn], directions[drawn]
    for array in (points, directions):
        array.flags.writeable = False
    return points, directions
