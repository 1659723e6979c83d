"""The colours of the classes of the data."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscape.plot.theme import rgb
from landscape.scene.palette import RUN_COLORS

CLASS_ORDER = (0, 1, 4, 6, 5, 7, 2, 3)
"""The run colours in the order in which classes take them: the twins' own come last."""


STRENGTH = 0.62
"""How much of a class's colour its region has where the network is certain."""


def strength(certain: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Return how much of a class's colour its region has, for a network that is so certain, from 0 to 1."""
    return STRENGTH * (0.18 + 0.82 * certain)


def class_colors(count: int) -> NDArray[np.float64]:
    """Return the colours (count, 3) of so many classes, in [0, 255]; after eight, paler ones follow."""
    colors = np.array([rgb(RUN_COLORS[index]) for index in CLASS_ORDER], dtype=np.float64)
    return np.concatenate((colors, 0.55 * colors + 0.45 * 255))[:count]
