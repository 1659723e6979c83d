"""Winding number of a gradient along a rectangle, proven: the sum of the indices of the zeros inside."""

import math
import time
from itertools import pairwise

from flint import arb

from landscape.formula.kinks import KINK
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.enclosure import Enclosure, balls

_FINEST = 2.0**-40


def winding_number(enclosure: Enclosure, rectangle: Box, seconds: float = 1.0) -> int | None:
    """Return the winding number of the gradient along the border of ``rectangle``, counter-clockwise.

    It equals the sum of the indices of the zeros inside: +1 for each minimum and maximum, -1 for each saddle
    (Poincaré-Hopf). The border is cut until on each piece the enclosure of the gradient keeps the sign of a component,
    so that the gradient turns by less than half a turn: the number is proven. On a kink the enclosure holds the whole
    generalized gradient.

    Returns:
        None where the gradient vanishes on the border, or is not known well enough, or jumps through zero, or where
        more than ``seconds`` would be needed.
    """
    x0, x1, y0, y1 = rectangle
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
    pending = [(a, b, 1.0) for a, b in pairwise(corners)]
    turned = 0.0
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        if not pending:
            return round(turned / (2 * math.pi)) if math.isfinite(turned) else None
        start, end, part = pending.pop()
        turn = _turn(enclosure, start, end)
        if turn is not None:
            turned += turn
        elif part < _FINEST:
            return None
        else:
            middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
            pending += ((start, middle, part / 2), (middle, end, part / 2))
    return None


def _turn(enclosure: Enclosure, start: tuple[float, float], end: tuple[float, float]) -> float | None:
    """Return the angle by which the gradient turns between two points; None where no half-plane is seen to hold it."""
    x, y = balls((min(start[0], end[0]), max(start[0], end[0]), min(start[1], end[1]), max(start[1], end[1])))
    if enclosure.roughness(x, y) > KINK:
        return None
    turned = _half_plane(*enclosure.signs(x, y))
    if turned is None and enclosure.roughness(x, y) < KINK:
        cx, cy = arb((start[0] + end[0]) / 2), arb((start[1] + end[1]) / 2)
        (sx, sy), (xx, xy, yy) = enclosure.gradient(cx, cy), enclosure.hessian(x, y)
        dx, dy = x - cx, y - cy
        turned = _half_plane(sx + xx * dx + xy * dy, sy + xy * dx + yy * dy)
    if turned is None:
        return None
    cos, sin = turned
    first, last = (_angle(enclosure, point, cos, sin) for point in (start, end))
    return last - first


def _angle(enclosure: Enclosure, point: tuple[float, float], cos: int, sin: int) -> float:
    """Return the angle from (cos, sin) to the gradient, NaN where that is lost; by balls, which hardly underflow."""
    gx, gy = enclosure.gradient(arb(point[0]), arb(point[1]))
    if 0 in gx and 0 in gy:
        return math.nan
    return float(arb.atan2(cos * gy.mid() - sin * gx.mid(), cos * gx.mid() + sin * gy.mid()).mid())


def _half_plane(gx: arb, gy: arb) -> tuple[int, int] | None:
    """Return the direction whose open half-plane holds all of (gx, gy)."""
    if gx > 0 or gx < 0:
        return (1, 0) if gx > 0 else (-1, 0)
    if gy > 0 or gy < 0:
        return (0, 1) if gy > 0 else (0, -1)
    return None
