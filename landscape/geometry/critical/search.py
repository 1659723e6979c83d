"""The search for all critical points of a surface on a domain, with proof, or an honest account of what is not.

The domain is a partition: of boxes that a rigorous enclosure excludes, boxes around exactly one proven point, and open
boxes. It is made by :mod:`subdivision`; :mod:`remainder` is what that leaves open. Here the answer is put together:
what lies in the open boxes gets a name, which removes none of them.

A proof here is one by computation in ball arithmetic (python-flint): with outward rounding, of the derivatives as the
language writes them, without any rounding in them. A constant is the double-precision number that kernels use for it.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from numbers import Integral

import numpy as np
from numpy.typing import NDArray

from landscape.arguments import checked
from landscape.catalogue.surface_checks import Domain, as_domain
from landscape.catalogue.surfaces import Surface, check
from landscape.errors import InputError
from landscape.formula.balls import precision
from landscape.geometry.critical.boxes import Box, hull
from landscape.geometry.critical.classification import classified
from landscape.geometry.critical.degenerate import degenerate_point
from landscape.geometry.critical.enclosure import enclosure
from landscape.geometry.critical.flats import flats
from landscape.geometry.critical.kinks import Kinks
from landscape.geometry.critical.limits import Limits, Spent
from landscape.geometry.critical.loops import Loops, rectangles
from landscape.geometry.critical.lowest import lowest
from landscape.geometry.critical.multistart import candidates, candidates_beside
from landscape.geometry.critical.points import (
    REGIONS,
    CriticalPoint,
    CriticalPoints,
    Flat,
    Kink,
    Region,
    RegionKind,
    Valley,
)
from landscape.geometry.critical.probe import Probe
from landscape.geometry.critical.proof import Zero, proven_zero_near
from landscape.geometry.critical.regions import regions
from landscape.geometry.critical.remainder import Remainder, remainder, subdivide
from landscape.geometry.critical.slopes import typical_slope
from landscape.geometry.critical.subdivision import Subdivision
from landscape.geometry.critical.undecided import Undecided
from landscape.geometry.critical.valleys import Tracer, valleys
from landscape.geometry.critical.winding import winding_number

BOXES = 1_000_000
SECONDS = 20.0
_SEARCHING, _LOOKING, _PROVING = 0.75, 0.08, 0.07
"""Parts of the time for cutting boxes, for looking at the smallest ones, and for what Newton's method finds; what one
of them leaves, the next one has, and the rest is for kinds and names."""
_BITS = 120
_LOG = logging.getLogger(__name__)


@checked
def critical_points(
    surface: Surface,
    domain: Domain | None = None,
    *,
    boxes: int = BOXES,
    seconds: float = SECONDS,
    cancelled: Callable[[], bool] = lambda: False,
) -> CriticalPoints:
    """Return all critical points of ``surface``, with proof.

    Args:
        surface: From the catalogue or typed; with parameters and data at their values.
        domain: ``((x0, x1), (y0, y1))``; the surface's own.
        boxes: Most boxes to examine.
        seconds: Most time to spend on all of it; what is not done by then is open.
        cancelled: Asked every few milliseconds; once it says yes, what was proven so far is returned.

    Returns:
        The points with what is not a point, and what is open. Running out of boxes or seconds is not an error:
        ``exhausted`` is set and the rest is open; the points are those proven until then, with those that Newton's
        method finds and the proof confirms.

    Raises:
        InputError: The domain cannot be used.
    """
    if not (isinstance(boxes, Integral) and boxes >= 0):
        raise InputError('"{name}" must be a whole number of at least 0, not {given}', name="boxes", given=boxes)
    if not seconds >= 0.0:
        raise InputError('"{name}" must be a number of at least 0, not {given}', name="seconds", given=seconds)
    domain = as_domain(surface.domain if domain is None else domain)
    check(replace(surface, domain=domain))
    box: Box = (*domain[0], *domain[1])
    limits = Limits(cancelled)
    limits.allow(_SEARCHING * seconds)
    try:
        enclosed = enclosure(surface, box, limits.ask)
    except Spent:
        return _unsearched(box)
    search = Subdivision(enclosed, box, boxes)
    tracer = Tracer(enclosure=enclosed, domain=box, measured=partial(typical_slope, surface, box, limits.ask))
    undecided = Undecided(enclosure=enclosed, domain=box, tracer=tracer)
    subdivide(search, undecided)
    limits.allow(_LOOKING * seconds)
    left, zeros = remainder(search, undecided)
    limits.allow(_PROVING * seconds)
    zeros += _proven_beside(surface, search, left)
    limits.allow((1.0 - _SEARCHING - _LOOKING - _PROVING) * seconds)
    return _Answer(surface, search, left, limits).found(zeros)


def _proven_beside(surface: Surface, search: Subdivision, left: Remainder) -> list[Zero]:
    """Return what Newton's method finds, and the proof confirms, where boxes alone have not decided."""
    zeros: list[Zero] = []
    with suppress(Spent):
        for x, y in _candidates(surface, search, left):
            with precision(_BITS):
                zero = proven_zero_near(search.enclosure, search.domain, (x, y))
            zeros += [zero] if zero is not None else []
    return zeros


def _candidates(surface: Surface, search: Subdivision, left: Remainder) -> Iterator[list[float]]:
    """Yield where Newton's method settles, in and beside what is open."""
    ask = search.enclosure.ask
    if search.is_exhausted:
        yield from lowest(surface, search.domain, ask)
        yield from candidates(surface, search.domain, ask)
    # A line is as wide as its boxes: beside it, they may hold ordinary points.
    beside = [*left.lines, *left.valleys, *left.undecided]
    if beside:
        yield from candidates_beside(surface, search.domain, beside, ask)


class _Answer:
    """Puts together what was found, and what is open."""

    def __init__(self, surface: Surface, search: Subdivision, left: Remainder, limits: Limits) -> None:
        self._surface, self._search, self._left, self._limits = surface, search, left, limits
        self._labelled: dict[RegionKind, list[Box]] = {kind: [] for kind in REGIONS}
        self._points: list[CriticalPoint] = []
        self._kinks: list[Kink] = []

    def found(self, zeros: list[Zero]) -> CriticalPoints:
        """Return the points of the proven ``zeros``, all else that explains what is open, and what nothing does."""
        search, left = self._search, self._left
        x0, x1, y0, y1 = search.domain
        self._points, failed = classified(search.enclosure, search.domain, zeros)
        level = self._flats()
        along = self._valleys(level)
        self._labelled["undecided"] += [*left.undecided, *failed]
        self._places()
        self._lines()
        found = CriticalPoints(
            domain=((x0, x1), (y0, y1)),
            points=tuple(self._points),
            valleys=along,
            kinks=tuple(self._kinks),
            flats=level,
            regions=regions(self._labelled, search.domain, search.enclosure.ask),
            boundary_index=self._border(),
            exhausted=search.is_exhausted or self._limits.is_spent,
            boxes=search.examined,
        )
        places_only = not (left.flat or left.lines or left.valleys or left.undecided or failed)
        return checked_by_index(found) if places_only else found

    def _flats(self) -> tuple[Flat, ...]:
        self._labelled["flat"] += self._left.flat
        with suppress(Spent):
            return flats(self._surface, self._left.flat, self._search.domain, self._search.enclosure.ask)
        return ()

    def _valleys(self, level: tuple[Flat, ...]) -> tuple[Valley, ...]:
        self._labelled["valley"] += self._left.valleys
        with suppress(Spent):
            return valleys(self._left.tracers, level)
        return ()

    def _places(self) -> None:
        """Look at the places with the smallest boxes, each by a loop around it."""
        places = [(group, False) for group in self._left.singular] + [(group, True) for group in self._left.tips]
        degenerate: list[CriticalPoint] = []
        for group, rough in places:
            loops = self._loops(group, [other for other, _ in places if other is not group])
            try:
                if rough:
                    kink = self._described.tip(loops)
                    self._kinks.append(kink)
                    self._labelled[kink.region] += group
                elif point := degenerate_point(loops):
                    degenerate.append(point)
                    self._labelled["degenerate"] += group
                else:
                    self._labelled["undecided"] += group
            except Spent:
                self._labelled["undecided"] += group
        self._points += sorted(degenerate, key=lambda point: (point.value, point.x, point.y))

    def _lines(self) -> None:
        lines = self._left.lines
        try:
            for box, kind in self._described.labelled(lines):
                self._labelled[kind].append(box)
        except Spent:
            self._labelled["undecided"] += lines
        with suppress(Spent):
            self._kinks += self._described.lines(lines)

    def _loops(self, group: list[Box], rest: list[list[Box]]) -> Loops:
        others = np.concatenate([self._elsewhere, rectangles([hull(other) for other in rest])])
        search = self._search
        return Loops(enclosure=search.enclosure, domain=search.domain, place=hull(group), others=others)

    @cached_property
    def _elsewhere(self) -> NDArray[np.float64]:
        """All that is open or proven, but the places with the smallest boxes."""
        left = self._left
        points = [(point.x, point.x, point.y, point.y) for point in self._points]
        return rectangles([*left.flat, *left.lines, *left.valleys, *left.undecided, *points])

    @cached_property
    def _described(self) -> Kinks:
        search, typical = self._search, self._left.tracers[0].typical
        probe = Probe(surface=self._surface, domain=search.domain, typical=typical, ask=search.enclosure.ask)
        return Kinks(surface=self._surface, enclosure=search.enclosure, domain=search.domain, probe=probe)

    def _border(self) -> int | None:
        """Return the winding number along the border of the domain, where there is time for it."""
        with suppress(Spent):
            return winding_number(self._search.enclosure, self._search.domain)
        return None


def checked_by_index(found: CriticalPoints) -> CriticalPoints:
    """Return the same, but nothing proven where the indices of all that was found are not those along the border.

    Where no box is open, or only places whose index is known, both must agree: else there is a fault in the search.
    """
    unknown = any(region.kind == "undecided" for region in found.regions)
    if unknown or found.boundary_index is None or found.index_sum in (None, found.boundary_index):
        return found
    (x0, x1), (y0, y1) = found.domain
    _LOG.error("critical points: indices add up to %s, along the border %s", found.index_sum, found.boundary_index)
    return replace(found, regions=(Region(kind="undecided", boxes=((x0, x1, y0, y1),), share=1.0),))


def _unsearched(box: Box) -> CriticalPoints:
    """Return what is known where the search has not even begun."""
    x0, x1, y0, y1 = box
    return CriticalPoints(
        domain=((x0, x1), (y0, y1)), points=(), valleys=(), kinks=(), flats=(),
        regions=(Region(kind="undecided", boxes=(box,), share=1.0),), boundary_index=None, exhausted=True, boxes=0,
    )  # fmt: skip
