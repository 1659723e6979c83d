"""The proof that a box holds a single zero of the gradient: the test of Krawczyk, in interval arithmetic.

A zero is proven, and that it is the only one in its box, when the operator

    K(X) = c - Y g(c) + (1 - Y H(X)) (X - c),    Y about H(c)^-1,

maps a box into its own interior (Krawczyk 1969; Moore 1977, "A test for existence of solutions to nonlinear
systems").
"""

import math
from dataclasses import dataclass

from flint import arb

from landscape.formula.enclosures import ONE
from landscape.formula.kinks import SMOOTH
from landscape.geometry.critical.boxes import Box, contains
from landscape.geometry.critical.enclosure import Enclosure
from landscape.geometry.curvature import Pair
from landscape.geometry.newton import newton_step

_AROUND = (2.0**-8, 2.0**-13, 2.0**-18, 2.0**-23, 2.0**-30, 2.0**-37)
_POLISHING = 4
_TINY = 1e-13
_LEAST, _MOST = 1e-100, 1e100
"""Between these the Hessian's products neither vanish nor overflow."""
_SURELY = 1 + 2.0**-20
"""More than rounding."""


@dataclass(frozen=True)
class Zero:
    """A box with exactly one zero of the gradient, proven, and about where it is."""

    box: Box
    x: float
    y: float


def proven_zero(enclosure: Enclosure, domain: Box, box: Box, place: Pair) -> Zero | None:
    """Try to prove a single zero in a box around ``place`` that holds ``box``; the zero may lie beside ``box``."""
    (x0, x1, y0, y1), (px, py) = box, place
    if not (math.isfinite(px) and math.isfinite(py)):
        return None
    tiny_x, tiny_y = (_TINY * (domain[i + 1] - domain[i]) for i in (0, 2))
    rx = 1.05 * max(x1 - px, px - x0) + tiny_x + _TINY * abs(px)
    ry = 1.05 * max(y1 - py, py - y0) + tiny_y + _TINY * abs(py)
    around = (px - rx, px + rx, py - ry, py + ry)
    dx, dy = arb(0, rx), arb(0, ry)
    x, y = arb(px) + dx, arb(py) + dy
    if not contains(enclosure.reach, around) or enclosure.roughness(x, y) != SMOOTH:
        return None
    step = krawczyk(px, py, enclosure.gradient(arb(px), arb(py)), enclosure.hessian(x, y), dx, dy)
    if step is None or not (x.contains_interior(step[0]) and y.contains_interior(step[1])):
        return None
    return Zero(around, float(step[0]), float(step[1]))


def proven_zero_near(enclosure: Enclosure, domain: Box, place: Pair) -> Zero | None:
    """Try to prove that there is a single zero in some box around a place near ``place``, the largest first."""
    x, y = (float(part) for part in newton(enclosure, arb(place[0]), arb(place[1]), (0.0, 0.0), _POLISHING))
    x0, x1, y0, y1 = domain
    if not (x0 <= x <= x1 and y0 <= y <= y1) or _may_be_singular(enclosure, domain, (x, y)):
        return None
    for part in _AROUND:
        dx, dy = part * (x1 - x0), part * (y1 - y0)
        zero = proven_zero(enclosure, domain, (x - dx, x + dx, y - dy, y + dy), (x, y))
        if zero is not None:
            return zero
    return None


def _may_be_singular(enclosure: Enclosure, domain: Box, place: Pair) -> bool:
    """Tell whether the Hessian may be singular in the smallest box around a place, as on a curve of zeros."""
    (x, y), (x0, x1, y0, y1), part = place, domain, _AROUND[-1]
    xx, xy, yy = enclosure.hessian(arb(x, part * (x1 - x0)), arb(y, part * (y1 - y0)))
    determinant = xx * yy - xy * xy
    return not (determinant > 0 or determinant < 0)


def newton(enclosure: Enclosure, x: arb, y: arb, enough: Pair, rounds: int = 12) -> tuple[arb, arb]:
    """Return where Newton's steps lead, at the current precision; they end when shorter than ``enough``."""
    for _ in range(rounds):
        dx, dy = newton_step(enclosure.gradient(x, y), enclosure.hessian(x, y))
        if not (dx.is_finite() and dy.is_finite()):
            break
        x, y = (x + dx).mid(), (y + dy).mid()
        if abs(dx) < enough[0] and abs(dy) < enough[1]:
            break
    return x, y


def is_hopeless(gradient: tuple[arb, arb], hessian: tuple[arb, arb, arb], rx: float, ry: float) -> bool:
    """Tell whether neither the mean-value form nor Krawczyk's operator will decide anything about a box.

    ``gradient`` is that in the middle, ``rx`` and ``ry`` are the half sides. All is computed in floating point, with
    the midpoints and radii: it saves most of the time of most boxes, and a box that is cut needlessly does no harm.
    """
    hxx, hxy, hyy = hessian
    a, b, d = float(hxx), float(hxy), float(hyy)
    u, v, w = float(hxx.rad()), float(hxy.rad()), float(hyy.rad())
    gx, gy = float(gradient[0]), float(gradient[1])
    determinant, to_x, to_y = abs(a * d - b * b), abs(d * gx - b * gy), abs(a * gy - b * gx)
    a, b, d = abs(a), abs(b), abs(d)
    return (
        _LEAST < a + b + d < _MOST
        and _SURELY * abs(gx) < (a + u) * rx + (b + v) * ry
        and _SURELY * abs(gy) < (b + v) * rx + (d + w) * ry
        and _SURELY * (to_x + determinant * rx) < (d * u + b * v) * rx + (d * v + b * w) * ry
        and _SURELY * (to_y + determinant * ry) < (b * u + a * v) * rx + (b * v + a * w) * ry
    )


def _rescaled(
    cx: arb | float, cy: arb | float, gradient: tuple[arb, arb], hessian: tuple[arb, arb, arb], dx: arb, dy: arb
) -> tuple[arb, arb] | None:
    """Return the same for a surface that is so high or so low that products of its Hessian are no ordinary numbers."""
    size = sum(abs(part.mid()) for part in hessian)
    if not (size > 0 and size.is_finite()):
        return None
    (gx, gy), (hxx, hxy, hyy) = gradient, hessian
    return krawczyk(cx, cy, (gx / size, gy / size), (hxx / size, hxy / size, hyy / size), dx, dy)


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
    a, b, d = float(hxx), float(hxy), float(hyy)
    if not _LEAST < abs(a) + abs(b) + abs(d) < _MOST:
        return _rescaled(cx, cy, gradient, hessian, dx, dy)
    determinant = a * d - b * b
    if not abs(determinant) > 1e-14 * (a * d + b * b if a * d > 0 else b * b - a * d):
        return None
    ixx, ixy, iyy = arb(d / determinant), arb(-b / determinant), arb(a / determinant)
    gx, gy = gradient
    return (
        cx - (ixx * gx + ixy * gy) + (ONE - (ixx * hxx + ixy * hxy)) * dx - (ixx * hxy + ixy * hyy) * dy,
        cy - (ixy * gx + iyy * gy) - (ixy * hxx + iyy * hxy) * dx + (ONE - (ixy * hxy + iyy * hyy)) * dy,
    )
