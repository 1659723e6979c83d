"""A lesson, played to its end: everything that it tells, computed as the window computes it."""

from functools import cache

from landscape.scene.answers import Answers
from landscape.scene.asking import answering
from landscape.scene.lesson import Values, lesson_questions, lesson_values
from landscape.session.files import lesson
from landscape.session.session import Session
from landscape.translation import translation


class Played:
    """A lesson with its quantities."""

    def __init__(self, name: str) -> None:
        self.session: Session = lesson(name)
        self.answers = Answers()
        list(answering(lesson_questions(self.session), self.answers))

    def values(self, language: str = "en") -> Values:
        """Return the quantities, with the titles of runs in a language."""
        taught = self.session.lesson
        assert taught is not None
        return lesson_values(self.session, taught, self.answers, translation(language))


@cache
def play(name: str) -> Played:
    """Play a lesson."""
    return Played(name)
