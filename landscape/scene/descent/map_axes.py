"""The axes of a map of two hyper-parameters: where values stand on them, and what is written beside them."""

import math

from landscape.catalogue.parameters import Parameter
from landscape.catalogue.scales import position_of
from landscape.geometry.ticks import ROUND, multiples, power_values, round_step
from landscape.scene.descent.map_sides import MapAxis
from landscape.scene.text import number

FEW = 2
"""With fewer round powers than this in range, the numbers between them are written, too."""
LINEAR = 5
"""About how many numbers there are on an even axis."""


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
            return _powers(low, high)
        case "log1m":
            written, plain = _powers(max(1.0 - high, 1e-15), 1.0 - low)
            return [_from_one(each) for each in written], [_from_one(each) for each in plain]
        case _:
            return _even(low, high), []


def _from_one(rest: float) -> float:
    return round(1.0 - rest, 15)


def _powers(low: float, high: float) -> tuple[list[float], list[float]]:
    low = low if low > 0.0 else high * 1e-12
    written, plain = power_values(low, high), power_values(low, high, range(2, 10))
    return (written, plain) if len(written) >= FEW else (power_values(low, high, ROUND), [])


def _even(low: float, high: float) -> list[float]:
    """Return round values from ``low`` to ``high``, evenly spaced."""
    return multiples(round_step((high - low) / LINEAR), low, high)
