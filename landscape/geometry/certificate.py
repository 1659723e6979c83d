"""The proof that all zeros of a gradient in a box were found: subdivision with rigorous enclosures.

A box is discarded when it is proven to hold no zero: because the gradient's enclosure on it excludes zero, directly
or in mean-value form (Moore 1966, Interval Analysis), or because the Krawczyk operator maps it away from itself. A
zero is proven, and that it is the only one in its box, when the operator

    K(X) = c - Y g(c) + (1 - Y H(X)) (X - c),    Y about H(c)^-1,

maps a box into its own interior (Krawczyk 1969; Moore 1977, "A test for existence of solutions to nonlinear
systems"). All other boxes are cut in two. What is left when every box was decided is a proof by computation: there
are these zeros, and no others.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from flint import arb

from landscape.formula.kinks import JUMP, OUTSIDE, SMOOTH
from landscape.geometry.field import Box, Field, balls, contains

CUT = 0.5073
"""Where a box is cut: off centre, so that zeros at round numbers do not lie on edges."""
FINEST = 2.0**-26
"""Boxes smaller than this part of the domain are not cut further: next to a degenerate zero rounding takes over."""
FINEST_ROUGH = 2.0**-38
"""The same where the surface is not smooth."""
_AROUND = (2.0**-8, 2.0**-13, 2.0**-18, 2.0**-23)
_TINY = 1e-13
_PATIENCE = 1e-3
SLENDER = 16.0
"""A box is not cut to be more slender than this, relative to the domain."""


@dataclass(frozen=True)
class Root:
    """A box with exactly one zero of the gradient, proven, and about where it is."""

    box: Box
    x: float
    y: float


class Search:
    """Cuts, discards and proves, all boxes of a size at a time."""

    def __init__(self, field: Field, domain: Box, boxes: int, seconds: float, cancelled: Callable[[], bool]) -> None:
        self.field = field
        self.domain = domain
        self.open: list[Box] = [domain]
        """What is not decided yet."""
        self.kept: list[Box] = []
        """What is undecided, and too small to be cut."""
        self.flat: list[Box] = []
        """What has no slope at all."""
        self.roots: list[Root] = []
        self.examined = 0
        self.is_exhausted = False
        """Whether boxes or seconds ran out before all was decided, or someone cancelled."""
        self.is_cancelled = False
        self._asked = -math.inf
        self._most = boxes
        self._until = time.perf_counter() + seconds
        self._cancelled = cancelled

    def advance(self) -> None:
        """Examine every open box once; what stays open is smaller than before."""
        boxes, self.open = self.open, []
        for index, box in enumerate(boxes):
            if self.is_spent():
                self.is_exhausted = True
                self.open.extend(boxes[index:])
                return
            self.examined += 1
            self._examine(box)

    def prove_near(self, x: float, y: float) -> bool:
        """Try to prove that there is a single zero in some box around (x, y)."""
        x0, x1, y0, y1 = self.domain
        for part in _AROUND:
            dx, dy = part * (x1 - x0), part * (y1 - y0)
            if self._prove((x - dx, x + dx, y - dy, y + dy), x, y):
                return True
        return False

    def is_spent(self) -> bool:
        """Tell whether boxes or seconds have run out, or someone cancelled; that is asked once a millisecond."""
        now = time.perf_counter()
        if now >= self._asked + _PATIENCE:
            self._asked = now
            self.is_cancelled = self.is_cancelled or self._cancelled()
        return self.examined >= self._most or now > self._until or self.is_cancelled

    def _examine(self, box: Box) -> None:
        x, y = balls(box)
        roughness = self.field.roughness(x, y)
        if roughness == OUTSIDE:
            return
        gx, gy = self.field.signs(x, y)
        if roughness != JUMP and (gx > 0 or gx < 0 or gy > 0 or gy < 0):
            return
        if roughness != JUMP and gx.is_zero() and gy.is_zero():
            self.flat.append(box)
            return
        if roughness != SMOOTH:
            self._cut(box, (1.0, 1.0), FINEST_ROUGH)
            return
        x0, x1, y0, y1 = box
        cx, cy, dx, dy = (x0 + x1) / 2, (y0 + y1) / 2, arb(0, x.rad()), arb(0, y.rad())
        hessian = hxx, hxy, hyy = self.field.hessian(x, y)
        gx, gy = self.field.gradient(arb(cx), arb(cy))
        mx, my = gx + hxx * dx + hxy * dy, gy + hxy * dx + hyy * dy
        if mx > 0 or mx < 0 or my > 0 or my < 0:
            return
        step = krawczyk(cx, cy, (gx, gy), hessian, dx, dy)
        if step is None:
            self._cut(box, _steepness(hessian))
            return
        kx, ky = step
        inner = _meet(box, _bounds(kx, ky))
        if inner is None:
            return
        if kx.rad() < x.rad() and ky.rad() < y.rad() and self._prove(inner, float(kx.mid()), float(ky.mid())):
            return
        if _area(inner) < 0.6 * _area(box):
            self.open.append(inner)
        else:
            self._cut(inner, _steepness(hessian))

    def _prove(self, box: Box, px: float, py: float) -> bool:
        """Try to prove a single zero in a box around (px, py) that holds ``box``; the zero may lie beside ``box``."""
        x0, x1, y0, y1 = box
        if not (math.isfinite(px) and math.isfinite(py)):
            return False
        tiny_x, tiny_y = (_TINY * (self.domain[i + 1] - self.domain[i]) for i in (0, 2))
        rx = 1.05 * max(x1 - px, px - x0) + tiny_x + _TINY * abs(px)
        ry = 1.05 * max(y1 - py, py - y0) + tiny_y + _TINY * abs(py)
        around = (px - rx, px + rx, py - ry, py + ry)
        dx, dy = arb(0, rx), arb(0, ry)
        x, y = arb(px) + dx, arb(py) + dy
        if not contains(self.field.reach, around) or self.field.roughness(x, y) != SMOOTH:
            return False
        slope = self.field.gradient(arb(px), arb(py))
        step = krawczyk(px, py, slope, self.field.hessian(x, y), dx, dy)
        if step is None or not (x.contains_interior(step[0]) and y.contains_interior(step[1])):
            return False
        self.roots.append(Root(around, float(step[0].mid()), float(step[1].mid())))
        return True

    def _cut(self, box: Box, steep: tuple[float, float], finest: float = FINEST) -> None:
        """Cut ``box`` in two along the side that contributes most to the gradient's width."""
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


def krawczyk(
    cx: arb | float,
    cy: arb | float,
    gradient: tuple[arb, arb],
    hessian: tuple[arb, arb, arb],
    dx: arb,
    dy: arb,
) -> tuple[arb, arb] | None:
    """Return K(X) for X = c + (dx, dy), the ``gradient`` at c and the ``hessian`` on X; None where it is singular."""
    hxx, hxy, hyy = hessian
    a, b, d = float(hxx.mid()), float(hxy.mid()), float(hyy.mid())
    determinant = a * d - b * b
    if not abs(determinant) > 1e-14 * (a * d + b * b if a * d > 0 else b * b - a * d):
        return None
    ixx, ixy, iyy = d / determinant, -b / determinant, a / determinant
    gx, gy = gradient
    return (
        cx - (ixx * gx + ixy * gy) + (1 - (ixx * hxx + ixy * hxy)) * dx - (ixx * hxy + ixy * hyy) * dy,
        cy - (ixy * gx + iyy * gy) - (ixy * hxx + iyy * hxy) * dx + (1 - (ixy * hxy + iyy * hyy)) * dy,
    )


def _steepness(hessian: tuple[arb, arb, arb]) -> tuple[float, float]:
    """Return how much the gradient changes along x and along y, at most."""
    xx, xy, yy = (float(part.abs_upper()) for part in hessian)
    steep = xx + xy, xy + yy
    return steep if all(map(math.isfinite, steep)) else (1.0, 1.0)


def _bounds(x: arb, y: arb) -> tuple[float, float, float, float]:
    """Return the box of two balls, rounded outwards."""
    return (
        math.nextafter(float(x.lower()), -math.inf), math.nextafter(float(x.upper()), math.inf),
        math.nextafter(float(y.lower()), -math.inf), math.nextafter(float(y.upper()), math.inf),
    )  # fmt: skip


def _meet(a: Box, b: Box) -> Box | None:
    """Return what two boxes share; all of ``a`` where ``b`` is not finite."""
    if not all(map(math.isfinite, b)):
        return a
    x0, x1, y0, y1 = max(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), min(a[3], b[3])
    return (x0, x1, y0, y1) if x0 <= x1 and y0 <= y1 else None


def _area(box: Box) -> float:
    return (box[1] - box[0]) * (box[3] - box[2])
