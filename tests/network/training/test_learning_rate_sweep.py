from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.errors import InputError
from landscape.network.data.samples import Data, samples
from landscape.network.network import Network, Training
from landscape.network.training.learning_rate_sweep import Result, Sweep, best, check, medians, rates, run
from landscape.network.training.trainer import Trainer

PLAIN = Network(hidden=(8,), activation="tanh")
GIVEN = Sweep(
    networks=(PLAIN, replace(PLAIN, normalization="batch")),
    data=Data(name="gaussians", samples=80),
    training=Training(rule=optimizer("sgd"), schedule=schedule("constant"), steps=100, batch_size=16),
    rates=(1e-6, 0.3, 1.0),
    seeds=3,
)


def result(network: int, rate: int, seed: int, steps: int | None) -> Result:
    return Result(network=network, rate=rate, seed=seed, steps=steps, loss=0.1)


def test_every_training_has_its_result_and_it_is_always_the_same() -> None:
    found, again = list(run(GIVEN)), list(run(GIVEN))
    assert len(found) == 2 * 3 * 3
    assert set(found) == set(again)


def test_the_steps_are_those_that_a_training_takes() -> None:
    found = next(one for one in run(GIVEN) if (one.network, one.rate, one.seed) == (1, 1, 2))
    training = replace(GIVEN.training, rule=optimizer("sgd", lr=0.3), seed=2)
    trainer = Trainer(GIVEN.networks[1], training, samples(replace(GIVEN.data, seed=2)))
    while trainer.evaluate().loss > 0.15 and trainer.advance(10):
        pass
    assert found.loss == trainer.evaluate().loss
    assert found.steps == (trainer.step if found.loss <= 0.15 else None)


def test_a_rate_that_is_too_small_never_gets_there() -> None:
    assert all(one.steps is None and one.loss > 0.15 for one in run(GIVEN) if one.rate == 0)


def test_all_networks_and_rates_have_their_first_seed_before_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert [one.seed for one in run(GIVEN)] == [0] * 6 + [1] * 6 + [2] * 6


def test_a_sweep_can_be_cancelled_or_closed() -> None:
    assert list(run(GIVEN, lambda: True)) == []
    results = run(replace(GIVEN, rates=(1e-6,) * 50, training=replace(GIVEN.training, steps=10_000)))
    next(results)
    results.close()


def test_a_median_is_the_middle_one_and_never_counts_as_the_largest() -> None:
    results = [result(0, 1, seed, steps) for seed, steps in enumerate((30, None, 10))]
    results += [result(1, 2, seed, steps) for seed, steps in enumerate((None, 20, None))]
    table = medians(GIVEN, results)
    assert table[0, 1] == 30.0
    assert table[1, 2] == np.inf
    assert np.isnan(table[0, 0])


def test_networks_are_compared_at_their_best_rates() -> None:
    found = best(
        np.array([[np.inf, 480.0, 100.0, 60.0], [200.0, 100.0, 50.0, np.nan], [np.nan, np.inf, np.inf, np.nan]])
    )
    assert [(one.rate, one.steps, one.trains) for one in found[:2]] == [(3, 60.0, 3), (2, 50.0, 3)]
    assert (found[2].steps, found[2].trains) == (np.inf, 0)


def test_a_training_that_cannot_be_is_told_where_the_sweep_is_asked_for() -> None:
    with pytest.raises(InputError, match="at least 2 rows"):
        list(run(replace(GIVEN, training=replace(GIVEN.training, batch_size=1))))


def test_rates_have_equal_ratios() -> None:
    assert rates(0.01, 1.0, 5) == (0.01, 0.0316, 0.1, 0.316, 1.0)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"seeds": 0}, "1 to 2000 trainings, not 0"),
        ({"rates": ()}, "not 0"),
        ({"seeds": 1000}, "not 6000"),
        ({"rates": (0.1, -1.0)}, "above 0, not -1.0"),
        ({"threshold": 0.0}, "threshold"),
    ],
)
def test_what_cannot_be_swept_is_told(changed: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        check(replace(GIVEN, **changed))  # type: ignore[arg-type]
