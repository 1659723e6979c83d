"""Every lesson with networks shows what its title promises, over five seeds."""

from dataclasses import replace
from math import inf
from statistics import median

from landscape.network.data import samples
from landscape.network.training import Trainer
from landscape.session.files import lesson

EVERY = 5


def steps_to_threshold(name: str) -> tuple[list[float], list[float]]:
    """Return for both networks the steps that they take with each of five seeds; inf where they never get there."""
    experiment = lesson(name).experiment
    assert experiment is not None
    first, second = ([_steps(experiment, twin, seed) for seed in range(5)] for twin in experiment.twins)
    return first, second


def _steps(experiment, network, seed: int) -> float:
    rows = samples(replace(experiment.data, seed=seed))
    trainer = Trainer(network, replace(experiment.training, seed=seed), rows)
    while trainer.evaluate().loss > experiment.threshold:
        if not trainer.advance(EVERY):
            return inf
    return trainer.step


def test_batch_norm_makes_relu_on_spirals_about_twice_as_fast():
    without, normed = steps_to_threshold("batch-norm")
    assert all(a > b for a, b in zip(without, normed, strict=True))
    assert 1.5 < median(without) / median(normed) < 4


def test_shifted_inputs_never_train_without_batch_norm():
    without, normed = steps_to_threshold("shifted-inputs")
    assert without == [inf] * 5
    assert max(normed) < 600


def test_tanh_at_its_best_rate_is_faster_without_batch_norm():
    without, normed = steps_to_threshold("tanh-counter-example")
    assert all(a < b for a, b in zip(without, normed, strict=True))


def test_zero_weights_never_leave_their_saddle():
    zero, kaiming = steps_to_threshold("zero-init")
    assert zero == [inf] * 5
    assert max(kaiming) < 400


def test_sigmoids_need_batch_norm_to_be_quick():
    without, normed = steps_to_threshold("sigmoid-depth")
    assert median(without) > 4 * median(normed)


def test_with_two_rows_in_a_mini_batch_batch_norm_loses():
    without, normed = steps_to_threshold("batch-of-two")
    assert all(a < inf for a in without)
    assert normed == [inf] * 5


def test_the_squared_error_falls_under_the_threshold_sooner_but_that_is_another_loss():
    squared, crossed = steps_to_threshold("squared-error")
    assert median(squared) < median(crossed)
