"""The trials of a race as a table."""

from collections.abc import Iterator
from typing import Any

from landscape.scene.answers import Answers
from landscape.scene.question import Question
from landscape.scene.search.questions import names_of, race_question
from landscape.scene.search.text import entrant_title
from landscape.search.spaces import table_of
from landscape.session.search.document import Study
from landscape.translation import Translation


class TrialsTable:
    """A row for each time that a trial was looked at; numbers read back as the very same float64.

    ``spent`` is the budget until then in steps, ``result`` is empty where there is none.
    """

    def __init__(self, study: Study) -> None:
        self._study = study

    @property
    def columns(self) -> tuple[str, ...]:
        """What stands above them."""
        return ("strategy", "trial", "steps", "spent", *names_of(self._study), "result")

    @property
    def blocks(self) -> int:
        """One for each entrant."""
        return len(self._study.entrants)

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return the race."""
        return (race_question(self._study),)

    def rows(self, answers: Answers, say: Translation) -> Iterator[Iterator[tuple[object, ...]]]:
        """Yield the rows of one entrant after the other."""
        study = self._study
        race: Any = answers.compute(race_question(study))
        for entrant, history in zip(study.entrants, race, strict=True):
            title = entrant_title(entrant, say)
            values = table_of(study.space_of(entrant), history.units).T.tolist()
            columns = (history.trial, history.until, history.spent, history.results)
            numbers = zip(*(column.tolist() for column in columns), values, strict=True)
            yield (
                (title, trial, steps, spent, *map(repr, own), repr(result) if result < float("inf") else "")
                for trial, steps, spent, result, own in numbers
            )
