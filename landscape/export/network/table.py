"""The curves of two networks in training as a table."""

from collections.abc import Iterator
from typing import Any

from landscape.network.training.recording import Recording
from landscape.scene.answers import Answers
from landscape.scene.network.questions import recording_questions
from landscape.scene.network.text import twin_names
from landscape.scene.question import Question
from landscape.session.network.document import Experiment
from landscape.translation import Translation


class CurvesTable:
    """A row for each step of each network at which the loss was taken.

    Numbers read back as the very same float64; what there is none of is empty. ``rate`` is the learning rate of the
    step that led to the row.
    """

    columns = ("network", "step", "loss", "test_loss", "accuracy", "test_accuracy", "rate")

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment

    @property
    def blocks(self) -> int:
        """One for each network."""
        return len(self._experiment.twins)

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return the trainings."""
        return recording_questions(self._experiment)

    def rows(self, answers: Answers, say: Translation) -> Iterator[Iterator[tuple[object, ...]]]:
        """Yield the rows of one network after the other."""
        experiment = self._experiment
        for name, question in zip(twin_names(experiment, say), recording_questions(experiment), strict=True):
            yield _rows(name, answers.compute(question))


def _rows(name: str, recording: Recording) -> Iterator[tuple[object, ...]]:
    columns = (recording.losses[:, 0], recording.losses[:, 1], recording.accuracies[:, 0], recording.accuracies[:, 1])
    for step, *values in zip(recording.at.tolist(), *(column.tolist() for column in columns), strict=True):
        told = (repr(value) if value == value else "" for value in values)
        yield name, step, *told, repr(float(recording.rates[step - 1])) if step else ""
