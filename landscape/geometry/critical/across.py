"""What a formula does across a line on which it may jump: its limits from both sides, seen from very near."""

from typing import Literal, TypeAlias

from flint import arb

from landscape.formula.balls import precision
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.enclosure import Edge, Enclosure
from landscape.geometry.curvature import Pair

Limits: TypeAlias = Literal["pole", "jump", "closed"]

_BITS = 900
_DISTANCES = ("1e-20", "1e-40", "1e-80")
"""From the line, in parts of the domain. A logarithm grows by as much from each to the next as before, or more."""
_ROUNDS = 320
_ENOUGH = arb("1e-120")
_NEAR = arb("1e-60")
"""Newton's steps have led to a line when the last one was not longer than this part of the domain."""
_OBLIQUE = arb(0.6), arb(0.8)
"""Where the function that is 0 on a line has no slope."""
_SETTLES = 0.5
_SAME = arb("1e-12")
"""Limits that differ by less than this part of an ordinary difference of values are one."""


def limits_across(enclosure: Enclosure, edge: Edge, domain: Box, place: Pair, spread: float) -> Limits | None:
    """Tell whether there is no limit at a point near ``place`` on a line, or another one on each side, or the same.

    None where the line is not found, or the formula is undefined on both sides. ``spread`` is an ordinary difference
    of values. This is seen, not proven.
    """
    with precision(_BITS):
        size = arb(min(domain[1] - domain[0], domain[3] - domain[2]))
        point = _onto(edge, place, size)
        if point is None:
            return None
        x, y, nx, ny = point
        ends = []
        for side in (1, -1):
            steps = (side * size * arb(distance) for distance in _DISTANCES)
            values = [enclosure.value(x + step * nx, y + step * ny) for step in steps]
            if not all(value.is_finite() for value in values):
                continue
            first, second = abs(values[1] - values[0]), abs(values[2] - values[1])
            if second > _SETTLES * first and second > 0:
                return "pole"
            ends.append(values[2])
    if not ends:
        return None
    return "jump" if len(ends) == 2 and abs(ends[0] - ends[1]) > _SAME * arb(spread) else "closed"


def point_on(edge: Edge, domain: Box, place: Pair) -> Pair | None:
    """Return the point on a line to which Newton's steps lead from ``place``, to the last digit of a number.

    In these digits alone there would be half of them, where a function touches 0 on the line without crossing it.
    """
    with precision(_BITS):
        point = _onto(edge, place, arb(min(domain[1] - domain[0], domain[3] - domain[2])))
        return None if point is None else (float(point[0]), float(point[1]))


def _onto(edge: Edge, place: Pair, size: arb) -> tuple[arb, arb, arb, arb] | None:
    """Return the point on the line to which Newton's steps lead from ``place``, and the unit normal there.

    None where they do not: an enclosure may be too wide to tell that there is no line.
    """
    x, y = map(arb, place)
    normal, step = None, size
    for _ in range(_ROUNDS):
        value, gx, gy = (part.mid() for part in edge(x, y))
        steep = gx * gx + gy * gy
        if value.is_zero():
            normal, step = normal or _OBLIQUE, value
        if not (steep > 0 and steep.is_finite() and value.is_finite()):
            break
        length = steep.sqrt()
        normal, step = (gx / length, gy / length), abs(value) / length
        x, y = (x - value * gx / steep).mid(), (y - value * gy / steep).mid()
        if step < _ENOUGH * size:
            break
    return (x, y, normal[0].mid(), normal[1].mid()) if normal is not None and step < _NEAR * size else None
