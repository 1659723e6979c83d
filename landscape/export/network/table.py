"""The curves of two networks in training as a table."""

import csv
from collections.abc import Iterator
from pathlib import Path

from landscape.network.recording import Recording
from landscape.scene.answers import Answers
from landscape.scene.network.questions import recording_questions
from landscape.scene.network.text import twin_names
from landscape.session.network.document import Experiment
from landscape.translation import Translation

COLUMNS = ("network", "step", "loss", "test_loss", "accuracy", "test_accuracy", "rate")


def write_curves(path: Path, experiment: Experiment, answers: Answers, say: Translation) -> Iterator[int]:
    """Write a row for each step of each network at which the loss was taken; yield how many networks are done.

    Numbers read back as the very same float64; what there is none of is empty. ``rate`` is the learning rate of the
    step that led to the row.
    """
    rates = experiment.schedule.rates(experiment.rule.lr, experiment.steps).tolist()
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        pairs = zip(twin_names(experiment, say), recording_questions(experiment), strict=True)
        for done, (name, question) in enumerate(pairs, start=1):
            table.writerows(_rows(name, answers.compute(question), rates))
            yield done


def _rows(name: str, recording: Recording, rates: list[float]) -> Iterator[tuple[object, ...]]:
    columns = (recording.losses[:, 0], recording.losses[:, 1], recording.accuracies[:, 0], recording.accuracies[:, 1])
    for step, *values in zip(recording.at.tolist(), *(column.tolist() for column in columns), strict=True):
        told = (repr(value) if value == value else "" for value in values)
        yield name, step, *told, repr(rates[step - 1]) if step else ""
