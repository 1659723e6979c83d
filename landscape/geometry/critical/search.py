"""The search for all critical points of a surface on a domain, with proof, or an honest account of what is not.

It goes on by :mod:`subdivision`; what that cannot decide goes to :mod:`undecided`. Here the answer is put together.

A proof here is one by computation in ball arithmetic (python-flint): with outward rounding, of the derivatives as the
language writes them, whose constants are double-precision numbers.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from numbers import Integral

from landscape.arguments import checked
from landscape.catalogue.surface_checks import Domain, as_domain
from landscape.catalogue.surfaces import Surface, check
from landscape.errors import InputError
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.classification import classified
from landscape.geometry.critical.degenerate import degenerate_points
from landscape.geometry.critical.enclosure import enclosure
from landscape.geometry.critical.flats import flats
from landscape.geometry.critical.kinks import kinks
from landscape.geometry.critical.limits import Limits, Spent
from landscape.geometry.critical.multistart import candidates, candidates_beside
from landscape.geometry.critical.points import CriticalPoints, Flat, Valley
from landscape.geometry.critical.slopes import slopes
from landscape.geometry.critical.subdivision import Subdivision
from landscape.geometry.critical.undecided import Undecided
from landscape.geometry.critical.valleys import Tracer, valleys
from landscape.geometry.critical.winding import winding_number

BOXES = 1_000_000
SECONDS = 20.0
_AFTERWARDS = (1.0, 0.1)
"""Seconds for what is to be done with what was found, besides those that are left: at least, and of those allowed."""


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
        seconds: Most time to spend on the search; at most a tenth more, or a second, on what it has found.
        cancelled: Asked every few milliseconds; once it says yes, what was proven so far is returned.

    Returns:
        The points with what is not a point, and whether the answer is complete. Running out of boxes or seconds is
        not an error: ``exhausted`` is set and ``complete`` is not, and the points are those proven until then, with
        those that Newton's method finds and the proof confirms.

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
    try:
        enclosed = enclosure(surface, box, limits.ask)
        typical, steepest = slopes(surface, box, limits.ask)
    except Spent:
        return _unsearched(box)
    search = Subdivision(enclosed, box, boxes)
    tracer = Tracer(enclosure=enclosed, domain=box, typical=typical)
    undecided = Undecided(surface=surface, enclosure=enclosed, domain=box, tracer=tracer, steepest=steepest)
    limits.allow(seconds)
    _subdivide(search, undecided)
    afterwards = max(_AFTERWARDS[0], _AFTERWARDS[1] * seconds)
    limits.allow(afterwards / 2)
    with suppress(Spent):
        _look_again(surface, search, undecided)
    limits.allow(afterwards / 2)
    return _certified(surface, search, undecided, limits)


def _subdivide(search: Subdivision, undecided: Undecided) -> None:
    """Search until all is decided, or boxes or seconds have run out."""
    try:
        while search.open and not search.is_exhausted:
            search.advance()
            if not search.is_exhausted:
                undecided.take_from(search)
    except Spent:
        search.is_exhausted = True


def _look_again(surface: Surface, search: Subdivision, undecided: Undecided) -> None:
    """Try to prove what Newton's method finds where boxes alone have not decided."""
    ask = search.enclosure.ask
    if search.is_exhausted:
        for x, y in candidates(surface, search.domain, ask):
            search.prove_near(x, y)
        undecided.take_from(search)
    if undecided.rough:
        # A line is as wide as its boxes: beside the kink itself, they may hold ordinary points.
        for x, y in candidates_beside(surface, search.domain, undecided.rough, ask):
            search.prove_near(x, y)


def _certified(surface: Surface, search: Subdivision, undecided: Undecided, limits: Limits) -> CriticalPoints:
    """Put together what was found, and whether it is all there is."""
    points, failed = classified(search.enclosure, search.domain, search.zeros)
    degenerate, kinked, doubtful = degenerate_points(search, points)
    rough, unlined = kinks(surface, search, undecided, kinked, points)
    level, along, unseen = _level(surface, search, undecided)
    x0, x1, y0, y1 = search.domain
    nothing_else = not (undecided.covered or rough or level or degenerate)
    open_ = search.open if search.is_exhausted else ()
    left = (*failed, *doubtful, *unlined, *unseen, *undecided.crowded, *open_)
    return CriticalPoints(
        domain=((x0, x1), (y0, y1)),
        points=(*points, *degenerate),
        valleys=along,
        kinks=tuple(rough),
        flats=level,
        undecided=left,
        boundary_index=_border(search),
        complete=nothing_else and not left and not search.is_exhausted,
        exhausted=search.is_exhausted or limits.is_spent,
        boxes=search.examined,
    )


def _level(
    surface: Surface, search: Subdivision, undecided: Undecided
) -> tuple[tuple[Flat, ...], tuple[Valley, ...], Sequence[Box]]:
    """Return flat regions and valleys, or instead of both the boxes of what there was no time to look at."""
    try:
        level = flats(surface, undecided, search)
        return level, valleys(undecided.tracer, level), ()
    except Spent:
        return (), (), (*search.flat, *undecided.flat, *undecided.covered)


def _border(search: Subdivision) -> int | None:
    """Return the winding number along the border of the domain, where there is time for it."""
    with suppress(Spent):
        return winding_number(search.enclosure, search.domain)
    return None


def _unsearched(box: Box) -> CriticalPoints:
    """Return what is known where the search has not even begun."""
    x0, x1, y0, y1 = box
    return CriticalPoints(
        domain=((x0, x1), (y0, y1)), points=(), valleys=(), kinks=(), flats=(), undecided=(box,),
        boundary_index=None, complete=False, exhausted=True, boxes=0,
    )  # fmt: skip
