"""The compiled kernels: what they compute, and what they leave behind."""

import math
from typing import get_args

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.network.data.samples import Data, samples
from landscape.network.evaluation import predict
from landscape.network.kernels import layers
from landscape.network.network import Activation, Network, Training
from landscape.network.training.trainer import Trainer

CURVES = {
    "tanh": math.tanh,
    "relu": lambda x: max(x, 0.0),
    "leaky_relu": lambda x: x if x > 0.0 else 0.01 * x,
    "gelu": lambda x: x * (1.0 + math.erf(x / math.sqrt(2.0))) / 2.0,
    "sigmoid": lambda x: 1.0 / (1.0 + math.exp(-x)),
    "linear": lambda x: x,
}
ONE_UNIT = np.array([1.0, 0.0, 1.0, 0.0])
"""Weights of a network that is nothing but its activation."""


def applied(activation: str, x: np.ndarray) -> np.ndarray:
    network = Network(hidden=(1,), activation=activation, loss="squared_error")
    return predict(network, ONE_UNIT, x[:, None], 0)[:, 0]


@pytest.mark.parametrize("activation", get_args(Activation))
def test_activations_are_what_they_are_called(activation):
    x = np.concatenate([np.linspace(-40.0, 40.0, 4001), [-700.0, 700.0, 1e-9, 0.0]])
    expected = [CURVES[activation](value) for value in x]
    np.testing.assert_allclose(applied(activation, x), expected, rtol=1e-14, atol=3e-16)


@pytest.mark.parametrize("activation", get_args(Activation))
def test_what_is_no_number_is_never_hidden(activation):
    assert math.isnan(applied(activation, np.array([0.5, math.nan]))[1])


@pytest.mark.parametrize("rectified", [False, True])
@pytest.mark.parametrize("shape", [(1, 1, 1), (11, 5, 3), (15, 17, 6)])
def test_the_kernels_are_python_that_can_be_called(shape, rectified):
    rows, columns, inner = shape
    a, b, biases = np.arange(rows * inner) / 7.0, np.cos(np.arange(inner * columns)), np.sin(np.arange(rows))
    room = np.concatenate([a, b, biases, np.zeros(rows * columns)])
    at = len(room) - rows * columns
    layers.product(room, at, 0, inner, 1, len(a), rows, columns, inner, len(a) + len(b), rectified)
    sums = a.reshape(rows, inner) @ b.reshape(inner, columns) + biases[:, None]
    np.testing.assert_allclose(
        room[at:].reshape(rows, columns), np.maximum(sums, 0.0) if rectified else sums, atol=1e-12
    )


def test_tiny_numbers_are_numbers_again_after_a_run():
    rule = Training(rule=optimizer("sgd"), schedule=schedule("constant"), steps=5)
    Trainer(Network(hidden=()), rule, samples(Data(samples=40))).advance(5)
    assert np.float32(1e-39) * np.float32(0.5) > 0.0
