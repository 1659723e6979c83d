"""The loss of a network, its gradient and its Hessian are those of PyTorch, of closed forms and of differences."""

import json
import math
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from landscape.network.data.targets import wanted_of
from landscape.network.evaluation import (
    evaluate,
    gradient_norms,
    hessian_vector,
    loss_and_gradient,
    pre_activations,
    predict,
)
from landscape.network.execution.executor import Executor
from landscape.network.kernels.normalization import OWN
from landscape.network.network import Activation, Network
from tests.reference import networks
from tests.reference.networks import CLASSES, NORMS, laid_out, rows, shadows, told, wave, weights

NETWORKS = {told(network): network for network in networks.networks()}
_STORED = json.loads((Path(networks.__file__).parent / "networks.json").read_text(encoding="utf-8"))["cases"]
STORED = {case["network"]: case for case in _STORED if "network" in case}
ACTIVATIONS = get_args(Activation)


def gradient_of(network: Network, theta: np.ndarray | None = None) -> tuple[float, np.ndarray]:
    return loss_and_gradient(network, weights(network) if theta is None else theta, *rows(network), CLASSES)


def test_every_combination_is_stored():
    assert set(STORED) == set(NETWORKS)
    flat, pictured, labelled = len(NORMS) * 2 * 2 * 2, (len(NORMS) + 1) * 2 + 5, len(NORMS) * 2
    assert len(NETWORKS) == len(ACTIVATIONS) * (flat + pictured + labelled)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_loss_and_gradient_are_those_stored_from_pytorch(activation):
    for name, network in NETWORKS.items():
        if network.activation == activation:
            loss, gradient = gradient_of(network)
            assert loss == pytest.approx(STORED[name]["loss"], rel=1e-10), name
            assert shadows(gradient) == pytest.approx(STORED[name]["gradient"], rel=1e-10, abs=1e-10), name


@pytest.mark.reference
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_loss_and_gradient_are_those_of_pytorch(activation):
    pytest.importorskip("torch")
    for name, network in NETWORKS.items():
        if network.activation == activation:
            loss, gradient = gradient_of(network)
            theirs, their_gradient = networks.torch_gradient(network)
            assert loss == pytest.approx(theirs, rel=1e-10), name
            np.testing.assert_allclose(gradient, their_gradient, rtol=1e-10, atol=1e-10, err_msg=name)


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradient_is_the_slope_of_the_loss(activation, norm):
    network = Network(hidden=(6, 4), activation=activation, normalization=norm, l2=0.1)
    theta = weights(network)
    direction = wave(len(theta), 4.0)
    ahead, behind = (gradient_of(network, theta + step * direction)[0] for step in (1e-6, -1e-6))
    assert gradient_of(network)[1] @ direction == pytest.approx((ahead - behind) / 2e-6, rel=1e-6)


@pytest.mark.parametrize("activation", ["tanh", "leaky_relu"])
def test_gradient_with_running_statistics_is_the_slope_of_the_loss(activation):
    network = Network(hidden=(6, 4), activation=activation, normalization="batch")
    made = laid_out(network)
    theta = np.concatenate([weights(network), 1.5 + wave(made.statistics, 1.0)])
    direction = np.concatenate([wave(made.size, 4.0), np.zeros(made.statistics)])
    ahead, behind = (gradient_of(network, theta + step * direction)[0] for step in (1e-6, -1e-6))
    slope = gradient_of(network, theta)[1] @ direction[: made.size]
    assert slope == pytest.approx((ahead - behind) / 2e-6, rel=1e-6)


@pytest.mark.parametrize("norm", [*NORMS, "instance"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_hessian_is_the_slope_of_the_gradient(activation, norm):
    network = Network(
        hidden=(6, 4), filters=4 * (norm == "instance"), activation=activation, normalization=norm, l2=0.1
    )
    theta = weights(network)
    direction = wave(len(theta), 4.0)
    step = 1e-5
    ahead, behind = (gradient_of(network, theta + sign * step * direction)[1] for sign in (1, -1))
    product = hessian_vector(network, theta, *rows(network), CLASSES, direction)
    np.testing.assert_allclose(product, (ahead - behind) / (2 * step), rtol=1e-5, atol=1e-6)


@pytest.mark.reference
@pytest.mark.parametrize("norm", [*NORMS, "instance"])
def test_hessian_is_that_of_pytorch(norm):
    torch = pytest.importorskip("torch")
    for activation in ACTIVATIONS:
        network = Network(hidden=(6,), filters=4 * (norm == "instance"), activation=activation, normalization=norm)
        direction = wave(laid_out(network).size, 4.0)
        theta = torch.tensor(weights(network), requires_grad=True)
        loss = networks.objective(network, theta, *map(torch.tensor, rows(network)))
        [slope] = torch.autograd.grad(loss, theta, create_graph=True)
        [theirs] = torch.autograd.grad(slope @ torch.tensor(direction), theta)
        ours = hessian_vector(network, weights(network), *rows(network), CLASSES, direction)
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=1e-10, atol=1e-10, err_msg=activation)


@pytest.mark.parametrize("name", NETWORKS)
def test_short_numbers_give_the_gradient_of_long_ones(name):
    network = NETWORKS[name]
    inputs, classes = rows(network)
    executor = Executor(
        network,
        laid_out(network),
        inputs,
        wanted_of(network, classes, CLASSES),
        statistics=OWN,
        gradient=True,
        kind="float32",
    )
    executor.theta[:] = weights(network)
    loss = executor.run()
    exact, gradient = gradient_of(network)
    assert loss == pytest.approx(exact, rel=1e-4)
    np.testing.assert_allclose(executor.gradient, gradient, rtol=1e-2, atol=1e-3 * np.abs(gradient).max())


@pytest.mark.parametrize("count", [1, 3, 8, 16, 17, 33, 64, 65, 130])
def test_any_number_of_rows_fits_the_registers(count):
    network = Network(hidden=(9, 17, 8), activation="tanh")
    theta, (inputs, classes) = weights(network), rows(network, count)
    each = [loss_and_gradient(network, theta, inputs[k : k + 1], classes[k : k + 1], CLASSES) for k in range(count)]
    loss, gradient = loss_and_gradient(network, theta, inputs, classes, CLASSES)
    assert loss == pytest.approx(np.mean([one for one, _ in each]), rel=1e-12)
    np.testing.assert_allclose(gradient, np.mean([one for _, one in each], axis=0), rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("norm", ["none", "weight"])
def test_penalties_are_in_the_loss_with_and_without_the_gradient(norm):
    network = Network(hidden=(6, 4), normalization=norm, l1=0.3, l2=0.2)
    plain = Network(hidden=(6, 4), normalization=norm)
    given = (weights(network), *rows(network), CLASSES)
    alone = evaluate(network, *given).loss
    assert alone == pytest.approx(gradient_of(network)[0], rel=1e-14)
    parts = [layer.weights.of(weights(network)) for layer in laid_out(network).layers]
    if norm == "weight":
        lengths = [
            None if layer.length is None else layer.length.of(weights(network)) for layer in laid_out(network).layers
        ]
        parts = [
            w if g is None else g[:, None] * w / np.linalg.norm(w, axis=1)[:, None]
            for w, g in zip(parts, lengths, strict=True)
        ]
    penalty = sum(0.3 * np.abs(w).sum() + 0.1 * (w**2).sum() for w in parts)
    assert alone == pytest.approx(evaluate(plain, *given).loss + penalty, rel=1e-12)


def test_a_network_of_zeros_guesses_and_stays_where_it_is_but_for_the_last_biases():
    network = Network(hidden=(6, 4), activation="tanh")
    made = laid_out(network)
    loss, gradient = gradient_of(network, np.zeros(made.size))
    assert loss == pytest.approx(math.log(CLASSES), rel=1e-15)
    assert not gradient[: made.layers[-1].slots[-1].start].any()


def test_outputs_of_cross_entropy_are_probabilities_and_its_loss_their_logarithm():
    network = Network(hidden=(6,), activation="gelu")
    inputs, classes = rows(network)
    likely = predict(network, weights(network), inputs, CLASSES)
    assert likely.sum(axis=1) == pytest.approx(np.ones(len(inputs)))
    found = evaluate(network, weights(network), inputs, classes, CLASSES)
    assert found.loss == pytest.approx(-np.log(likely[np.arange(len(inputs)), classes]).mean(), rel=1e-12)
    assert found.accuracy == np.mean(likely.argmax(axis=1) == classes)


def test_losses_of_outputs_far_apart_do_not_overflow():
    network = Network(hidden=(), activation="linear")
    theta = 1000.0 * weights(network)
    loss, gradient = gradient_of(network, theta)
    assert np.isfinite(loss)
    assert np.isfinite(gradient).all()


def test_values_are_predicted_by_the_squared_error():
    network = Network(hidden=(), loss="squared_error")
    inputs = wave(30, 1.0).reshape(10, 3)
    theta = np.array([0.5, -1.0, 2.0, 0.25])
    targets = inputs @ theta[:3] + 0.25 + 0.1
    found = evaluate(network, theta, inputs, targets[:, None], 0)
    assert found.loss == pytest.approx(0.01, rel=1e-12)
    assert math.isnan(found.accuracy)
    assert predict(network, theta, inputs, 0)[:, 0] == pytest.approx(targets - 0.1)


@pytest.mark.parametrize("placement", ["before", "after"])
def test_what_is_activated_is_normalized_only_if_the_norm_stands_before(placement):
    network = Network(hidden=(6, 4), activation="tanh", normalization="batch", placement=placement, affine=False)
    inputs, _ = rows(network, 50)
    first, second = pre_activations(network, weights(network), inputs, CLASSES)
    assert (first.shape, second.shape) == ((50, 6), (50, 4))
    centred = [bool(np.allclose(values.mean(axis=0), 0.0, atol=1e-12)) for values in (first, second)]
    assert centred == [placement == "before"] * 2


def test_gradient_norms_are_those_of_the_layers_and_together_that_of_the_gradient():
    network = NETWORKS["tanh batch before picture γ"]
    norms = gradient_norms(network, weights(network), *rows(network), CLASSES)
    assert norms.shape == (3,)
    assert np.linalg.norm(norms) == pytest.approx(np.linalg.norm(gradient_of(network)[1]), rel=1e-12)


def test_evaluation_takes_the_running_statistics_row_by_row():
    network = Network(hidden=(6,), activation="relu", normalization="batch")
    made = laid_out(network)
    inputs, _ = rows(network, 5)
    both = np.concatenate([weights(network), 2.0 + wave(made.statistics, 1.0)])
    together = predict(network, both, inputs, CLASSES)
    alone = np.concatenate([predict(network, both, row[None], CLASSES) for row in inputs])
    np.testing.assert_allclose(together, alone, rtol=1e-12)


def test_a_norm_of_a_gradient_that_overflows_is_infinite():
    line = Network(hidden=(), loss="squared_error")
    points = np.array([[1.0], [2.0]]), np.array([[3.0], [4.0]])
    assert gradient_norms(line, np.array([1e200, 1e200]), *points, 0).tolist() == [np.inf]
