"""A small loop around a place where the Hessian does not tell: the index along it, and whether values are higher on it.

On a rectangle whose border is higher everywhere than some point inside, a continuous function has a minimum inside.
The rectangle may be any that holds nothing else that is open or proven, so that the minimum is at that place.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np
from flint import arb
from numpy.typing import NDArray

from landscape.formula.balls import precision
from landscape.formula.kinks import JUMP, OUTSIDE, SMOOTH
from landscape.geometry.critical.boxes import Box, contains, grown
from landscape.geometry.critical.enclosure import Enclosure, balls
from landscape.geometry.critical.winding import winding_number

Extreme: TypeAlias = Literal["minimum", "maximum"]

_SIZES = (2.0**-4, 2.0**-6, 2.0**-9, 2.0**-13, 2.0**-18, 2.0**-24)
"""Half sides of the rectangles that are tried, in parts of the domain."""
_BITS = 240
_PATIENCE = 0.1
"""Seconds for one rectangle."""
_PIECES = 2000
_PARTS = (0.0, 0.23, 0.5, 0.77)
"""Where on each side values are compared first."""


@dataclass(frozen=True, kw_only=True)
class Loops:
    """Rectangles around a place that hold nothing else."""

    enclosure: Enclosure
    domain: Box
    place: Box
    """What they are around."""
    others: NDArray[np.float64]
    """All else that is open or proven, as rectangles, shape (n, 4)."""

    def rectangles(self) -> Iterator[Box]:
        """Yield them, the large ones first, then those hardly larger than the place; outside nobody has searched."""
        x0, x1, y0, y1 = self.place
        width, height = self.domain[1] - self.domain[0], self.domain[3] - self.domain[2]
        wide = [(x0 - size * width, x1 + size * width, y0 - size * height, y1 + size * height) for size in _SIZES]
        for rectangle in (*wide, *(grown(self.place, factor) for factor in (1000.0, 100.0, 10.0, 3.0))):
            if contains(self.domain, rectangle) and contains(rectangle, self.place) and self._free(rectangle):
                yield rectangle

    def _free(self, rectangle: Box) -> bool:
        x0, x1, y0, y1 = self.others.T
        apart = (x0 > rectangle[1]) | (x1 < rectangle[0]) | (y0 > rectangle[3]) | (y1 < rectangle[2])
        return bool(apart.all())

    def kind(self, x: float, y: float) -> "tuple[int | None, Literal['minimum', 'maximum', 'saddle'] | None]":
        """Return the index, and the kind that follows for an isolated critical point (x, y) in the place.

        An extreme has index 1. Every other index but 0 is that of a saddle; 0 may be that of none of both.
        """
        index = self.index()
        if index in (None, 1):
            return index, self.extreme(x, y)
        return index, "saddle" if index else None

    def index(self) -> int | None:
        """Return the winding number of the gradient around the place; None where no rectangle shows it."""
        for rectangle in self.rectangles():
            number = winding_number(self.enclosure, rectangle, _PATIENCE)
            if number is not None:
                return number
        return None

    def extreme(self, x: float, y: float) -> Extreme | None:
        """Tell whether there is a minimum or maximum in the place, by the value at (x, y) in it."""
        with precision(_BITS):
            here = self.enclosure.value(arb(x), arb(y))
            for rectangle in self.rectangles():
                side = None if self._differs(rectangle, here) else _side(self.enclosure, rectangle, here)
                if side is not None:
                    return side
        return None

    def _differs(self, rectangle: Box, here: arb) -> bool:
        """Tell whether there are both higher and lower values on the border, by a few of them."""
        signs = set()
        for (ax, ay), (bx, by) in pairwise(_corners(rectangle)):
            for part in _PARTS:
                value = self.enclosure.value(arb(ax + part * (bx - ax)), arb(ay + part * (by - ay)))
                signs |= {bool(value > here)} if value > here or value < here else set()
        return len(signs) > 1


def _corners(rectangle: Box) -> list[tuple[float, float]]:
    """Return the corners, counter-clockwise; the last is the first."""
    x0, x1, y0, y1 = rectangle
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]


def rectangles(boxes: Sequence[Box]) -> NDArray[np.float64]:
    """Return boxes as an array of shape (n, 4)."""
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)


def _side(enclosure: Enclosure, rectangle: Box, here: arb) -> Extreme | None:
    """Tell whether all values on the border of ``rectangle`` are above ``here``, or all below; those that there are."""
    pending = [(*a, *b) for a, b in pairwise(_corners(rectangle))]
    signs: set[int] = set()
    until = time.perf_counter() + _PATIENCE
    for _ in range(_PIECES):
        if not pending:
            return None if len(signs) != 1 else "minimum" if signs == {1} else "maximum"
        ax, ay, bx, by = pending.pop()
        sign = _sign(enclosure, (min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)), here)
        if sign is None:
            middle = (ax + bx) / 2, (ay + by) / 2
            pending += ((ax, ay, *middle), (*middle, bx, by))
        elif sign:
            signs.add(sign)
        if len(signs) > 1 or time.perf_counter() > until:
            return None
    return None


def _sign(enclosure: Enclosure, piece: Box, here: arb) -> int | None:
    """Return 1 or -1 where all values on a piece of the border are above or below; 0: there are none; else None."""
    x, y = balls(piece)
    rough = enclosure.roughness(x, y)
    if rough == OUTSIDE:
        return 0
    above = enclosure.value(x, y) - here
    if not (above > 0 or above < 0) and rough < JUMP:
        above = _taylor(enclosure, piece, rough == SMOOTH) - here
    return 1 if above > 0 else -1 if above < 0 else None


def _taylor(enclosure: Enclosure, piece: Box, smooth: bool) -> arb:
    """Return the values on a piece by Taylor's theorem: of second order, or of first order across a kink."""
    x0, x1, y0, y1 = piece
    x, y = balls(piece)
    cx, cy = arb((x0 + x1) / 2), arb((y0 + y1) / 2)
    dx, dy = x - cx, y - cy
    value = enclosure.value(cx, cy)
    if not smooth:
        gx, gy = enclosure.gradient(x, y)
        return value + gx * dx + gy * dy
    (gx, gy), (xx, xy, yy) = enclosure.gradient(cx, cy), enclosure.hessian(x, y)
    return value + gx * dx + gy * dy + (xx * dx * dx + yy * dy * dy) / 2 + xy * dx * dy
