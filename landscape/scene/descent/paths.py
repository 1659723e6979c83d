"""The runs on the map: their paths and the pins they start from."""

from dataclasses import replace

import numpy as np

from landscape.scene.answers import Answers
from landscape.scene.descent.questions import trajectory_question
from landscape.scene.descent.run_questions import StableRateQuestion, TrajectoryQuestion
from landscape.scene.descent.scene import Path, Pin, Scene
from landscape.scene.identity import kept
from landscape.scene.palette import DASHES, RUN_COLORS
from landscape.scene.text import outcome_sentence, outcome_step, run_titles
from landscape.session.session import Session
from landscape.translation import Translation


def paths(session: Session, answers: Answers, say: Translation, previous: Scene | None) -> tuple[Path, ...]:
    """Return the path of every visible run; one that is still being computed keeps its earlier path, as pending."""
    earlier = {path.color: path for path in previous.paths} if previous else {}
    titles = run_titles(session, say)
    found = []
    for index, run in enumerate(session.runs):
        if run.visible:
            question = trajectory_question(session, run)
            old = earlier.get(RUN_COLORS[run.color])
            new = _path(index, run.color, titles[index], question, answers, say, old)
            found.append(kept(old, new))
    return kept(previous.paths if previous else None, tuple(found))


def _path(
    index: int,
    color: int,
    name: str,
    question: TrajectoryQuestion,
    answers: Answers,
    say: Translation,
    old: Path | None,
) -> Path:
    """Return the path that answers ``question``; as long as there is none, the old one or only the start."""
    trajectory = answers.get(question)
    if trajectory is None and old is not None:
        return replace(old, run=index, name=name, pending=True)
    path = Path(
        run=index,
        name=name,
        points=np.array([question.start]) if trajectory is None else trajectory.points,
        color=RUN_COLORS[color],
        dash=DASHES[color],
        outcome="finished" if trajectory is None else trajectory.outcome,
        note="",
        pending=trajectory is None,
    )
    if trajectory is None:
        return path
    bound = _stable_rate(question, answers) if trajectory.outcome in ("diverged", "left") else None
    surface = question.surface
    note = outcome_sentence(trajectory, surface, say, bound)
    return replace(path, note=note, note_step=outcome_step(trajectory, surface))


def _stable_rate(question: TrajectoryQuestion, answers: Answers) -> float | None:
    """Return 2/λmax at the start where it bounds the rate: for gradient descent itself."""
    if question.rule.entry != "sgd":
        return None
    return answers.compute(StableRateQuestion(surface=question.surface, point=question.start)) or None


def pins(session: Session, say: Translation, previous: Scene | None) -> tuple[Pin, ...]:
    """Return one pin for the common start, if a run begins there or none is shown, and one for every own start."""
    titles = run_titles(session, say)
    shown = {index: RUN_COLORS[run.color] for index, run in enumerate(session.runs) if run.visible}
    common = tuple(index for index in shown if session.runs[index].start is None)
    found = [
        Pin(runs=(index,), point=start, colors=(color,), label=titles[index], own=index)
        for index, color in shown.items()
        if (start := session.runs[index].start) is not None
    ]
    if common or not shown:
        colors = tuple(shown[index] for index in common)
        found.insert(0, Pin(runs=common, point=session.start, colors=colors, label=say("Start")))
    return kept(previous.pins if previous else None, tuple(found))
