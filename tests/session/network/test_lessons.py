"""Lessons with networks can be trained; what their titles promise over five seeds is among ``tests.claims``."""

import numpy as np
import pytest

from landscape.network.data.samples import samples
from landscape.network.training.trainer import Trainer
from landscape.session.files import lesson, lessons
from landscape.session.network.document import Experiment

NETWORKS = [name for name in lessons() if lesson(name).workspace == "network"]


def trainers(name: str) -> list[Trainer]:
    experiment = lesson(name).of(Experiment)
    assert experiment is not None
    return [Trainer(twin, experiment.training, samples(experiment.data)) for twin in experiment.twins]


def test_there_are_lessons_with_networks():
    assert len(NETWORKS) > 5


@pytest.mark.parametrize("name", NETWORKS)
def test_both_networks_of_a_lesson_make_their_first_steps(name):
    for trainer in trainers(name):
        begin = trainer.weights()
        assert trainer.advance(3) == 3
        assert np.isfinite(trainer.losses).all()
        assert not np.array_equal(trainer.weights(), begin)


def test_zero_weights_never_leave_their_saddle():
    zero, kaiming = trainers("zero-init")
    for trainer in (zero, kaiming):
        trainer.advance(400)
        layers = [layer.weights.of(trainer.weights()) for layer in trainer.layout.layers]
        assert all(np.any(weights) == (trainer is kaiming) for weights in layers)
