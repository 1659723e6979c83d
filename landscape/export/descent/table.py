"""The trajectories as a table, for a spreadsheet or a script."""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from itertools import count, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscape.descent.recorded import Trajectory
from landscape.scene.answers import Answers
from landscape.scene.descent.run_questions import trajectory_question
from landscape.scene.descent.text import run_titles
from landscape.scene.question import Question
from landscape.session.descent.document import Descent
from landscape.translation import Translation

CHUNK = 1000
"""Rows that are made at once."""


class RunsTable(ABC):
    """A table of what one question answers for each run, from one run to the next."""

    columns: tuple[str, ...]

    def __init__(self, descent: Descent, asked: Mapping[int, Question[Any]]) -> None:
        self._descent, self._asked = descent, asked

    @property
    def blocks(self) -> int:
        """One for each run."""
        return len(self._asked)

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return what is asked of the runs."""
        return tuple(self._asked.values())

    def rows(self, answers: Answers, say: Translation) -> Iterator[Iterator[tuple[object, ...]]]:
        """Yield the rows of one run after the other."""
        titles = run_titles(self._descent, say)
        for run, question in self._asked.items():
            yield self._rows(titles[run], answers.compute(question))

    @abstractmethod
    def _rows(self, title: str, answer: Any) -> Iterator[tuple[object, ...]]:  # noqa: ANN401
        """Yield the rows of a run."""


class TrajectoryTable(RunsTable):
    """A row for each step of each visible run; numbers read back as the very same float64.

    ``rate`` is the learning rate of the step that led to the row, and empty at step 0, and where a strategy has none.
    Where there is a strategy, the evaluations and the lowest loss until then follow.
    """

    columns: tuple[str, ...] = ("run", "step", "x", "y", "loss", "gradient_x", "gradient_y", "rate")

    def __init__(self, descent: Descent) -> None:
        self._compares = any(run.visible and run.strategy for run in descent.runs)
        if self._compares:
            self.columns = (*self.columns, "evaluations", "best")
        super().__init__(descent, {run.id: trajectory_question(descent, run) for run in descent.runs if run.visible})

    def _rows(self, title: str, answer: Trajectory) -> Iterator[tuple[object, ...]]:
        """Yield a row for each step, made of few numbers at a time: a long table takes little memory."""
        columns = (*answer.points.T, answer.losses, *answer.gradients.T)
        beside = _compared(answer) if self._compares else ()
        for first in range(0, len(answer.points), CHUNK):
            last = first + CHUNK
            rates = [_rate(rate) for rate in answer.rates[max(first - 1, 0) : last - 1].tolist()]
            values, others = ([column[first:last].tolist() for column in each] for each in (columns, beside))
            yield from zip(repeat(title), count(first), *values, rates if first else ["", *rates], *others)


def _rate(rate: float) -> object:
    return "" if math.isnan(rate) else rate


def _compared(trajectory: Trajectory) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the evaluations until each point, and the lowest loss until then."""
    from landscape.descent.comparison import evaluations_of

    best = getattr(trajectory, "best", None)
    return evaluations_of(trajectory), np.fmin.accumulate(trajectory.losses) if best is None else best
