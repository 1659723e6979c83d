import math
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from landscape.network.initialization import initial
from landscape.network.layout import layout
from landscape.network.network import Initialization, Network, Normalization
from tests.reference.networks import NORMS

WIDE = Network(hidden=(64, 48), gain=1.4)


def weights(network: Network, seed: int = 0, inputs: int = 64) -> list[np.ndarray]:
    where = layout(network, inputs, 3)
    theta = initial(network, where, seed)
    return [layer.weights.of(theta) for layer in where.layers]


@pytest.mark.parametrize("initialization", get_args(Initialization))
@pytest.mark.parametrize("normalization", NORMS)
def test_what_is_no_weight_is_0_and_what_scales_is_1(
    initialization: Initialization, normalization: Normalization
) -> None:
    network = replace(WIDE, initialization=initialization, normalization=normalization)
    where = layout(network, 2, 3)
    theta = initial(network, where, 0)
    assert theta.shape == (where.size,)
    assert np.all(np.isfinite(theta))
    assert not theta.flags.writeable
    for layer in where.layers:
        for slot, value in ((layer.bias, 0.0), (layer.beta, 0.0), (layer.gamma, 1.0)):
            assert slot is None or np.all(slot.of(theta) == value)


def test_zero_and_constant_are_what_they_say() -> None:
    assert all(np.all(found == 0.0) for found in weights(replace(WIDE, initialization="zero")))
    assert all(np.all(found == -0.3) for found in weights(replace(WIDE, initialization="constant", gain=-0.3)))


@pytest.mark.parametrize(
    ("initialization", "deviation"),
    [
        ("normal", lambda fan_in, fan_out: 1.4),
        ("xavier", lambda fan_in, fan_out: 1.4 * math.sqrt(2.0 / (fan_in + fan_out))),
        ("kaiming", lambda fan_in, fan_out: 1.4 / math.sqrt(fan_in)),
    ],
)
def test_weights_have_the_deviation_of_their_formula(initialization: Initialization, deviation) -> None:
    for found in weights(replace(WIDE, initialization=initialization))[:2]:
        units, inputs = found.shape
        assert np.isclose(found.std(), deviation(inputs, units), rtol=0.03)
        assert abs(found.mean()) < 3.0 * found.std() / math.sqrt(found.size)


@pytest.mark.reference
@pytest.mark.parametrize("shape", [(64, 64), (16, 1, 3, 3)])
@pytest.mark.parametrize(("initialization", "name"), [("xavier", "xavier_normal_"), ("kaiming", "kaiming_normal_")])
def test_weights_have_the_deviation_of_pytorch(initialization: Initialization, name: str, shape: tuple[int]) -> None:
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    more = {"nonlinearity": "linear"} if name.startswith("kaiming") else {"gain": 1.0}
    theirs = torch.stack([getattr(torch.nn.init, name)(torch.empty(shape), **more) for _ in range(50)]).std().item()
    filters = shape[0] if len(shape) == 4 else 0
    network = Network(hidden=(64,), filters=filters, initialization=initialization, gain=1.0)
    ours = np.stack([weights(network, seed)[0] for seed in range(50)]).std()
    assert np.isclose(ours, theirs, rtol=0.03)


def test_orthogonal_weights_are_orthonormal_times_the_gain() -> None:
    for found in weights(replace(WIDE, initialization="orthogonal", gain=2.0)):
        product = found @ found.T if found.shape[0] <= found.shape[1] else found.T @ found
        assert np.allclose(product, 4.0 * np.eye(len(product)), atol=1e-12)


def test_networks_that_differ_in_their_normalization_begin_with_the_same_weights() -> None:
    plain, normalized = weights(WIDE), weights(replace(WIDE, normalization="batch"))
    assert all(np.array_equal(a, b) for a, b in zip(plain, normalized, strict=True))


def test_layers_and_seeds_have_weights_of_their_own() -> None:
    network = Network(hidden=(8, 8, 8))
    first, second, third, _ = weights(network, inputs=8)
    assert not np.array_equal(second, third)
    assert abs(np.corrcoef(first.ravel(), second.ravel())[0, 1]) < 0.5
    assert not np.array_equal(first, weights(network, seed=1, inputs=8)[0])


@pytest.mark.parametrize("initialization", get_args(Initialization))
def test_weight_norm_begins_with_the_weights_there_are_without_it(initialization: Initialization) -> None:
    network = replace(WIDE, initialization=initialization)
    normalized = replace(network, normalization="weight")
    where = layout(normalized, 64, 3)
    theta = initial(normalized, where, 0)
    for layer, plain in zip(where.layers, weights(network), strict=True):
        direction = layer.weights.of(theta)
        if layer.length is not None:
            length = layer.length.of(theta)[:, None]
            direction = length * direction / np.linalg.norm(direction, axis=1, keepdims=True)
        assert np.allclose(direction, plain, rtol=1e-12)
