"""Round numbers for ticks and levels: steps of 1, 2 or 5 on an even scale, powers of ten on a logarithmic one."""

import math
from collections.abc import Iterator, Sequence

ROUND = (1, 2, 5)
SLACK = 1e-9
"""A number this part of a step, or of itself, beyond the end still counts as inside: rounding puts it there."""


def round_step(least: float, factors: Sequence[float] = ROUND) -> float:
    """Return the smallest of ``factors`` times a power of ten that is not below ``least``, which is positive."""
    power = math.floor(math.log10(least))
    steps = (factor * 10.0**each for each in (power, power + 1) for factor in factors)
    return next(step for step in steps if step >= least * (1 - SLACK))


def nearest_step(wanted: float, factors: Sequence[float] = ROUND) -> float:
    """Return which of ``factors`` times a power of ten is nearest to ``wanted``, by ratio."""
    power = 10.0 ** math.floor(math.log10(wanted))
    steps = [factor * power for factor in (*factors, 10.0)]
    return min(steps, key=lambda step: abs(math.log(step / wanted)))


def multiples(step: float, low: float, high: float) -> list[float]:
    """Return the multiples of ``step`` from ``low`` to ``high``, rounded to 12 digits."""
    first, last = math.ceil(low / step - SLACK), math.floor(high / step + SLACK)
    return [float(f"{index * step:.12g}") for index in range(first, last + 1)]


def power_values(low: float, high: float, digits: Sequence[int] = (1,), stride: int = 1) -> list[float]:
    """Return the digits times the powers of ten from ``low`` to ``high``, both positive.

    Args:
        low: At the lower end.
        high: At the upper end.
        digits: Whole numbers from 1 to 9, increasing.
        stride: Only of the powers whose exponent it divides.
    """
    marks = _marks(math.log10(low), math.log10(high), digits, stride)
    return [float(f"{digit}e{power}") for digit, power in marks]


def power_exponents(first: float, last: float, digits: Sequence[int] = (1,), stride: int = 1) -> list[float]:
    """Return the decimal logarithms of the same numbers, from ``first`` to ``last``."""
    return [power + math.log10(digit) for digit, power in _marks(first, last, digits, stride)]


def _marks(first: float, last: float, digits: Sequence[int], stride: int) -> Iterator[tuple[int, int]]:
    for power in range(math.floor(first), math.ceil(last) + 1):
        for digit in digits if power % stride == 0 else ():
            if first - SLACK <= power + math.log10(digit) <= last + SLACK:
                yield digit, power


def roundest(low: float, high: float) -> float:
    """Return the number in [low, high] with the fewest digits."""
    if low <= 0.0 <= high:
        return 0.0
    if not high > low:
        return low
    power = 10.0 ** math.floor(math.log10(max(abs(low), abs(high))))
    for step in (power, power / 2, power / 10, power / 20, power / 100):
        multiple = math.ceil(low / step) * step
        if multiple <= high:
            return float(f"{multiple:.6g}") if low <= float(f"{multiple:.6g}") <= high else multiple
    return (low + high) / 2
