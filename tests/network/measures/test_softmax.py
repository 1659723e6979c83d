"""The softmax in numbers is that of the loss and of its gradient."""

import numpy as np
import pytest

from landscape.network.evaluation import evaluate, logits, loss_and_gradient, predict
from landscape.network.layout import layout
from landscape.network.measures.softmax import softmax
from landscape.network.network import Network
from tests.reference.networks import CLASSES, rows, weights

NETWORK = Network(hidden=(6,), activation="tanh")
ONE = np.eye(CLASSES)


def test_the_loss_of_each_row_is_its_cross_entropy_and_their_mean_that_of_all():
    inputs, classes = rows(NETWORK)
    given = logits(NETWORK, weights(NETWORK), inputs, CLASSES)
    each = [softmax(z, ONE[label]) for z, label in zip(given, classes, strict=True)]
    whole = evaluate(NETWORK, weights(NETWORK), inputs, classes, CLASSES).loss
    assert np.mean([one.loss for one in each]) == pytest.approx(whole, rel=1e-12)
    likely = predict(NETWORK, weights(NETWORK), inputs, CLASSES)
    np.testing.assert_allclose([one.probabilities for one in each], likely, rtol=1e-12)
    for one, label in zip(each, classes, strict=True):
        assert one.loss == pytest.approx(-np.log(one.probabilities[label]))
        np.testing.assert_allclose(one.powers / one.powers.sum(), one.probabilities, rtol=1e-12)
        assert one.hard.tolist() == (one.logits == one.logits.max()).astype(float).tolist()


def test_what_is_given_minus_what_is_wanted_is_the_gradient_of_the_last_biases():
    inputs, classes = rows(NETWORK)
    bias = layout(NETWORK, 3, CLASSES).layers[-1].bias
    for row in range(len(inputs)):
        one = slice(row, row + 1)
        _, gradient = loss_and_gradient(NETWORK, weights(NETWORK), inputs[one], classes[one], CLASSES)
        z = logits(NETWORK, weights(NETWORK), inputs[one], CLASSES)[0]
        np.testing.assert_allclose(softmax(z, ONE[classes[row]]).slopes, bias.of(gradient), atol=1e-12)


def test_logits_far_apart_do_not_overflow():
    found = softmax(np.array([0.0, 1000.0]), np.array([1.0, 0.0]))
    assert found.loss == 1000.0
    assert found.probabilities.tolist() == [0.0, 1.0]
    assert found.powers[1] == np.inf
