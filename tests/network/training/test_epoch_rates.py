"""A schedule that reads the loss is asked once an epoch, with the mean of its losses, as PyTorch's loops do."""

import numpy as np
import pytest

import landscape as ls
from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.network.data.samples import Data, samples
from landscape.network.evaluation import loss_and_gradient
from landscape.network.measures import sharpness, smoothness
from landscape.network.network import Network, Training
from landscape.network.training.recording import record
from landscape.network.training.trainer import Trainer
from landscape.network.training.updates import updater

ROWS = samples(Data(name="spirals", samples=80, test_share=0.25))
NETWORK = Network(hidden=(6,))
BATCH, STEPS = 16, 200
EPOCH = -(-len(ROWS.inputs) // BATCH)
PLATEAUS = [
    {"patience": 2, "factor": 0.5, "threshold": 0.02},
    {"patience": 0, "factor": 0.7, "cooldown": 3, "threshold": 1e-4},
    {"patience": 1, "factor": 0.1, "threshold": 0.1, "min_lr": 0.01},
]


def training(plan=None, rule=None, **fields) -> Training:
    given = {"steps": STEPS, "batch_size": BATCH, "seed": 3, "precision": "float64"} | fields
    return Training(rule=rule or optimizer("sgd", lr=0.7), schedule=plan or schedule("plateau", **PLATEAUS[0]), **given)


def trained(*args, **fields) -> Trainer:
    trainer = Trainer(NETWORK, training(*args, **fields), ROWS)
    trainer.advance(fields.get("steps", STEPS))
    return trainer


def lowered(losses, lr, factor, patience, threshold, cooldown=0, min_lr=0.0) -> list[float]:
    """Return the rate of each epoch by the published rule, for the mean losses of the epochs."""
    rates, best, bad, rest = [lr], np.inf, 0, 0
    for loss in losses:
        bad, best = (0, loss) if loss < best * (1 - threshold) else (bad + 1, best)
        if rest:
            rest, bad = rest - 1, 0
        if bad > patience:
            new = max(lr * factor, min_lr)
            lr, rest, bad = (new if lr - new > 1e-8 else lr), cooldown, 0
        rates.append(lr)
    return rates


@pytest.mark.parametrize("values", PLATEAUS)
def test_the_rate_is_lowered_where_the_mean_loss_of_an_epoch_has_not_fallen(values: dict) -> None:
    trainer = trained(schedule("plateau", **values))
    means = trainer.losses.reshape(-1, EPOCH).mean(axis=1)
    expected = lowered(means, 0.7, **values)[:-1]
    assert trainer.rates[::EPOCH] == pytest.approx(expected)
    assert len(set(expected)) > 2
    assert trainer.rates == pytest.approx(np.repeat(expected, EPOCH))


@pytest.mark.parametrize("values", PLATEAUS)
def test_it_is_lowered_where_pytorch_lowers_it(values: dict) -> None:
    torch = pytest.importorskip("torch")
    trainer = trained(schedule("plateau", **values))
    optimizer_there = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.7)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer_there, **values)
    for place, loss in enumerate(trainer.losses.reshape(-1, EPOCH).mean(axis=1)):
        assert trainer.rates[place * EPOCH] == pytest.approx(optimizer_there.param_groups[0]["lr"], rel=1e-12)
        scheduler.step(loss)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_a_training_in_pieces_of_any_size_makes_the_same_steps(precision: str) -> None:
    whole = trained(precision=precision)
    pieces = Trainer(NETWORK, training(precision=precision), ROWS)
    for count in (1, 2, 3, 7, 50, 1, 100, 36):
        pieces.advance(count)
    assert np.array_equal(whole.weights(), pieces.weights())
    assert np.array_equal(whole.rates, pieces.rates)


def test_a_warm_up_is_counted_in_steps_and_comes_before_the_first_epoch() -> None:
    trainer = trained(schedule("plateau", warmup=13, **PLATEAUS[0]))
    assert trainer.rates[:13] == pytest.approx(0.7 * np.arange(1, 14) / 13)
    means = trainer.losses[13 : 13 + (STEPS - 13) // EPOCH * EPOCH].reshape(-1, EPOCH).mean(axis=1)
    expected = lowered(means, 0.7, **PLATEAUS[0])
    assert trainer.rates[13:] == pytest.approx(np.repeat(expected, EPOCH)[: STEPS - 13])


def test_the_lines_count_epochs_and_are_told_the_loss_of_the_first_weights() -> None:
    first = Trainer(NETWORK, training(), ROWS).evaluate().loss
    trainer = trained(schedule("first = where(t < 1, loss, first)\nrate = first*(t + 1)/(100*T)\nmomentum = t/T"),
                      optimizer("momentum", lr=1.0))  # fmt: skip
    epochs = STEPS // EPOCH
    assert trainer.rates == pytest.approx(np.repeat(first * np.arange(1, epochs + 1) / (100 * epochs), EPOCH))


@pytest.mark.parametrize("rule", ["sgd", "adam", "momentum"])
def test_the_step_with_numpy_is_the_same(rule: str) -> None:
    plan = schedule(
        "low = where(t < 1, loss, min(low, loss))\nrate = lr*low/(1 + loss)\nmomentum = 0.5 + 0.1/(1 + loss)"
    )
    how = training(plan, optimizer(rule, lr=0.1), batch_size=0, steps=20)
    trainer = Trainer(NETWORK, how, ROWS)
    theta, update = trainer.weights(), updater(how.rule, plan, how.steps)
    for _ in range(how.steps):
        loss, slopes = loss_and_gradient(NETWORK, theta, ROWS.inputs, ROWS.targets, ROWS.classes)
        theta = update(theta, slopes, loss)
    trainer.advance(20)
    np.testing.assert_allclose(trainer.weights(), theta, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("rule", ["adam", "nadam", "momentum", "nesterov"])
def test_a_rate_that_is_kept_and_a_momentum_that_is_driven_make_the_steps_of_a_rule_that_has_both(rule: str) -> None:
    name = "beta1" if "beta1" in optimizer(rule).hyper_names else "momentum"
    kept = schedule("kept = where(t < 1, lr, kept)\nrate = kept\nmomentum = 0.3")
    driven = trained(kept, optimizer(rule, lr=0.05))
    own = trained(schedule("constant"), optimizer(rule, lr=0.05, **{name: 0.3}))
    np.testing.assert_allclose(driven.weights(), own.weights(), rtol=1e-12, atol=1e-12)


def test_what_is_measured_along_a_training_knows_the_rate() -> None:
    how = training(steps=60)
    rates = trained(steps=60).rates
    assert np.array_equal(record(NETWORK, how, ROWS).rates, rates)
    sharp = list(sharpness.along(NETWORK, how, ROWS, 20))
    assert [2 / each.limit for each in sharp] == pytest.approx([*rates[::20], rates[-1]])
    assert [each.step for each in smoothness.along(NETWORK, how, ROWS, (0, 30, 59))] == [0, 30, 59]


def test_it_is_a_choice_of_the_program_for_networks() -> None:
    found = ls.train("moons", optimizer=ls.optimizer("sgd", lr=0.1), schedule=ls.schedule("plateau"), epochs=5)
    assert found.outcome == "finished"
