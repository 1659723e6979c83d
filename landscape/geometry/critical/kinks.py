"""Kinks: points and lines where a formula is not smooth, and a critical point cannot be excluded."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.surfaces import Surface
from landscape.formula.derivatives import gradient
from landscape.formula.kinks import JUMP, SINGULAR, SMOOTH, STEPS, boundary, function_of, reads_row
from landscape.formula.tree import Node, Number, evaluate, share, substitute
from landscape.geometry.clusters import neighbourhood
from landscape.geometry.critical.across import limits_across, point_on
from landscape.geometry.critical.boxes import Box, extent, grown
from landscape.geometry.critical.enclosure import Enclosure, balls
from landscape.geometry.critical.limits import Ask
from landscape.geometry.critical.loops import Loops
from landscape.geometry.critical.points import Break, Kink, RegionKind
from landscape.geometry.critical.probe import Probe
from landscape.geometry.critical.valleys import polyline
from landscape.geometry.curvature import Pair
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
_TOUCHING = frozenset(("norm",))
"""Functions whose boundary is nowhere negative: no line between signs."""
_ROUNDS = 40
"""Newton's steps onto a line: where a function touches 0 without crossing it, each halves the distance."""
_AROUND = 1e-6
"""Half side of a box around a point of a line, in parts of the domain."""
_TINY = 1e-9
_PROBES = 8
"""Points of a line around which it is probed in which way it is not smooth."""


_Rough: TypeAlias = tuple[tuple[int, int], ...]
"""Numbers of tests of an enclosure, and what they are: KINK or JUMP."""


@dataclass(frozen=True, kw_only=True)
class Kinks:
    """Tells what the open boxes are in which a formula is not smooth."""

    surface: Surface
    enclosure: Enclosure
    domain: Box
    probe: Probe

    def tip(self, loops: Loops) -> Kink:
        """Return the kink that the loops' place, a tiny box, may hold."""
        x, y = self._middle(loops.place)
        breaks = self.probe.breaks([(x, y)])
        index, kind = (loops.index(), None) if breaks in ("value", "gap") else loops.kind(x, y)
        region = self._label(self._rough_at(loops.place), [(x, y)], breaks)
        value = self.probe.value(x, y)
        return Kink(x=x, y=y, value=value, index=index, breaks=breaks, kind=kind, region=region)

    def _middle(self, place: Box) -> Pair:
        """Return the roundest point of a tiny box, or where Newton's steps onto a kink lead: what is on most kinks."""
        x0, x1, y0, y1 = place
        x, y = _simplest(x0, x1), _simplest(y0, y1)
        if extent(place, self.domain) <= _TINY:
            return x, y
        on_x, on_y = self._crossing(place) or (x, y)
        return max(((x, y), (x, on_y), (on_x, y), (on_x, on_y)), key=self._kinks_at)

    def _crossing(self, place: Box) -> Pair | None:
        """Return where lines through a tiny box cross, or a point on the only one; None where none is found."""
        rough = self._rough_at(place)
        for point in self._onto(rough, place):
            for index, _ in rough:
                edge = self.enclosure.edge(index)
                reached = point_on(edge, self.domain, point) if edge else None
                point = reached if reached and _holds(grown(place, 3.0), reached) else point
            return point
        return None

    def _kinks_at(self, point: Pair) -> int:
        return len(self._rough_at((point[0], point[0], point[1], point[1])))

    def lines(self, boxes: Sequence[Box]) -> Iterator[Kink]:
        """Yield the lines of kinks that run through ``boxes``, as far as the formula changes its sign there."""
        cells = set(_cells(boxes, self.domain, self.enclosure.ask))
        lines = _lines(self.surface, self.enclosure, self.domain, cells) if cells else ()
        for line in _without_remnants(lines, self.domain, self.enclosure.ask):
            values = self.surface.value(line[:, 0], line[:, 1])
            places = line[:: max(1, len(line) // _PROBES)].tolist()
            breaks = self.probe.breaks(places)
            lowest = (
                len(line) // 2
                if breaks in ("value", "gap")
                else int(np.argmin(np.where(np.isnan(values), np.inf, values)))
            )
            x, y = map(float, line[lowest])
            region = self._label(self._rough_at(self._around(x, y)), places, breaks)
            breaks = _BREAKS.get(region, breaks)
            if region in _BREAKS:
                x, y = map(float, line[len(line) // 2])
            yield Kink(x=x, y=y, value=self.probe.value(x, y), lines=(polyline(line),), breaks=breaks, region=region)

    def labelled(self, boxes: Iterable[Box]) -> Iterator[tuple[Box, RegionKind]]:
        """Yield each box with what it is: those at which the same parts of the formula are not smooth are alike."""
        alike: dict[_Rough, list[Box]] = {}
        for box in boxes:
            self.enclosure.ask()
            alike.setdefault(self._rough_at(box), []).append(box)
        for rough, group in alike.items():
            places = [place for box in group[:: max(1, len(group) // _PROBES)] for place in self._onto(rough, box)]
            label = self._label(rough, places, self.probe.breaks(places) if places else None)
            yield from ((box, label) for box in group)

    def _label(self, rough: _Rough, places: Sequence[Pair], breaks: Break | None) -> RegionKind:
        """Return what it is where these tests are not smooth, by what is seen at some ``places`` on the lines."""
        jumping = [index for index, state in rough if state == JUMP and self._function(index) not in STEPS]
        seen = {
            limits_across(self.enclosure, edge, self.domain, place, self.probe.range)
            for index in jumping
            if (edge := self.enclosure.edge(index)) is not None
            for place in places[:_PROBES]
        }
        if "pole" in seen:
            return "pole"
        if "jump" in seen:
            return "jump"
        names = {self._function(index) for index, state in rough if state == JUMP}
        edges = [self.enclosure.edge(index) for index in jumping]
        if jumping and all(edges) and seen <= {None}:  # Enclosures are too wide there: no such line was found.
            return "kink" if any(state != JUMP for _, state in rough) else "undecided"
        if "closed" in seen and (breaks != "slope" or names <= SINGULAR):
            return "kink" if SINGULAR.isdisjoint(names) else "gap"
        return region_of(breaks, names)

    def _rough_at(self, box: Box) -> _Rough:
        """Return which tests of the enclosure are not smooth on ``box``."""
        states = enumerate(self.enclosure.states(*balls(box)))
        return tuple((index, state) for index, state in states if state != SMOOTH)

    def _function(self, index: int) -> str:
        return function_of(self.enclosure.rough[index])

    def _around(self, x: float, y: float) -> Box:
        """Return a tiny box around a point."""
        x0, x1, y0, y1 = self.domain
        dx, dy = _AROUND * (x1 - x0), _AROUND * (y1 - y0)
        return x - dx, x + dx, y - dy, y + dy

    def _onto(self, rough: _Rough, box: Box) -> Iterator[Pair]:
        """Yield a point on each line through ``box``, or close beside it."""
        for index, _ in rough:
            for edge in _edges(self.surface, (self.enclosure.rough[index],)):
                line = np.array([[(box[0] + box[1]) / 2, (box[2] + box[3]) / 2]])
                x, y = _moved(line, edge, _ROUNDS)[0].tolist()
                if _holds(grown(box, 3.0), (x, y)):
                    yield x, y


def _holds(box: Box, point: Pair) -> bool:
    return box[0] <= point[0] <= box[1] and box[2] <= point[1] <= box[3]


_BREAKS: Mapping[RegionKind, Break] = {"pole": "value", "jump": "value", "gap": "gap"}


def region_of(breaks: Break | None, names: Collection[str]) -> RegionKind:
    """Return what boxes are in which functions of these ``names`` may jump, and this is missing (None: unknown).

    A line through which a quotient stays continuous is a gap of the formula only.
    """
    singular = not SINGULAR.isdisjoint(names)
    if breaks == "value" or (breaks is None and names):
        return "pole" if singular else "jump"
    return "gap" if breaks == "gap" or (singular and breaks == "curvature") else "kink"


def _simplest(low: float, high: float) -> float:
    """Return the number between two others with the fewest decimal places, or their middle."""
    if low <= 0.0 <= high:
        return 0.0
    for places in range(-16, 16):
        number = round((low + high) / 2, places)
        if low <= number <= high:
            return number + 0.0
    return (low + high) / 2


def _without_remnants(lines: Iterable[NDArray[np.float64]], domain: Box, ask: Ask) -> Iterator[NDArray[np.float64]]:
    """Yield the lines, the long ones first, but those that run along others or are what only crosses another."""
    size = np.array([domain[1] - domain[0], domain[3] - domain[2]])
    taken: set[tuple[int, int]] = set()
    for line in sorted(lines, key=lambda line: -float((np.ptp(line, axis=0) / size).max())):
        x, y = line.T
        cells = set(_cells(zip(x, x, y, y, strict=True), domain, ask))
        if not cells <= taken:
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


def _lines(
    surface: Surface, enclosure: Enclosure, domain: Box, cells: set[tuple[int, int]]
) -> Iterator[NDArray[np.float64]]:
    """Yield the lines along which a function of the formula is not smooth, as far as they run through ``cells``."""
    from contourpy import LineType, contour_generator

    x0, x1, y0, y1 = domain
    x, y = np.linspace(x0, x1, _GRID), np.linspace(y0, y1, _GRID)
    crossing = [test for test in enclosure.rough if function_of(test) not in _TOUCHING]
    for edge in _edges(surface, crossing):
        values = edge.on_grid(x, y, enclosure.ask)
        drawn = contour_generator(x, y, np.ma.masked_invalid(values), line_type=LineType.Separate).lines(0.0)
        for line in (_moved(line, edge) for line in drawn):
            enclosure.ask()
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


def _edges(surface: Surface, tests: Sequence[Node]) -> Iterator[_Boundary]:
    """Yield the functions whose zeros are the lines of ``tests``, each once."""
    names = dict(zip(surface.parameter_names, surface.kernel_values, strict=True))
    columns = dict(surface.data)
    roots = share(tree for test in tests if (root := boundary(test)) is not None for tree in _by_row(surface, root))
    for root in dict.fromkeys(roots):
        yield _Boundary(root=root, names=names, columns=columns)


def _moved(line: NDArray[np.float64], edge: _Boundary, rounds: int = 4) -> NDArray[np.float64]:
    """Return the points of ``line`` moved onto the zeros of ``edge`` by Newton's steps; those that go far, stay."""
    moved = line.copy()
    with np.errstate(all="ignore"):
        for _ in range(rounds):
            value, *slope = edge.with_slope(moved[:, 0], moved[:, 1])
            step = step_to_zero(value, np.array(np.broadcast_arrays(value, *slope)[1:])).T
            moved = moved + np.where(np.isfinite(step), step, 0.0)
    if len(line) == 1:
        return moved
    longest = np.abs(np.diff(line, axis=0)).max(initial=0.0)
    return np.where(np.abs(moved - line).max(axis=1, keepdims=True) <= longest, moved, line)


def _by_row(surface: Surface, root: Node) -> Iterator[Node]:
    """Yield ``root`` for every row of the data where it reads them outside of ``mean`` and ``sum``, else itself."""
    if not reads_row(root, surface.columns):
        yield root
        return
    for row in list(zip(*(column for _, column in surface.data), strict=True))[:_ROWS]:
        yield substitute(root, {name: Number(value) for name, value in zip(surface.columns, row, strict=True)})
