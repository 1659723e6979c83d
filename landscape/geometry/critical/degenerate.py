"""Degenerate critical points, whose Hessian is singular: found by Newton's method, told by a loop around them."""

import math

from flint import arb

from landscape.formula.balls import precision
from landscape.geometry.critical.boxes import Box, contains, grown
from landscape.geometry.critical.classification import eigen, rounded
from landscape.geometry.critical.enclosure import Enclosure
from landscape.geometry.critical.loops import Loops
from landscape.geometry.critical.points import CriticalPoint
from landscape.geometry.critical.proof import newton

_ROUNDS = 200
_PLACES = 4
"""Decimal places of a round number."""
_BITS = 240
_SINGULAR = 1e-6
"""Eigenvalues of this ratio are those of a singular matrix."""


def degenerate_point(loops: Loops) -> CriticalPoint | None:
    """Return the zero of the gradient in the loops' place; None where Newton's steps lead elsewhere."""
    enclosure = loops.enclosure
    x0, x1, y0, y1 = loops.place
    with precision(_BITS):
        x, y = newton(enclosure, arb((x0 + x1) / 2), arb((y0 + y1) / 2), (0.0, 0.0), _ROUNDS)
        near = grown(loops.place, 4.0)
        if not (near[0] <= x <= near[1] and near[2] <= y <= near[3]):
            return None
        px, py = _roundest(enclosure, near, float(x), float(y))
        value = rounded(enclosure.value(arb(px), arb(py)))
        eigenvalues, eigenvectors = eigen(*enclosure.hessian(arb(px), arb(py)))
    low, high = sorted(map(abs, eigenvalues))
    if low > _SINGULAR * high:
        return None
    index, kind = loops.kind(px, py)
    return CriticalPoint(
        x=px,
        y=py,
        value=value,
        kind=kind or "degenerate",
        eigenvalues=eigenvalues,
        eigenvectors=eigenvectors,
        index=index,
        proven=False,
        degenerate=True,
    )


def _roundest(enclosure: Enclosure, box: Box, x: float, y: float) -> tuple[float, float]:
    """Return (x, y), or round numbers in ``box`` where the gradient there is no longer."""
    candidates = [(px, py) for px in (round(x, _PLACES) + 0.0, x) for py in (round(y, _PLACES) + 0.0, y)]
    inside = [point for point in candidates if contains(box, (point[0], point[0], point[1], point[1]))]
    return min(inside or [(x, y)], key=lambda point: math.hypot(*enclosure.slope(*point)))
