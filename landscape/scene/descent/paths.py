"""The runs on the map: their paths and the pins they start from."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from landscape.scene.answers import Answers
from landscape.scene.descent.run_questions import (
    GradientNormQuestion,
    StableRateQuestion,
    TrajectoryQuestion,
    trajectory_question,
)
from landscape.scene.descent.text import outcome_sentence, outcome_step, run_titles
from landscape.scene.identity import kept
from landscape.scene.palette import DASHES, RUN_COLORS
from landscape.scene.scene import Path, Pin, Scene, TrialSpread
from landscape.session.descent.document import Descent, Run
from landscape.translation import Translation


def paths(
    descent: Descent,
    answers: Answers,
    say: Translation,
    previous: Scene | None,
    spreads: Mapping[int, TrialSpread] | None = None,
) -> tuple[Path, ...]:
    """Return the path of every visible run; one that is still being computed keeps its earlier path, as pending.

    Of a run that has the best rate of a fair race, the name says so.
    """
    earlier = {path.run: path for path in previous.paths} if previous else {}
    titles = dict(run_titles(descent, say))
    for id, spread in (spreads or {}).items():
        if spread.is_best:
            titles[id] = say("{run}, best of {count} rates", run=titles[id], count=spread.trials)
    found = []
    for run in descent.runs:
        if run.visible:
            old = earlier.get(run.id)
            new = _path(run, titles[run.id], trajectory_question(descent, run), answers, say, old)
            found.append(kept(old, new))
    return kept(previous.paths if previous else None, tuple(found))


def _path(
    run: Run, name: str, question: TrajectoryQuestion, answers: Answers, say: Translation, old: Path | None
) -> Path:
    """Return the path that answers ``question``; as long as there is none, the old one or only the start."""
    trajectory = answers.get(question)
    if trajectory is None and old is not None:
        return replace(old, name=name, color=RUN_COLORS[run.color], dash=DASHES[run.color], pending=True)
    path = Path(
        run=run.id,
        name=name,
        points=np.array([question.start]) if trajectory is None else trajectory.points,
        color=RUN_COLORS[run.color],
        dash=DASHES[run.color],
        outcome="finished" if trajectory is None else trajectory.outcome,
        note="",
        pending=trajectory is None,
    )
    if trajectory is None:
        return path
    bound = _stable_rate(question, answers) if trajectory.outcome in ("diverged", "left") else None
    surface = question.surface
    norms = partial(answers.compute, GradientNormQuestion(trajectory=question))
    step = outcome_step(trajectory, surface, norms)
    return replace(path, note=outcome_sentence(trajectory, step, say, bound), note_step=step)


def _stable_rate(question: TrajectoryQuestion, answers: Answers) -> float | None:
    """Return 2/λmax at the start where it bounds the rate: for gradient descent itself."""
    if question.strategy is not None or question.rule.entry != "sgd":
        return None
    return answers.compute(StableRateQuestion(surface=question.surface, point=question.start)) or None


def pins(descent: Descent, say: Translation, previous: Scene | None) -> tuple[Pin, ...]:
    """Return one pin for the common start, if a run begins there or none is shown, and one for every own start."""
    titles = run_titles(descent, say)
    shown = [run for run in descent.runs if run.visible]
    common = [run for run in shown if run.start is None]
    found = [
        Pin(runs=(run.id,), point=run.start, colors=(RUN_COLORS[run.color],), label=titles[run.id], own=run.id)
        for run in shown
        if run.start is not None
    ]
    if common or not shown:
        ids, colors = tuple(run.id for run in common), tuple(RUN_COLORS[run.color] for run in common)
        found.insert(0, Pin(runs=ids, point=descent.start, colors=colors, label=say("Start")))
    return kept(previous.pins if previous else None, tuple(found))
