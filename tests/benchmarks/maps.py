"""Maps of two hyper-parameters: 256 by 256 runs of 200 steps, with the final loss and the first good step of each."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.descent.maps import hyper_map
from tests.benchmarks.harness import Row, Side

SIDE, STEPS, START, THRESHOLD = 256, 200, (-1.0, 1.0), 1e-3
QUADRATIC, ROSENBROCK = surface("x**2/2 + 50*y**2"), surface("rosenbrock")
RATES = np.geomspace(1e-4, 0.05, SIDE)
MOMENTA = np.linspace(0.0, 0.99, SIDE)
BETAS = 1.0 - np.geomspace(1e-1, 1e-4, SIDE)

Array = NDArray[np.float64]


def quadratic(x: Array, y: Array) -> tuple[Array, Array, Array]:
    return x**2 / 2 + 50 * y**2, x, 100 * y


def rosenbrock(x: Array, y: Array) -> tuple[Array, Array, Array]:
    bend = y - x**2
    return (1 - x) ** 2 + 100 * bend**2, -2 * (1 - x) - 400 * x * bend, 200 * bend


def momentum(lr: Array, beta: Array) -> Callable[[int, Array, Array], Array]:
    kept = np.zeros((2, SIDE, SIDE))

    def step(_: int, points: Array, slopes: Array) -> Array:
        kept[:] = beta * kept + slopes
        return points - lr * kept

    return step


def adam(lr: Array, beta2: Array) -> Callable[[int, Array, Array], Array]:
    means, squares = np.zeros((2, 2, SIDE, SIDE))

    def step(t: int, points: Array, slopes: Array) -> Array:
        means[:] = 0.9 * means + 0.1 * slopes
        squares[:] = beta2 * squares + (1 - beta2) * slopes**2
        return points - lr / (1 - 0.9**t) * means / (np.sqrt(squares / (1 - beta2**t)) + 1e-8)

    return step


def by_numpy(function: Callable, rule: Callable, up: Array) -> tuple[Array, NDArray[np.int64]]:
    """Return losses and first good steps, all pixels in one array at every step."""
    step = rule(RATES[None, :], up[:, None])
    points = np.broadcast_to(np.array(START)[:, None, None], (2, SIDE, SIDE))
    first = np.full((SIDE, SIDE), -1)
    with np.errstate(all="ignore"):
        for t in range(STEPS):
            loss, *slopes = function(*points)
            first[(loss <= THRESHOLD) & (first < 0)] = t
            points = step(t + 1, points, np.stack(slopes))
        loss, *_ = function(*points)
    first[(loss <= THRESHOLD) & (first < 0)] = STEPS
    return loss, first


def sides(name: str, up: tuple[str, Array]) -> tuple[Side, Side]:
    where, function = (QUADRATIC, quadratic) if name == "momentum" else (ROSENBROCK, rosenbrock)
    rule = {"momentum": momentum, "adam": adam}[name]

    def ours() -> object:
        return hyper_map(where, optimizer(name), ("lr", RATES), up, START, STEPS, threshold=THRESHOLD)

    loss, first = by_numpy(function, rule, up[1])
    made = ours()
    bounded = np.isfinite(made.losses) & (made.losses < 1e3)
    np.testing.assert_allclose(made.losses[bounded], loss[bounded], rtol=1e-3, atol=1e-9)
    assert (made.steps == first).mean() > 0.999
    return ours, lambda: by_numpy(function, rule, up[1])


def _row(name: str, up: tuple[str, Array]) -> Row:
    return Row(
        workload=f"map of lr and {up[0]}, {SIDE}², {STEPS} steps, two threads, {name}",
        against="NumPy",
        prepare=lambda: sides(name, up),
        aim=1 / 20,
        repeats=5,
        sample=0.1,
    )


ROWS = [_row("momentum", ("momentum", MOMENTA)), _row("adam", ("beta2", BETAS))]
