from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.network.data import Data, Samples, samples
from landscape.network.initialization import initial
from landscape.network.network import Network, Training
from landscape.network.objective import Objective
from landscape.network.sharpness import along, sharpness

CHEBYSHEV = Data(name="chebyshev", samples=20, test_share=0.0)
TINY = Network(hidden=(30, 20), activation="tanh", initialization="xavier", gain=0.7, loss="squared_error")


def training(lr: float, steps: int) -> Training:
    return Training(
        rule=optimizer("sgd", lr=lr),
        schedule=schedule("constant"),
        steps=steps,
        batch_size=0,
        precision="float64",
        seed=1,
    )


def hessian(objective: Objective, theta: np.ndarray) -> np.ndarray:
    """Return all second derivatives by central differences of the gradient."""
    step = 1e-5
    ahead, behind = (
        np.array([objective.value_and_gradient(theta + sign * step * row)[1] for row in np.eye(len(theta))])
        for sign in (1.0, -1.0)
    )
    return (ahead - behind) / (2.0 * step)


@pytest.mark.parametrize("normalization", ["none", "batch", "layer"])
@pytest.mark.parametrize("data", [CHEBYSHEV, Data(samples=40)], ids=lambda data: data.name)
def test_sharpness_is_the_largest_eigenvalue_of_the_hessian(normalization: str, data: Data) -> None:
    rows = samples(data)
    loss = "cross_entropy" if rows.classes else "squared_error"
    network = replace(TINY, hidden=(4, 3), normalization=normalization, loss=loss)
    objective = Objective(network, rows)
    theta = initial(network, objective.layout, 0)
    found = sharpness(objective, theta)
    values, vectors = np.linalg.eigh(hessian(objective, theta))
    assert np.isclose(found.value, values[-1], rtol=1e-5)
    assert abs(found.vector @ vectors[:, -1]) > 0.999


@pytest.mark.reference
@pytest.mark.parametrize("normalization", ["none", "batch"])
def test_sharpness_is_the_largest_eigenvalue_of_the_hessian_that_pytorch_has(normalization: str) -> None:
    torch = pytest.importorskip("torch")
    rows = samples(Data(samples=40))
    network = replace(TINY, hidden=(5, 4), normalization=normalization, loss="cross_entropy")
    objective = Objective(network, rows)
    theta = initial(network, objective.layout, 0)

    def loss(weights):  # type: ignore[no-untyped-def]
        def part(slot):  # type: ignore[no-untyped-def]
            return weights[slot.start : slot.stop].reshape(slot.shape)

        values = torch.tensor(rows.inputs)
        for layer in objective.layout.layers:
            values = values @ part(layer.weights).T
            values = values + part(layer.bias) if layer.bias else values
            if layer.gamma:
                gamma, beta = part(layer.gamma), part(layer.beta)
                values = torch.nn.functional.batch_norm(values, None, None, gamma, beta, training=True)
            values = values if layer.last else torch.tanh(values)
        return torch.nn.functional.cross_entropy(values, torch.tensor(rows.targets))

    matrix = torch.autograd.functional.hessian(loss, torch.tensor(theta)).numpy()
    assert np.isclose(sharpness(objective, theta).value, np.linalg.eigvalsh(matrix)[-1], rtol=1e-6)


@pytest.mark.parametrize("lr", [0.1, 0.2, 0.4])
def test_full_batch_gradient_descent_ends_at_the_edge_of_stability(lr: float) -> None:
    seen = list(along(TINY, training(lr, 6000), samples(CHEBYSHEV), every=500))
    limit = 2.0 / lr
    assert all(np.isclose(found.limit, limit) for found in seen)
    assert seen[0].value < limit
    assert all(0.95 * limit < found.value < 1.3 * limit for found in seen[-3:])
    assert seen[-1].loss < 0.2 * seen[0].loss
    assert [found.step for found in seen] == list(range(0, 6001, 500))


def test_small_batches_stay_below_the_edge_although_they_train() -> None:
    rows = samples(replace(CHEBYSHEV, samples=100))
    given = replace(training(0.05, 12_000), seed=3)
    *_, full = along(TINY, given, rows, every=12_000)
    *_, small = along(TINY, replace(given, batch_size=5), rows, every=12_000)
    assert small.value < 0.9 * full.value
    assert max(small.loss, full.loss) < 0.02


def test_a_training_that_diverges_ends_the_sequence() -> None:
    rows = samples(CHEBYSHEV)
    seen = list(along(TINY, training(30.0, 100), rows, every=10))
    assert seen[-1].step < 100
    assert not np.isfinite(seen[-1].loss)


def test_it_can_be_cancelled() -> None:
    rows: Samples = samples(CHEBYSHEV)
    assert len(list(along(TINY, training(0.1, 100), rows, every=10, cancelled=lambda: True))) == 1
