"""The curves of two networks in training as a table."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from landscape.network.data.samples import samples
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
    step that led to the row. Where a row of the data may have several labels, ``accuracy`` counts those all of whose
    labels are right, and ``label_accuracy`` the labels.
    """

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._several = samples(experiment.data).several
        labels = ("label_accuracy", "test_label_accuracy") if self._several else ()
        self.columns = ("network", "step", "loss", "test_loss", "accuracy", "test_accuracy", *labels, "rate")

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
            yield _rows(name, answers.compute(question), labels=self._several)


def _rows(name: str, recording: Recording, *, labels: bool) -> Iterator[tuple[object, ...]]:
    parts = (recording.losses[:, :2], recording.accuracies, *((recording.label_accuracies,) if labels else ()))
    for step, values in zip(recording.at.tolist(), np.hstack(parts).tolist(), strict=True):
        told = (repr(value) if value == value else "" for value in values)
        yield name, step, *told, repr(float(recording.rates[step - 1])) if step else ""
