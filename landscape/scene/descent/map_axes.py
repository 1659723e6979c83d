"""The axes of a map of two hyper-parameters: where values stand on them, and what is written beside them."""

import math
from collections.abc import Iterator

from landscape.catalogue.parameters import Parameter
from landscape.catalogue.scales import position_of
from landscape.scene.descent.scene import MapAxis
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
    written = list(_multiples(low, high, (1,)))
    plain = list(_multiples(low, high, range(2, 10)))
    if len(written) < FEW:
        written = list(_multiples(low, high, (1, 2, 5)))
        plain = []
    return written, plain


def _multiples(low: float, high: float, digits: tuple[int, ...] | range) -> Iterator[float]:
    """Yield the digits times the powers of ten from ``low`` to ``high``."""
    low = low if low > 0.0 else high * 1e-12
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        for digit in digits:
            value = float(f"{digit}e{power}")
            if low * (1 - 1e-9) <= value <= high * (1 + 1e-9):
                yield value


def _even(low: float, high: float) -> list[float]:
    """Return round values from ``low`` to ``high``, evenly spaced."""
    rough = (high - low) / LINEAR
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 5, 10) if each * power >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{index * step:.12g}") for index in range(first, last + 1)]
