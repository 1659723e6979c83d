"""Everything that is computed, as frozen questions: equal questions have equal answers, so nothing can be stale.

A question knows how it is answered, what it is made of, and how long that takes. Keeping answers is the business of
:mod:`landscape.scene.answers`. This module says which questions a descent in a view asks.
"""

from functools import partial
from typing import Any

from landscape.scene.descent.critical_question import critical_points_question
from landscape.scene.descent.hessian_questions import HessianQuestion, SharpnessQuestion
from landscape.scene.descent.run_questions import PredictionQuestion, TrajectoryQuestion, trajectory_question
from landscape.scene.descent.surface_questions import (
    ArrowsQuestion,
    ContourQuestion,
    GridQuestion,
    ReliefQuestion,
    ShadingQuestion,
)
from landscape.scene.descent.view import View
from landscape.scene.question import LongQuestion, Question
from landscape.session.descent.document import Descent

ARROW_COLUMNS = 24


def questions(descent: Descent, view: View) -> tuple[Question[Any], ...]:
    """Return all that must be known to show ``descent`` in ``view``; what the eye wants first goes first.

    What is never answered within a frame comes last: critical points, basins and the map of two hyper-parameters.
    """
    paths = tuple(trajectory_question(descent, run) for run in descent.runs if run.visible)
    shade = shading_question(descent, view)
    asked: list[Question[Any]] = [shade, *paths]
    if descent.stage != "map":
        asked.append(ReliefQuestion(shading=shade))
    if descent.contours:
        asked.append(ContourQuestion(shading=shade))
    if descent.arrows:
        asked.append(arrows_question(descent, view))
    if descent.surface.model:
        asked += [PredictionQuestion(trajectory=path) for path in paths]
    if descent.lens:
        asked += [HessianQuestion(trajectory=path) for path in paths]
    if descent.sharpness:
        asked += [SharpnessQuestion(trajectory=path) for path in paths]
    if descent.probe is not None or descent.cut is not None:
        from landscape.scene.descent.probed import probe_questions

        asked += probe_questions(descent, partial(trajectory_question, descent))
    if descent.explained is not None:
        from landscape.scene.descent.step_question import ExplainerQuestion

        asked += [ExplainerQuestion(trajectory=path) for path in explained_path(descent)]
    return (*asked, *long_questions(descent, view))


def explained_path(descent: Descent) -> tuple[TrajectoryQuestion, ...]:
    """Return what the run does whose steps are explained line by line; nothing where that is no visible one.

    A strategy has no lines: it tells of its steps itself.
    """
    return tuple(
        trajectory_question(descent, run)
        for run in descent.runs
        if run.visible and run.id == descent.explained and run.strategy is None
    )


def long_questions(descent: Descent, view: View) -> tuple[LongQuestion[Any], ...]:
    """Return what takes longer than a frame, and is shown coarsely first."""
    asked: list[LongQuestion[Any] | None] = []
    if descent.critical:
        asked.append(critical_points_question(descent.surface))
    # What is seldom asked is loaded with the first such question, not with the first picture.
    if descent.basins is not None:
        from landscape.scene.descent.basin_question import basins_question

        asked.append(basins_question(descent, view))
    if descent.hyper_map is not None:
        from landscape.scene.descent.map_question import hyper_map_question

        asked.append(hyper_map_question(descent))
    if descent.tuning is not None:
        from landscape.scene.descent.tuning_question import trials_questions

        asked += trials_questions(descent, descent.tuning).values()
    return tuple(one for one in asked if one is not None)


def shading_question(descent: Descent, view: View) -> ShadingQuestion:
    """Return the surface of ``descent`` as shades in ``view``."""
    sampled = GridQuestion(surface=descent.surface, x=view.x, y=view.y, columns=view.columns, rows=view.rows)
    return ShadingQuestion(grid=sampled, scale=descent.levels)


def arrows_question(descent: Descent, view: View) -> ArrowsQuestion:
    """Return the arrows in ``view``, about as far apart up as across."""
    rows = max(2, round(ARROW_COLUMNS * view.rows / view.columns))
    return ArrowsQuestion(surface=descent.surface, x=view.x, y=view.y, columns=ARROW_COLUMNS, rows=rows)
