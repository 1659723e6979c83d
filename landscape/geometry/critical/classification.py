"""Classification of proven zeros by the second-derivative test: minimum, maximum or saddle, to the last digit."""

import math
from collections.abc import Iterable

from flint import arb

from landscape.formula.balls import precision
from landscape.geometry.clusters import neighbourhood
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.enclosure import Enclosure
from landscape.geometry.critical.limits import Spent
from landscape.geometry.critical.points import KINDS, CriticalPoint, Kind
from landscape.geometry.critical.proof import Zero, krawczyk, newton
from landscape.geometry.curvature import Pair, eigenpairs

_BITS = (120, 240, 480)
"""Precisions that are tried in turn."""
_TIGHT = 2.0**-80
"""Size of the tight enclosure, in parts of the box in which the zero was proven."""
_NEAR = 1e-7
"""Zeros further apart, in parts of the domain, are not compared."""


def classified(enclosure: Enclosure, domain: Box, zeros: Iterable[Zero]) -> tuple[list[CriticalPoint], list[Box]]:
    """Return the critical points in the closed ``domain``, each once, and the boxes of those that resisted.

    Neighbouring boxes can have proven the same zero: it is one, where its tight enclosure lies in both of them. What
    there was no time for counts as if it had resisted.
    """
    points: list[CriticalPoint] = []
    failed: list[Box] = []
    known = _Known(domain)
    for zero in zeros:
        try:
            tight = _tightened(enclosure, zero)
            if tight is None:
                failed.append(zero.box)
            elif not _is_outside(domain, *tight) and known.adds(zero.box, *tight):
                points.append(_point(enclosure, *tight))
        except Spent:
            failed.append(zero.box)
    return sorted(points, key=lambda point: (KINDS.index(point.kind), point.value, point.x, point.y)), failed


def _tightened(enclosure: Enclosure, zero: Zero) -> tuple[arb, arb] | None:
    """Return a tiny box that is proven to hold the zero: Newton's steps, then Krawczyk's test around the last one."""
    x0, x1, y0, y1 = zero.box
    size_x, size_y = x1 - x0, y1 - y0
    x, y = arb(zero.x), arb(zero.y)
    for bits in _BITS:
        with precision(bits):
            x, y = newton(enclosure, x, y, (size_x * _TIGHT / 4, size_y * _TIGHT / 4))
            dx, dy = arb(0, size_x * _TIGHT), arb(0, size_y * _TIGHT)
            step = krawczyk(x, y, enclosure.gradient(x, y), enclosure.hessian(x + dx, y + dy), dx, dy)
            if step is None or not ((x + dx).contains_interior(step[0]) and (y + dy).contains_interior(step[1])):
                continue
            if x0 < x < x1 and y0 < y < y1 and _kind(*enclosure.hessian(*step)):
                return step
    return None


def _kind(xx: arb, xy: arb, yy: arb) -> Kind | None:
    """Return the kind of the zero in a tight box, where the determinant of the Hessians there has a sign."""
    determinant = xx * yy - xy * xy
    if determinant < 0:
        return "saddle"
    if determinant > 0:
        return "minimum" if xx > 0 else "maximum" if xx < 0 else None
    return None


def _is_outside(domain: Box, x: arb, y: arb) -> bool:
    """Tell whether a box lies outside of the domain; a zero on the border counts as inside."""
    x0, x1, y0, y1 = domain
    return bool(x < x0 or x > x1 or y < y0 or y > y1)


class _Known:
    """The zeros found so far, by where they are."""

    def __init__(self, domain: Box) -> None:
        x0, x1, y0, y1 = domain
        self._cell = (x1 - x0) * _NEAR, (y1 - y0) * _NEAR
        self._zeros: dict[tuple[int, int], list[tuple[arb, arb]]] = {}

    def adds(self, box: Box, x: arb, y: arb) -> bool:
        """Remember the only zero of ``box``, which lies in the tight box (x, y); tell whether it is a new one."""
        i, j = math.floor(float(x.mid()) / self._cell[0]), math.floor(float(y.mid()) / self._cell[1])
        for cell in neighbourhood((i, j)):
            for other_x, other_y in self._zeros.get(cell, ()):
                if box[0] < other_x < box[1] and box[2] < other_y < box[3]:
                    return False
        self._zeros.setdefault((i, j), []).append((x, y))
        return True


def _point(enclosure: Enclosure, x: arb, y: arb) -> CriticalPoint:
    with precision(_BITS[0]):
        hessian = enclosure.hessian(x, y)
        kind, value = _kind(*hessian), enclosure.value(x, y)
        eigenvalues, eigenvectors = eigen(*hessian)
    if kind is None:
        raise AssertionError("the sign was decided when the box was tightened")
    return CriticalPoint(
        x=rounded(x),
        y=rounded(y),
        value=rounded(value),
        kind=kind,
        eigenvalues=eigenvalues,
        eigenvectors=eigenvectors,
        index=-1 if kind == "saddle" else 1,
        proven=True,
    )


def rounded(x: arb) -> float:
    """Return a ball as a number; 0 where it may be."""
    return 0.0 if 0 in x else float(x.mid())


def _ldexp(value: float, size: int) -> float:
    """Return value * 2^size, infinite where that is too large."""
    try:
        return math.ldexp(value, size)
    except OverflowError:
        return math.copysign(math.inf, value)


def eigen(xx: arb, xy: arb, yy: arb) -> tuple[Pair, tuple[Pair, Pair]]:
    """Return the eigenvalues of a symmetric matrix, the smaller first, and their unit eigenvectors."""
    # Its determinant may be no ordinary number where its entries are.
    size = math.frexp(max(abs(rounded(part)) for part in (xx, xy, yy)))[1]
    xx, xy, yy = (part * arb(2) ** -size for part in (xx, xy, yy))
    values, axes = eigenpairs(rounded(xx), rounded(xy), rounded(yy), rounded(xx * yy - xy * xy))
    low, high = (_ldexp(value, size) + 0.0 for value in values)
    # Rounded, so that the axes of a symmetric surface are exactly along x and y.
    down, up = ((round(x, 15) + 0.0, round(y, 15) + 0.0) for x, y in axes)
    return (low, high), (down, up)
