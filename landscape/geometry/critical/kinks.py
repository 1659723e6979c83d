"""Kinks: points and lines where a formula is not smooth, and a critical point cannot be excluded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.surfaces import Surface
from landscape.formula.derivatives import gradient
from landscape.formula.kinks import boundary, reads_row
from landscape.formula.tree import Node, Number, evaluate, share, substitute
from landscape.geometry.clusters import neighbourhood
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.limits import Ask, Spent
from landscape.geometry.critical.points import CriticalPoint, Kink
from landscape.geometry.critical.probe import Probe
from landscape.geometry.critical.subdivision import Subdivision
from landscape.geometry.critical.undecided import Undecided
from landscape.geometry.critical.valleys import polyline
from landscape.geometry.critical.winding import index_around
from landscape.geometry.newton import step_to_zero

_GRID = 401
"""Points along each side on which the lines are found."""
_TOGETHER = 16
"""Rows of them that are computed at once: milliseconds."""
_ROWS = 64
"""Data rows whose lines are found, at most."""
_CELLS = 128
"""Lines are kept where they run through a cell of this grid, or a neighbour of one, that holds an undecided box."""
_GAP = 12
"""Points of a line that may be missing in between."""
_REMNANT = 4 / _CELLS
"""Pieces up to this part of the domain are dropped where they only cross another line."""
_PROBES = 8
"""Points of a line around which it is probed in which way it is not smooth."""


def kinks(
    surface: Surface, search: Subdivision, undecided: Undecided, rough: Iterable[Box], points: Sequence[CriticalPoint]
) -> tuple[list[Kink], list[Box]]:
    """Return where the formula is not smooth and a critical point is possible: points first, then lines.

    Each of the tiny boxes ``rough`` is known to hold a point. With it the boxes that there was no time to look at.
    """
    probe = Probe(surface=surface, domain=search.domain, typical=undecided.tracer.typical, ask=search.enclosure.ask)
    found: list[Kink] = []
    left: list[Box] = []
    for box in rough:
        try:
            found.append(_point(search, probe, box, points))
        except Spent:
            left.append(box)
    try:
        found.extend(_lined(surface, search, undecided, probe))
    except Spent:
        left += undecided.rough
    return found, left


def _point(search: Subdivision, probe: Probe, box: Box, points: Sequence[CriticalPoint]) -> Kink:
    """Return the kink that a tiny box is known to hold."""
    x, y = _simplest(box[0], box[1]), _simplest(box[2], box[3])
    index = index_around(search.enclosure, box, points)
    kind = probe.kind(x, y) if index in (1, None) else None
    return Kink(x=x, y=y, value=probe.value(x, y), index=index, breaks=probe.breaks([(x, y)]), kind=kind)


def _lined(surface: Surface, search: Subdivision, undecided: Undecided, probe: Probe) -> Iterator[Kink]:
    """Yield the lines of kinks that run through the undecided boxes."""
    cells = set(_cells(undecided.rough, search.domain, search.enclosure.ask))
    lines = _lines(surface, search, cells) if cells else ()
    for line in _without_remnants(lines, search.domain, search.enclosure.ask):
        values = surface.value(line[:, 0], line[:, 1])
        breaks = probe.breaks(line[:: max(1, len(line) // _PROBES)].tolist())
        lowest = len(line) // 2 if breaks == "value" else int(np.argmin(np.where(np.isnan(values), np.inf, values)))
        x, y = map(float, line[lowest])
        yield Kink(x=x, y=y, value=probe.value(x, y), lines=(polyline(line),), breaks=breaks)


def _simplest(low: float, high: float) -> float:
    """Return the number between two others with the fewest decimal places, or their middle."""
    for places in range(16):
        number = round((low + high) / 2, places)
        if low <= number <= high:
            return number + 0.0
    return (low + high) / 2


def _without_remnants(lines: Iterable[NDArray[np.float64]], domain: Box, ask: Ask) -> Iterator[NDArray[np.float64]]:
    """Yield the lines but the short pieces of those that only cross another one, the long ones first."""
    size = np.array([domain[1] - domain[0], domain[3] - domain[2]])
    taken: set[tuple[int, int]] = set()
    for line in sorted(lines, key=lambda line: -float((np.ptp(line, axis=0) / size).max())):
        x, y = line.T
        cells = set(_cells(zip(x, x, y, y, strict=True), domain, ask))
        if (np.ptp(line, axis=0) / size).max() > _REMNANT or not cells <= taken:
            taken |= set(_cells([_cell_box(cell, domain) for cell in cells], domain, ask))
            yield line


def _cells(boxes: Iterable[Box], domain: Box, ask: Ask) -> Iterator[tuple[int, int]]:
    x0, x1, y0, y1 = domain
    for box in boxes:
        ask()
        i = int((box[0] + box[1] - 2 * x0) / (2 * (x1 - x0)) * _CELLS)
        j = int((box[2] + box[3] - 2 * y0) / (2 * (y1 - y0)) * _CELLS)
        yield from neighbourhood((i, j))


def _cell_box(cell: tuple[int, int], domain: Box) -> Box:
    """Return the middle of a cell, as a box."""
    x0, x1, y0, y1 = domain
    x, y = x0 + (cell[0] + 0.5) / _CELLS * (x1 - x0), y0 + (cell[1] + 0.5) / _CELLS * (y1 - y0)
    return x, x, y, y


def _lines(surface: Surface, search: Subdivision, cells: set[tuple[int, int]]) -> Iterator[NDArray[np.float64]]:
    """Yield the lines along which a function of the formula is not smooth, as far as they run through ``cells``."""
    from contourpy import LineType, contour_generator

    x0, x1, y0, y1 = search.domain
    x, y = np.linspace(x0, x1, _GRID), np.linspace(y0, y1, _GRID)
    for edge in _boundaries(surface, search):
        values = edge.on_grid(x, y, search.enclosure.ask)
        drawn = contour_generator(x, y, np.ma.masked_invalid(values), line_type=LineType.Separate).lines(0.0)
        for line in (_onto(line, edge) for line in drawn):
            search.enclosure.ask()
            i = ((line[:, 0] - x0) / (x1 - x0) * _CELLS).astype(int)
            j = ((line[:, 1] - y0) / (y1 - y0) * _CELLS).astype(int)
            kept = np.array([cell in cells for cell in zip(i.tolist(), j.tolist(), strict=True)])
            kept = _without_gaps(kept)
            ends = np.flatnonzero(np.diff(kept)) + 1
            for piece, inside in zip(np.split(line, ends), np.split(kept, ends), strict=True):
                if inside[0] and len(piece) > 1:
                    yield piece


def _without_gaps(kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return ``kept`` with its short gaps filled: there a line was cut at a point that was decided by itself."""
    filled = kept.copy()
    starts, ends = np.flatnonzero(kept[:-1] & ~kept[1:]), np.flatnonzero(~kept[:-1] & kept[1:])
    for start in starts:
        later = ends[ends > start]
        if later.size and later[0] - start <= _GAP:
            filled[start : later[0] + 1] = True
    return filled


@dataclass(frozen=True, kw_only=True)
class _Boundary:
    """A function that is 0 on a line."""

    root: Node
    names: Mapping[str, float]
    columns: Mapping[str, Sequence[float]]

    def on_grid(self, x: NDArray[np.float64], y: NDArray[np.float64], ask: Ask) -> NDArray[np.float64]:
        """Return its values (rows, columns) where lines along x and y cross, some rows at a time."""
        values = np.empty((len(y), len(x)))
        for first in range(0, len(y), _TOGETHER):
            ask()
            part = slice(first, first + _TOGETHER)
            values[part] = self._evaluate((self.root,), x, y[part, None])[0]
        return values

    def with_slope(self, x: ArrayLike, y: ArrayLike) -> list[NDArray[np.float64]]:
        """Return its values, and its derivatives by x and y."""
        return self._evaluate((self.root, *self._slope), x, y)

    @cached_property
    def _slope(self) -> Sequence[Node]:
        return gradient(self.root)

    def _evaluate(self, trees: Sequence[Node], x: ArrayLike, y: ArrayLike) -> list[NDArray[np.float64]]:
        return evaluate(trees, {"x": x, "y": y, **self.names}, self.columns)


def _boundaries(surface: Surface, search: Subdivision) -> Iterator[_Boundary]:
    """Yield the functions whose zeros are the lines."""
    names = dict(zip(surface.parameter_names, surface.kernel_values, strict=True))
    columns = dict(surface.data)
    roots = share(
        tree
        for test in search.enclosure.rough
        if (root := boundary(test)) is not None
        for tree in _by_row(surface, root)
    )
    for root in dict.fromkeys(roots):
        yield _Boundary(root=root, names=names, columns=columns)


def _onto(line: NDArray[np.float64], edge: _Boundary) -> NDArray[np.float64]:
    """Return the points of ``line`` moved onto the zeros of ``edge`` by Newton's steps; those that go far, stay."""
    moved = line.copy()
    with np.errstate(all="ignore"):
        for _ in range(4):
            value, *slope = edge.with_slope(moved[:, 0], moved[:, 1])
            moved = moved + step_to_zero(value, np.array(np.broadcast_arrays(value, *slope)[1:])).T
    longest = np.abs(np.diff(line, axis=0)).max(initial=0.0)
    return np.where(np.abs(moved - line).max(axis=1, keepdims=True) <= longest, moved, line)


def _by_row(surface: Surface, root: Node) -> Iterator[Node]:
    """Yield ``root`` for every row of the data where it reads them outside of ``mean`` and ``sum``, else itself."""
    if not reads_row(root, surface.columns):
        yield root
        return
    for row in list(zip(*(column for _, column in surface.data), strict=True))[:_ROWS]:
        yield substitute(root, {name: Number(value) for name, value in zip(surface.columns, row, strict=True)})
