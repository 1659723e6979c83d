"""Several labels a row: what is wanted of the losses, what they can come to, and what counts as right."""

import math

import numpy as np
import pytest

from landscape.errors import InputError
from landscape.network.data.samples import Data, samples
from landscape.network.data.targets import wanted, wanted_of
from landscape.network.evaluation import evaluate, loss_and_gradient, predict, sigmoids
from landscape.network.network import Network, Training
from landscape.network.training.recording import record
from tests.network.training.test_regularization import training
from tests.reference.networks import CLASSES, LABELS, labels, laid_out, rows, wave

SOFTMAX, SIGMOIDS, SQUARED = (
    Network(hidden=(6, 4), activation="tanh", loss=loss) for loss in ("cross_entropy", LABELS, "squared_error")
)
BIASES = Network(hidden=(), initialization="zero")
"""Three weights of an input of 0, then three biases."""


def given(count: int = 40):
    return rows(SIGMOIDS, count)


def theta() -> np.ndarray:
    return wave(laid_out(SIGMOIDS).size, 0.5)


def test_rows_of_the_reference_have_every_set_of_labels():
    assert len({tuple(row) for row in labels(8).tolist()}) == 8


def test_a_softmax_is_asked_for_equal_shares_of_the_labels_or_of_all_classes_without_one():
    asked = wanted_of(SOFTMAX, np.array([[1, 0, 1], [0, 1, 0], [0, 0, 0], [1, 1, 1]]), 3)
    np.testing.assert_allclose(asked, [[0.5, 0, 0.5], [0, 1, 0], [1 / 3] * 3, [1 / 3] * 3])
    for network in (SIGMOIDS, SQUARED):
        assert wanted_of(network, np.array([[1, 0, 1]]), 3).tolist() == [[1.0, 0.0, 1.0]]


def test_values_have_no_sigmoid_cross_entropy():
    with pytest.raises(InputError, match="squared error"):
        wanted_of(SIGMOIDS, np.array([[0.5]]), 1)


def test_the_loss_of_sigmoids_is_the_mean_over_rows_and_classes():
    inputs, targets = given()
    likely = predict(SIGMOIDS, theta(), inputs, CLASSES)
    each = -np.where(targets == 1, np.log(likely), np.log(1.0 - likely))
    assert evaluate(SIGMOIDS, theta(), inputs, targets, CLASSES).loss == pytest.approx(each.mean(), rel=1e-12)
    assert (abs(likely.sum(axis=1) - 1.0) > 0.1).any()


def test_the_loss_of_a_softmax_is_the_mean_over_the_labels_of_each_row():
    inputs, targets = given()
    likely = predict(SOFTMAX, theta(), inputs, CLASSES)
    assert likely.sum(axis=1) == pytest.approx(np.ones(len(inputs)))
    shares = [
        np.log(p[has == 1]).mean() if has.any() else np.log(p).mean() for p, has in zip(likely, targets, strict=True)
    ]
    assert evaluate(SOFTMAX, theta(), inputs, targets, CLASSES).loss == pytest.approx(-np.mean(shares), rel=1e-12)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_softmax_cannot_come_under_the_logarithm_of_the_number_of_labels(count):
    targets = (np.arange(3) < count).astype(np.int64)[None]
    best = np.where(targets[0] == 1, 40.0, 0.0)
    for shift in (np.zeros(3), *(0.5 * np.eye(3)[:count])):
        found = loss_and_gradient(BIASES, np.r_[np.zeros(3), best + shift], np.zeros((1, 1)), targets, 3)
        if shift.any() and count > 1:
            assert found[0] > math.log(count) + 1e-3
        else:
            assert found[0] == pytest.approx(math.log(count), abs=1e-12)


def test_sigmoids_come_as_near_to_nothing_as_one_likes_on_a_row_with_two_labels():
    network = Network(hidden=(), loss=LABELS)
    losses = [
        evaluate(network, np.r_[np.zeros(3), size, size, -size], np.zeros((1, 1)), np.array([[1, 1, 0]]), 3).loss
        for size in (1.0, 5.0, 30.0)
    ]
    np.testing.assert_allclose(
        losses, [math.log1p(math.exp(-size)) for size in (1.0, 5.0, 30.0)], rtol=1e-10, atol=2e-16
    )


def test_exact_matches_have_all_their_labels_right_and_labels_are_counted_one_by_one():
    network = Network(hidden=(), loss=LABELS)
    found = evaluate(
        network,
        np.r_[np.zeros(3), 2.0, -1.0, 3.0],
        np.zeros((4, 1)),
        np.array([[1, 0, 1], [1, 1, 1], [0, 0, 0], [1, 0, 1]]),
        3,
    )
    assert found.accuracy == 0.5
    assert found.labels == (3 + 2 + 1 + 3) / 12
    squared = Network(hidden=(), loss="squared_error")
    found = evaluate(squared, np.r_[np.zeros(3), 0.6, 0.4, 0.9], np.zeros((1, 1)), np.array([[1, 0, 1]]), 3)
    assert (found.accuracy, found.labels) == (1.0, 1.0)
    found = evaluate(BIASES, np.r_[np.zeros(3), 3.0, 3.5, 0.0], np.zeros((2, 1)), np.array([[1, 1, 0], [0, 1, 0]]), 3)
    assert (found.accuracy, found.labels) == (0.5, 5 / 6)


def test_of_one_class_a_row_the_largest_sigmoid_counts():
    network = Network(hidden=(), loss=LABELS)
    found = evaluate(network, np.r_[np.zeros(3), -3.0, -1.0, -2.0], np.zeros((2, 1)), np.array([1, 2]), 3)
    assert found.accuracy == 0.5
    assert math.isnan(found.labels)


def test_logits_far_from_0_do_not_overflow():
    network = Network(hidden=(), loss=LABELS)
    loss, gradient = loss_and_gradient(
        network, np.r_[np.zeros(3), 1000.0, -1000.0, 1000.0], np.zeros((1, 1)), np.array([[1, 0, 0]]), 3
    )
    assert loss == pytest.approx(1000.0 / 3)
    np.testing.assert_allclose(gradient[3:], [0.0, 0.0, 1 / 3])
    assert sigmoids(np.array([-1000.0, 0.0, 1000.0])).tolist() == [0.0, 0.5, 1.0]


@pytest.mark.parametrize("count", [1, 63, 64, 65, 500])
def test_any_number_of_rows_has_the_mean_of_their_losses(count):
    inputs, targets = given(count)
    each = [evaluate(SIGMOIDS, theta(), inputs[k : k + 1], targets[k : k + 1], CLASSES).loss for k in range(count)]
    assert evaluate(SIGMOIDS, theta(), inputs, targets, CLASSES).loss == pytest.approx(np.mean(each), rel=1e-12)


def test_a_recording_keeps_both_accuracies_of_labels_and_one_of_classes():
    how: Training = training(steps=30)
    found = record(SIGMOIDS, how, samples(Data(name="regions", samples=80)))
    assert np.isfinite(found.label_accuracies).all()
    assert (found.label_accuracies >= found.accuracies).all()
    assert np.isnan(record(SOFTMAX, how, samples(Data(samples=80))).label_accuracies).all()


@pytest.mark.reference
@pytest.mark.parametrize("network", [SOFTMAX, SIGMOIDS, SQUARED])
def test_losses_of_labels_and_their_gradients_are_those_of_pytorch(network):
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    inputs, targets = given()
    start = torch.tensor(theta(), requires_grad=True)
    x = torch.tensor(inputs)
    for layer in laid_out(network).layers:
        weights, biases = (start[slot.start : slot.stop].reshape(slot.shape) for slot in layer.slots)
        x = functional.linear(x, weights, biases)
        x = x if layer.last else torch.tanh(x)
    kind = {
        "cross_entropy": functional.cross_entropy, LABELS: functional.binary_cross_entropy_with_logits,
        "squared_error": functional.mse_loss,
    }[network.loss]  # fmt: skip
    theirs = kind(x, torch.tensor(wanted_of(network, targets, CLASSES)))
    theirs.backward()
    loss, gradient = loss_and_gradient(network, theta(), inputs, targets, CLASSES)
    assert loss == pytest.approx(theirs.item(), rel=1e-10)
    np.testing.assert_allclose(gradient, start.grad.numpy(), rtol=1e-10, atol=1e-12)


def test_training_rows_are_wanted_like_any_others():
    made = samples(Data(name="regions"))
    assert np.array_equal(wanted(SIGMOIDS, made), made.targets)
    assert np.array_equal(wanted(SIGMOIDS, made, test=True), made.test_targets)
