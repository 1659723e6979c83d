"""A grid of f, its gradient and its Hessian: six planes of 1024 by 1024, by a kernel made of the surface's trees."""

import ctypes
from collections.abc import Callable

import numpy as np

from landscape.catalogue.surfaces import surface
from landscape.descent.threads import share
from landscape.formula.compiled import load
from landscape.formula.kernels import Code, Columns
from landscape.formula.lanes import Lanes
from tests.benchmarks.harness import Row, Side, compiled

SIDE, STRIP = 1024, 256
SURFACES = ("rosenbrock", "beale", "himmelblau")
ARGUMENTS = ("xs", "ys", "columns", "rows", "planes", "size", "constants")


def axes(name: str) -> tuple[np.ndarray, np.ndarray]:
    (left, right), (low, high) = surface(name).domain
    return np.linspace(left, right, SIDE), np.linspace(low, high, SIDE)


def source(name: str) -> str:
    """Return a kernel like that of the map, which writes a plane for each of the six trees."""
    where, code = surface(name), Code(wide=True)
    trees = (where.tree, *where.gradient_trees, *where.hessian_trees)
    values = {name: code.load("constants", index) for index, name in enumerate(where.parameter_names)}
    code.write("j = rows")
    with code.block("while j > 0:"):
        code.write("j -= 1", "y = get(ys, j)")
        code.write(*(f"row{index} = planes + 8 * (size * {index} + columns * j)" for index in range(len(trees))))
        lanes = Lanes(
            code=code,
            count="columns",
            values={**values, "y": "y"},
            columns=Columns(()),
            load=lambda: {"x": code.load("xs", "lane")},
            room=str,
        )
        lanes.emit(
            trees, lambda _, roots: code.write(*(f"put(row{at}, lane, {root})" for at, root in enumerate(roots)))
        )
    return code.function("planes", ARGUMENTS, "void")


def ours(name: str) -> Callable[[], np.ndarray]:
    where, (xs, ys) = surface(name), axes(name)
    kernel = load(source(name), "planes")
    call = ctypes.CFUNCTYPE(None, *(ctypes.c_int64,) * 7)(kernel.address)
    constants = np.array(where.kernel_values, dtype=np.float64)
    planes = np.empty((6, SIDE, SIDE))

    def worker() -> Callable[[int], None]:
        def work(first: int) -> None:
            place = planes.ctypes.data + 8 * SIDE * first
            call(xs.ctypes.data, ys[first:].ctypes.data, SIDE, STRIP, place, SIDE * SIDE, constants.ctypes.data)

        return work

    def run() -> np.ndarray:
        share(range(0, SIDE, STRIP), worker, 2, lambda: False)
        assert kernel.held is not None
        return planes

    return run


def by_numpy(name: str) -> Callable[[], object]:
    xs, ys = axes(name)
    x, y = xs[None, :], ys[:, None]

    def rosenbrock() -> object:
        d = y - x * x
        full = np.broadcast_to(200.0, d.shape)
        return ((1 - x) ** 2 + 100 * d * d, -400 * x * d - 2 * (1 - x), 200 * d, 1200 * x * x - 400 * y + 2,
                np.broadcast_to(-400 * x, d.shape).copy(), full.copy())  # fmt: skip

    def beale() -> object:
        y2 = y * y
        a, b, c = 1.5 - x + x * y, 2.25 - x + x * y2, 2.625 - x + x * y2 * y
        p, q, r = y - 1, y2 - 1, y2 * y - 1
        gy = a + 2 * y * b + 3 * y2 * c
        xy = 2 * (x * (p + 2 * y * q + 3 * y2 * r) + gy)
        yy = 2 * x * (x + 2 * b + 4 * y2 * x + 6 * y * c + 9 * y2 * y2 * x)
        xx = np.broadcast_to(2 * (p * p + q * q + r * r), xy.shape).copy()
        return a * a + b * b + c * c, 2 * (a * p + b * q + c * r), 2 * x * gy, xx, xy, yy

    def himmelblau() -> object:
        a, b = x * x + y - 11, x + y * y - 7
        return (a * a + b * b, 4 * x * a + 2 * b, 2 * a + 4 * y * b, 4 * a + 8 * x * x + 2,
                np.broadcast_to(4 * x + 4 * y, a.shape).copy(), 4 * b + 8 * y * y + 2)  # fmt: skip

    run = {"rosenbrock": rosenbrock, "beale": beale, "himmelblau": himmelblau}[name]
    for mine, theirs in zip(ours(name)(), run(), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-6)
    return run


def by_hand(name: str) -> Callable[[], object]:
    function = getattr(compiled("grids"), f"{name}_planes")
    function.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long, ctypes.c_void_p)
    function.restype = None
    (xs, ys), planes = axes(name), np.empty((6, SIDE, SIDE))

    def run() -> np.ndarray:
        function(xs.ctypes.data, ys.ctypes.data, SIDE, planes.ctypes.data)
        return planes

    for mine, theirs in zip(ours(name)(), run(), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-6)
    return run


def _row(name: str, against: str, theirs: Callable[[str], Side], aim: float) -> Row:
    return Row(
        workload=f"f, gradient and Hessian, {SIDE}², {name}, two threads",
        against=against,
        prepare=lambda: (ours(name), theirs(name)),
        aim=aim,
        sample=0.1,
    )


ROWS = [
    *(_row(name, "C with OpenMP", by_hand, 1.2) for name in SURFACES),
    *(_row(name, "NumPy", by_numpy, 1 / 15) for name in SURFACES),
]
