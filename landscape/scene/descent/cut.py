"""The cut in the picture: the surface along a line, a path or a step, seen from the side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from landscape.scene.answers import Answers
from landscape.scene.cut_layer import Cut, CutCrossings, CutRun
from landscape.scene.descent.hessian_questions import HessianQuestion
from landscape.scene.descent.probe_questions import (
    CrossingsQuestion,
    LineQuestion,
    OsculationQuestion,
    PathProfileQuestion,
    StepSearchQuestion,
    step_places,
)
from landscape.scene.descent.probed import cut_run, line_ends
from landscape.scene.descent.questions import shading_question
from landscape.scene.descent.run_questions import TrajectoryQuestion, trajectory_question
from landscape.scene.descent.view import View
from landscape.scene.identity import kept
from landscape.scene.palette import PROBE_COLOR
from landscape.scene.question import Array
from landscape.scene.scene import Path, Scene
from landscape.session.descent.document import Cut as Line
from landscape.session.descent.document import Descent
from landscape.session.session import Point
from landscape.translation import Translation

ON_LINE = 1e-6
"""A line goes through the probe where it passes by as near as this part of its length."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Dots:
    """The points of one run on the profile, up to the step."""

    color: str
    points: Array
    """(k, 2): place and value."""
    chains: Array
    """(j, 2): the same from step to step, a row of NaN where the path was not on the line between two of them."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Profile:
    """What is seen of a cut at a step."""

    points: Array
    """(m, 2): the line on the map."""
    values: Array
    """(m,): the surface along it."""
    quadratic: Array
    """(m,): the osculating paraboloid along it; empty where there is none."""
    bound: Array = field(default_factory=lambda: np.zeros(0))
    """(m,): Armijo's bound along a step, NaN behind it; empty where none is asked for."""
    dots: tuple[Dots, ...] = ()
    heads: tuple[tuple[str, Point], ...] = ()
    """Colour, place and value of each run that is on a straight line at the step."""
    here: Point | None = None
    """Place and value where the paraboloid touches: the probe, or the run at the step."""
    lands: Point | None = None
    """Place and value where the step that follows lands."""


def accepted(shown: Profile) -> NDArray[np.bool_]:
    """Tell at which places of a profile a step would fall enough for Armijo's condition."""
    with np.errstate(invalid="ignore"):
        return np.less_equal(shown.values, shown.bound) if len(shown.bound) else np.zeros(len(shown.values), np.bool_)


def cut(
    descent: Descent,
    view: View,
    answers: Answers,
    say: Translation,
    paths: Sequence[Path],
    previous: Scene | None,
) -> Cut | None:
    """Return the cut of a descent that has one; while it is not known, the earlier one if it was along the same."""
    if descent.cut is None:
        return None
    old = previous.cut if previous else None
    ends = line_ends(descent, descent.cut)
    run = cut_run(descent, descent.cut)
    new = None
    if ends is not None:
        new = _straight(descent, descent.cut, ends, answers, say, paths, old)
    elif run is not None:
        new = _along_run(descent.cut, trajectory_question(descent, run), paths, answers, say)
    if new is not None:
        return kept(old, _colored(new, descent, view, answers, say, old))
    waits = (ends is not None or run is not None) and old is not None and old.along == descent.cut.along
    return old if waits else None


def _colored(cut: Cut, descent: Descent, view: View, answers: Answers, say: Translation, old: Cut | None) -> Cut:
    """Return a cut with the scale of the colours, which is its own where the descent says so."""
    shading = answers.get(shading_question(descent, view))
    scale = shading.scale if shading is not None else old.scale if old is not None else "linear"
    if descent.cut is None or not descent.cut.as_colors or scale == "linear":
        return replace(cut, scale=scale)
    spread = shading.spread if shading is not None else old.spread if old is not None else None
    title = say("{curve}, logarithmic", curve=cut.title)
    if scale == "quantile":
        title = say("{curve}, by equal areas", curve=cut.title)
    return replace(cut, scale=scale, spread=spread, title=title)


def _straight(
    descent: Descent,
    line: Line,
    ends: tuple[Point, Point],
    answers: Answers,
    say: Translation,
    paths: Sequence[Path],
    old: Cut | None,
) -> Cut | None:
    question = LineQuestion(surface=descent.surface, start=ends[0], end=ends[1])
    values = answers.get(question)
    if values is None:
        return None
    (before, abscissa), osculation = _along_axis(ends, say), None
    if descent.probe is not None and _passes(ends, descent.probe):
        osculation = answers.get(OsculationQuestion(surface=descent.surface, point=descent.probe))
        before, abscissa = math.dist(ends[0], descent.probe), say("distance")
    same = old is not None and old.values is values and old.osculation is osculation
    titles = {
        "line": say("f on a line"),
        "axis_1": say("f along the axis of λ₁"),
        "axis_2": say("f along the axis of λ₂"),
    }
    return Cut(
        along=line.along,
        title=titles[line.along],
        abscissa=abscissa,
        quadratic_name=say("local quadratic"),
        lands_name="",
        color=PROBE_COLOR,
        places=old.places if old is not None and same else np.linspace(-before, math.dist(*ends) - before, len(values)),
        points=old.points if old is not None and same else question.points,
        values=values,
        ends=line.ends if line.along == "line" else None,
        osculation=osculation,
        crossings=_crossings(descent, ends, before, answers, paths, old),
    )


def _along_axis(ends: tuple[Point, Point], say: Translation) -> tuple[float, str]:
    """Return how far before zero a line begins, and what it is measured in: x or y where it rises along one of them."""
    for side, name in enumerate(("x", "y")):
        if ends[0][1 - side] == ends[1][1 - side] and ends[0][side] < ends[1][side]:
            return -ends[0][side], name
    return 0.0, say("distance")


def _crossings(
    descent: Descent,
    ends: tuple[Point, Point],
    before: float,
    answers: Answers,
    paths: Sequence[Path],
    old: Cut | None,
) -> tuple[CutCrossings, ...]:
    """Return where the runs meet a straight cut, on which the abscissa begins ``before`` its zero."""
    colors = {path.run: path.color for path in paths}
    earlier = {each.run: each for each in (old.crossings if old is not None else ())}
    found = []
    for run in descent.runs:
        question = CrossingsQuestion(trajectory=trajectory_question(descent, run), start=ends[0], end=ends[1])
        known = answers.get(question) if run.visible else None
        if known is not None and len(known.steps):
            new = CutCrossings(
                run=run.id,
                color=colors[run.id],
                steps=known.steps,
                places=known.distances - before,
                values=known.values,
                last=known.last,
            )
            found.append(_same_crossings(earlier.get(run.id), new))
    return tuple(found)


def _same_crossings(old: CutCrossings | None, new: CutCrossings) -> CutCrossings:
    """Return the new ones, with the same array of places where they are the same."""
    if old is None or old.steps is not new.steps or not np.array_equal(old.places, new.places):
        return new
    return replace(new, places=old.places)


def _along_run(
    line: Line,
    question: TrajectoryQuestion,
    paths: Sequence[Path],
    answers: Answers,
    say: Translation,
) -> Cut | None:
    """Return the cut along the path or the steps of a run; None while it is not known."""
    trajectory, hessians = answers.get(question), answers.get(HessianQuestion(trajectory=question))
    drawn = next((path for path in paths if trajectory is not None and path.points is trajectory.points), None)
    if trajectory is None or hessians is None or drawn is None:
        return None
    places, points, run_places = step_places(question.steps), np.zeros((0, 2)), np.zeros(0)
    if line.along == "path":
        along = answers.get(PathProfileQuestion(trajectory=question))
        values = along.values if along is not None else None
        if along is not None:
            places, points, run_places = along.places, along.points, along.run_places
    else:
        values = answers.get(StepSearchQuestion(trajectory=question))
    if values is None:
        return None
    titles = {
        "path": say("f along the path of {name}", name=drawn.name),
        "step": say("f along the step of {name}", name=drawn.name),
    }
    return Cut(
        along=line.along,
        title=titles[line.along],
        abscissa=say("length of the path") if line.along == "path" else say("multiples of the step"),
        quadratic_name=say("local quadratic"),
        lands_name=say("lands"),
        bound_name=say("Armijo's bound"),
        color=drawn.color,
        places=places,
        points=points,
        values=values,
        run=CutRun(
            run=drawn.run,
            places=run_places,
            points=trajectory.points,
            losses=trajectory.losses,
            gradients=trajectory.gradients,
            hessians=hessians,
            sufficient=dict(question.strategy.values).get("sufficient", 0.0) if question.strategy is not None else 0.0,
        ),
    )


def _passes(ends: tuple[Point, Point], point: Point) -> bool:
    """Tell whether a line goes through a point."""
    (x, y), (dx, dy) = ends[0], (ends[1][0] - ends[0][0], ends[1][1] - ends[0][1])
    length = math.hypot(dx, dy)
    return length > 0 and abs((point[0] - x) * dy - (point[1] - y) * dx) <= ON_LINE * length * length


def profile(cut: Cut, step: float) -> Profile:
    """Return what is seen of a cut at a step; between two whole ones, at the earlier."""
    if cut.run is None:
        return _still(cut, math.floor(step))
    at = min(int(step), len(cut.run.points) - 1)
    return _on_path(cut, cut.run, at) if cut.along == "path" else _on_step(cut, cut.run, at)


def _still(cut: Cut, at: int) -> Profile:
    """Return a straight line with the points of all runs until a step."""
    found = cut.osculation
    shown = Profile(
        points=cut.points,
        values=cut.values,
        quadratic=np.zeros(0),
        dots=tuple(_until(each, at) for each in cut.crossings),
        heads=tuple(
            (each.color, (float(each.places[last]), float(each.values[last])))
            for each in cut.crossings
            for last in np.flatnonzero(each.steps == min(at, each.last))
        ),
    )
    if found is None:
        return shown
    return replace(shown, quadratic=found.paraboloid(*cut.points.T), here=(0.0, found.value))


def _until(met: CutCrossings, at: int) -> Dots:
    count = int(np.searchsorted(met.steps, at, side="right"))
    points = np.stack((met.places[:count], met.values[:count]), axis=1)
    apart = 1 + np.flatnonzero(np.diff(met.steps[:count]) != 1.0)
    return Dots(color=met.color, points=points, chains=np.insert(points, apart, np.nan, axis=0))


def _on_path(cut: Cut, run: CutRun, at: int) -> Profile:
    known = len(run.places)
    points = np.stack((run.places, run.losses[:known]), axis=1)[: at + 1]
    dots = (Dots(color=cut.color, points=points, chains=np.zeros((0, 2))),)
    if at >= known:
        return Profile(points=cut.points, values=cut.values, quadratic=np.zeros(0), dots=dots)
    return Profile(
        points=cut.points,
        values=cut.values,
        quadratic=_paraboloid(run, at, cut.points - run.points[at]),
        here=(float(run.places[at]), float(run.losses[at])),
        lands=(float(run.places[at + 1]), float(run.losses[at + 1])) if at + 1 < known else None,
        dots=dots,
    )


def _on_step(cut: Cut, run: CutRun, at: int) -> Profile:
    """Return the line of the step that is made at a step; at the end, that of the last one."""
    nothing = np.zeros((0, 2))
    if not len(cut.values):
        return Profile(points=nothing, values=np.full(len(cut.places), np.nan), quadratic=np.zeros(0))
    at = min(at, len(cut.values) - 1)
    way = cut.places[:, None] * (run.points[at + 1] - run.points[at])
    return Profile(
        points=run.points[at] + way,
        values=cut.values[at],
        quadratic=_paraboloid(run, at, way),
        bound=_armijo(cut.places, run, at),
        here=(0.0, float(run.losses[at])),
        lands=(1.0, float(run.losses[at + 1])),
    )


def _armijo(places: Array, run: CutRun, at: int) -> Array:
    """Return what a step that is so many times as long may come to at the most: f + c α ∇f·d, for α > 0."""
    slope = float(run.gradients[at] @ (run.points[at + 1] - run.points[at]))
    if not (run.sufficient > 0.0 and slope < 0.0):
        return np.zeros(0)
    return np.where(places > 0.0, run.losses[at] + run.sufficient * slope * places, np.nan)


def _paraboloid(run: CutRun, at: int, way: Array) -> Array:
    """Return the osculating paraboloid of a point of a run at some vectors (m, 2) from there."""
    (dx, dy), (xx, xy, yy) = way.T, run.hessians[at]
    with np.errstate(all="ignore"):
        linear = run.losses[at] + way @ run.gradients[at]
        heights: Array = linear + (xx / 2 * dx * dx + xy * dx * dy + yy / 2 * dy * dy)
    return heights if np.isfinite(heights).all() else np.zeros(0)
