"""Edits of the probe and of the cut: where the surface is compared with its paraboloid, and seen from the side."""

from dataclasses import replace

from landscape.session import checks
from landscape.session.descent import checks as own_checks
from landscape.session.descent.document import Cut, CutLine, Descent
from landscape.session.session import Point

PART = 0.5
"""Length of a new line against the width of the domain."""


def set_probe(descent: Descent, point: Point | None) -> Descent:
    """Put the probe at ``point``; None: away with it, and what was cut along its axes is cut on the line again."""
    if point is not None:
        return replace(descent, probe=checks.point(point))
    cut = descent.cut
    along_axis = cut is not None and cut.along in ("axis_1", "axis_2")
    return replace(descent, probe=None, cut=replace(cut, along="line") if cut and along_axis else cut)


def set_cut(descent: Descent, cut: Cut | None) -> Descent:
    """Cut the surface along a line; None: no longer."""
    return own_checks.shown(replace(descent, cut=None if cut is None else own_checks.cut(cut)))


def cut_along(descent: Descent, along: CutLine, run: int | None = None) -> Descent:
    """Cut the surface along something else, the first time on a level line through the probe.

    An axis needs a probe: where there is none, it is put at the common start.
    """
    probed = replace(descent, probe=descent.start) if along in ("axis_1", "axis_2") and not descent.probe else descent
    cut = descent.cut or Cut(ends=_first_line(descent))
    return set_cut(probed, replace(cut, along=along, run=cut.run if run is None else run))


def cut_as_colors(descent: Descent, as_colors: bool) -> Descent:
    """Show the profile as high as the colours tell, or as its values are."""
    return descent if descent.cut is None else set_cut(descent, replace(descent.cut, as_colors=as_colors))


def move_cut_end(descent: Descent, end: int, point: Point) -> Descent:
    """Move one end of the cut's line, 0 or 1; onto the other end it does not go."""
    if descent.cut is None:
        return descent
    ends = (point, descent.cut.ends[1]) if end == 0 else (descent.cut.ends[0], point)
    return descent if ends[0] == ends[1] else set_cut(descent, replace(descent.cut, along="line", ends=ends))


def _first_line(descent: Descent) -> tuple[Point, Point]:
    """Return a level line through the probe, or where there is none through the middle of the domain."""
    (left, right), (low, high) = descent.surface.domain
    x, y = descent.probe or ((left + right) / 2, (low + high) / 2)
    half = PART / 2 * (right - left)
    return (x - half, y), (x + half, y)
