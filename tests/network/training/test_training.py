"""Training makes PyTorch's steps, in pieces of any size, and ends where it must."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import landscape as ls
from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.schedules import schedule
from landscape.errors import InputError
from landscape.network.data.samples import Data, Samples, samples
from landscape.network.evaluation import loss_and_gradient
from landscape.network.layout import layout
from landscape.network.network import Network, Training, check
from landscape.network.training.train import train
from landscape.network.training.trainer import Trainer
from landscape.network.training.updates import updater
from tests.reference import networks
from tests.reference.networks import BATCH, OPTIMIZERS, SAMPLES, SEED, STEPS, shadows, trained_network, weights

_CASES = json.loads((Path(networks.__file__).parent / "networks.json").read_text(encoding="utf-8"))["cases"]
STORED = {case["training"]: case for case in _CASES if "training" in case}
ELEMENTWISE = [name for name in optimizer_entries() if not optimizer(name).planar]
SPIRALS = Data(name="spirals", samples=80, test_share=0.25)
SMALL = Network(hidden=(6, 5), activation="tanh")


def training(rule=None, **fields) -> Training:
    given = {"steps": 50, "batch_size": 8, "seed": 1, "precision": "float64", "schedule": schedule("constant")}
    return Training(rule=rule or optimizer("sgd", lr=0.1), **given | fields)


def of_reference(name: str) -> Trainer:
    """Return the trainer whose steps are stored from PyTorch."""
    network = trained_network(name)
    inputs, classes = networks.rows(network, SAMPLES)
    empty = (inputs[:0], classes[:0])
    given = Samples(
        inputs=inputs, targets=classes, test_inputs=empty[0], test_targets=empty[1], classes=networks.CLASSES,
        titles=("u", "v", "w"), labels=("0", "1", "2"),
    )  # fmt: skip
    how = training(optimizer(name, **OPTIMIZERS[name]), steps=STEPS, batch_size=BATCH, seed=SEED)
    return Trainer(network, how, given, weights(network))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_two_hundred_steps_end_where_pytorchs_stored_ones_do(name):
    trainer = of_reference(name)
    assert trainer.advance(STEPS) == STEPS
    assert shadows(trainer.weights()) == pytest.approx(STORED[name]["weights"], rel=1e-8, abs=1e-8)
    assert shadows(trainer.running) == pytest.approx(STORED[name]["running"], rel=1e-8, abs=1e-8)


@pytest.mark.reference
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_two_hundred_steps_and_running_statistics_are_pytorchs(name):
    pytest.importorskip("torch")
    trainer = of_reference(name)
    trainer.advance(STEPS)
    theta, running = networks.torch_training(name)
    np.testing.assert_allclose(trainer.weights(), theta, rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(trainer.running, running, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("name", [name for name in ELEMENTWISE if name not in ("sgld", "noisy_sgd", "perturbed_gd")])
def test_every_elementwise_rule_moves_the_weights_as_its_formula_says(name):
    rule, rows = optimizer(name), samples(SPIRALS)
    how = training(rule, steps=15, batch_size=0)
    trainer = Trainer(SMALL, how, rows)
    theta = trainer.weights()
    update = updater(rule, how.schedule, how.steps)
    for _ in range(how.steps):
        theta = update(theta, loss_and_gradient(SMALL, theta, rows.inputs, rows.targets, rows.classes)[1])
    trainer.advance(how.steps)
    np.testing.assert_allclose(trainer.weights(), theta, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_every_elementwise_rule_trains_with_numbers_of_any_size(name, precision):
    trainer = Trainer(SMALL, training(optimizer(name), precision=precision), samples(SPIRALS))
    before = trainer.weights()
    assert trainer.advance(50) == 50
    assert np.isfinite(trainer.weights()).all()
    assert not np.array_equal(trainer.weights(), before)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_a_typed_rule_with_functions_moves_the_weights_as_it_says(precision):
    rule = optimizer("m = b*m + (1 - b)*g\ntheta = theta - lr*tanh(m)/cosh(k*sin(theta))", lr=0.1, b=0.9, k=0.5)
    rows, how = samples(SPIRALS), training(rule, steps=10, batch_size=0, precision=precision)
    trainer = Trainer(SMALL, how, rows)
    theta = trainer.weights()
    update = updater(rule, how.schedule, how.steps)
    for _ in range(how.steps):
        theta = update(theta, loss_and_gradient(SMALL, theta, rows.inputs, rows.targets, rows.classes)[1])
    trainer.advance(how.steps)
    assert np.allclose(trainer.weights(), theta, rtol=0.0, atol=1e-9 if precision == "float64" else 1e-4)


def test_noise_in_a_rule_is_normal_and_another_for_every_weight_and_step():
    rule = optimizer("theta = theta + noise + 0*g")
    trainer = Trainer(Network(hidden=(64, 64)), training(rule, steps=20), samples(SPIRALS))
    kicks = []
    for _ in range(20):
        before = trainer.weights()
        trainer.advance(1)
        kicks.append(trainer.weights() - before)
    found = np.array(kicks)
    assert found.mean() == pytest.approx(0.0, abs=0.02)
    assert found.std() == pytest.approx(1.0, abs=0.02)
    assert abs(np.corrcoef(found[0], found[1])[0, 1]) < 0.06


def test_the_norm_of_the_whole_gradient_can_be_clipped():
    rule, rows = optimizer("theta = theta - lr*g/max(1, gnorm/0.01)", lr=0.5), samples(SPIRALS)
    trainer = Trainer(SMALL, training(rule, batch_size=0), rows)
    before = trainer.weights()
    trainer.advance(1)
    assert np.linalg.norm(trainer.weights() - before) == pytest.approx(0.005, rel=1e-9)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_steps_in_pieces_are_the_same_as_at_once(precision):
    how = training(optimizer("adam"), steps=60, precision=precision, schedule=schedule("cosine", warmup=5))
    network = replace(SMALL, normalization="batch")
    whole, parts = (Trainer(network, how, samples(SPIRALS)) for _ in range(2))
    whole.advance(60)
    made = [parts.advance(count) for count in (1, 7, 0, 32, 100)]
    assert made == [1, 7, 0, 32, 20]
    assert np.array_equal(whole.snapshot(), parts.snapshot())
    assert np.array_equal(whole.losses, parts.losses)
    assert (whole.outcome, parts.outcome) == ("finished", "finished")


def test_networks_that_differ_in_their_norm_see_the_same_first_losses_of_the_same_rows():
    plain, weighted = (
        Trainer(replace(SMALL, normalization=norm), training(optimizer("sgd", lr=0.0)), samples(SPIRALS))
        for norm in ("none", "weight")
    )
    plain.advance(50)
    weighted.advance(50)
    np.testing.assert_allclose(plain.losses, weighted.losses, rtol=1e-12)


def test_two_trainers_side_by_side_do_not_disturb_each_other():
    how = training(optimizer("adam"), steps=3000, precision="float32")
    alone = Trainer(SMALL, how, samples(SPIRALS))
    alone.advance(3000)
    both = [Trainer(SMALL, how, samples(SPIRALS)) for _ in range(2)]
    threads = [threading.Thread(target=trainer.advance, args=(3000,)) for trainer in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(trainer.weights(), alone.weights()) for trainer in both)


def test_a_cancelled_training_keeps_the_steps_it_made():
    trainer = Trainer(SMALL, training(steps=100_000), samples(SPIRALS))
    asked = iter([False, False, True])
    made = trainer.advance(100_000, lambda: next(asked))
    assert 0 < made == trainer.step < 100_000
    assert trainer.outcome == "running"


def test_a_rate_far_too_large_ends_the_training_with_the_step_and_the_loss_that_ended_it():
    rule = optimizer("theta = theta - lr*g + theta**3", lr=10.0)
    trainer = Trainer(replace(SMALL, activation="linear", loss="squared_error"), training(rule), samples(SPIRALS))
    made = trainer.advance(50)
    assert trainer.outcome == "diverged"
    assert made == trainer.step < 50
    assert np.isfinite(trainer.losses[:-1]).all()
    assert not (np.isfinite(trainer.losses[-1]) and np.isfinite(trainer.weights()).all())
    assert trainer.advance(10) == 0


def test_the_last_batch_of_an_epoch_goes_on_with_the_next_epoch():
    values = 2.0 ** np.arange(12)[:, None]
    rows = Samples(
        inputs=np.ones_like(values), targets=values, test_inputs=values[:0], test_targets=values[:0], classes=0,
        titles=("u",), labels=(),
    )  # fmt: skip
    network = Network(hidden=(), initialization="zero", loss="squared_error")
    trainer = Trainer(network, training(optimizer("sgd", lr=0.0), batch_size=8), rows)
    for steps in (1, 2):  # Two epochs: every row twice
        trainer.advance(steps)
    # What answers 0 loses 4ⁱ on row i: how often each row was there are the digits of the sum to the base 4.
    sums = [int(loss * 8) for loss in trainer.losses]
    counts = [[total // 4**row % 4 for row in range(12)] for total in sums]
    assert [sum(each) for each in counts] == [8, 8, 8]
    assert np.sum(counts, axis=0).tolist() == [2] * 12


def test_all_rows_are_one_batch_in_their_order_when_it_is_as_large():
    fields = [{"batch_size": 0}, {"batch_size": 60}, {"batch_size": 999}]
    ends = []
    for given in fields:
        trainer = Trainer(SMALL, training(**given), samples(SPIRALS))
        trainer.advance(20)
        ends.append(trainer.weights())
    assert np.array_equal(ends[0], ends[1])
    assert np.array_equal(ends[0], ends[2])


def test_weights_of_zero_stay_at_the_saddle():
    trainer = Trainer(replace(SMALL, initialization="zero"), training(steps=300), samples(SPIRALS))
    trainer.advance(300)
    made = layout(SMALL, 2, 2)
    assert not trainer.weights()[: made.layers[-1].slots[-1].start].any()


@pytest.mark.parametrize(
    ("network", "fields", "message"),
    [
        (replace(SMALL, normalization="batch"), {"batch_size": 1}, "at least 2 rows"),
        (SMALL, {"rule": optimizer("newton")}, "moves every weight on its own"),
        (SMALL, {"steps": -1}, '"steps" must be a whole number of at least 0'),
        (SMALL, {"precision": "float16"}, '"float16" is not one of float32, float64'),
        (replace(SMALL, normalization="instance"), {}, "no convolution"),
        (replace(SMALL, normalization="group", groups=4), {}, "6 units cannot be split into 4 groups"),
        (replace(SMALL, activation="rleu"), {}, "is not one of tanh, relu"),
        (replace(SMALL, hidden=(65,)), {}, "from 1 to 64"),
        (replace(SMALL, hidden=(4,) * 9), {}, "at most 8 hidden layers"),
        (replace(SMALL, filters=4), {}, "8×8"),
        (replace(SMALL, l2=-1.0), {}, "at least 0"),
        (replace(SMALL, momentum=2.0), {}, "from 0 to 1"),
    ],
)
def test_what_cannot_be_trained_is_said_in_a_sentence(network, fields, message):
    given = dict(fields)
    with pytest.raises(InputError, match=message):
        Trainer(network, training(given.pop("rule", None), **given), samples(SPIRALS))


def test_cross_entropy_of_values_is_refused():
    with pytest.raises(InputError, match="squared error"):
        Trainer(SMALL, training(), samples(Data(name="function")))


def test_the_convolution_may_have_mini_batches_of_one_row_without_other_batch_norms():
    network = Network(hidden=(), filters=2, normalization="batch")
    assert check(network) is network
    trainer = Trainer(network, training(batch_size=1, steps=5), samples(Data(name="digits", samples=100)))
    assert trainer.advance(5) == 5


def test_training_in_one_call_tells_what_happened():
    done = ls.train(
        "spirals", hidden=(12, 12), normalization="batch", optimizer=ls.optimizer("adam", lr=0.01), epochs=20
    )
    assert isinstance(done, type(train(SPIRALS, optimizer=optimizer("sgd"), epochs=0)))
    rows, n = samples(done.data), done.training.steps
    assert n == -(-20 * len(rows.inputs) // 32)
    assert (done.at[0], done.at[-1], len(done.batch_losses)) == (0, n, n)
    assert done.outcome == "finished"
    assert done.losses[-1] < done.losses[0]
    right = done.predict(rows.test_inputs).argmax(axis=1) == rows.test_targets
    assert done.test_accuracies[-1] == pytest.approx(right.mean())
    assert not any(array.flags.writeable for array in (done.at, done.losses, done.weights, done.batch_losses))


def test_steps_to_a_loss_are_exact():
    done = train(SPIRALS, hidden=(12, 12), optimizer=optimizer("adam", lr=0.02), epochs=60)
    trainer = Trainer(done.network, done.training, samples(SPIRALS))
    losses = [trainer.evaluate().loss]
    while trainer.advance(1):
        losses.append(trainer.evaluate().loss)
    threshold = losses[len(losses) // 2]
    assert done.steps_to(threshold) == next(step for step, loss in enumerate(losses) if loss <= threshold)
    assert done.steps_to(-1.0) is None


def test_a_field_that_a_network_does_not_have_is_named_with_the_nearest():
    with pytest.raises(ValueError, match='did you mean "normalization"'):
        train("spirals", optimizer=optimizer("sgd"), normalisation="batch")
