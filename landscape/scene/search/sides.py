"""The sides of the squares of a search: where values stand, and what is written beside them."""

import numpy as np

from landscape.scene.axis_values import even_values, powers, powers_from_one
from landscape.scene.search.scene import Side
from landscape.scene.search.text import dimension_title
from landscape.scene.text import number
from landscape.search.spaces import Dimension, units_of
from landscape.translation import Translation

MOST = 7
"""Whole numbers and choices that are all written."""


def side_of(axis: Dimension, say: Translation) -> Side:
    """Return the side on which a dimension is drawn."""
    written, plain = _values(axis)
    inside = [(float(at), value) for at, value in zip(units_of(axis, written), written, strict=True) if at == at]
    return Side(
        name=axis.name,
        title=dimension_title(axis.name, say),
        ticks=tuple(sorted((at, number(value, 6)) for at, value in inside)),
        fine_ticks=tuple(float(at) for at in units_of(axis, plain) if at == at) if plain else (),
    )


def _values(axis: Dimension) -> tuple[list[float], list[float]]:
    match axis.scale:
        case "log":
            return powers(axis.low, axis.high)
        case "one_minus_log":
            return powers_from_one(axis.low, axis.high)
        case "choice":
            return list(axis.choices), []
        case "whole":
            whole = np.unique(np.round(np.linspace(axis.low, axis.high, min(axis.count, MOST))))
            return [float(value) for value in whole], []
        case _:
            return even_values(axis.low, axis.high), []
