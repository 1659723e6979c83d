"""Valleys and ridges: curves of critical points, followed by Newton's steps across them (numerical continuation).

The Hessian is singular along such a curve, and the value is the same all along it.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from dataclasses import field as made_of
from functools import cached_property
from typing import TypeAlias

import numpy as np
from flint import arb
from numpy.typing import NDArray

from landscape.formula.balls import precision
from landscape.geometry.clusters import neighbourhood
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.enclosure import Enclosure
from landscape.geometry.critical.points import Flat, Kind, Valley
from landscape.geometry.curvature import eigenpairs
from landscape.geometry.newton import step_along

Point: TypeAlias = tuple[float, float]

STEPS = 256
"""Points of a curve for the width of the domain."""
_LONGEST = 40 * STEPS
_STRAIGHT = 0.97
"""Cosine of how much a curve turns in a step: where it turns by more, steps are shorter, lest they change to another
curve."""
_CROSSING = 0.7
"""Where it turns by more at once, another curve is crossed."""
_FLAT = 1e-10
"""A gradient of this part of the typical one is zero."""
_ROUNDING = 1e-13
"""A gradient that a shift by this part of the domain would make is zero."""
_BESIDE = 1e-6
"""A curve is within this part of the domain from where it was found."""
_SINGULAR = 1e-5
"""A Hessian is singular where its eigenvalues have this ratio."""
_ASIDE = (2e-3, 2e-4, 2e-5)
"""So far to both sides of a curve, in parts of the domain, it is looked whether the surface rises: nearer where another
curve is near."""
_LOOKS = 48
"""Points of a curve from which it is looked aside."""
_BITS = 120
_MANY_BITS = 240
_CHECKS = 3
"""So many points of a curve, about, are held against many digits."""
_STEPS_ACROSS = 240
"""On a valley of fourth order each step across leaves two thirds of the way."""
_EXACT = arb("1e-30")
_SAME = 1e-9
"""Curves whose values differ by this part of an ordinary difference, or less, are told together."""


@dataclass(kw_only=True)
class Tracer:
    """Finds curves of critical points from points near them, and remembers where they run."""

    enclosure: Enclosure
    domain: Box
    measured: Callable[[], float]
    """Returns the length of an ordinary gradient on the domain."""
    curves: list[list[Point]] = made_of(default_factory=list)
    cells: set[tuple[int, int]] = made_of(default_factory=set)
    """What the curves run through, and its neighbours, in steps."""

    @cached_property
    def typical(self) -> float:
        """Length of an ordinary gradient on the domain; measured when first asked for: most searches never do."""
        return self.measured()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the domain."""
        x0, x1, y0, y1 = self.domain
        return x1 - x0, y1 - y0

    def covers(self, box: Box) -> bool:
        """Tell whether a small box lies on or beside a curve."""
        return self._cell(((box[0] + box[1]) / 2, (box[2] + box[3]) / 2)) in self.cells

    def trace(self, seed: Point) -> bool:
        """Follow the curve of critical points next to ``seed``; tell whether there is a new one."""
        start = self._settle(seed)
        if start is None or self._distance(start, seed) > 4 / STEPS or self._cell(start) in self.cells:
            return False
        tangent = self._tangent(start)
        forth = self._follow(start, tangent)
        closed = len(forth) > 8 and self._distance(forth[-1], start) < 1e-12
        back = [] if closed else self._follow(start, (-tangent[0], -tangent[1]))
        curve = [*reversed(back), start, *forth]
        if len(curve) < 4 or not all(map(self._is_critical, curve[1 :: max(1, len(curve) // _CHECKS)])):
            return False
        self.curves.append(curve)
        self.cells.update(self._around(curve))
        return True

    def kind(self, curve: list[Point]) -> Kind:
        """Tell whether the surface rises or falls to both sides of a curve, all along it but where it is crossed."""
        points = curve[1 : -1 : max(1, len(curve) // _LOOKS)]
        for aside in _ASIDE:
            sides = [self._rises(point, aside) for point in points]
            up, down = sides.count(True), sides.count(False)
            if min(up, down) == 0 and 2 * max(up, down) >= len(sides):
                return "minimum" if up else "maximum"
        return "degenerate"

    def _rises(self, point: Point, part: float) -> bool | None:
        """Tell whether the surface rises to both sides of a curve at ``point``; False: it falls; None: neither."""
        width, height = self.size
        along_x, along_y = self._tangent(point)
        aside = STEPS * part * width / height * along_y, -STEPS * part * height / width * along_x
        with precision(_BITS):
            here, *there = (
                self.enclosure.value(arb(point[0] + side * aside[0]), arb(point[1] + side * aside[1]))
                for side in (0, 1, -1)
            )
            if all(value > here for value in there):
                return True
            return False if all(value < here for value in there) else None

    def _around(self, curve: Iterable[Point]) -> Iterable[tuple[int, int]]:
        for point in curve:
            yield from neighbourhood(self._cell(point))

    def _cell(self, point: Point) -> tuple[int, int]:
        width, height = self.size
        return (
            math.floor((point[0] - self.domain[0]) / width * STEPS),
            math.floor((point[1] - self.domain[2]) / height * STEPS),
        )

    def _distance(self, a: Point, b: Point) -> float:
        """Return the distance in parts of the domain."""
        width, height = self.size
        return math.hypot((a[0] - b[0]) / width, (a[1] - b[1]) / height)

    def _contains(self, point: Point) -> bool:
        x0, x1, y0, y1 = self.domain
        return x0 <= point[0] <= x1 and y0 <= point[1] <= y1

    def _settle(self, point: Point, rounds: int = 40) -> Point | None:
        """Return the critical point reached by Newton's steps across the valley alone; None where there is none."""
        width, height = self.size
        before, stalled = math.inf, 0
        for _ in range(rounds):
            gx, gy = self.enclosure.slope(*point)
            stalled += not math.hypot(gx, gy) < 0.7 * before
            before = math.hypot(gx, gy)
            if stalled > 1:
                return None
            steep, other, (nx, ny) = _steepest(*self.enclosure.curvature(*point))
            across, along = abs(gx * nx + gy * ny), abs(gy * nx - gx * ny)
            rounding = _ROUNDING * abs(steep) * min(width, height)
            # A slope along a narrow valley does not vanish with that across it: no curve of critical points.
            if before <= max(_FLAT * self.typical, rounding) and along <= max(across, rounding):
                singular = abs(other) <= _SINGULAR * max(abs(steep), _SINGULAR * self.typical / min(self.size))
                if not (singular and self._may_vanish(point)):
                    return None
                # What is that small by rounding alone takes more digits to tell.
                return point if before <= _FLAT * self.typical or self._is_critical(point) else None
            if steep == 0.0:
                return None
            step = step_along((gx, gy), (nx, ny), steep)
            if math.hypot(step * nx / width, step * ny / height) > 8 / STEPS:
                return None
            point = (point[0] + step * nx, point[1] + step * ny)
        return None

    def _may_vanish(self, point: Point) -> bool:
        """Tell whether there is a value at ``point``, and no proof that the gradient vanishes nowhere near it."""
        (x, y), (width, height) = point, self.size
        if not self.enclosure.value(arb(x), arb(y)).is_finite():
            return False
        gx, gy = self.enclosure.signs(arb(x, _BESIDE * width), arb(y, _BESIDE * height))
        return 0 in gx and 0 in gy and not (gx.is_zero() and gy.is_zero())

    def _is_critical(self, point: Point) -> bool:
        """Tell whether near a point of a curve the gradient vanishes to many digits, not only to those of a number."""
        with precision(_MANY_BITS):
            x, y = map(arb, point)
            for _ in range(_STEPS_ACROSS):
                (gx, gy), (xx, xy, yy) = self.enclosure.gradient(x, y), self.enclosure.hessian(x, y)
                _, _, (nx, ny) = _steepest(*(float(part.mid()) for part in (xx, xy, yy)))
                steep = nx * nx * xx + 2 * nx * ny * xy + ny * ny * yy
                step = ((gx * nx + gy * ny) / steep).mid()
                if not step.is_finite():
                    return bool(0 in gx and 0 in gy)
                if abs(step) < _EXACT * min(self.size):
                    break
                x, y = (x - step * nx).mid(), (y - step * ny).mid()
            return bool(abs(gy * nx - gx * ny) < _EXACT * (self.typical + abs(steep) * max(self.size)))

    def _tangent(self, point: Point) -> Point:
        """Return the direction along the curve, as long as one step."""
        width, height = self.size
        _, _, (nx, ny) = _steepest(*self.enclosure.curvature(*point))
        length = STEPS * math.hypot(-ny / width, nx / height)
        return -ny / length, nx / length

    def _follow(self, start: Point, tangent: Point) -> list[Point]:
        """Return the points of the curve from ``start`` on in one direction, up to a border, an end, or ``start``."""
        points: list[Point] = []
        point, part = start, 1.0
        while len(points) < _LONGEST and part > 1 / 16:
            predicted = (point[0] + part * tangent[0], point[1] + part * tangent[1])
            found = self._settle(predicted, rounds=5) if self._contains(predicted) else None
            if found is None or self._distance(found, predicted) > part / (2 * STEPS) or not self._contains(found):
                part /= 2
                continue
            new = self._tangent(found)
            along = self._along(new, tangent)
            if _CROSSING <= abs(along) < _STRAIGHT and part > 1 / 8:
                part /= 2
                continue
            if abs(along) >= _CROSSING:  # Else straight on over the crossing
                tangent = new if along > 0 else (-new[0], -new[1])
            point, part = found, 1.0
            points.append(point)
            if len(points) > 8 and self._distance(point, start) < 0.9 / STEPS:
                return [*points, start]
        return points

    def _along(self, one: Point, other: Point) -> float:
        """Return the cosine of the angle between two steps, in parts of the domain."""
        width, height = self.size
        return (one[0] * other[0] / width**2 + one[1] * other[1] / height**2) * STEPS**2


def valleys(tracers: Iterable[Tracer], flat: Sequence[Flat]) -> tuple[Valley, ...]:
    """Return the curves of critical points; those of one kind and value together, the lowest first."""
    found: list[tuple[float, Kind, list[NDArray[np.float64]]]] = []
    for tracer in tracers:
        for curve in tracer.curves:
            x, y = curve[len(curve) // 3]
            if any(part.x[0] <= x <= part.x[1] and part.y[0] <= y <= part.y[1] for part in flat):
                continue
            value = float(tracer.enclosure.value(arb(x), arb(y)).mid())
            value = 0.0 if abs(value) < 1e-14 * tracer.typical * max(tracer.size) else value
            _add(found, value, tracer.kind(curve), polyline(curve), tracer.typical * max(tracer.size))
    return tuple(
        Valley(kind=kind, value=value, lines=tuple(lines)) for value, kind, lines in sorted(found, key=lambda v: v[:2])
    )


def _add(
    found: list[tuple[float, Kind, list[NDArray[np.float64]]]],
    value: float,
    kind: Kind,
    line: NDArray[np.float64],
    height: float,
) -> None:
    """Add a line to those of its kind and value; ``height`` is an ordinary difference of values on the domain."""
    for other, same_kind, lines in found:
        if same_kind == kind and abs(other - value) <= _SAME * max(height, abs(value)):
            lines.append(line)
            return
    found.append((value, kind, [line]))


def polyline(points: object) -> NDArray[np.float64]:
    """Return points as an array of shape (n, 2), read-only."""
    line = np.array(points, dtype=np.float64)
    line.flags.writeable = False
    return line


def _steepest(xx: float, xy: float, yy: float) -> tuple[float, float, Point]:
    """Return the eigenvalue of larger size, the other one, and the unit eigenvector of the first."""
    (low, high), (across, along) = eigenpairs(xx, xy, yy)
    return (low, high, across) if abs(low) > abs(high) else (high, low, along)
