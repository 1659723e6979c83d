"""The search for all critical points of a surface on a domain, with proof, or an honest account of what is not.

It goes on by :mod:`subdivision`; what that cannot decide goes to :mod:`undecided`. Here the answer is put together.

A proof here is one by computation in ball arithmetic (python-flint): with outward rounding, of the derivatives as the
language writes them, whose constants are double-precision numbers.
"""

from collections.abc import Callable
from dataclasses import replace

from landscape.catalogue.surface_checks import Domain
from landscape.catalogue.surfaces import Surface, check
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.classification import classified
from landscape.geometry.critical.degenerate import degenerate_points
from landscape.geometry.critical.enclosure import enclosure
from landscape.geometry.critical.flats import flats
from landscape.geometry.critical.kinks import kinks
from landscape.geometry.critical.multistart import candidates, candidates_beside
from landscape.geometry.critical.points import CriticalPoints
from landscape.geometry.critical.slopes import slopes
from landscape.geometry.critical.subdivision import Subdivision
from landscape.geometry.critical.undecided import Undecided
from landscape.geometry.critical.valleys import Tracer, valleys
from landscape.geometry.critical.winding import winding_number

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
    enclosed = enclosure(surface, box)
    search = Subdivision(enclosed, box, boxes, seconds, cancelled)
    typical, steepest = slopes(surface, box)
    tracer = Tracer(enclosure=enclosed, domain=box, typical=typical)
    undecided = Undecided(surface=surface, enclosure=enclosed, domain=box, tracer=tracer, steepest=steepest)
    while search.open and not search.is_exhausted:
        search.advance()
        undecided.take_from(search)
    if not search.is_cancelled:
        likely = candidates(surface, box).tolist() if search.is_exhausted else []
        if undecided.rough:
            # A line is as wide as its boxes: beside the kink itself, they may hold ordinary points.
            likely += candidates_beside(surface, box, undecided.rough).tolist()
        for x, y in likely:
            search.prove_near(x, y)
    return _certified(surface, search, undecided)


def _certified(surface: Surface, search: Subdivision, undecided: Undecided) -> CriticalPoints:
    """Put together what was found, and whether it is all there is."""
    points, failed = classified(search.enclosure, search.domain, search.zeros)
    degenerate, kinked, doubtful = degenerate_points(search, points)
    rough = kinks(surface, search, undecided, kinked, points)
    level = flats(surface, undecided, search)
    x0, x1, y0, y1 = search.domain
    nothing_else = not (undecided.covered or rough or level or degenerate)
    left = (*failed, *doubtful, *undecided.crowded, *(search.open if search.is_exhausted else ()))
    return CriticalPoints(
        domain=((x0, x1), (y0, y1)),
        points=(*points, *degenerate),
        valleys=valleys(undecided.tracer, level),
        kinks=rough,
        flats=level,
        undecided=left,
        boundary_index=None if search.is_cancelled else winding_number(search.enclosure, search.domain),
        complete=nothing_else and not left and not search.is_exhausted,
        exhausted=search.is_exhausted,
        boxes=search.examined,
    )
