import numpy as np

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.network.data.samples import Data, samples
from landscape.network.initialization import initial
from landscape.network.measures.smoothness import REACH, along, measure
from landscape.network.network import Network, Training
from landscape.network.objective import Objective

ROWS = samples(Data(samples=400, test_share=0.0))
DEEP = Network(hidden=(16,) * 8)


def training(lr: float, steps: int = 300, seed: int = 0) -> Training:
    return Training(rule=optimizer("sgd", lr=lr), schedule=schedule("constant"), steps=steps, batch_size=128, seed=seed)


def test_of_a_line_fitted_to_points_the_measures_are_those_of_its_quadratic() -> None:
    # Its Hessian is H = 2 mean((u, 1)(u, 1)'): the gradient changes by ηa H g, the loss by -ηa g² + (ηa)² g'Hg/2.
    u, v = np.linspace(-1.0, 2.0, 30), np.linspace(2.0, -1.0, 30) ** 2
    columns = (("u", tuple(u.tolist())), ("v", tuple(v.tolist())))
    rows = samples(Data(name="measurements", columns=columns, test_share=0.0))
    objective = Objective(Network(hidden=(), loss="squared_error"), rows)
    theta, lr = np.array([0.7, -0.4]), 0.3
    found = measure(objective, theta, lr)
    matrix = 2.0 * np.array([[np.mean(u * u), np.mean(u)], [np.mean(u), 1.0]])
    g = 2.0 * np.array([np.mean((0.7 * u - 0.4 - v) * u), np.mean(0.7 * u - 0.4 - v)])
    away = lr * np.array(REACH)
    there = g - np.outer(away, matrix @ g)
    assert np.isclose(found.loss, np.mean((0.7 * u - 0.4 - v) ** 2))
    assert np.allclose(found.losses, found.loss - away * (g @ g) + away**2 * (g @ matrix @ g) / 2.0)
    assert np.allclose(found.changes, away * np.linalg.norm(matrix @ g))
    assert np.allclose(found.cosines, there @ g / np.linalg.norm(there, axis=1) / np.linalg.norm(g))
    assert np.isclose(found.smoothness, np.linalg.norm(matrix @ g) / np.linalg.norm(g))
    assert found.loss_range == np.max(found.losses) - np.min(found.losses)
    assert found.predictiveness == np.max(found.changes)


def test_the_mini_batch_and_the_weights_are_those_of_the_step() -> None:
    [found] = along(DEEP, training(0.1), ROWS, [7])
    losses = [one.loss for one in along(DEEP, training(0.1), ROWS, range(9))]
    assert found.loss == losses[7]
    whole = Objective(DEEP, ROWS)
    assert not np.isclose(losses[0], whole.value(initial(DEEP, whole.layout, 0)))


def test_a_training_that_diverges_or_is_cancelled_ends_the_sequence() -> None:
    assert len(list(along(DEEP, training(1e6), ROWS, range(300)))) < 20
    assert list(along(DEEP, training(0.1), ROWS, range(300), lambda: True)) == []
    assert [one.step for one in along(DEEP, training(0.1, steps=4), ROWS, range(10))] == [0, 1, 2, 3]


def test_of_a_gradient_whose_length_overflows_the_measures_are_infinite_or_no_numbers() -> None:
    columns = (("u", (1.0, 2.0, 3.0, 4.0)), ("v", (3.0, 4.0, 1.0, 2.0)))
    rows = samples(Data(name="measurements", columns=columns, test_share=0.0))
    objective = Objective(Network(hidden=(), loss="squared_error"), rows)
    found = measure(objective, np.array([1e200, 1e200]), 0.1)
    assert not np.isfinite(found.slopes).any()
