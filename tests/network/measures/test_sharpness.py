from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.network.data.samples import Data, Samples, samples
from landscape.network.initialization import initial
from landscape.network.measures.sharpness import along, sharpness
from landscape.network.network import Network, Training
from landscape.network.objective import Objective
from tests.reference.networks import NORMS

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


@pytest.mark.parametrize("normalization", NORMS)
@pytest.mark.parametrize("data", [CHEBYSHEV, Data(samples=40)], ids=lambda data: data.name)
def test_sharpness_is_the_largest_eigenvalue_of_the_hessian(normalization: str, data: Data) -> None:
    rows = samples(data)
    loss = "cross_entropy" if rows.classes else "squared_error"
    network = replace(TINY, hidden=(4, 4), normalization=normalization, loss=loss)
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


def line_fitted_to_points() -> tuple[Network, Samples, float]:
    """Return a network whose loss is a quadratic, its data, and the largest eigenvalue of its Hessian."""
    u, v = np.linspace(-1.0, 2.0, 30), np.linspace(2.0, -1.0, 30) ** 2
    columns = (("u", tuple(u.tolist())), ("v", tuple(v.tolist())))
    rows = samples(Data(name="measurements", columns=columns, test_share=0.0))
    matrix = 2.0 * np.array([[np.mean(u * u), np.mean(u)], [np.mean(u), 1.0]])
    return Network(hidden=(), loss="squared_error"), rows, float(np.linalg.eigvalsh(matrix)[-1])


@pytest.mark.parametrize(("share", "falls"), [(0.99, True), (1.01, False)])
def test_descent_of_a_quadratic_is_stable_up_to_a_rate_of_two_over_its_sharpness(share: float, falls: bool) -> None:
    network, rows, largest = line_fitted_to_points()
    seen = list(along(network, training(share * 2.0 / largest, 2000), rows, every=500))
    assert [found.step for found in seen] == [0, 500, 1000, 1500, 2000]
    assert np.allclose([found.value for found in seen], largest, rtol=1e-6)
    assert np.allclose([found.limit for found in seen], largest / share)
    assert (seen[-1].loss < seen[0].loss) == (seen[0].value < seen[0].limit) == falls


def test_a_training_that_diverges_ends_the_sequence() -> None:
    rows = samples(CHEBYSHEV)
    seen = list(along(TINY, training(30.0, 100), rows, every=10))
    assert seen[-1].step < 100
    assert not np.isfinite(seen[-1].loss)


def test_it_can_be_cancelled() -> None:
    rows: Samples = samples(CHEBYSHEV)
    assert len(list(along(TINY, training(0.1, 100), rows, every=10, cancelled=lambda: True))) == 1


def test_where_the_learning_rate_is_zero_nothing_is_too_sharp() -> None:
    falling = replace(training(0.1, 2), schedule=schedule("lr*where(t < 2, 1, 0)"))
    limits = [found.limit for found in along(TINY, falling, samples(CHEBYSHEV), 1)]
    assert limits == [20.0, 20.0, np.inf]
