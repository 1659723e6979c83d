"""Which questions the probe and the cut of a descent ask, and where the line of the cut is."""

import math
from collections.abc import Callable
from typing import Any

from landscape.scene.descent.hessian_questions import HessianQuestion
from landscape.scene.descent.probe_questions import (
    CrossingsQuestion,
    LineQuestion,
    OsculationQuestion,
    PathProfileQuestion,
    StepSearchQuestion,
)
from landscape.scene.descent.run_questions import TrajectoryQuestion
from landscape.scene.question import Question
from landscape.session.descent.document import Cut, Descent, Run
from landscape.session.session import Point

AXES = {"axis_1": 1, "axis_2": 0}
"""Which of the eigenvectors, by rising eigenvalue, each cut along an axis is along."""


def probe_questions(descent: Descent, trajectory: Callable[[Run], TrajectoryQuestion]) -> list[Question[Any]]:
    """Return what must be known to show the probe and the cut; ``trajectory`` asks what a run does."""
    asked: list[Question[Any]] = []
    if descent.probe is not None:
        asked.append(OsculationQuestion(surface=descent.surface, point=descent.probe))
    if descent.cut is not None:
        run = cut_run(descent, descent.cut)
        ends = line_ends(descent, descent.cut)
        if ends is not None:
            asked.append(LineQuestion(surface=descent.surface, start=ends[0], end=ends[1]))
            seen = [trajectory(each) for each in descent.runs if each.visible]
            asked += [CrossingsQuestion(trajectory=each, start=ends[0], end=ends[1]) for each in seen]
        elif run is not None:
            along = PathProfileQuestion if descent.cut.along == "path" else StepSearchQuestion
            asked += [along(trajectory=trajectory(run)), HessianQuestion(trajectory=trajectory(run))]
    return asked


def cut_run(descent: Descent, cut: Cut) -> Run | None:
    """Return the run along which the surface is cut; None for other cuts, and where no run is visible."""
    if cut.along not in ("path", "step"):
        return None
    visible = [run for run in descent.runs if run.visible]
    return next((run for run in visible if run.id == cut.run), next(iter(visible), None))


def line_ends(descent: Descent, cut: Cut) -> tuple[Point, Point] | None:
    """Return the ends of a straight cut; None where it is along a run, and where the probe has no axes.

    A cut along an axis reaches from one border of the domain to the other; from a probe beside it, as far as the
    domain is wide.
    """
    if cut.along == "line":
        return cut.ends
    if cut.along not in AXES or descent.probe is None:
        return None
    from landscape.geometry.osculating import osculation

    axis = osculation(descent.surface, descent.probe).axes[AXES[cut.along]]
    return chord(descent.probe, axis, descent.surface.domain) if all(map(math.isfinite, axis)) else None


def chord(point: Point, direction: Point, domain: tuple[Point, Point]) -> tuple[Point, Point]:
    """Return where the line through a point in a direction enters and leaves the domain.

    Where the point is not inside, the ends are as far from it as the domain is wide.
    """
    first, last = -math.inf, math.inf
    for place, part, (low, high) in zip(point, direction, domain, strict=True):
        if abs(part) > 1e-12:
            one, other = sorted(((low - place) / part, (high - place) / part))
            first, last = max(first, one), min(last, other)
    if not first < 0.0 < last or any(not low < place < high for place, (low, high) in zip(point, domain, strict=True)):
        last = max(high - low for low, high in domain)
        first = -last
    (x, y), (dx, dy) = point, direction
    return (x + first * dx, y + first * dy), (x + last * dx, y + last * dy)
