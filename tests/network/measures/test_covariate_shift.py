from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.errors import InputError
from landscape.network.data.samples import Data, samples
from landscape.network.measures.covariate_shift import along, drift
from landscape.network.network import Network, Training
from landscape.network.training.trainer import Trainer

ROWS = samples(Data(samples=400, test_share=0.0))
PLAIN = Network()
NORMED = replace(PLAIN, normalization="batch")
TRAINING = Training(
    rule=optimizer("sgd", lr=0.1), schedule=schedule("constant"), steps=200, seed=1, precision="float64"
)


def test_the_drift_of_shifted_and_stretched_values_is_known() -> None:
    values = np.random.default_rng(0).normal(size=(100, 2)) * [1.0, 3.0]
    deviation = values.std(axis=0)
    assert np.isclose(drift(values, values + 0.5 * deviation), 0.5)
    mean = values.mean(axis=0)
    assert np.isclose(drift(values, mean + 1.2 * (values - mean)), 0.2)
    assert np.isclose(drift(values, mean + 1.4 * (values - mean) + 0.3 * deviation), 0.5)


def test_units_that_never_changed_do_not_count() -> None:
    assert drift(np.ones((5, 2)), np.zeros((5, 2))) == 0.0
    values = np.column_stack([np.ones(4), np.arange(4.0)])
    assert np.isclose(drift(values, values + np.std(np.arange(4.0))), 1.0)


@pytest.mark.parametrize("network", [PLAIN, NORMED], ids=["plain", "batch"])
def test_without_what_is_random_the_losses_are_those_of_the_training(network: Network) -> None:
    trainer = Trainer(network, TRAINING, ROWS)
    for found in along(network, TRAINING, ROWS, every=40):
        trainer.advance(found.step - trainer.step)
        assert np.isclose(found.loss, trainer.evaluate().loss, rtol=1e-6)
        assert found.drifts.shape == (4,)


def test_what_is_random_moves_the_layers_even_where_no_weight_moves() -> None:
    still = replace(TRAINING, rule=optimizer("sgd", lr=1e-300), steps=20)
    quiet, unsettled = (list(along(NORMED, still, ROWS, 10, random)) for random in (False, True))
    assert all(np.max(found.drifts) < 1e-9 for found in quiet)
    # Behind each norm, whose values have deviation 1, are a new shift and scale at every step.
    assert all(np.min(found.drifts) > 0.01 for found in unsettled[1:])


def test_what_is_random_depends_on_the_seed_alone() -> None:
    once, again = (list(along(NORMED, replace(TRAINING, steps=5), ROWS, random=True)) for _ in range(2))
    other = list(along(NORMED, replace(TRAINING, steps=5, seed=2), ROWS, random=True))
    assert [one.loss for one in once] == [one.loss for one in again] != [one.loss for one in other]


@pytest.mark.parametrize("network", [PLAIN, replace(NORMED, affine=False), replace(PLAIN, normalization="rms")])
def test_what_is_random_needs_a_norm_that_scales_and_shifts(network: Network) -> None:
    with pytest.raises(InputError, match="need a norm"):
        list(along(network, TRAINING, ROWS, random=True))


def test_it_ends_where_it_diverges_or_is_cancelled() -> None:
    wild = replace(TRAINING, rule=optimizer("sgd", lr=1e300))
    assert len(list(along(PLAIN, wild, ROWS))) < 10
    assert list(along(PLAIN, TRAINING, ROWS, cancelled=lambda: True)) == []
