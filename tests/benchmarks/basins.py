"""A map of basins: 512 by 512 starts, 500 steps each, and every one told where it comes to."""

import ctypes
from collections.abc import Callable

import numpy as np

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.descent.basins import basins
from tests.benchmarks.harness import Row, Side, compiled, need
from tests.benchmarks.trajectories import FORMULAS

SIDE, STEPS, RATE = 512, 500, 0.05
WHERE, HOW = surface("himmelblau"), optimizer("adam", lr=RATE)
MINIMA = np.array(((3.0, 2.0), (-2.805118, 3.131313), (-3.77931, -3.283186), (3.584428, -1.848127)))


def starts() -> np.ndarray:
    axes = [low + (high - low) * (np.arange(SIDE) + 0.5) / SIDE for low, high in WHERE.domain]
    return np.array([part.ravel() for part in np.meshgrid(*axes)])


def ours() -> Side:
    return lambda: basins(WHERE, HOW, steps=STEPS, resolution=SIDE)


def agree(ends: np.ndarray) -> None:
    """Refuse a comparator whose starts come to other minima than ours."""
    theirs = np.abs(ends[:, :, None] - MINIMA.T[:, None, :]).max(axis=0).argmin(axis=1)
    found = basins(WHERE, HOW, steps=STEPS, resolution=SIDE)
    mine = np.abs(found.attractors[:, None, :] - MINIMA).max(axis=2).argmin(axis=1)
    assert (mine[found.labels.ravel()] == theirs).all()


def jax_vmap() -> Side:
    need("jax", "optax")
    import jax
    import optax

    jax.config.update("jax_enable_x64", True)
    function, made = FORMULAS["himmelblau"], optax.adam(RATE)
    slope = jax.grad(lambda point: function(point[0], point[1]))

    def end(start: object) -> object:
        def step(_: int, carry: tuple) -> tuple:
            point, state = carry
            updates, state = made.update(slope(point), state)
            return optax.apply_updates(point, updates), state

        return jax.lax.fori_loop(0, STEPS, step, (start, made.init(start)))[0]

    run, points = jax.jit(jax.vmap(end)), jax.numpy.array(starts().T)
    agree(np.asarray(run(points)).T)
    return lambda: jax.block_until_ready(run(points))


def by_hand() -> Side:
    function = compiled("batch").himmelblau_adam
    function.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long, ctypes.c_long, ctypes.c_double)
    function.restype = None
    points = starts()

    def run() -> np.ndarray:
        ends = points.copy()
        function(ends[0].ctypes.data, ends[1].ctypes.data, SIDE**2, STEPS, RATE)
        return ends

    agree(run())
    return run


def _row(against: str, theirs: Callable[[], Side], aim: float) -> Row:
    return Row(
        workload=f"basins {SIDE}², {STEPS} steps of Adam on Himmelblau, two threads",
        against=against,
        prepare=lambda: (ours(), theirs()),
        aim=aim,
        repeats=5,
        sample=0.2,
    )


ROWS = [
    _row("jax vmap, float64, the ends only", jax_vmap, 1 / 15),
    _row("C with OpenMP, float64, the ends only", by_hand, 0.25),
]
