"""How a surface curves at many points: the Hessian's entries, its eigenvalues and its eigenvectors."""

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError

PIECE = 1 << 20
"""Most numbers that are laid out at once for a surface with data."""


def hessians(surface: Surface, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the second derivatives xx, xy, yy at (n, 2) points: (n, 3) float64, read-only.

    NaN or inf where the surface has none, and all NaN where its formula is too large to be differentiated twice.
    """
    found = np.full((len(points), 3), np.nan)
    piece = max(1, PIECE // max(1, surface.rows))
    try:
        for first in range(0, len(points), piece):
            part = slice(first, first + piece)
            full = surface.hessian(points[part, 0], points[part, 1])
            found[part] = np.stack((full[0, 0], full[0, 1], full[1, 1]), axis=1)
    except InputError:
        found[:] = np.nan
    found.flags.writeable = False
    return found


def eigenvalues(entries: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the eigenvalues of (..., 3) Hessians xx, xy, yy as (..., 2), the smaller first; NaN for NaN and inf."""
    xx, xy, yy = np.moveaxis(np.asarray(entries, dtype=np.float64), -1, 0)
    with np.errstate(all="ignore"):
        middle, half = xx / 2 + yy / 2, np.hypot(xx / 2 - yy / 2, xy)
        pair: NDArray[np.float64] = np.stack((middle - half, middle + half), axis=-1)
    pair[~np.isfinite(entries).all(axis=-1)] = np.nan
    return pair


def eigenvectors(entries: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the unit eigenvectors of one finite Hessian xx, xy, yy: (2, 2), a row each, in the order of the values."""
    xx, xy, yy = np.asarray(entries, dtype=np.float64).tolist()
    angle = 0.5 * np.arctan2(2.0 * xy, xx - yy)
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.array(((-sine, cosine), (cosine, sine)))
