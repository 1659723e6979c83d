"""All critical points of a surface on a domain, each of them proven, or an honest account of what is not.

The search is :mod:`certificate`'s; what it cannot decide goes to :mod:`remains`; this module puts the answer together.

A proof here is one by computation in ball arithmetic (python-flint): with outward rounding, of the derivatives as the
language writes them, whose constants are double-precision numbers.
"""

from collections.abc import Callable
from dataclasses import replace

from landscape.catalogue.surface_checks import Domain
from landscape.catalogue.surfaces import Surface, check
from landscape.geometry.accounts import degenerate_points, flats, valleys
from landscape.geometry.certificate import Search
from landscape.geometry.classification import classified
from landscape.geometry.creases import kinks
from landscape.geometry.field import Box, field
from landscape.geometry.guesses import guesses, guesses_among
from landscape.geometry.kinds import CriticalPoint, CriticalPoints, Flat, Kink, Valley
from landscape.geometry.remains import Remains, slopes
from landscape.geometry.valleys import Tracer
from landscape.geometry.winding import winding_number

__all__ = ["CriticalPoint", "CriticalPoints", "Flat", "Kink", "Valley", "critical_points"]

BOXES = 1_000_000
SECONDS = 20.0


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
        seconds: Most time to spend on the search.
        cancelled: Asked now and then; once it says yes, what was proven so far is returned.

    Returns:
        The points with what is not a point, and whether the answer is complete. Running out of boxes or seconds is
        not an error: ``exhausted`` is set and ``complete`` is not, and the points are those proven until then, with
        those that Newton's method finds and the proof confirms.

    Raises:
        InputError: The domain cannot be used.
    """
    domain = check(replace(surface, domain=domain)).domain if domain else surface.domain
    box: Box = (*domain[0], *domain[1])
    seen = field(surface, box)
    search = Search(seen, box, boxes, seconds, cancelled)
    typical, steepest = slopes(surface, box)
    tracer = Tracer(field=seen, domain=box, typical=typical)
    remains = Remains(surface=surface, field=seen, domain=box, tracer=tracer, steepest=steepest)
    while search.open and not search.is_exhausted:
        search.advance()
        remains.sort_out(search)
    if not search.is_cancelled:
        likely = guesses(surface, box).tolist() if search.is_exhausted else []
        if remains.rough:
            # A line is as wide as its boxes: beside the kink itself, they may hold ordinary points.
            likely += guesses_among(surface, box, remains.rough).tolist()
        for x, y in likely:
            search.prove_near(x, y)
    return _account(surface, search, remains)


def _account(surface: Surface, search: Search, remains: Remains) -> CriticalPoints:
    """Put together what was found."""
    points, failed = classified(search.field, search.domain, search.roots)
    degenerate, creased, doubtful = degenerate_points(search, points)
    rough = kinks(surface, search, remains, creased, points)
    level = flats(surface, remains, search)
    x0, x1, y0, y1 = search.domain
    nothing_else = not (remains.beside or rough or level or degenerate)
    undecided = (*failed, *doubtful, *remains.crowded, *(search.open if search.is_exhausted else ()))
    return CriticalPoints(
        domain=((x0, x1), (y0, y1)),
        points=(*points, *degenerate),
        valleys=valleys(remains.tracer, level),
        kinks=rough,
        flats=level,
        undecided=undecided,
        boundary_index=None if search.is_cancelled else winding_number(search.field, search.domain),
        complete=nothing_else and not undecided and not search.is_exhausted,
        exhausted=search.is_exhausted,
        boxes=search.examined,
    )
