"""A grid of f, its gradient and its Hessian: six planes of 1024 by 1024, by a kernel made of the surface's trees."""

import ctypes
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from landscape.catalogue.surfaces import surface
from landscape.descent.threads import share
from landscape.formula.kernel_cache import load
from landscape.formula.kernels import Code, Columns
from landscape.formula.lanes import Lanes
from tests.benchmarks.harness import Row, Side, compiled

SIDE, STRIP = 1024, 64
SURFACES = ("rosenbrock", "beale", "himmelblau")
ARGUMENTS = ("xs", "ys", "rows", "planes", "constants")


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
        code.write("j -= 1", "y = get(ys, j)", f"row = planes + {8 * SIDE} * j")
        lanes = Lanes(
            code=code,
            count=SIDE,
            values={**values, "y": "y"},
            columns=Columns(()),
            load=lambda: {"x": code.load("xs", "lane")},
            room=str,
        )
        lanes.emit(trees, lambda _, roots: code.write(*(f"put(row, {place}, {root})" for place, root in places(roots))))
    return code.function("planes", ARGUMENTS, "void")


def places(roots: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Return where the present point's number is in each plane, and the number; the planes lie at fixed distances."""
    return ((f"{SIDE * SIDE * plane} + lane", root) for plane, root in enumerate(roots))


def ours(name: str) -> Callable[[], np.ndarray]:
    where, (xs, ys) = surface(name), axes(name)
    kernel = load(source(name), "planes")
    call = ctypes.CFUNCTYPE(None, *(ctypes.c_int64,) * len(ARGUMENTS))(kernel.address)
    constants = np.array(where.kernel_values, dtype=np.float64)
    planes = np.empty((6, SIDE, SIDE))

    def worker() -> Callable[[int], None]:
        def work(first: int) -> None:
            place = planes.ctypes.data + 8 * SIDE * first
            call(xs.ctypes.data, ys[first:].ctypes.data, STRIP, place, constants.ctypes.data)

        return work

    def run() -> np.ndarray:
        share(range(0, SIDE, STRIP), worker, 2, lambda: False)
        assert kernel.held is not None
        return planes

    return run


def by_numpy(name: str) -> Callable[[], object]:
    """Return the six formulas as they are written down, for the coordinates of all points."""
    x, y = np.meshgrid(*axes(name))

    def rosenbrock() -> object:
        bend = y - x**2
        return ((1 - x) ** 2 + 100 * bend**2, -2 * (1 - x) - 400 * x * bend, 200 * bend,
                1200 * x**2 - 400 * y + 2, -400 * x, np.full_like(x, 200.0))  # fmt: skip

    def beale() -> object:
        y2 = y * y
        y3 = y2 * y
        a, b, c = 1.5 - x + x * y, 2.25 - x + x * y2, 2.625 - x + x * y3
        p, q, r = y - 1, y2 - 1, y3 - 1
        s = a + 2 * y * b + 3 * y2 * c
        return (a**2 + b**2 + c**2, 2 * (a * p + b * q + c * r), 2 * x * s, 2 * (p**2 + q**2 + r**2),
                2 * (x * (p + 2 * y * q + 3 * y2 * r) + s),
                2 * x * (x + 2 * b + 4 * y2 * x + 6 * y * c + 9 * y2**2 * x))  # fmt: skip

    def himmelblau() -> object:
        a, b = x**2 + y - 11, x + y**2 - 7
        return (a**2 + b**2, 4 * x * a + 2 * b, 2 * a + 4 * y * b, 4 * a + 8 * x**2 + 2, 4 * x + 4 * y,
                4 * b + 8 * y**2 + 2)  # fmt: skip

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
