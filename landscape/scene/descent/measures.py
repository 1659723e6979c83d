"""What a lesson can tell of a surface and its runs: losses, places, steps to a threshold, curvatures, and more."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from landscape.descent.comparison import evaluations_of
from landscape.geometry.curvature import eigenvalues, entries_of
from landscape.scene.answers import Answers
from landscape.scene.descent.run_questions import lengths, trajectory_question
from landscape.scene.descent.text import run_titles
from landscape.scene.measures import Measures, Told
from landscape.scene.question import Question
from landscape.session.descent.document import Descent
from landscape.session.lesson import Point, Quantity
from landscape.translation import Translation

if TYPE_CHECKING:
    from landscape.descent.comparison import Success
    from landscape.descent.recorded import Trajectory
    from landscape.scene.descent.comparison_question import ComparisonQuestion

LOST = ("diverged", "left")
COMPARED = ("found", "found_low", "found_high", "half", "price")
"""What is told of the many starts of a run that is compared."""


def _questions(descent: Descent) -> Sequence[Question[Any]]:
    return [*(trajectory_question(descent, run) for run in descent.runs), *_comparison(descent).values()]


def _comparison(descent: Descent) -> "Mapping[int, ComparisonQuestion]":
    """Return what is asked of the runs that are compared, by their ids."""
    if descent.comparison is None:
        return {}
    # Loaded with the first comparison.
    from landscape.scene.descent.comparison_question import comparison_questions

    return comparison_questions(descent)


def _trajectory(descent: Descent, run: int, answers: Answers) -> "Trajectory | None":
    found = next((one for one in descent.runs if one.id == run), None)
    return None if found is None else answers.get(trajectory_question(descent, found))


def _measure(descent: Descent, asked: Quantity, answers: Answers, say: Translation) -> Told:
    """Return a quantity of the descent, or of one of its runs."""
    if asked.of == "title":
        return run_titles(descent, say).get(asked.run, "–")
    plain = _of_descent(descent, asked)
    if plain is not None:
        return plain
    if asked.of in COMPARED:
        question = _comparison(descent).get(asked.run)
        found = None if question is None else answers.get(question)
        return math.nan if found is None else _of_success(found, asked.of)
    trajectory = _trajectory(descent, asked.run, answers)
    return math.nan if trajectory is None else _of_run(descent, trajectory, asked)


def _of_descent(descent: Descent, asked: Quantity) -> float | None:
    """Return what is known without any run; None where the quantity is that of a run."""
    if asked.of in ("sharpness", "flattest", "value") and asked.point is not None:
        return _of_point(descent, asked.point, asked.of)
    if asked.of == "parameter":
        return dict(descent.surface.values).get(asked.hyper, math.nan)
    if asked.of == "hyper":
        values = next((dict(run.values) for run in descent.runs if run.id == asked.run), {})
        return values.get(asked.hyper, math.nan)
    known = {"noise": descent.noise, "length": float(descent.steps)}
    if descent.comparison is not None:
        shown = descent.comparison
        known |= {"starts": float(shown.repetitions), "budget": float(shown.evaluations), "target": shown.target}
    return known.get(asked.of)


def _of_point(descent: Descent, point: Point, of: str) -> float:
    if of == "value":
        return float(descent.surface.value(*point))
    least, largest = eigenvalues(entries_of(descent.surface.hessian(*point)))
    return float(largest if of == "sharpness" else least)


def _of_success(found: "Success", of: str) -> float:
    """Return how often and how soon many starts of a run have found the target."""
    low, high = found.interval
    return {"found": found.share, "found_low": low, "found_high": high, "half": found.half, "price": found.price}[of]


def _of_run(descent: Descent, run: "Trajectory", asked: Quantity) -> float:
    """Return what becomes of a run until a step; NaN after its end."""
    last = len(run.losses) - 1
    step = last if asked.step is None else asked.step
    if asked.of == "ended":
        return float(last)
    if asked.of == "lost":
        return float(run.outcome in LOST)
    if asked.of == "steps_to":
        under = np.flatnonzero(run.losses <= (0.0 if asked.below is None else asked.below))
        return float(under[0]) if len(under) else math.inf
    if asked.of == "evaluations":
        return float(evaluations_of(run)[min(step, last)])
    if step > last:
        return math.nan
    if asked.of in ("sharpness", "flattest"):
        x, y = run.points[step].tolist()
        return _of_point(descent, (x, y), asked.of)
    return _until(run, asked, step)


def _until(run: "Trajectory", asked: Quantity, step: int) -> float:
    """Return what is seen of a run at a step, or on the way to it."""
    points, losses = run.points[: step + 1], run.losses[: step + 1]
    if asked.of == "distance":
        return math.dist(points[-1].tolist(), asked.point or (0.0, 0.0))
    if asked.of == "turns":
        moves = np.diff(points[:, 1 if asked.hyper == "y" else 0])
        return float(np.count_nonzero(moves[1:] * moves[:-1] < 0.0))
    if asked.of == "rate":
        # A run that cannot take a step has no rate.
        return float(run.rates[min(step, len(run.rates) - 1)]) if len(run.rates) else math.nan
    if asked.of == "gradient":
        return float(lengths(run.gradients[step : step + 1])[0])
    if asked.of == "path":
        return float(lengths(np.diff(points, axis=0)).sum()) if step else 0.0
    found = {
        "loss": losses[-1],
        "lowest": losses.min(),
        "highest": losses.max(),
        "x": points[-1, 0],
        "y": points[-1, 1],
    }
    return float(found.get(asked.of, math.nan))


def _titles(descent: Descent, say: Translation) -> Mapping[int, str]:
    shown = {run.id for run in descent.runs if run.visible}
    return {run: title for run, title in run_titles(descent, say).items() if run in shown}


def _first(descent: Descent, below: float | None, step: int | None, answers: Answers) -> int | None:
    """Return the run that is first at or under a loss, or has the lowest one at a step; the first of equals."""
    best, least = None, math.inf
    for run in _titles(descent, Translation()):
        asked = Quantity(name="", of="loss" if below is None else "steps_to", run=run, step=step, below=below)
        trajectory = _trajectory(descent, run, answers)
        value = math.nan if trajectory is None else _of_run(descent, trajectory, asked)
        if value < least:
            best, least = run, value
    return best


def _place(descent: Descent, run: int, step: int | None, answers: Answers) -> Point | None:
    trajectory = _trajectory(descent, run, answers)
    if trajectory is None:
        return None
    last = len(trajectory.points) - 1
    x, y = trajectory.points[last if step is None else min(step, last)].tolist()
    return (x, y) if math.isfinite(x) and math.isfinite(y) else None


def _diagonal(descent: Descent) -> float:
    (left, right), (low, high) = descent.surface.domain
    return math.hypot(right - left, high - low)


MEASURES: Measures[Descent] = Measures(
    questions=_questions, measure=_measure, titles=_titles, first=_first, place=_place, diagonal=_diagonal
)
