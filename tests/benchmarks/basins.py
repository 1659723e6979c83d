"""Maps of basins: 500 steps from each of many starts, and every one told where it comes to.

The comparators compute where the starts end and no more: not which minima there are, to which one each start comes and
when, nor what has diverged.
"""

import ctypes
from collections.abc import Callable

import numpy as np

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.descent.basins import Basins, basins
from landscape.descent.limit_points import REACH
from tests.benchmarks.harness import Row, Side, compiled, need
from tests.benchmarks.trajectories import FORMULAS, SURFACES

STEPS = 500
COARSE, FINE = 256, 512
RATES = {"sgd": 1e-3, "adam": 0.05}
TITLES = {"sgd": "SGD", "adam": "Adam"}


def starts(name: str, side: int) -> np.ndarray:
    axes = [low + (high - low) * (np.arange(side) + 0.5) / side for low, high in surface(name).domain]
    return np.array([part.ravel() for part in np.meshgrid(*axes)])


def ours(name: str, rule: str, side: int) -> Callable[[], Basins]:
    where, how = surface(name), optimizer(rule, lr=RATES[rule])
    return lambda: basins(where, how, steps=STEPS, resolution=side)


def agree(name: str, rule: str, side: int, ends: np.ndarray) -> None:
    """Refuse a comparator whose starts come to other minima than ours; what is just coming close to one may differ."""
    found = ours(name, rule, side)()
    size = np.ptp(np.array(surface(name).domain), axis=1)
    with np.errstate(all="ignore"):
        away = np.abs((ends.T[:, None] - found.attractors) / size).max(axis=2)
        nearest, distance = away.argmin(axis=1), away.min(axis=1)
        told = np.where(distance <= REACH, nearest, -1) == found.labels.ravel()
        close = (distance > 0.8 * REACH) & (distance < 1.2 * REACH)
    assert told[~close].mean() > 0.9995, f"{rule} on {name}: {np.mean(told[~close])}"


def torch_batch(name: str, rule: str, side: int) -> Side:
    need("torch")
    import torch

    torch.set_num_threads(2)
    function, kind = FORMULAS[name], {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[rule]
    begun = starts(name, side)

    def run() -> np.ndarray:
        points = torch.tensor(begun, requires_grad=True)
        made = kind([points], lr=RATES[rule])
        for _ in range(STEPS):
            made.zero_grad()
            function(points[0], points[1]).sum().backward()
            made.step()
        return points.detach().numpy()

    agree(name, rule, side, run())
    return run


def jax_vmap(name: str, rule: str, side: int) -> Side:
    need("jax", "optax")
    import jax
    import optax

    jax.config.update("jax_enable_x64", True)
    function, made = FORMULAS[name], getattr(optax, rule)(RATES[rule])
    slope = jax.grad(lambda point: function(point[0], point[1]))

    def end(start: object) -> object:
        def step(_: int, carry: tuple) -> tuple:
            point, state = carry
            updates, state = made.update(slope(point), state)
            return optax.apply_updates(point, updates), state

        return jax.lax.fori_loop(0, STEPS, step, (start, made.init(start)))[0]

    run, points = jax.jit(jax.vmap(end)), jax.numpy.array(starts(name, side).T)
    agree(name, rule, side, np.asarray(run(points)).T)
    return lambda: jax.block_until_ready(run(points))


def by_hand(name: str, rule: str, side: int) -> Side:
    function = getattr(compiled("basins"), f"{name}_{rule}")
    function.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long, ctypes.c_long, ctypes.c_double)
    function.restype = None
    points = starts(name, side)

    def run() -> np.ndarray:
        ends = points.copy()
        function(ends[0].ctypes.data, ends[1].ctypes.data, side**2, STEPS, RATES[rule])
        return ends

    agree(name, rule, side, run())
    return run


def _row(
    name: str, rule: str, side: int, against: str, theirs: Callable[[str, str, int], Side], aim: float, repeats: int = 5
) -> Row:
    return Row(
        workload=f"basins {side}², {STEPS} steps of {TITLES[rule]} on {name.capitalize()}, two threads",
        against=f"{against}, float64, the ends only",
        prepare=lambda: (ours(name, rule, side), theirs(name, rule, side)),
        aim=aim,
        repeats=repeats,
        sample=0.2,
    )


AGAINST_C = {"himmelblau": 0.5, "beale": 2.0, "rosenbrock": 2.5}
"""Himmelblau's starts soon come to rest, and take no more steps then. On the others most are still on their way after
500, and single precision is not enough: all that was computed with it is computed again."""
PAIRS = [(name, rule) for rule in RATES for name in SURFACES]
ROWS = [
    _row("himmelblau", "adam", FINE, "jax vmap", jax_vmap, 1 / 15),
    _row("himmelblau", "adam", FINE, "C with OpenMP", by_hand, 0.25),
    *(_row(*pair, COARSE, "torch.optim", torch_batch, 1 / 10, repeats=3) for pair in PAIRS),
    *(_row(*pair, COARSE, "jax vmap", jax_vmap, 1.0) for pair in PAIRS),
    *(_row(*pair, COARSE, "C with OpenMP", by_hand, AGAINST_C[pair[0]]) for pair in PAIRS),
]
