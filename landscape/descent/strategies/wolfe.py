"""A line search to the strong Wolfe conditions, by secants between two ends: a part of other strategies.

Nocedal & Wright 2006, Algorithms 3.5 and 3.6, with the secant of the slopes in place of their interpolation: on a
parabola the second length that is tried is the best one.
"""

from landscape.descent.strategies.frame import FOUND_X, FOUND_Y, Array, slope, value

AT_X, AT_Y, AT_F, SLOPE_AT_X, SLOPE_AT_Y, ALPHA, TRIALS, FROM, TO, RESTING = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
"""Where ``work`` holds what was found: the point, its value and gradient, the length, how many were tried, the last
interval in which it was searched, and whether there is nothing more to find: then nothing is evaluated."""
BEHIND = 10
"""The first number in ``work`` behind them."""
LONGEST = 60
"""Lengths that are tried at most."""


def search(
    x: float, y: float, f: float, gx: float, gy: float, px: float, py: float, first: float, enough: float, flat: float,
    work: Array, calls: Array, told: Array,
) -> None:  # fmt: skip
    """Search along (px, py), which leads downhill, for a length that brings enough and where it is flat enough.

    ``enough`` and ``flat`` are the constants c₁ and c₂ of Wolfe. Where none is found, the longest that brought enough
    is taken; that may be 0.
    """
    work[AT_X], work[AT_Y], work[AT_F], work[SLOPE_AT_X], work[SLOPE_AT_Y] = x, y, f, gx, gy
    work[ALPHA], work[TRIALS], work[FROM], work[TO] = 0.0, 0.0, 0.0, 0.0
    start = gx * px + gy * py
    low, low_slope, low_f = 0.0, start, f
    high, high_slope, closed = 0.0, 0.0, False
    a, trials, done = first, 0, work[RESTING] > 0.0 or not start < 0.0
    while not done and trials < LONGEST:
        trials += 1
        new_x, new_y = x + a * px, y + a * py
        new_f = value(new_x, new_y, calls, told)
        good = new_f < f and new_f <= f + enough * a * start and not (low > 0.0 and new_f >= low_f)
        if good and slope(new_x, new_y, calls, told):
            new_slope = told[FOUND_X] * px + told[FOUND_Y] * py
            work[AT_X], work[AT_Y], work[AT_F] = new_x, new_y, new_f
            work[SLOPE_AT_X], work[SLOPE_AT_Y], work[ALPHA] = told[FOUND_X], told[FOUND_Y], a
            done = abs(new_slope) <= -flat * start
            if new_slope >= 0.0:
                high, high_slope, closed = a, new_slope, True
            else:
                before, before_slope = low, low_slope
                low, low_slope, low_f = a, new_slope, new_f
                if not closed:
                    a = beyond(before, before_slope, low, low_slope)
        else:
            high, closed = a, True
            # The parabola through both values, with the slope at the lower end.
            width, rise = high - low, new_f - low_f
            high_slope = 2.0 * rise / width - low_slope if rise < 1e300 else 1e300
        if closed:
            a = within(low, low_slope, high, high_slope)
            if not low < a < high:
                done = True
    work[TRIALS], work[FROM], work[TO] = float(trials), low, high if closed else low


def beyond(before: float, before_slope: float, low: float, low_slope: float) -> float:
    """Return a longer length: where the secant of the slopes is 0, at least twice and at most ten times as long."""
    rise = low_slope - before_slope
    a = low - low_slope * (low - before) / rise if rise > 0.0 else 10.0 * low
    if not a > 1.01 * low:
        a = 1.01 * low
    return a if a < 10.0 * low else 10.0 * low


def within(low: float, low_slope: float, high: float, high_slope: float) -> float:
    """Return a length between two: where the secant of the slopes is 0, but not too near to either."""
    width, rise = high - low, high_slope - low_slope
    part = -low_slope / rise if rise > 0.0 else 0.5
    if not part > 0.001:
        part = 0.001
    return low + (part if part < 0.999 else 0.999) * width


PARTS = search, beyond, within
