"""Many starts: 10,000 of them, 500 steps each, on two threads."""

import ctypes
from collections.abc import Callable

import numpy as np

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.descent.batch import descend_many
from tests.benchmarks.harness import Row, Side, compiled, need
from tests.benchmarks.trajectories import FORMULAS, RATES, STEPS, SURFACES

COUNT = 10_000 - 10_000 % 64
STARTS = np.random.default_rng(0).uniform(-2.0, 2.0, (COUNT, 2))


def ours(name: str, rule: str) -> Side:
    where, how = surface(name), optimizer(rule, lr=RATES[rule])
    return lambda: descend_many(where, how, STARTS, STEPS, threads=2)


def torch_batch(name: str, rule: str) -> Side:
    need("torch")
    import torch

    torch.set_num_threads(2)
    function, kind = FORMULAS[name], {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[rule]

    def run() -> object:
        points = torch.tensor(STARTS.T.copy(), requires_grad=True)
        made = kind([points], lr=RATES[rule])
        for _ in range(STEPS):
            made.zero_grad()
            function(points[0], points[1]).sum().backward()
            made.step()
        return points

    return run


def jax_vmap(name: str, rule: str) -> Side:
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

    run, starts = jax.jit(jax.vmap(end)), jax.numpy.array(STARTS)
    return lambda: jax.block_until_ready(run(starts))


def by_hand(name: str, rule: str) -> Side:
    function = getattr(compiled("batch"), f"{name}_{rule}")
    function.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long, ctypes.c_long, ctypes.c_double)
    function.restype = None

    def run() -> np.ndarray:
        ends = STARTS.T.copy()
        function(ends[0].ctypes.data, ends[1].ctypes.data, COUNT, STEPS, RATES[rule])
        return ends.T

    made = descend_many(surface(name), optimizer(rule, lr=RATES[rule]), STARTS, STEPS)
    np.testing.assert_allclose(run(), made, rtol=1e-3, atol=1e-3)
    return run


def _row(name: str, rule: str, against: str, theirs: Callable[[str, str], Side], aim: float) -> Row:
    return Row(
        workload=f"{COUNT:,} starts × {STEPS} steps, two threads, {rule} on {name}",
        against=against,
        prepare=lambda: (ours(name, rule), theirs(name, rule)),
        aim=aim,
        repeats=5,
        sample=0.1,
    )


AGAINST_C = {"adam": 1.05, "sgd": 1.25}
ROWS = [
    *(_row(name, rule, "torch.optim", torch_batch, 1 / 25) for rule in RATES for name in SURFACES),
    *(_row(name, rule, "jax vmap", jax_vmap, 1 / 3) for rule in RATES for name in SURFACES),
    *(_row(name, rule, "C with OpenMP", by_hand, AGAINST_C[rule]) for rule in RATES for name in SURFACES),
]
