"""Which values are written beside an axis of a hyper-parameter, and which only have a tick."""

from landscape.geometry.ticks import ROUND, multiples, power_values, round_step

FEW = 2
"""With fewer round powers than this in range, the numbers between them are written, too."""
LINEAR = 5
"""About how many numbers there are on an even axis."""


def powers(low: float, high: float) -> tuple[list[float], list[float]]:
    """Return powers of ten, and the numbers between them; ``low`` may be 0."""
    low = low if low > 0.0 else high * 1e-12
    written, plain = power_values(low, high), power_values(low, high, range(2, 10))
    return (written, plain) if len(written) >= FEW else (power_values(low, high, ROUND), [])


def powers_from_one(low: float, high: float) -> tuple[list[float], list[float]]:
    """Return the values that are so far below 1."""
    written, plain = powers(max(1.0 - high, 1e-15), 1.0 - low)
    return [_from_one(each) for each in written], [_from_one(each) for each in plain]


def even_values(low: float, high: float) -> list[float]:
    """Return round values from ``low`` to ``high``, evenly spaced."""
    return multiples(round_step((high - low) / LINEAR), low, high)


def _from_one(rest: float) -> float:
    return round(1.0 - rest, 15)
