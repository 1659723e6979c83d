"""How a slider or an axis runs over a parameter: positions in [0, 1] to values and back."""

import math

from landscape.catalogue.parameters import Parameter

LARGEST = 1e300
"""Ranges and values beyond it are not told apart."""


def value_at(parameter: Parameter, position: float) -> float:
    """Return the value at ``position`` of the slider: 0 is the minimum, 1 the maximum."""
    position = min(max(position, 0.0), 1.0)
    low, high = _ends(parameter)
    span = high - low
    along = low + position * span if math.isfinite(span) else low * (1.0 - position) + high * position
    match parameter.scale:
        case "log":
            return min(max(math.exp(along), parameter.minimum), parameter.maximum)
        case "log1m":
            return min(max(1.0 - math.exp(along), parameter.minimum), parameter.maximum)
        case "integer" | "switch":
            return float(round(along))
        case _:
            return along


def position_of(parameter: Parameter, value: float) -> float:
    """Return where ``value`` stands on the slider, in [0, 1]; values outside of the range stand at its ends."""
    low, high = _ends(parameter)
    value = min(max(value, parameter.minimum), parameter.maximum)
    match parameter.scale:
        case "log":
            along = math.log(max(value, math.exp(low)))
        case "log1m":
            along = math.log(max(1.0 - value, math.exp(high)))
        case _:
            along = value
    half = high / 2 - low / 2  # Of ends of opposite sign, the whole may overflow.
    return min(max((along / 2 - low / 2) / half, 0.0), 1.0) if half else 0.0


def rounded(parameter: Parameter, value: float) -> float:
    """Return ``value`` as short as the eye can tell on the slider: three digits of what the scale is even in."""
    match parameter.scale:
        case "log":
            return float(f"{value:.3g}")
        case "log1m":
            return float(f"{1.0 - float(f'{1.0 - value:.3g}'):.10g}")
        case "integer" | "switch":
            return float(round(value))
        case _:
            span = min(parameter.maximum - parameter.minimum, LARGEST) or 1.0
            step = 10.0 ** math.floor(math.log10(span)) / 1000.0
            multiple = value / step if step else math.inf
            return float(f"{round(multiple) * step:.10g}") if math.isfinite(multiple) else value


def nudged(parameter: Parameter, value: float, notches: float) -> float:
    """Return the value ``notches`` wheel clicks or arrow presses further.

    Each goes a fiftieth of the slider; in whole numbers, a twentieth of the value, at least 1.
    """
    if parameter.scale in {"integer", "switch"}:
        moved = value + notches * max(1.0, abs(value) // 20)
    else:
        moved = value_at(parameter, position_of(parameter, value) + notches / 50.0)
    return min(max(rounded(parameter, moved), parameter.minimum), parameter.maximum)


def _ends(parameter: Parameter) -> tuple[float, float]:
    """Return the two ends of the range in the measure that the slider is even in."""
    low, high = parameter.minimum, parameter.maximum
    if parameter.scale == "log":
        high = max(high, 1e-300)
        return math.log(low if low > 0 else high * 1e-12), math.log(high)
    if parameter.scale == "log1m":
        return math.log(max(1.0 - low, 1e-15)), math.log(max(1.0 - high, 1e-15))
    return low, high
