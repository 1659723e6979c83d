"""What was predicted in a room: choices, numbers or places, the hands for each, and how good each was."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from landscape.scene.answers import Answers
from landscape.scene.lesson import (
    Values,
    candidates,
    measures_of,
    right_candidate,
    told_choice,
    told_number,
    told_place,
    until,
)
from landscape.scene.text import number
from landscape.session.attempt import MOST_GUESSES, MOST_HANDS
from landscape.session.lesson import Lesson, Point
from landscape.session.session import Session
from landscape.translation import Translation

FEWEST = 2
"""Guesses of which one is the nearest."""


@dataclass(kw_only=True)
class Guesses:
    """All guesses until now. Of choices there are as many as the lesson offers; places and numbers are added."""

    added: list[Any] = field(default_factory=list)
    """Places or numbers."""
    chosen: int | None = None
    """Whose score is told."""
    counted: list[int] = field(default_factory=list)
    """For which guess each hand was counted, in that order."""

    @property
    def hands(self) -> list[int]:
        """How many hands were counted for each guess."""
        return [self.counted.count(index) for index in range(MOST_GUESSES)]

    @property
    def any(self) -> bool:
        """Whether somebody has predicted something."""
        return self.chosen is not None or bool(self.counted)

    def add(self, guess: float | Point, *, another: bool) -> None:
        """Take a place or a number in place of the one that is chosen, or as one more."""
        if self.added and (not another or len(self.added) >= MOST_GUESSES) and self.chosen is not None:
            self.added[self.chosen] = guess
            return
        self.added.append(guess)
        self.chosen = len(self.added) - 1

    def count(self, index: int) -> None:
        """Count a hand for a guess."""
        if len(self.counted) < MOST_HANDS:
            self.counted.append(index)

    def take_back(self) -> None:
        """Take the last hand back."""
        if self.counted:
            self.counted.pop()


def guess_texts(session: Session, values: Values, guesses: Guesses, say: Translation) -> list[str]:
    """Return every guess as a text."""
    kind = values.lesson.prediction.kind
    if kind == "place":
        return [f"({number(x, 3)}, {number(y, 3)})" for x, y in guesses.added]
    if kind == "number":
        return [number(guess) for guess in guesses.added]
    return candidates(session, values, say)


def best_guess(session: Session, values: Values, guesses: Guesses, answers: Answers) -> int | None:
    """Return which guess is right, or nearest of several; None where none is, or it is not known."""
    lesson = values.lesson
    if lesson.prediction.kind in ("place", "number") and len(guesses.added) < FEWEST:
        return None
    if lesson.prediction.kind not in ("place", "number"):
        return right_candidate(session, values, answers)
    truth = true_place(session, lesson, answers) if lesson.prediction.kind == "place" else None
    number_there = values.number(lesson.prediction.answer) if lesson.prediction.kind == "number" else math.nan
    off = _distances(guesses.added, truth, number_there)
    return min(range(len(off)), key=off.__getitem__) if off and all(map(math.isfinite, off)) else None


def _distances(added: Sequence[Any], truth: Point | None, number_there: float) -> list[float]:
    if truth is not None:
        return [math.dist(guess, truth) for guess in added]
    return [abs(guess - number_there) for guess in added] if math.isfinite(number_there) else []


def true_place(session: Session, lesson: Lesson, answers: Answers) -> Point | None:
    """Return where the run is of which it was to be predicted."""
    measures = measures_of(session)
    asked = lesson.prediction
    return measures.place(session.document, asked.run, until(session, lesson), answers) if measures else None


def verdict(session: Session, values: Values, guesses: Guesses, answers: Answers, say: Translation) -> str:
    """Return in words what came of the prediction that is chosen."""
    lesson, chosen = values.lesson, guesses.chosen
    kind = lesson.prediction.kind
    if kind == "number":
        truth = values.number(lesson.prediction.answer)
        if chosen is None:
            return say("The answer: {answer}", answer=number(truth))
        return told_number(guesses.added[chosen], truth, say)
    if kind != "place":
        return told_choice(session, values, chosen, answers, say)
    place, measures = true_place(session, lesson, answers), measures_of(session)
    if place is None or measures is None:
        return say("None of these: the run gives no answer.")
    if chosen is None:
        return say("The answer: {answer}", answer=f"({number(place[0], 3)}, {number(place[1], 3)})")
    start = measures.place(session.document, lesson.prediction.run, 0, answers) or place
    return told_place(guesses.added[chosen], place, start, measures.diagonal(session.document), say)
