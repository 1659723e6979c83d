"""What is told about smooth places that subdivision could not decide: degenerate points, valleys, flat regions."""

from collections.abc import Iterable, Sequence

import numpy as np
from flint import arb
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.formula.balls import precision
from landscape.formula.kinks import SMOOTH
from landscape.geometry.certificate import Search
from landscape.geometry.classification import eigen, newton, rounded
from landscape.geometry.field import Box, balls
from landscape.geometry.kinds import CriticalPoint, Flat, Kind, Valley
from landscape.geometry.remains import Remains, bounds, clusters
from landscape.geometry.valleys import Tracer
from landscape.geometry.winding import winding_number

_SAME = 1e-9
_ROUNDS = 200


def degenerate_points(search: Search, points: Sequence[CriticalPoint]) -> tuple[list[CriticalPoint], list[Box]]:
    """Return the zeros with a singular Hessian, and the boxes in which none was found after all."""
    found: list[CriticalPoint] = []
    doubtful: list[Box] = []
    smooth = [box for box in search.kept if search.field.roughness(*balls(box)) == SMOOTH]
    for group in clusters(smooth, search.domain):
        box = bounds(group)
        point = _degenerate(search, box, points)
        if point is None:
            doubtful.append(box)
        else:
            found.append(point)
    return sorted(found, key=lambda point: (point.value, point.x, point.y)), doubtful


def _degenerate(search: Search, box: Box, points: Sequence[CriticalPoint]) -> CriticalPoint | None:
    """Return the zero in ``box`` with a singular Hessian; None where Newton's steps lead elsewhere."""
    x0, x1, y0, y1 = box
    with precision(240):
        x, y = newton(search.field, arb((x0 + x1) / 2), arb((y0 + y1) / 2), (0.0, 0.0), _ROUNDS)
        near = grown(box, 2.0)
        if not (near[0] <= x <= near[1] and near[2] <= y <= near[3]):
            return None
        px, py = _plain(float(x), search.domain[:2]), _plain(float(y), search.domain[2:])
        value = rounded(search.field.value(arb(px), arb(py)))
        eigenvalues, eigenvectors = eigen(*search.field.hessian(arb(px), arb(py)))
    return CriticalPoint(
        x=px,
        y=py,
        value=value,
        kind="degenerate",
        eigenvalues=eigenvalues,
        eigenvectors=eigenvectors,
        index=index_around(search, box, points),
        proven=False,
    )


def _plain(x: float, ends: tuple[float, ...]) -> float:
    """Return ``x``, or 0 where it is no more than rounding."""
    return 0.0 if abs(x) < 1e-12 * (ends[1] - ends[0]) else x


def grown(box: Box, factor: float) -> Box:
    """Return the box ``factor`` times as wide and high, about the same centre."""
    x0, x1, y0, y1 = box
    dx, dy = (factor - 1) * (x1 - x0) / 2, (factor - 1) * (y1 - y0) / 2
    return x0 - dx, x1 + dx, y0 - dy, y1 + dy


def index_around(search: Search, box: Box, points: Iterable[CriticalPoint]) -> int | None:
    """Return the winding number around ``box`` alone; None where no rectangle around it shows it."""
    for factor in (3.0, 10.0, 100.0, 1000.0):
        around = grown(box, factor)
        number = winding_number(search.field, around)
        if number is not None:
            inside = [p.index for p in points if around[0] < p.x < around[1] and around[2] < p.y < around[3]]
            return number - sum(index for index in inside if index is not None)
    return None


def valleys(tracer: Tracer) -> tuple[Valley, ...]:
    """Return the curves of critical points; those of one kind and value together, the lowest first."""
    found: list[tuple[float, Kind, list[NDArray[np.float64]]]] = []
    for curve in tracer.curves:
        x, y = curve[len(curve) // 3]
        value = float(tracer.field.value(arb(x), arb(y)).mid())
        kind = tracer.kind(curve)
        for other, same_kind, lines in found:
            if same_kind == kind and abs(other - value) <= _SAME * max(tracer.typical, abs(value)):
                lines.append(polyline(curve))
                break
        else:
            found.append((value, kind, [polyline(curve)]))
    return tuple(
        Valley(kind=kind, value=value, lines=tuple(lines)) for value, kind, lines in sorted(found, key=lambda v: v[:2])
    )


def polyline(points: object) -> NDArray[np.float64]:
    line = np.array(points, dtype=np.float64)
    line.flags.writeable = False
    return line


def flats(surface: Surface, remains: Remains, search: Search) -> tuple[Flat, ...]:
    """Return the regions with no slope, by the rectangles around them."""
    found = []
    for group in clusters([*search.flat, *remains.flat], search.domain):
        x0, x1, y0, y1 = bounds(group)
        a, b, c, d = group[len(group) // 2]
        value = float(surface.value((a + b) / 2, (c + d) / 2))
        found.append(Flat(x=(x0, x1), y=(y0, y1), value=value))
    return tuple(found)
