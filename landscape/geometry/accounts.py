"""What is told about smooth places that subdivision could not decide: degenerate points, valleys, flat regions."""

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from flint import arb
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.formula.balls import precision
from landscape.formula.kinks import JUMP, SMOOTH
from landscape.geometry.certificate import Search
from landscape.geometry.classification import eigen, newton, rounded
from landscape.geometry.field import Box, Field, balls, contains, grown, sampled_gradient
from landscape.geometry.kinds import CriticalPoint, Flat, Kind, Valley
from landscape.geometry.remains import NEGLIGIBLE, Remains, bounds, clusters
from landscape.geometry.valleys import Tracer
from landscape.geometry.winding import winding_number

_SAME = 1e-9
_GRID = 128
"""Cells along each side by which flat regions are told apart."""
_ROUNDS = 200
_PLACES = 4
"""Decimal places of a round number."""
_PATIENCE = 0.2
"""Seconds to spend on the winding number around one point."""


def degenerate_points(
    search: Search, points: Sequence[CriticalPoint]
) -> tuple[list[CriticalPoint], list[Box], list[Box]]:
    """Return what the smallest undecided boxes hold.

    Returns:
        The zeros with a singular Hessian; around each place at which the formula is not smooth, a box; and the boxes
        in which none of both was found.
    """
    found: list[CriticalPoint] = []
    rough: list[Box] = []
    doubtful: list[Box] = []
    kept = [box for box in search.kept if _may_vanish(search.field, box)]
    for group in clusters(kept, search.domain):
        box = bounds(group)
        if any(search.field.roughness(*balls(part)) != SMOOTH for part in group):
            rough.append(box)
        elif point := _degenerate(search, box, points):
            found.append(point)
        else:
            doubtful.append(box)
    return sorted(found, key=lambda point: (point.value, point.x, point.y)), rough, doubtful


def _may_vanish(field: Field, box: Box) -> bool:
    gx, gy = field.gradient(*balls(box))
    return field.roughness(*balls(box)) == JUMP or not (gx > 0 or gx < 0 or gy > 0 or gy < 0)


def _degenerate(search: Search, box: Box, points: Sequence[CriticalPoint]) -> CriticalPoint | None:
    """Return the zero in ``box`` with a singular Hessian; None where Newton's steps lead elsewhere."""
    x0, x1, y0, y1 = box
    with precision(240):
        x, y = newton(search.field, arb((x0 + x1) / 2), arb((y0 + y1) / 2), (0.0, 0.0), _ROUNDS)
        near = grown(box, 2.0)
        if not (near[0] <= x <= near[1] and near[2] <= y <= near[3]):
            return None
        px, py = _plainest(search.field, near, float(x), float(y))
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


def _plainest(field: Field, box: Box, x: float, y: float) -> tuple[float, float]:
    """Return (x, y), or round numbers in ``box`` where the gradient there is no longer."""
    candidates = [(px, py) for px in (round(x, _PLACES) + 0.0, x) for py in (round(y, _PLACES) + 0.0, y)]
    inside = [point for point in candidates if contains(box, (point[0], point[0], point[1], point[1]))]
    return min(inside or [(x, y)], key=lambda point: math.hypot(*field.slope(*point)))


def simplest(low: float, high: float) -> float:
    """Return the number between two others with the fewest decimal places, or their middle."""
    for places in range(16):
        number = round((low + high) / 2, places)
        if low <= number <= high:
            return number + 0.0
    return (low + high) / 2


def index_around(search: Search, box: Box, points: Iterable[CriticalPoint]) -> int | None:
    """Return the winding number around ``box`` alone; None where no rectangle around it shows it."""
    for factor in (3.0, 10.0, 100.0, 1000.0):
        around = grown(box, factor)
        number = winding_number(search.field, around, _PATIENCE) if contains(search.field.reach, around) else None
        if number is not None:
            inside = [p.index for p in points if around[0] < p.x < around[1] and around[2] < p.y < around[3]]
            return number - sum(index for index in inside if index is not None)
    return None


def valleys(tracer: Tracer, flat: Sequence[Flat]) -> tuple[Valley, ...]:
    """Return the curves of critical points; those of one kind and value together, the lowest first."""
    found: list[tuple[float, Kind, list[NDArray[np.float64]]]] = []
    noise = 1e-14 * tracer.typical * max(tracer.size)
    for curve in tracer.curves:
        x, y = curve[len(curve) // 3]
        if any(part.x[0] <= x <= part.x[1] and part.y[0] <= y <= part.y[1] for part in flat):
            continue
        value = float(tracer.field.value(arb(x), arb(y)).mid())
        value = 0.0 if abs(value) < noise else value
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
    """Return points as an array of shape (n, 2), read-only."""
    line = np.array(points, dtype=np.float64)
    line.flags.writeable = False
    return line


def flats(surface: Surface, remains: Remains, search: Search) -> tuple[Flat, ...]:
    """Return the regions with no slope, or none that double precision shows, by the rectangles around them."""
    undecided = [*search.flat, *remains.flat]
    if not undecided:
        return ()
    marked = {cell for box in undecided for cell in _cells(box, search.domain)}
    cells = marked | _flat_cells(surface, search.domain, NEGLIGIBLE * remains.steepest)
    found = []
    for group in clusters([_cell_box(cell, search.domain) for cell in cells], search.domain):
        x0, x1, y0, y1 = bounds(group)
        inside = [(a + b, c + d) for a, b, c, d in undecided if x0 <= (a + b) / 2 <= x1 and y0 <= (c + d) / 2 <= y1]
        if inside:
            x, y = sorted(inside)[len(inside) // 2]
            found.append(Flat(x=(x0, x1), y=(y0, y1), value=float(surface.value(x / 2, y / 2))))
    return tuple(sorted(found, key=lambda flat: (flat.value, flat.x, flat.y)))


def _cells(box: Box, domain: Box) -> Iterator[tuple[int, int]]:
    """Yield the cells of a grid over the domain that ``box`` reaches into."""
    x0, x1, y0, y1 = domain
    (left, right), (low, high) = (
        [min(_GRID - 1, int((place - start) / (end - start) * _GRID)) for place in places]
        for places, start, end in ((box[:2], x0, x1), (box[2:], y0, y1))
    )
    for i in range(left, right + 1):
        for j in range(low, high + 1):
            yield i, j


def _cell_box(cell: tuple[int, int], domain: Box) -> Box:
    (i, j), (x0, x1, y0, y1) = cell, domain
    dx, dy = (x1 - x0) / _GRID, (y1 - y0) / _GRID
    return x0 + i * dx, x0 + (i + 1) * dx, y0 + j * dy, y0 + (j + 1) * dy


def _flat_cells(surface: Surface, domain: Box, limit: float) -> set[tuple[int, int]]:
    """Return the cells in whose middle the gradient is negligible."""
    x0, x1, y0, y1 = domain
    middles = (np.arange(_GRID) + 0.5) / _GRID
    x, y = np.meshgrid(x0 + middles * (x1 - x0), y0 + middles * (y1 - y0), indexing="ij")
    slope = sampled_gradient(surface, x.ravel(), y.ravel()).reshape(2, *x.shape)
    flat = np.all(np.abs(slope) <= limit, axis=0)
    return set(zip(*(index.tolist() for index in np.nonzero(flat)), strict=True))
