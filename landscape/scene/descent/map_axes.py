"""The axes of a map of two hyper-parameters: where values stand on them, and what is written beside them."""

import math

from landscape.catalogue.parameters import Parameter
from landscape.catalogue.scales import position_of
from landscape.scene.axis_values import even_values, powers, powers_from_one
from landscape.scene.map_sides import MapAxis
from landscape.scene.text import number


def map_axis(parameter: Parameter) -> MapAxis:
    """Return the axis of a parameter over its range, 0 at its low end and 1 at its high one."""
    written, plain = _values(parameter)
    return MapAxis(
        parameter=parameter,
        ticks=tuple((position_of(parameter, value), number(value, 6)) for value in written),
        fine_ticks=tuple(position_of(parameter, value) for value in plain),
    )


def place(parameter: Parameter, value: float) -> float:
    """Return where a value stands on the axis of a parameter; NaN where it is beyond its ends."""
    inside = parameter.minimum <= value <= parameter.maximum
    return position_of(parameter, value) if inside else math.nan


def _values(parameter: Parameter) -> tuple[list[float], list[float]]:
    """Return the values that are written beside an axis, and those that only have a tick."""
    low, high = parameter.minimum, parameter.maximum
    match parameter.scale:
        case "log":
            return powers(low, high)
        case "log1m":
            return powers_from_one(low, high)
        case _:
            return even_values(low, high), []
