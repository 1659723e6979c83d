"""One start: 500 steps with every step kept, and how soon optimizers never seen before are there.

Libraries are held against the whole of ``descend()``, from its arguments to its trajectory. C by hand is held against
the kernel in it: both are called by ctypes, and both allocate the record that they fill.

A step of Adam waits for a root and then a division, 19 ns, as it does in C: half of descend() for 500. Both coordinates
in one register would save a twelfth of that, by hand; LLVM's own vectorizer (SLP) gains nothing on two of three
surfaces. Neither is worth its code.
"""

import ctypes
import itertools
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

import numpy as np

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.surfaces import surface
from landscape.descent.kernels import HEAD, TRAJECTORY, prototype, trajectory_source
from landscape.descent.recorded import Trajectory
from landscape.descent.stepping import pair
from landscape.descent.tables import tables
from landscape.descent.trajectory import descend
from landscape.formula.kernel_cache import load
from tests.benchmarks.harness import Row, Seconds, Side, compiled, need

STEPS = 500
START = (-1.5, 2.0)
SURFACES = ("rosenbrock", "beale", "himmelblau")
RATES = {"sgd": 1e-4, "adam": 0.01}
NEVER_SEEN = ("adam", "sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adamw", "nadam")

FORMULAS: dict[str, Callable[..., object]] = {
    "rosenbrock": lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "beale": lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
    "himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
}


def ours(name: str, rule: str) -> Callable[[], Trajectory]:
    where, how = surface(name), optimizer(rule, lr=RATES[rule])
    return lambda: descend(where, how, START, STEPS)


def kernel(name: str, rule: str) -> Side:
    where, how = surface(name), optimizer(rule, lr=RATES[rule])
    code = load(trajectory_source(pair(where, how), noisy=False, batched=False), "trajectory")
    call, made = prototype(TRAJECTORY, ctypes.c_int64)(code.address), tables(where, how, STEPS, None, 0.0, 0)
    arrays = (made.constants, made.coefficients, made.normals, made.shifts, made.data)
    arguments = (*(array.ctypes.data for array in arrays), 0, None, 0)
    width = HEAD + 2 * len(how.state)

    def run(_held: object = (code, made)) -> np.ndarray:
        record = np.empty((STEPS + 1, width))
        record[0, 0], record[0, 1] = START
        if how.state:
            record[0, HEAD:] = 0.0
        call(STEPS, ctypes.addressof(ctypes.c_char.from_buffer(record.data)), *arguments)
        return record

    np.testing.assert_array_equal(run()[:, :2], ours(name, rule)().points)
    return run


def torch_loop(name: str, rule: str) -> Side:
    need("torch")
    import torch

    function, kind = FORMULAS[name], {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[rule]

    def run() -> object:
        point = torch.tensor(START, dtype=torch.float64, requires_grad=True)
        made = kind([point], lr=RATES[rule])
        points, losses = [point.detach().clone()], []
        for _ in range(STEPS):
            made.zero_grad()
            loss = function(point[0], point[1])
            loss.backward()
            made.step()
            points.append(point.detach().clone())
            losses.append(loss.item())
        return points, losses

    return run


def jax_scan(name: str, rule: str) -> Side:
    need("jax", "optax")
    import jax
    import optax

    jax.config.update("jax_enable_x64", True)
    function, made = FORMULAS[name], getattr(optax, rule)(RATES[rule])
    slope = jax.value_and_grad(lambda point: function(point[0], point[1]))

    def step(carry: tuple, _: object) -> tuple:
        point, state = carry
        loss, gradient = slope(point)
        updates, state = made.update(gradient, state)
        moved = optax.apply_updates(point, updates)
        return (moved, state), (moved, loss, gradient)

    @jax.jit
    def run(point: object) -> object:
        return jax.lax.scan(step, (point, made.init(point)), length=STEPS)[1]

    start = jax.numpy.array(START)
    return lambda: jax.block_until_ready(run(start))


def by_hand(name: str, rule: str) -> Side:
    function = getattr(compiled("trajectory"), f"{name}_{rule}")
    pointer, number = ctypes.c_void_p, ctypes.c_double
    function.argtypes, function.restype = (number, number, ctypes.c_long, pointer, pointer), None
    rates = np.full(STEPS, RATES[rule])
    first, width = ctypes.c_double.from_buffer(rates), {"sgd": 5, "adam": 9}[rule]

    def run() -> np.ndarray:
        record = np.empty((STEPS + 1, width))
        function(*START, STEPS, ctypes.byref(first), ctypes.addressof(ctypes.c_char.from_buffer(record)))
        return record

    made = ours(name, rule)()
    np.testing.assert_allclose(run()[:, :2], made.points, rtol=1e-6, atol=1e-9)
    return run


@contextmanager
def empty_cache() -> Iterator[None]:
    before = os.environ.get("LANDSCAPE_CACHE")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LANDSCAPE_CACHE"] = folder
        yield
    if before is None:
        del os.environ["LANDSCAPE_CACHE"]
    else:
        os.environ["LANDSCAPE_CACHE"] = before


def never_seen(how_many: int) -> Side:
    """Return what parses, differentiates and compiles a surface that is new each time, and runs optimizers on it."""
    fresh = itertools.count(1)
    names = [name for name in NEVER_SEEN if name in optimizer_entries()][:how_many]

    def run() -> Seconds:
        formula = f"(1 - x)**2 + 100*(y - x**2)**2 + sin({next(fresh)}*x)*exp(-y**2)"
        with empty_cache():
            begin = time.perf_counter()
            where = surface(formula)
            for name in names:
                descend(where, optimizer(name, lr=1e-3), START, STEPS)
            return Seconds(time.perf_counter() - begin)

    return run


WHOLE, KERNEL = "descend()", "the kernel and its record"
Maker: TypeAlias = Callable[[str, str], Side]


def _row(name: str, rule: str, part: str, mine: Maker, against: str, theirs: Maker, aim: float) -> Row:
    return Row(
        workload=f"one trajectory, {STEPS} steps, {rule} on {name}: {part}",
        against=against,
        prepare=lambda: (mine(name, rule), theirs(name, rule)),
        aim=aim,
        repeats=31,
    )


PEERS: tuple[tuple[str, Maker, str, Maker, float], ...] = (
    (WHOLE, ours, "torch.optim loop", torch_loop, 1 / 5000),
    (WHOLE, ours, "jax + optax scan", jax_scan, 1 / 2),
    (KERNEL, kernel, "C -O3 -march=native and its record", by_hand, 1.3),
)
ROWS = [
    *(_row(name, rule, *peer) for peer in PEERS for rule in RATES for name in SURFACES),
    Row(
        workload="a new surface, the first optimizer never seen",
        against="0.3 s",
        prepare=lambda: (never_seen(1), 0.3),
        aim=1.0,
    ),
    Row(
        workload="a new surface, 8 optimizers never seen",
        against="1 s",
        prepare=lambda: (never_seen(8), 1.0),
        aim=1.0,
    ),
]
