"""Subdivision, or branch and prune: a domain is cut into boxes until each is shown to hold no critical point, or one.

A box is discarded when it is proven to hold no zero of the gradient: because the gradient's enclosure on it excludes
zero, directly or in mean-value form (Moore 1966, Interval Analysis), or because the Krawczyk operator maps it away from
itself. A zero is :mod:`proof`'s. All other boxes are cut in two. What is left when every box was decided is a proof by
computation: there are these zeros, and no others.
"""

import math
from typing import TypeAlias

from flint import arb

from landscape.formula.enclosures import ZERO
from landscape.formula.kinks import JUMP, OUTSIDE, SMOOTH
from landscape.geometry.critical.boxes import Box, area, intersection
from landscape.geometry.critical.enclosure import Enclosure, balls
from landscape.geometry.critical.limits import Spent
from landscape.geometry.critical.proof import Zero, is_hopeless, krawczyk, proven_zero
from landscape.geometry.curvature import Pair

CUT = 0.5073
"""Where a box is cut: off centre, so that zeros at round numbers do not lie on edges."""
FINEST = 2.0**-26
"""Boxes smaller than this part of the domain are not cut further: next to a degenerate zero rounding takes over."""
FINEST_ROUGH = 2.0**-38
"""The same where the surface is not smooth."""
SLENDER = 16.0
"""A box is not cut to be more slender than this, relative to the domain."""


_Pair: TypeAlias = tuple[arb, arb]
_Hessian: TypeAlias = tuple[arb, arb, arb]


class Subdivision:
    """Cuts, discards and proves, all boxes of a size at a time."""

    def __init__(self, enclosure: Enclosure, domain: Box, boxes: int, finest: float = FINEST) -> None:
        self.enclosure = enclosure
        self.domain = domain
        self.finest = finest
        """Boxes smaller than this part of the domain are not cut."""
        self.open: list[Box] = [domain]
        """What is not decided yet."""
        self.kept: list[Box] = []
        """What is undecided, and too small to be cut."""
        self.flat: list[Box] = []
        """What has no slope at all."""
        self.zeros: list[Zero] = []
        self.examined = 0
        self.is_exhausted = False
        """Whether boxes or seconds ran out before all was decided, or someone cancelled."""
        self._most = boxes

    def advance(self) -> None:
        """Examine every open box once; what stays open is smaller than before."""
        boxes, self.open = self.open, []
        for index, box in enumerate(boxes):
            try:
                self._examine(box)
            except Spent:
                self.is_exhausted = True
                self.open.extend(boxes[index:])
                return

    def excludes(self, box: Box) -> bool:
        """Tell whether ``box`` is proven to hold no critical point, without cutting it."""
        x, y = balls(box)
        roughness = self.enclosure.roughness(x, y)
        if roughness in (OUTSIDE, JUMP):
            return roughness == OUTSIDE
        if _has_sign(*self.enclosure.signs(x, y)):
            return True
        if roughness != SMOOTH:
            return False
        return _has_sign(*_mean_value(self._in_the_middle(box), self.enclosure.hessian(x, y), *_half_sides(x, y)))

    def _in_the_middle(self, box: Box) -> _Pair:
        """Return the gradient in the middle of a box."""
        x0, x1, y0, y1 = box
        return self.enclosure.gradient(arb((x0 + x1) / 2), arb((y0 + y1) / 2))

    def _examine(self, box: Box) -> None:
        if self.examined >= self._most:
            raise Spent
        self.examined += 1
        x, y = balls(box)
        roughness = self.enclosure.roughness(x, y)
        if roughness == OUTSIDE:
            return
        slopes = self.enclosure.signs(x, y)
        if roughness != JUMP and _has_sign(*slopes):
            return
        if roughness != JUMP and slopes[0].is_zero() and slopes[1].is_zero():
            self.flat.append(box)
            return
        if roughness != SMOOTH:
            if roughness == JUMP or not self._slopes_along(box, x, y):
                self._cut(box, (1.0, 1.0), FINEST_ROUGH)
            return
        hessian, middle = self.enclosure.hessian(x, y), self._in_the_middle(box)
        if is_hopeless(middle, hessian, (box[1] - box[0]) / 2, (box[3] - box[2]) / 2):
            self._cut(box, _steepness(hessian))
            return
        sides = _half_sides(x, y)
        if not _has_sign(*_mean_value(middle, hessian, *sides)):
            self._contract(box, sides, middle, hessian)

    def _contract(self, box: Box, sides: _Pair, gradient: _Pair, hessian: _Hessian) -> None:
        """Apply the operator of Krawczyk to ``box``: nothing is left, or one zero, or a smaller box, or two."""
        (x0, x1, y0, y1), (dx, dy) = box, sides
        step = krawczyk((x0 + x1) / 2, (y0 + y1) / 2, gradient, hessian, dx, dy)
        if step is None:
            self._cut(box, _steepness(hessian))
            return
        kx, ky = step
        inner = intersection(box, _rounded_outwards(kx, ky))
        if inner is None:
            return
        if kx.rad() < dx.rad() and ky.rad() < dy.rad() and self._prove(inner, (float(kx), float(ky))):
            return
        if area(inner) < 0.6 * area(box):
            self.open.append(inner)
        else:
            self._cut(inner, _steepness(hessian))

    def _slopes_along(self, box: Box, x: arb, y: arb) -> bool:
        """Tell whether in some direction no slope on ``box`` vanishes, none of the generalized gradient's either."""
        enclosure = self.enclosure
        rough = tuple(index for index, state in enumerate(enclosure.states(x, y)) if state != SMOOTH)
        middle = (box[0] + box[1]) / 2, (box[2] + box[3]) / 2
        slopes = (enclosure.along(x, y, direction) for direction in enclosure.tangents(middle, rough))
        return any(slope > 0 or slope < 0 for slope in slopes)

    def _prove(self, box: Box, place: Pair) -> bool:
        return self._keep(proven_zero(self.enclosure, self.domain, box, place))

    def _keep(self, zero: Zero | None) -> bool:
        if zero is not None:
            self.zeros.append(zero)
        return zero is not None

    def _cut(self, box: Box, steep: tuple[float, float], finest: float | None = None) -> None:
        """Cut ``box`` in two along the side that contributes most to the gradient's width."""
        finest = self.finest if finest is None else finest
        x0, x1, y0, y1 = box
        wide = (x1 - x0) / (self.domain[1] - self.domain[0])
        high = (y1 - y0) / (self.domain[3] - self.domain[2])
        if max(wide, high) < finest:
            self.kept.append(box)
            return
        across = steep[0] * (x1 - x0) >= steep[1] * (y1 - y0)
        if wide > SLENDER * high or high > SLENDER * wide:
            across = wide > high
        if across:
            middle = x0 + CUT * (x1 - x0)
            self.open += ((x0, middle, y0, y1), (middle, x1, y0, y1))
        else:
            middle = y0 + CUT * (y1 - y0)
            self.open += ((x0, x1, y0, middle), (x0, x1, middle, y1))


def _has_sign(gx: arb, gy: arb) -> bool:
    """Tell whether one of both is not 0 anywhere."""
    return bool(gx > ZERO or gx < ZERO or gy > ZERO or gy < ZERO)


def _half_sides(x: arb, y: arb) -> _Pair:
    """Return what is added to the middle of a box."""
    return arb(0, x.rad()), arb(0, y.rad())


def _mean_value(gradient: _Pair, hessian: _Hessian, dx: arb, dy: arb) -> _Pair:
    """Return the gradients on all of a box, from that in the middle and the Hessians."""
    (gx, gy), (hxx, hxy, hyy) = gradient, hessian
    return gx + hxx * dx + hxy * dy, gy + hxy * dx + hyy * dy


def _steepness(hessian: _Hessian) -> tuple[float, float]:
    """Return how much the gradient changes along x and along y, at most."""
    hxx, hxy, hyy = hessian
    xx, xy, yy = float(hxx.abs_upper()), float(hxy.abs_upper()), float(hyy.abs_upper())
    along_x, along_y = xx + xy, xy + yy
    return (along_x, along_y) if math.isfinite(along_x) and math.isfinite(along_y) else (1.0, 1.0)


def _rounded_outwards(x: arb, y: arb) -> Box:
    """Return the box of two balls, rounded outwards."""
    return (
        math.nextafter(float(x.lower()), -math.inf), math.nextafter(float(x.upper()), math.inf),
        math.nextafter(float(y.lower()), -math.inf), math.nextafter(float(y.upper()), math.inf),
    )  # fmt: skip
