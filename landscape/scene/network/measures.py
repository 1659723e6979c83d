"""What a lesson can tell of two networks: losses, shares that are right, and steps to a threshold."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from landscape.network.data.samples import samples
from landscape.network.data.targets import wanted
from landscape.network.training.recording import Recording
from landscape.scene.answers import Answers
from landscape.scene.measures import Measures, Told
from landscape.scene.network.questions import recording_questions
from landscape.scene.network.text import twin_names
from landscape.scene.question import Question
from landscape.session.lesson import Quantity
from landscape.session.network.document import Experiment
from landscape.translation import Translation


def _questions(experiment: Experiment) -> Sequence[Question[Any]]:
    return recording_questions(experiment)


def _recording(experiment: Experiment, twin: int, answers: Answers) -> Recording | None:
    """Return the whole training of one of the two."""
    return answers.get(recording_questions(experiment)[twin]) if twin in (0, 1) else None


def _measure(experiment: Experiment, asked: Quantity, answers: Answers, say: Translation) -> Told:
    """Return a quantity of the experiment, or of one of its networks."""
    if asked.of == "title":
        return _titles(experiment, say).get(asked.run, "–")
    if asked.of == "hyper":
        told = {"batch_size": experiment.batch_size, "threshold": experiment.threshold}
        return float({**dict(experiment.rule.values), **told}.get(asked.hyper, math.nan))
    if asked.of == "length":
        return float(experiment.steps)
    if asked.of in ("least", "single"):
        return _of_labels(experiment, asked)
    recording = _recording(experiment, asked.run, answers)
    return math.nan if recording is None else _of_training(experiment, recording, asked)


def _of_labels(experiment: Experiment, asked: Quantity) -> float:
    """Return the share of the training rows with one label, or the least loss that a network can have of its loss.

    That is the mean entropy of what is wanted: 0 but for a softmax that is to give several labels.
    """
    rows = samples(experiment.data)
    if asked.of == "single":
        return float(np.mean(rows.targets.sum(axis=1) == 1)) if rows.several else math.nan
    if asked.run not in (0, 1) or not rows.several:
        return math.nan
    network = experiment.twins[asked.run]
    shares = wanted(network, rows)
    return float(-(shares * np.log(np.maximum(shares, 1e-300))).sum(axis=1).mean())


def _of_training(experiment: Experiment, recording: Recording, asked: Quantity) -> float:
    if asked.of == "steps_to":
        reached = recording.reached(experiment.threshold if asked.below is None else asked.below)
        return math.inf if reached is None else float(reached)
    if asked.of == "ended":
        return float(recording.step)
    if asked.of == "lost":
        return float(recording.outcome == "diverged")
    step = math.inf if asked.step is None else asked.step
    at = max(int(np.searchsorted(recording.at, step, side="right")) - 1, 0)
    losses = recording.losses[: at + 1, 0]
    found = {
        "loss": losses[-1],
        "lowest": losses.min(),
        "highest": losses.max(),
        "test_loss": recording.losses[at, 1],
        "right": recording.accuracies[at, 0],
        "test_right": recording.accuracies[at, 1],
        "labels_right": recording.label_accuracies[at, 0],
    }
    return float(found.get(asked.of, math.nan))


def _titles(experiment: Experiment, say: Translation) -> Mapping[int, str]:
    return dict(enumerate(twin_names(experiment, say)))


def _first(experiment: Experiment, below: float | None, step: int | None, answers: Answers) -> int | None:
    """Return the network that is first at or under a loss, or has the lowest one at a step."""
    best, least = None, math.inf
    for twin in (0, 1):
        recording = _recording(experiment, twin, answers)
        asked = Quantity(name="", of="loss" if below is None else "steps_to", run=twin, step=step, below=below)
        value = math.nan if recording is None else _of_training(experiment, recording, asked)
        if value < least:
            best, least = twin, value
    return best


MEASURES: Measures[Experiment] = Measures(questions=_questions, measure=_measure, titles=_titles, first=_first)
