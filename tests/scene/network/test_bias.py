"""Whether a high loss is the model's fault or the optimization's is told from small models beside it."""

from dataclasses import replace

import numpy as np
import pytest

from landscape.network.data.samples import Data, samples
from landscape.network.network import Network
from landscape.network.training.trainer import Trainer
from landscape.scene.network.bias import SEEDS, bias_question, build_bias, ends, models, trained
from landscape.session.network.document import default_experiment
from landscape.translation import Translation

SAY = Translation()


def asked(*twins, **changes):
    """Return an experiment with these twins, its trainings and what is told of it."""
    experiment = replace(default_experiment(), twins=twins, **changes)
    found = tuple(trained(bias_question(experiment), lambda: False))
    return experiment, found, build_bias(experiment, found, SAY)


@pytest.fixture(scope="module")
def deep():
    return asked(Network(hidden=(12,) * 8, activation="sigmoid"), Network(normalization="batch"), steps=400)


def test_a_deep_network_of_sigmoids_fails_by_optimization_and_batch_norm_does_not(deep):
    _, _, scene = deep
    numbers, first, second = scene.sentence.splitlines()
    assert numbers.startswith(f"Medians of {SEEDS} seeds. linear model: training 0.")
    assert ": optimization." in first
    assert ": neither." in second


def test_the_numbers_are_the_medians_of_the_trainings_of_these_seeds(deep):
    experiment, found, _ = deep
    last = []
    for seed in range(SEEDS):
        training = replace(experiment.training, seed=seed)
        trainer = Trainer(models(experiment.twins)[3], training, samples(replace(experiment.data, seed=seed)))
        trainer.advance(400)
        last.append(trainer.evaluate().loss)
    assert ends(found)[3][0] == pytest.approx(np.median(last))
    assert len(found) == 4 * SEEDS


def test_linear_networks_on_spirals_fail_by_their_bias():
    line = Network(hidden=(), activation="linear")
    _, _, scene = asked(line, Network(hidden=(4,)), steps=200)
    assert all(": model bias" in line for line in scene.sentence.splitlines()[1:])


def test_a_large_network_on_few_rows_with_mistakes_fails_by_variance():
    data = Data(name="moons", samples=60, test_share=0.5, noise=0.2, label_noise=0.2)
    large = Network(hidden=(64, 64), normalization="batch")
    _, _, scene = asked(large, large, steps=1500, data=data)
    assert all(": variance." in line for line in scene.sentence.splitlines()[1:])


def test_nothing_is_told_before_all_is_trained(deep):
    experiment, found, _ = deep
    assert build_bias(experiment, found[:-1], SAY).sentence.startswith("Training 4 models")
    assert [len(panel.curves) for panel in build_bias(experiment, (), SAY).curves] == [0, 0]


def test_it_ends_soon_once_it_is_cancelled(deep):
    experiment, _, _ = deep
    assert list(trained(bias_question(experiment), lambda: True)) == []
