"""Degenerate critical points, whose Hessian is singular: found by Newton's method, with the index by winding number."""

import math
from collections.abc import Sequence

from flint import arb

from landscape.formula.balls import precision
from landscape.formula.kinks import JUMP, SMOOTH
from landscape.geometry.critical.boxes import Box, clusters, contains, grown, hull
from landscape.geometry.critical.classification import eigen, newton, rounded
from landscape.geometry.critical.enclosure import Enclosure, balls
from landscape.geometry.critical.limits import Spent
from landscape.geometry.critical.points import CriticalPoint
from landscape.geometry.critical.subdivision import Subdivision
from landscape.geometry.critical.winding import index_around

_ROUNDS = 200
_PLACES = 4
"""Decimal places of a round number."""


def degenerate_points(
    search: Subdivision, points: Sequence[CriticalPoint]
) -> tuple[list[CriticalPoint], list[Box], list[Box]]:
    """Return what the smallest undecided boxes hold.

    Returns:
        The zeros with a singular Hessian; around each place at which the formula is not smooth, a box; and the boxes
        in which none of both was found, or looked for.
    """
    found: list[CriticalPoint] = []
    rough: list[Box] = []
    doubtful: list[Box] = []
    try:
        kept = [box for box in search.kept if _may_vanish(search.enclosure, box)]
        groups = clusters(kept, search.domain, search.enclosure.ask)
    except Spent:
        return found, rough, list(search.kept)
    for group in groups:
        box = hull(group)
        try:
            if any(search.enclosure.roughness(*balls(part)) != SMOOTH for part in group):
                rough.append(box)
            elif point := _degenerate(search, box, points):
                found.append(point)
            else:
                doubtful.append(box)
        except Spent:
            doubtful.append(box)
    return sorted(found, key=lambda point: (point.value, point.x, point.y)), rough, doubtful


def _may_vanish(enclosure: Enclosure, box: Box) -> bool:
    gx, gy = enclosure.gradient(*balls(box))
    return enclosure.roughness(*balls(box)) == JUMP or not (gx > 0 or gx < 0 or gy > 0 or gy < 0)


def _degenerate(search: Subdivision, box: Box, points: Sequence[CriticalPoint]) -> CriticalPoint | None:
    """Return the zero in ``box`` with a singular Hessian; None where Newton's steps lead elsewhere."""
    x0, x1, y0, y1 = box
    with precision(240):
        x, y = newton(search.enclosure, arb((x0 + x1) / 2), arb((y0 + y1) / 2), (0.0, 0.0), _ROUNDS)
        near = grown(box, 2.0)
        if not (near[0] <= x <= near[1] and near[2] <= y <= near[3]):
            return None
        px, py = _roundest(search.enclosure, near, float(x), float(y))
        value = rounded(search.enclosure.value(arb(px), arb(py)))
        eigenvalues, eigenvectors = eigen(*search.enclosure.hessian(arb(px), arb(py)))
    return CriticalPoint(
        x=px,
        y=py,
        value=value,
        kind="degenerate",
        eigenvalues=eigenvalues,
        eigenvectors=eigenvectors,
        index=index_around(search.enclosure, box, points),
        proven=False,
    )


def _roundest(enclosure: Enclosure, box: Box, x: float, y: float) -> tuple[float, float]:
    """Return (x, y), or round numbers in ``box`` where the gradient there is no longer."""
    candidates = [(px, py) for px in (round(x, _PLACES) + 0.0, x) for py in (round(y, _PLACES) + 0.0, y)]
    inside = [point for point in candidates if contains(box, (point[0], point[0], point[1], point[1]))]
    return min(inside or [(x, y)], key=lambda point: math.hypot(*enclosure.slope(*point)))
