"""What a lesson says of a session as it is now: quantities, sentences with their numbers, and how good a guess was."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from landscape.formula.tree import evaluate
from landscape.scene.answers import Answers
from landscape.scene.measures import Measures, Told
from landscape.scene.question import Question
from landscape.scene.text import number
from landscape.scene.workspaces import scene_part
from landscape.session.lesson import BRACES, DIGITS, Lesson, Point, Saying, Texts, holds_trees, tree_of
from landscape.session.session import Session
from landscape.translation import Translation

CLOSE, NEAR = 0.02, 0.08
"""Shares of the picture's diagonal within which a marker is on the spot, and near it."""
EXACT, ROUGH = 0.05, 0.25
"""Shares of a number within which a guess is right, and close."""


@dataclass(frozen=True, kw_only=True)
class Values:
    """The quantities of a lesson as they are now."""

    lesson: Lesson
    known: Mapping[str, Told]

    def number(self, formula: str) -> float:
        """Return what a formula of quantities comes to; NaN where one of them is not known."""
        numbers = {name: value for name, value in self.known.items() if not isinstance(value, str)}
        tree = tree_of(formula, frozenset(self.known))
        return float(evaluate((tree,), {**dict.fromkeys(self.known, math.nan), **numbers})[0])

    def holds(self, condition: str) -> bool:
        """Tell whether all comparisons of a condition hold; nothing holds of what is not known."""
        trees = holds_trees(condition, frozenset(self.known))
        numbers = {name: math.nan if isinstance(value, str) else value for name, value in self.known.items()}
        return all(float(evaluate((tree,), numbers)[0]) == 1.0 for tree in trees)

    def text(self, texts: Texts, say: Translation) -> str:
        """Return a text in a language with its numbers; empty where there is none."""
        if not texts:
            return ""
        return BRACES.sub(lambda found: self._told(found[1], int(found[2] or DIGITS)), say.pick(texts))

    def said(self, sayings: Sequence[Saying], say: Translation) -> list[str]:
        """Return the sentences whose conditions hold."""
        return [self.text(one.text, say) for one in sayings if self.holds(one.when)]

    def _told(self, formula: str, digits: int) -> str:
        known = self.known.get(formula.strip())
        return known if isinstance(known, str) else number(self.number(formula), digits)


def measures_of(session: Session) -> Measures[Any] | None:
    """Return what can be taken from the document in front."""
    load = scene_part(session.workspace).measures
    return load() if load is not None else None


def lesson_questions(session: Session) -> tuple[Question[Any], ...]:
    """Return what must be answered for the lesson in front."""
    measures = measures_of(session)
    return tuple(measures.questions(session.document)) if session.lesson and measures else ()


def lesson_values(session: Session, lesson: Lesson, answers: Answers, say: Translation) -> Values:
    """Return the quantities of a lesson as they are in a session."""
    measures = measures_of(session)
    known = {
        one.name: measures.measure(session.document, one, answers, say) if measures else math.nan
        for one in lesson.quantities
    }
    return Values(lesson=lesson, known=known)


def candidates(session: Session, values: Values, say: Translation) -> list[str]:
    """Return what a prediction offers to choose from; nothing where a place or a number is asked for."""
    prediction, measures = values.lesson.prediction, measures_of(session)
    if prediction.kind == "choice":
        return [values.text(option.text, say) for option in prediction.options]
    if prediction.kind == "basin":
        return [f"({number(x, 3)}, {number(y, 3)})" for x, y in prediction.places]
    if prediction.kind == "first" and measures is not None:
        return list(measures.titles(session.document, say).values())
    return []


def right_candidate(session: Session, values: Values, answers: Answers) -> int | None:
    """Return which of the candidates is right; None where none is, or it is not known."""
    prediction, measures = values.lesson.prediction, measures_of(session)
    if prediction.kind == "choice":
        return next((index for index, one in enumerate(prediction.options) if values.holds(one.when)), None)
    if measures is None:
        return None
    if prediction.kind == "basin":
        end = measures.place(session.document, prediction.run, prediction.step, answers)
        if end is None:
            return None
        return min(range(len(prediction.places)), key=lambda index: math.dist(end, prediction.places[index]))
    first = measures.first(session.document, prediction.below, prediction.step, answers)
    ids = list(measures.titles(session.document, Translation()))
    return ids.index(first) if first in ids else None


def told_choice(session: Session, values: Values, chosen: int | None, answers: Answers, say: Translation) -> str:
    """Return in words whether what was chosen is right, and what is."""
    right, offered = right_candidate(session, values, answers), candidates(session, values, say)
    if right is None:
        return say("None of these: the run gives no answer.")
    if chosen is None or chosen >= len(offered):
        return say("The answer: {answer}", answer=offered[right])
    if chosen == right:
        return say("Right: {answer}", answer=offered[right])
    return say("Not so. You said: {guess}. It is: {answer}", guess=offered[chosen], answer=offered[right])


def told_number(guess: float, truth: float, say: Translation) -> str:
    """Return in words how far a guess is from a number."""
    said = {"guess": number(guess), "truth": number(truth)}
    if not math.isfinite(truth):
        return say("It is never reached; you said {guess}.", guess=said["guess"])
    off = abs(guess - truth)
    if off <= EXACT * abs(truth):
        return say("Right: you said {guess}, it is {truth}.", **said)
    if off <= ROUGH * abs(truth):
        return say("Close: you said {guess}, it is {truth}.", **said)
    if guess * truth <= 0:
        return say("You said {guess}, it is {truth}: {off} off.", off=number(off, 3), **said)
    if abs(guess) > abs(truth):
        return say(
            "You said {guess}, it is {truth}: too much by a factor of {times}.", times=number(guess / truth, 2), **said
        )
    return say("You said {guess}, it is {truth}: too little by a factor of {times}.",
               times=number(truth / guess, 2), **said)  # fmt: skip


def told_place(guess: Point, truth: Point, start: Point, diagonal: float, say: Translation) -> str:
    """Return in words how far a marker is from where a run is."""
    off, gone = math.dist(guess, truth), math.dist(start, truth)
    said = {"x": number(truth[0], 3), "y": number(truth[1], 3), "off": number(off, 2)}
    if off <= CLOSE * diagonal:
        return say("On the spot: it is at ({x}, {y}), {off} from your marker.", **said)
    share = number(100 * off / gone, 2) if gone > 0 else "∞"
    if off <= NEAR * diagonal:
        return say("Near: it is at ({x}, {y}), {off} from your marker, {share} % of the way it has come.",
                   share=share, **said)  # fmt: skip
    return say("Far off: it is at ({x}, {y}), {off} from your marker, {share} % of the way it has come.",
               share=share, **said)  # fmt: skip


def checked_answer(values: Values, given: float) -> bool:
    """Tell whether the answer to the task is right, as exactly as it is asked for."""
    task = values.lesson.task
    assert task is not None
    truth = values.number(task.answer)
    return math.isfinite(truth) and abs(given - truth) <= max(task.tolerance * abs(truth), 1e-12)


def until(session: Session, lesson: Lesson) -> int:
    """Return the step at which the answer is told."""
    step = lesson.prediction.step
    return session.document.last_step if step is None else min(step, session.document.last_step)
