"""Shades of numbers that spread over many powers of ten, with the marks of their colour bar."""

import math

import numpy as np
from numpy.typing import NDArray

from landscape.geometry.ticks import ROUND, power_exponents
from landscape.scene.text import number


def logarithmic(
    values: NDArray[np.float64], low: float, high: float
) -> tuple[NDArray[np.float32], tuple[tuple[float, str], ...]]:
    """Return shades by the logarithm of values from ``low`` to ``high``, and ticks at powers of ten."""
    first, last = math.log10(low), math.log10(max(high, low * 1.01))
    with np.errstate(divide="ignore", invalid="ignore"):
        shade = np.clip((np.log10(np.maximum(values, low)) - first) / (last - first), 0.0, 1.0).astype(np.float32)
    shade.flags.writeable = False
    marks = power_exponents(first, last, (1,) if last - first > 2 else ROUND, max(1, round((last - first) / 8)))
    places = (min(max((mark - first) / (last - first), 0.0), 1.0) for mark in marks)
    return shade, tuple(zip(places, (number(10.0**mark, 3) for mark in marks), strict=True))
