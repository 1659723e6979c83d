"""What part of the abscissa and of the ordinate a panel of curves shows, and where a value stands on them."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from landscape.scene.layers import Abscissa, Curve, CurvePanel, Range

DECADES_ABOVE = 4.0
"""A logarithmic panel shows at most this many decades above where the curves begin or have their peak: divergence runs
off the top."""
MARGIN = 0.06
"""Free part above and below the curves, and beside the places of an abscissa."""
NEAR = 0.6
"""How far beyond the highest value a limit is still shown, against that value."""
LIMIT = 1e300
"""The ordinates stay within this distance of zero, so that their range is finite."""
ZERO = 1.3
"""How far left of the smallest other place 0 stands on a logarithmic abscissa, in decades."""


def ordinates(values: NDArray[np.float64], *, log: bool) -> NDArray[np.float64]:
    """Return what is plotted of some values: themselves or their decimal logarithms, NaN where there is none."""
    if is_whole(values, log=log):
        return np.log10(values) if log else values
    some = usable(values, log=log)
    heights = np.full(len(values), np.nan)
    heights[some] = np.log10(values[some]) if log else values[some]
    return heights


def usable(values: NDArray[np.float64], *, log: bool) -> NDArray[np.bool_]:
    """Tell of each value whether it has an ordinate."""
    return np.isfinite(values) & (values > 0 if log else True)


def is_whole(values: NDArray[np.float64], *, log: bool) -> bool:
    """Tell whether every value has an ordinate: mostly so, and told much faster than of each by itself."""
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    return math.isfinite(low) and math.isfinite(high) and (not log or bool(low > 0))


def abscissae(panel: CurvePanel, count: int) -> NDArray[np.float64]:
    """Return where the first ``count`` values of a curve stand: at the steps, or at the places of the abscissa."""
    if panel.abscissa is None:
        return np.arange(count, dtype=np.float64)
    return positions(panel.abscissa, panel.abscissa.places[:count])


def positions(abscissa: Abscissa, places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where some places stand: at their decimal logarithms, and 0 left of them."""
    return np.where(places > 0, np.log10(np.where(places > 0, places, 1.0)), zero_position(abscissa))


def zero_position(abscissa: Abscissa) -> float:
    """Return where 0 stands; without a positive place at 0."""
    positive = abscissa.places[abscissa.places > 0]
    return math.log10(positive[0]) - ZERO if len(positive) else 0.0


def has_zero(abscissa: Abscissa) -> bool:
    """Tell whether 0 is among the places."""
    return bool(len(abscissa.places) and abscissa.places[0] == 0)


def place_at(position: float) -> float:
    """Return the place at a position of an abscissa that is not the steps."""
    return float(10.0**position)


def abscissa_range(panel: CurvePanel, steps: int) -> Range:
    """Return the first and last position to show."""
    if panel.abscissa is None:
        return 0.0, float(max(steps, 1))
    found = positions(panel.abscissa, panel.abscissa.places)
    first, last = (float(found[0]), float(found[-1])) if len(found) else (0.0, 0.0)
    margin = MARGIN * (last - first) or 0.5
    return first - margin, last + margin


def ordinate_range(panel: CurvePanel) -> Range:
    """Return the lowest and highest ordinate to show: logarithms where the panel is logarithmic."""
    if panel.ordinate is not None:
        low, high = panel.ordinate
        return (math.log10(low), math.log10(high)) if panel.log else (low, high)
    found = [each for curve in _shaping(panel) if len(each := _landmarks(curve.values, log=panel.log))]
    if not found:
        return (-1.0, 1.0) if panel.log else (0.0, 1.0)
    low, high = min(float(each.min()) for each in found), max(float(each.max()) for each in found)
    low, high = _with_limits(panel, low, high)
    if panel.log:
        high = min(high, max(map(_height, found)) + DECADES_ABOVE)
    if panel.log:
        return _whole_decades(low, high)
    # What is all one value stands in the middle, with round numbers beside it.
    least = (1.0 if low == high else 1e-3) * max(abs(low), abs(high)) or 1.0
    middle, half = low / 2 + high / 2, max(high / 2 - low / 2, least / 2)
    half *= 1 + 2 * MARGIN
    return max(middle - half, -LIMIT), min(middle + half, LIMIT)


def _shaping(panel: CurvePanel) -> list[Curve]:
    """Return the curves that decide what is shown: on a linear ordinate without those of runs that diverged.

    Of these only the beginning is sure to be shown. Where all diverged, all decide.
    """
    lost = [] if panel.log else [curve for curve in panel.curves if curve.lost]
    if not lost or len(lost) == len(panel.curves):
        return list(panel.curves)
    begins = [replace(curve, values=curve.values[:1]) for curve in lost]
    return [*(curve for curve in panel.curves if not curve.lost), *begins]


def leaves(curve: Curve, panel: CurvePanel, y: Range) -> tuple[int, bool] | None:
    """Return at which step the curve of a run that diverged leaves the panel for good, and whether upwards."""
    if not curve.lost or panel.abscissa is not None:
        return None
    heights = ordinates(curve.values, log=panel.log)
    inside = np.flatnonzero((heights >= y[0]) & (heights <= y[1]))
    after = int(inside[-1]) + 1 if len(inside) else 0
    outside = heights[after:]
    if not len(outside) or not np.isfinite(outside[0]):
        return None
    return after, bool(outside[0] > y[1])


def _landmarks(values: NDArray[np.float64], *, log: bool) -> NDArray[np.float64]:
    """Return the first, lowest, highest and last ordinate of a curve; empty where it has none."""
    values = np.ascontiguousarray(values)
    if not is_whole(values, log=log):
        values = values[usable(values, log=log)]
    if not len(values):
        return np.zeros(0)
    return ordinates(np.array((values[0], values.min(), values.max(), values[-1])), log=log)


def _height(curve: NDArray[np.float64]) -> float:
    """Return how high a curve is but for divergence: its peak if it comes down from it, else where it begins."""
    peak = float(curve.max())
    return peak if curve[-1] < peak - 1.0 else float(curve[0])


def _with_limits(panel: CurvePanel, low: float, high: float) -> Range:
    """Return a range in which the limits are to be seen that the curves come near to."""
    reach = NEAR * (high - min(low, 0.0)) if not panel.log else math.log10(1 + NEAR)
    for curve in panel.curves:
        if curve.limit is not None:
            limits = ordinates(curve.limit, log=panel.log)
            near = limits[(limits >= low - reach) & (limits <= high + reach)]
            low, high = min(low, float(near.min(initial=low))), max(high, float(near.max(initial=high)))
    return low, high


def _whole_decades(low: float, high: float) -> Range:
    """Return a range in steps that it does not change with each little move of a start."""
    step = 0.5 if high - low < 3 else 1.0
    bottom, top = math.floor((low - MARGIN) / step) * step, math.ceil((high + MARGIN) / step) * step
    return bottom, max(top, bottom + step)
