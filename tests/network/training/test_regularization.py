"""Dropout, clipped gradients, early stopping, and the norms that draw or remember: PyTorch's, and as they are told."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import landscape as ls
from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.errors import InputError
from landscape.network.data.samples import Data, Samples, samples
from landscape.network.draws import dropout_mask, partner_shift
from landscape.network.evaluation import evaluate, pre_activations, predict
from landscape.network.layout import layout
from landscape.network.network import Network, Training
from landscape.network.training.recording import record
from landscape.network.training.trainer import Trainer
from tests.reference import networks
from tests.reference.networks import BATCH, OPTIMIZERS, SAMPLES, SEED, STEPS, VARIANTS, shadows, weights

_CASES = json.loads((Path(networks.__file__).parent / "networks.json").read_text(encoding="utf-8"))["cases"]
STORED = {case["variant"]: case for case in _CASES if "variant" in case}
SPIRALS = samples(Data(name="spirals", samples=80, test_share=0.25))
SMALL = Network(hidden=(6, 5), activation="tanh")


def training(**fields) -> Training:
    given = {"steps": 50, "batch_size": 8, "seed": 1, "precision": "float64", "schedule": schedule("constant")}
    return Training(rule=optimizer("sgd", lr=0.1), **given | fields)


def of_reference(name: str, **fields) -> Trainer:
    """Return the trainer whose steps are PyTorch's."""
    network = VARIANTS[name]
    inputs, classes = networks.rows(network, SAMPLES)
    given = Samples(
        inputs=inputs, targets=classes, test_inputs=inputs[:0], test_targets=classes[:0], classes=networks.CLASSES,
        titles=tuple(map(str, range(inputs.shape[1]))), labels=("0", "1", "2"),
    )  # fmt: skip
    how = Training(
        rule=optimizer("momentum", **OPTIMIZERS["momentum"]), schedule=schedule("constant"), steps=STEPS,
        batch_size=BATCH, seed=SEED, **{"precision": "float64", **fields},
    )  # fmt: skip
    return Trainer(network, how, given, weights(network))


@pytest.mark.parametrize("name", VARIANTS)
def test_two_hundred_steps_end_where_pytorchs_stored_ones_do(name):
    trainer = of_reference(name)
    assert trainer.advance(STEPS) == STEPS
    assert shadows(trainer.weights()) == pytest.approx(STORED[name]["weights"], rel=1e-8, abs=1e-8)
    assert shadows(trainer.running) == pytest.approx(STORED[name]["running"], rel=1e-8, abs=1e-8)


@pytest.mark.reference
@pytest.mark.parametrize("name", VARIANTS)
def test_ten_steps_and_running_statistics_are_pytorchs(name):
    pytest.importorskip("torch")
    trainer = of_reference(name)
    trainer.advance(10)
    theta, running = networks.variant_training(name, 10)
    np.testing.assert_allclose(trainer.weights(), theta, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(trainer.running, running, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("name", VARIANTS)
def test_short_numbers_go_nearly_the_same_way(name):
    short, long = (of_reference(name, precision=precision) for precision in ("float32", "float64"))
    for trainer in (short, long):
        trainer.advance(20)
    np.testing.assert_allclose(short.weights(), long.weights(), atol=1e-3)
    np.testing.assert_allclose(short.running, long.running, rtol=1e-2, atol=1e-2)


@pytest.mark.parametrize("name", ["dropout", "cross"])
def test_what_is_drawn_is_the_same_in_pieces_and_another_with_another_seed(name):
    whole, parts = of_reference(name), of_reference(name)
    whole.advance(30)
    for count in (1, 12, 17):
        parts.advance(count)
    assert np.array_equal(whole.weights(), parts.weights())
    masks = [dropout_mask(seed, step, 0, 6, 8, 0.5) for seed, step in ((1, 0), (1, 1), (2, 0))]
    assert len({mask.tobytes() for mask in masks}) == 3


def test_dropout_drops_its_share_and_another_part_in_every_layer():
    first, second = (dropout_mask(0, 5, layer, 64, 500, 0.3) for layer in (0, 1))
    for mask in (first, second):
        assert 1 - mask.mean() == pytest.approx(0.3, abs=0.01)
    assert np.mean(first == second) == pytest.approx(0.3**2 + 0.7**2, abs=0.01)


def test_partners_are_other_rows_and_all_of_them_in_time():
    shifts = [partner_shift(3, step, 1, 8) for step in range(300)]
    assert set(shifts) == set(range(1, 8))
    assert partner_shift(3, 0, 0, 1) == 0


@pytest.mark.parametrize("network", [replace(SMALL, dropout=0.5), replace(SMALL, normalization="cross")])
def test_dropout_and_crossnorm_do_nothing_but_in_training(network):
    trainer = Trainer(network, training(), SPIRALS)
    bare = replace(network, dropout=0.0, normalization="none")
    given = (trainer.snapshot(), SPIRALS.test_inputs, SPIRALS.classes)
    assert np.array_equal(predict(network, *given), predict(bare, *given))
    other = Trainer(bare, training(), SPIRALS)
    assert trainer.evaluate() == other.evaluate()
    for each in (trainer, other):
        each.advance(1)
    assert trainer.losses[0] != other.losses[0]


def test_whitened_units_are_not_correlated_but_for_epsilon():
    network = Network(hidden=(12, 6), normalization="whitening", affine=False)
    rows = samples(Data(name="digits", samples=400))
    trainer = Trainer(network, training(), rows)
    [first, _] = pre_activations(network, trainer.weights(), rows.inputs, rows.classes)
    made = layout(network, 64, 10).layers[0]
    before = np.cov((rows.inputs @ made.weights.of(trainer.weights()).T).T, bias=True)
    # With Σ = C + ε: Σ^(-1/2) C Σ^(-1/2) = 1 - ε Σ^(-1).
    expected = np.eye(12) - 1e-3 * np.linalg.inv(before + 1e-3 * np.eye(12))
    np.testing.assert_allclose(np.cov(first.T, bias=True), expected, atol=1e-10)
    np.testing.assert_allclose(first.mean(axis=0), 0.0, atol=1e-10)


def test_whitening_of_units_that_are_all_alike_is_finite():
    network = replace(SMALL, normalization="whitening", initialization="constant", gain=0.5)
    for precision in ("float32", "float64"):
        trainer = Trainer(network, training(precision=precision), SPIRALS)
        assert trainer.advance(50) == 50
        assert np.isfinite(trainer.snapshot()).all()


def test_renormalization_takes_the_running_statistics_in_evaluation():
    network = replace(SMALL, normalization="renorm")
    trainer = Trainer(network, training(), SPIRALS)
    trainer.advance(50)
    together = predict(network, trainer.snapshot(), SPIRALS.inputs, 2)
    alone = [predict(network, trainer.snapshot(), row[None], 2)[0] for row in SPIRALS.inputs]
    np.testing.assert_allclose(together, alone, rtol=1e-12)


def test_a_clipped_gradient_is_no_longer_than_its_limit_and_points_where_it_did():
    free, held = (Trainer(replace(SMALL, clip_norm=limit), training(batch_size=0), SPIRALS) for limit in (None, 1e-3))
    before = free.weights()
    for trainer in (free, held):
        trainer.advance(1)
    long, short = (before - trainer.weights() for trainer in (free, held))
    assert np.linalg.norm(short) == pytest.approx(0.1 * 1e-3, rel=1e-4)
    assert short @ long == pytest.approx(np.linalg.norm(short) * np.linalg.norm(long))


STOPPED = {"steps": 400, "early_stopping": 30, "batch_size": 16}


def test_early_stopping_ends_with_the_weights_of_the_lowest_loss_over_the_test_rows():
    rows = samples(Data(name="moons", samples=60, noise=0.4, test_share=0.5))
    network = Network(hidden=(16, 16))
    how = replace(training(**STOPPED), rule=optimizer("adam", lr=0.03))
    found = record(network, how, rows)
    whole = record(network, replace(how, early_stopping=None), rows)
    lowest = int(np.argmin(whole.losses[: found.step + 1, 1]))
    assert (found.outcome, found.restored, found.step) == ("stopped", lowest, lowest + 30)
    assert 0 < found.step < 400
    assert np.array_equal(found.losses[:-1], whole.losses[: found.step], equal_nan=True)
    assert np.array_equal(found.losses[-1], whole.losses[lowest], equal_nan=True)
    judged = evaluate(network, found.weights[-1], rows.test_inputs, rows.test_targets, rows.classes)
    assert judged.loss == whole.losses[lowest, 1]


def test_training_in_one_call_stops_where_its_recording_does():
    data = Data(name="moons", samples=60, noise=0.4, test_share=0.5)
    given = {"hidden": (16, 16), "optimizer": ls.optimizer("adam", lr=0.03), "batch_size": 16, "precision": "float64"}
    done = ls.train(data, epochs=200, early_stopping=30, seed=1, **given)
    found = record(done.network, done.training, samples(data))
    assert (done.outcome, done.restored, done.at[-1]) == ("stopped", found.restored, found.step)
    assert np.array_equal(done.weights[-1], found.weights[-1])
    assert done.steps_to(-1.0) is None


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"normalization": "whiten"}, "whitening"),
        ({"dropout": 1.0}, '"dropout" must be a number from 0.0 to 0.95, not 1.0'),
        ({"r_max": 0.5}, '"r_max" must be a number from 1'),
        ({"clip_norm": 0.0}, '"clip_norm" must be a finite number above 0, or None, not 0.0'),
        ({"clip_value": float("nan")}, '"clip_value"'),
        ({"early_stopping": 0}, '"early_stopping" must be a whole number from 1'),
        ({"normalization": "whitening", "batch_size": 1}, "at least 2 rows"),
        ({"early_stopping": 5, "data": Data(test_share=0.0)}, "test_share"),
    ],
)
def test_what_cannot_be_done_is_said(fields, message):
    given = {"data": "spirals", **fields}
    with pytest.raises(InputError, match=message):
        ls.train(given.pop("data"), optimizer=ls.optimizer("sgd"), **given)


@pytest.mark.parametrize("norm", ["batch", "layer", "rms"])
def test_factors_that_the_inputs_move_begin_as_the_norms_own_and_then_differ_from_row_to_row(norm):
    plain, moved = (replace(SMALL, normalization=norm, conditional=each) for each in (False, True))
    first, second = (Trainer(network, training(), SPIRALS) for network in (plain, moved))
    made = layout(moved, 2, 2)
    assert first.evaluate() == second.evaluate()
    assert made.size - layout(plain, 2, 2).size == (6 + 5) * 2 * (1 if norm == "rms" else 2)
    second.advance(50)
    theta = second.weights()
    assert all(np.abs(layer.gamma_by.of(theta)).max() > 1e-3 for layer in made.layers[:-1])
    layer, inputs = made.layers[0], SPIRALS.inputs[:9]
    for slot in (layer.gamma_by, layer.beta_by):
        if slot is not None:
            slot.of(theta)[...] = 0.0
    still = pre_activations(moved, theta, inputs, 2)[0]
    layer.gamma_by.of(theta)[...] = 1.0
    gamma = layer.gamma.of(theta)
    beta = 0.0 if layer.beta is None else layer.beta.of(theta)
    expected = (still - beta) / gamma * (gamma + inputs.sum(axis=1, keepdims=True)) + beta
    np.testing.assert_allclose(pre_activations(moved, theta, inputs, 2)[0], expected, rtol=1e-10, atol=1e-12)


def test_without_factors_there_are_none_to_move():
    network = replace(SMALL, normalization="batch", affine=False, conditional=True)
    assert layout(network, 2, 2).size == layout(replace(network, conditional=False), 2, 2).size
