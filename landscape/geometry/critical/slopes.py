"""The gradient of a surface sampled in floating point: at many points, and how long it usually is."""

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.limits import Ask

_VALUES = 8192
_SAMPLES = 100_000


def sampled_gradient(surface: Surface, x: NDArray[np.float64], y: NDArray[np.float64], ask: Ask) -> NDArray[np.float64]:
    """Return the gradient at many points, shape (2, n), in parts; ``ask`` may end it between two of them."""
    count = max(1, _VALUES // max(1, surface.rows))
    parts = [np.empty((2, 0))]
    for first in range(0, len(x), count):
        ask()
        parts.append(surface.gradient(x[first : first + count], y[first : first + count]))
    return np.concatenate(parts, axis=1)


def typical_slope(surface: Surface, domain: Box, ask: Ask) -> float:
    """Return the median length of the gradient on a grid; 1 where there is no slope."""
    side = max(6, min(42, int((_SAMPLES / max(1, surface.rows)) ** 0.5)))
    x, y = np.meshgrid(np.linspace(domain[0], domain[1], side)[1:-1], np.linspace(domain[2], domain[3], side)[1:-1])
    lengths = np.hypot(*sampled_gradient(surface, x.ravel(), y.ravel(), ask))
    lengths = lengths[np.isfinite(lengths) & (lengths > 0)]
    return float(np.median(lengths)) if lengths.size else 1.0
