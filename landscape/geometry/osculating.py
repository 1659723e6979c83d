"""The osculating paraboloid at a point: Taylor's polynomial of second order, its axes, and how far it can be trusted.

With the gradient g and the Hessian H at p it is q(p + d) = f(p) + g·d + ½ dᵀHd; without the last part it is the tangent
plane. The *trusted disc* around p is the largest on which, as on every smaller one,

    max |f - q|  ≤  10 % of (max f - min f),

both taken over the disc: the paraboloid is off by a tenth of what the surface does there at the most. So its radius has
no unit but that of the plane, and does not change when f is multiplied by a number or raised by one.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError
from landscape.geometry.curvature import PIECE, Pair, eigenpairs, hessians
from landscape.geometry.quadratic import curvatures

SHARE = 0.1
"""Part of the variation of f on the disc that the paraboloid may be off by."""
DIRECTIONS = 64
"""So many points of each circle are looked at, four of them on the axes of the Hessian."""
RATIO = 1.05
"""Each circle is so many times as large as the one before."""
NEAREST = 1e-4
"""The first circle, in parts of the reach: where the paraboloid is no good even there, nothing is trusted."""
FINER = 32
"""Circles between the last that holds and the first that does not, twice over."""
TOGETHER = 64
"""So many circles are looked at before it is asked whether that is enough."""
ROUNDING = 32 * float(np.finfo(np.float64).eps)
"""What differences of values are off by at the most, in parts of the values."""

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Osculation:
    """What the surface is like at a point, up to second order."""

    point: Pair
    value: float
    gradient: Pair
    """NaN where there is none."""
    hessian: tuple[float, float, float]
    """The second derivatives xx, xy, yy; NaN where there are none."""
    eigenvalues: Pair
    """Of the Hessian, the smaller first."""
    axes: tuple[Pair, Pair]
    """The unit eigenvectors, in the order of the eigenvalues."""
    radius: float = field(default=math.nan)
    """Of the trusted disc: 0 where there is none, infinite where the surface is the paraboloid; NaN if not computed."""
    reach: float = math.inf
    """The largest radius that was looked at: a disc of it covers the whole domain."""

    def plane(self, x: Array, y: Array) -> Array:
        """Return the tangent plane at (x, y); they broadcast."""
        gx, gy = self.gradient
        heights: Array = self.value + gx * (x - self.point[0]) + gy * (y - self.point[1])
        return heights

    def paraboloid(self, x: Array, y: Array) -> Array:
        """Return the osculating paraboloid at (x, y); they broadcast."""
        dx, dy = x - self.point[0], y - self.point[1]
        xx, xy, yy = self.hessian
        heights: Array = self.plane(x, y) + (xx / 2 * dx * dx + xy * dx * dy + yy / 2 * dy * dy)
        return heights


def osculation(surface: Surface, point: Pair) -> Osculation:
    """Return the osculating paraboloid of ``surface`` at ``point``, without its trusted disc."""
    entries = hessians(surface, np.array([point], dtype=np.float64))[0].tolist()
    try:
        gx, gy = (float(part) for part in surface.gradient(*point))
    except InputError:
        gx = gy = math.nan
    nothing = (math.nan, math.nan), ((math.nan, math.nan), (math.nan, math.nan))
    values, axes = eigenpairs(*entries) if all(map(math.isfinite, entries)) else nothing
    return Osculation(
        point=point,
        value=float(surface.value(*point)),
        gradient=(gx, gy),
        hessian=tuple(entries),
        eigenvalues=values,
        axes=axes,
    )


def reach(surface: Surface, point: Pair) -> float:
    """Return how far the farthest corner of the domain is from ``point``."""
    (left, right), (low, high) = surface.domain
    return max(math.dist(point, (x, y)) for x in (left, right) for y in (low, high))


def trusted_radius(surface: Surface, of: Osculation) -> float:
    """Return the radius of the disc around the point on which the paraboloid can be trusted.

    Infinite where the formula says that the surface is quadratic. Elsewhere the surface is sampled in ``DIRECTIONS``
    points on each of 190 circles, from ``NEAREST`` of the reach to the reach itself (the farthest corner of the
    domain), each ``RATIO`` times as large as the one before, and on ``FINER``² more where it first fails: what lies
    between two circles or two directions is not seen. The radius of what is seen is right to 5e-5 of itself. It is the
    reach where nothing fails, and 0 where it fails at once, as on a kink or where there is no Hessian. A disc has no
    point at which the surface is not finite.
    """
    if not np.isfinite((of.value, *of.gradient, *of.hessian)).all():
        return 0.0
    if curvatures(surface) is not None:
        return math.inf
    most = reach(surface, of.point)
    count = math.ceil(-math.log(NEAREST) / math.log(RATIO)) + 1
    disc = _Disc(surface, of)
    inner, outer = disc.grown(most * np.geomspace(NEAREST, 1.0, count))
    if inner == 0.0 or outer is None:
        return inner
    for _ in range(2):
        inner, outer = disc.grown(np.linspace(inner, outer, FINER + 1)[1:])
        if outer is None:
            break
    return inner


class _Disc:
    """A disc that grows while the paraboloid holds on it, with what has been seen of the surface there."""

    def __init__(self, surface: Surface, of: Osculation) -> None:
        self._surface, self._of = surface, of
        turn = math.atan2(of.axes[0][1], of.axes[0][0])
        angles = turn + 2 * math.pi * np.arange(DIRECTIONS) / DIRECTIONS
        self._directions = np.cos(angles), np.sin(angles)
        self._inner = 0.0
        self._low = self._high = of.value
        self._error = 0.0
        steep = math.hypot(*of.gradient) * max(map(abs, of.point))
        self._noise = ROUNDING * steep
        """What rounding of the places makes of the values."""

    def grown(self, radii: Array) -> tuple[float, float | None]:
        """Grow along ``radii``; return the last that holds, and the first that does not or None."""
        together = min(TOGETHER, max(1, PIECE // (max(1, self._surface.rows) * DIRECTIONS)))
        for first in range(0, len(radii), together):
            outer = self._take(radii[first : first + together])
            if outer is not None:
                return self._inner, outer
        return self._inner, None

    def _take(self, radii: Array) -> float | None:
        """Grow to the largest of some radii that holds; return the first that does not, None where all do."""
        with np.errstate(all="ignore"):
            x, y = (
                place + radii[:, None] * direction
                for place, direction in zip(self._of.point, self._directions, strict=True)
            )
            values = self._surface.value(x, y)
            off = np.abs(values - self._of.paraboloid(x, y)).max(axis=1)
            error = np.maximum(np.maximum.accumulate(off), self._error)
            low = np.minimum(np.minimum.accumulate(values.min(axis=1)), self._low)
            high = np.maximum(np.maximum.accumulate(values.max(axis=1)), self._high)
            rounded = self._noise + ROUNDING * np.maximum(np.abs(low), np.abs(high))
            holds = np.isfinite(error) & (error <= SHARE * (high - low) + rounded)
        holding = len(radii) if holds.all() else int(np.argmin(holds))
        if holding:
            last = holding - 1
            self._inner, self._error = float(radii[last]), float(error[last])
            self._low, self._high = float(low[last]), float(high[last])
        return float(radii[holding]) if holding < len(radii) else None
