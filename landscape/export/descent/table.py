"""The trajectories as a table, for a spreadsheet or a script."""

from collections.abc import Iterator
from itertools import count, repeat
from typing import Any

from landscape.descent.recorded import Trajectory
from landscape.scene.answers import Answers
from landscape.scene.descent.run_questions import trajectory_question
from landscape.scene.descent.text import run_titles
from landscape.scene.question import Question
from landscape.session.descent.document import Descent
from landscape.translation import Translation

CHUNK = 1000
"""Rows that are made at once."""


class TrajectoryTable:
    """A row for each step of each visible run; numbers read back as the very same float64.

    ``rate`` is the learning rate of the step that led to the row, and empty at step 0.
    """

    columns = ("run", "step", "x", "y", "loss", "gradient_x", "gradient_y", "rate")

    def __init__(self, descent: Descent) -> None:
        self._descent = descent
        self._asked = {run.id: trajectory_question(descent, run) for run in descent.runs if run.visible}

    @property
    def blocks(self) -> int:
        """One for each run."""
        return len(self._asked)

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return the trajectories."""
        return tuple(self._asked.values())

    def rows(self, answers: Answers, say: Translation) -> Iterator[Iterator[tuple[object, ...]]]:
        """Yield the rows of one run after the other."""
        titles = run_titles(self._descent, say)
        for run, question in self._asked.items():
            yield _rows(titles[run], answers.compute(question))


def _rows(title: str, trajectory: Trajectory) -> Iterator[tuple[object, ...]]:
    """Yield a row for each step, made of few numbers at a time: a long table takes little memory."""
    columns = (*trajectory.points.T, trajectory.losses, *trajectory.gradients.T)
    for first in range(0, len(trajectory.points), CHUNK):
        last = first + CHUNK
        rates: list[object] = trajectory.rates[max(first - 1, 0) : last - 1].tolist()
        values = (column[first:last].tolist() for column in columns)
        yield from zip(repeat(title), count(first), *values, rates if first else ["", *rates])
