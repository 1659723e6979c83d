"""From values to shades and contour lines: which part of the colour scale each height gets.

Rosenbrock's valley is 1 deep in a picture 2,500 high: coloured evenly, it is one dark field. A *scale* is a monotone
map of the values to [0, 1] that spreads the colours; contour levels are taken where they look even on that scale.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.geometry.ticks import multiples, nearest_step, roundest

Scale: TypeAlias = Literal["linear", "log", "quantile"]
LevelScale: TypeAlias = Literal["auto", "linear", "log", "quantile"]

SAMPLES = 20_000
"""The spread of the values is judged by about so many of them."""
QUANTILES = 257
SHARE = 0.15
"""Automatic: the lower half of the picture, and all of it but its extremes, must each get this share of the shades."""
EXTREMES = 5
"""Of ``QUANTILES``, at either end: 2 % of the picture."""
RESOLUTION = 1e-15
"""The logarithmic scale tells values apart down to this part of their range."""
LARGEST = 1e300
"""What is larger counts as infinite: differences of such numbers overflow."""
FLAT = 1e-13
"""Relative differences below this are rounding, not a slope."""
NEAR = 4e-3
"""Of the shades, within which a slope is measured: the quantiles lie so close to each other."""
MARKS = 5
STEPS = (1.0, 2.0, 2.5, 5.0)
"""Between two levels on the linear scale, times a power of ten."""


@dataclass(frozen=True)
class Spread:
    """A strictly increasing map of [low, high] to [0, 1], and its inverse."""

    shade: Callable[[NDArray[np.float64]], NDArray[np.floating]]
    value: Callable[[NDArray[np.float64]], NDArray[np.float64]]
    exact: Callable[[NDArray[np.float64]], NDArray[np.float64]] | None = None
    """The map in double precision, and increasing beyond both ends, too; None: ``shade`` is that."""

    def shades(self, values: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return shades in [0, 1], of any values: NaN where they are not finite, or too large to be compared."""
        with np.errstate(all="ignore"):
            shades = np.clip(self.shade(values), 0.0, 1.0)
        return np.where(np.abs(values) < LARGEST, shades, np.nan).astype(np.float32)

    def heights(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the shades in double precision, those of values beyond both ends beyond [0, 1]; NaN stays NaN."""
        with np.errstate(all="ignore"):
            return np.asarray((self.exact or self.shade)(values), np.float64)

    def marks(self, first: float, last: float, count: int) -> dict[float, float]:
        """Return about ``count`` round values between two heights, by the height of each, apart from each other.

        Where heights are those of no number that can be compared, there are none.
        """
        edges = first + (last - first) * (np.arange(2 * count) + 0.5) / (2 * count)
        with np.errstate(over="ignore"):
            pairs = self.value(np.maximum(edges, 0.0)).reshape(count, 2)
        found = np.array([roundest(*pair) for pair in pairs[(np.abs(pairs) < LARGEST).all(axis=1)].tolist()])
        marks = zip(self.heights(found).tolist(), found.tolist(), strict=True)
        return {height: value for height, value in marks if first <= height <= last}

    def slopes(self, shades: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return how fast the shade grows with the value, where it is ``shades``: the mean over ``NEAR`` around it."""
        low, high = np.clip(shades - NEAR, 0.0, 1.0).astype(np.float64), np.clip(shades + NEAR, 0.0, 1.0)
        with np.errstate(all="ignore"):
            return np.asarray((high - low) / (self.value(high) - self.value(low)))


@dataclass(frozen=True, kw_only=True, eq=False)
class Shading:
    """How a grid of values is coloured."""

    values: NDArray[np.float64]
    """Those that were given: the same array."""
    shade: NDArray[np.float32]
    """Same shape as the values, in [0, 1], monotone in them; NaN where they are not finite. Read-only."""
    levels: NDArray[np.float64]
    """Contour levels, strictly increasing, inside the range of the values; empty for a constant. Read-only."""
    ticks: tuple[tuple[float, float], ...]
    """Marks of the colour bar: (shade, value), both increasing."""
    scale: Scale
    """What was chosen."""
    spread: "Spread"
    """The map of values to shades."""


def shading(values: NDArray[np.float64], scale: LevelScale = "auto", count: int = 12) -> Shading:
    """Return the shades, contour levels and marks of a grid of values.

    Args:
        values: Any shape; NaN and what is beyond ``LARGEST`` are left out.
        scale: ``linear``: in proportion to the value. ``log``: in proportion to log(1 + (value - least)/offset), for
            what is steep. ``quantile``: every shade covers the same area. ``auto``: the first of these that gives the
            lower half of the picture its share of the shades.
        count: About how many contour levels.
    """
    finite = np.abs(values) < LARGEST
    whole = bool(finite.all())
    used = values.ravel() if whole else values[finite]
    low, high = (float(used.min()), float(used.max())) if used.size else (0.0, 0.0)
    if high - low <= max(FLAT * max(abs(low), abs(high)), 1.0 / LARGEST):
        return _flat(values, finite, low)
    ordered = _quantiles(used[:: max(1, used.size // SAMPLES)])
    ordered[0], ordered[-1] = low, high
    chosen = _choose(ordered) if scale == "auto" else scale
    made = _MAPS[chosen](ordered)
    with np.errstate(all="ignore"):
        shade = np.clip(made.shade(values), 0.0, 1.0).astype(np.float32)
    if not whole:
        shade[~finite] = np.nan
    marks = _round_values(made, chosen, low, high, MARKS)
    places = made.shade(marks)
    return Shading(
        values=values,
        shade=_fixed(shade),
        levels=_fixed(_round_values(made, chosen, low, high, count)),
        ticks=tuple(zip(np.clip(places, 0.0, 1.0).tolist(), marks.tolist(), strict=True)),
        scale=chosen,
        spread=made,
    )


def contour_lines(
    values: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64], levels: NDArray[np.float64]
) -> list[tuple[float, NDArray[np.float64]]]:
    """Return for each level its line, (k, 2) float64, read-only, a row of NaN between two pieces.

    Args:
        values: (rows, columns) at the points (x[column], y[row]); no line touches what is not finite.
        x: (columns,), increasing.
        y: (rows,), increasing.
        levels: Increasing. Those without a line are left out.
    """
    from contourpy import LineType, contour_generator

    if min(values.shape) < 2:
        return []
    masked = np.ma.masked_invalid(values)
    generator = contour_generator(x, y, masked, name="serial", line_type=LineType.ChunkCombinedNan)
    lines = ((float(level), generator.lines(float(level))[0][0]) for level in levels)
    return [(level, _fixed(points)) for level, points in lines if points is not None and len(points) > 1]


def _quantiles(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``QUANTILES`` evenly spaced quantiles, as ``np.quantile`` does, which loads masked arrays first: 15 ms."""
    places = np.linspace(0.0, values.size - 1.0, QUANTILES)
    return np.asarray(np.interp(places, np.arange(values.size), np.sort(values)))


def _choose(ordered: NDArray[np.float64]) -> Scale:
    """Return the first scale on which neither steep walls nor poles leave the picture without shades."""
    scales: tuple[Scale, ...] = ("linear", "log")
    for scale in scales:
        shade = _MAPS[scale](ordered).shade(ordered)
        if shade[QUANTILES // 2] >= SHARE and shade[-EXTREMES - 1] - shade[EXTREMES] >= SHARE:
            return scale
    return "quantile"


def _linear(ordered: NDArray[np.float64]) -> Spread:
    low, span = float(ordered[0]), float(ordered[-1] - ordered[0])
    return Spread(lambda value: (value - low) / span, lambda shade: low + shade * span)


def _log(ordered: NDArray[np.float64]) -> Spread:
    """Return the logarithmic map; its offset is where the lowest hundredth of the picture ends."""
    low, span = float(ordered[0]), float(ordered[-1] - ordered[0])
    offset = max(float(ordered[QUANTILES // 100]) - low, RESOLUTION * span)
    top = math.log1p(span / offset)

    def exact(value: NDArray[np.float64]) -> NDArray[np.float64]:
        parts = (value - low) / offset
        return np.asarray(np.where(parts < 0.0, parts, np.log1p(parts)) / top)  # Below the least, straight on.

    def shade(value: NDArray[np.float64]) -> NDArray[np.floating]:
        # Single precision is enough for a shade, and its logarithm several times faster.
        return np.asarray(np.log1p(((value - low) / offset).astype(np.float32)) / np.float32(top))

    return Spread(shade, lambda place: np.asarray(low + offset * np.expm1(place * top)), exact)


def _quantile(ordered: NDArray[np.float64]) -> Spread:
    knots, first = np.unique(ordered, return_index=True)
    places = np.linspace(0.0, 1.0, QUANTILES)[first]
    places[-1] = 1.0
    low, span = float(knots[0]), float(knots[-1] - knots[0])

    def exact(value: NDArray[np.float64]) -> NDArray[np.float64]:
        inside = np.clip(value, low, low + span)
        return np.asarray(np.interp(inside, knots, places) + (value - inside) / span)

    return Spread(lambda value: np.interp(value, knots, places), lambda shade: np.interp(shade, places, knots), exact)


_MAPS: dict[Scale, Callable[[NDArray[np.float64]], Spread]] = {"linear": _linear, "log": _log, "quantile": _quantile}


def _round_values(made: Spread, scale: Scale, low: float, high: float, count: int) -> NDArray[np.float64]:
    """Return about ``count`` round values, strictly increasing, strictly between ``low`` and ``high``.

    On the linear scale they are evenly spaced, so that close lines mean a steep slope; on the others they are the
    roundest numbers near evenly spaced shades.
    """
    if scale == "linear":
        found = np.array(multiples(nearest_step((high - low) / (count + 1), STEPS), low, high))
    else:
        edges = np.clip(made.value((np.arange(2 * count) + 0.5) / (2 * count)), low, high).reshape(count, 2)
        found = np.array([roundest(float(first), float(last)) for first, last in edges])
    # Not np.unique, which loads masked arrays first: 8 ms before the first picture.
    return np.array(sorted(set(found[(found > low) & (found < high)].tolist())))


def _flat(values: NDArray[np.float64], finite: NDArray[np.bool_], value: float) -> Shading:
    """Return the shading of a grid that is the same everywhere, or finite nowhere."""
    shade = np.where(finite, np.float32(0.5), np.float32(np.nan))
    return Shading(
        values=values,
        shade=_fixed(shade),
        levels=_fixed(np.empty(0)),
        ticks=((0.5, value),),
        scale="linear",
        spread=Spread(lambda given: np.full(np.shape(given), 0.5), lambda given: np.full(np.shape(given), value)),
    )


def _fixed(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array
