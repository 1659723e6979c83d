"""Everything that is computed, as frozen questions: equal questions have equal answers, so nothing can be stale.

A question knows how it is answered, what it is made of, and how long that takes. Keeping answers is the business of
:mod:`landscape.scene.answers`. This module says which questions a session in a view asks.
"""

from dataclasses import dataclass
from typing import Any

from landscape.scene.descent.hessian_questions import HessianQuestion, SharpnessQuestion
from landscape.scene.descent.run_questions import PredictionQuestion, TrajectoryQuestion
from landscape.scene.descent.scene import Range
from landscape.scene.descent.surface_questions import ArrowsQuestion, ContourQuestion, GridQuestion, ShadingQuestion
from landscape.scene.question import Question
from landscape.session.session import Run, Session

FINEST = 1024
"""Most columns and most rows of a grid."""
ARROW_COLUMNS = 24


@dataclass(frozen=True)
class View:
    """What is looked at, and how finely the surface is sampled for it."""

    x: Range
    y: Range
    columns: int
    rows: int


def stage_view(x: Range, y: Range, width: float, height: float) -> View:
    """Return the view of a stage of ``width`` by ``height`` device pixels: one sample for two by two of them."""
    columns, rows = (min(FINEST, max(2, round(pixels / 2))) for pixels in (width, height))
    return View(x, y, columns, rows)


def questions(session: Session, view: View) -> tuple[Question[Any], ...]:
    """Return all that must be known to show ``session`` in ``view``; what the eye wants first goes first."""
    paths = tuple(trajectory_question(session, run) for run in session.runs if run.visible)
    shade = shading_question(session, view)
    asked: list[Question[Any]] = [shade, *paths]
    if session.contours:
        asked.append(ContourQuestion(shading=shade))
    if session.arrows:
        asked.append(arrows_question(session, view))
    if session.surface.model:
        asked += [PredictionQuestion(trajectory=path) for path in paths]
    if session.lens:
        asked += [HessianQuestion(trajectory=path) for path in paths]
    if session.sharpness:
        asked += [SharpnessQuestion(trajectory=path) for path in paths]
    return tuple(asked)


def trajectory_question(session: Session, run: Run) -> TrajectoryQuestion:
    """Return what ``run`` does in ``session``."""
    return TrajectoryQuestion(
        surface=session.surface,
        rule=run.rule,
        start=session.start_of(run),
        steps=session.steps,
        schedule=session.schedule_of(run),
        noise=session.noise,
        batch_size=session.batch_size,
        seed=session.seed,
    )


def shading_question(session: Session, view: View) -> ShadingQuestion:
    """Return the surface of ``session`` as shades in ``view``."""
    sampled = GridQuestion(surface=session.surface, x=view.x, y=view.y, columns=view.columns, rows=view.rows)
    return ShadingQuestion(grid=sampled, scale=session.levels)


def arrows_question(session: Session, view: View) -> ArrowsQuestion:
    """Return the arrows in ``view``, about as far apart up as across."""
    rows = max(2, round(ARROW_COLUMNS * view.rows / view.columns))
    return ArrowsQuestion(surface=session.surface, x=view.x, y=view.y, columns=ARROW_COLUMNS, rows=rows)
