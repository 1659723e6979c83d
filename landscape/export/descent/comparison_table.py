"""The repetitions of the runs that are compared by evaluations, as a table."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from landscape.descent.comparison import Success
from landscape.scene.answers import Answers
from landscape.scene.descent.comparison_question import comparison_questions
from landscape.scene.descent.text import run_titles
from landscape.scene.question import Question
from landscape.session.descent.document import Descent
from landscape.translation import Translation


class ComparisonTable:
    """A row for each repetition of each visible run; numbers read back as the very same float64.

    ``found_after`` are the evaluations until the target was reached, and empty where it was not; ``evaluations`` all
    that the repetition took.
    """

    columns = ("run", "repetition", "start_x", "start_y", "found_after", "evaluations", "end_x", "end_y", "loss")

    def __init__(self, descent: Descent) -> None:
        self._descent, self._asked = descent, comparison_questions(descent)

    @property
    def blocks(self) -> int:
        """One for each run."""
        return len(self._asked)

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return all repetitions."""
        return tuple(self._asked.values())

    def rows(self, answers: Answers, say: Translation) -> Iterator[Iterator[tuple[object, ...]]]:
        """Yield the rows of one run after the other."""
        titles = run_titles(self._descent, say)
        for run, question in self._asked.items():
            yield _rows(titles[run], answers.compute(question))


def _rows(title: str, found: Success) -> Iterator[tuple[object, ...]]:
    columns = np.column_stack((found.starts, found.needed, found.taken, found.ends, found.values)).tolist()
    for number, (x, y, needed, taken, *end) in enumerate(columns):
        yield title, number, x, y, "" if math.isinf(needed) else needed, taken, *end
