"""Our exp, sin, cos and tanh against libraries of vector functions, in loops of their own and in the product's kernels.

Times are per number that a function is computed of. Each side runs in a process of its own. The libraries: the C
library (what Numba has without another), Intel's SVML by ``pip install icc-rt``, SLEEF by ``apt install libsleef3``,
and glibc's libmvec, whose errors are up to 4 units in the last place where those of all others are below 1 (and tanh's
of the C library 2).

PyPI's llvmlite is built without the patch by which Numba finds SVML, and its LLVM ignores ``-vector-library``. So loops
are vectorized over LLVM's own intrinsics (``llvm.exp.v8f64``), whose calls are then made calls of the library's
(``__svml_exp8_ha``), with its calling convention: what a patched llvmlite makes of them.
"""

import ctypes
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.benchmarks.harness import Missing, Row, Seconds, Side

if TYPE_CHECKING:
    from llvmlite.binding import ModuleRef, TargetMachine

FUNCTIONS = ("exp", "sin", "cos", "tanh")
LIBRARIES = {
    "C library": (),
    "SVML": ("libintlc.so.5", "libimf.so", "libsvml.so"),
    "SLEEF": ("libsleefgnuabi.so.3",),
    "libmvec": ("libmvec.so.1",),
}
"""What is loaded of each, in this order."""
CHILD = "import sys; from tests.benchmarks.elementary import serve; serve(*sys.argv[1:])"
LOOP = """@kernel("void(int64, int64, int64)")
def loop(numbers, out, count):
    lane = 0
    while lane < count:
        put(out, lane, wide_{}(get(numbers, lane)))
        lane += 1
"""


def files(library: str) -> list[str]:
    """Return the library's files, in this environment or where the linker finds them."""
    own = [Path(sys.prefix, "lib", name) for name in LIBRARIES[library]]
    found = [str(path) if path.exists() else path.name for path in own]
    for path in found:
        try:
            ctypes.CDLL(path, ctypes.RTLD_GLOBAL)
        except OSError:
            raise Missing(library) from None
    return found


def wide(name: str) -> Callable[..., Any]:
    """Return an intrinsic that writes LLVM's own where ours is asked for."""

    def intrinsic(_: Any, x: Any) -> Any:
        from llvmlite.ir import FunctionType
        from numba import types
        from numba.core.cgutils import get_or_insert_function

        number = types.float32 if x == types.float32 else types.float64

        def write(_: Any, builder: Any, _signature: Any, given: Sequence[Any]) -> Any:
            if name == "log1p":
                kind = FunctionType(given[0].type, [given[0].type])
                return builder.call(get_or_insert_function(builder.module, kind, name), given)
            return builder.call(builder.module.declare_intrinsic(f"llvm.{name}", [given[0].type]), given)

        return number(number), write

    intrinsic.__name__ = f"wide_{name}"
    return intrinsic


def replaced(library: str, text: str) -> str:
    """Return a module with the calls of LLVM's vector functions made calls of the library's."""

    def called(match: re.Match[str]) -> str:
        head, kind, function, lanes, bits = match.groups()
        name = function + "f" * (bits == "32")
        if library == "SVML":
            return f"{head} intel_ocl_bicc {kind} @__svml_{name}{lanes}_ha"
        return f"{head} {kind} @_ZGV{ {128: 'b', 256: 'd', 512: 'e'}[int(lanes) * int(bits)] }N{lanes}v_{name}"

    return re.sub(
        rf"\b((?:call|declare)(?: \w+)*) (<\d+ x \w+>) @llvm\.({'|'.join(FUNCTIONS)})\.v(\d+)f(\d+)", called, text
    )


def patch(library: str) -> None:
    """Have all kernels of this process compiled with a library's functions, and none taken from the disk."""
    import llvmlite.binding as llvm

    from landscape.formula import disk_cache, kernel_cache
    from landscape.formula.machine_code import intrinsics, native
    from landscape.network.execution import kernel_cache as network_cache
    from landscape.network.kernels import intrinsics as network_intrinsics

    for file in files(library):
        llvm.load_library_permanently(file)
    for name in (*FUNCTIONS, "log1p"):
        setattr(intrinsics, f"wide_{name}", wide(name))
    network_intrinsics.wide_exp = wide("exp")  # type: ignore[assignment]

    plain = native.written

    def changed(target: "TargetMachine", module: "ModuleRef") -> bytes:
        text = replaced(library, str(module)) if LIBRARIES[library] else ""
        return plain(target, llvm.parse_assembly(text) if text else module)

    native.written = changed
    disk_cache.keep = lambda *_: None
    for cache in (kernel_cache, network_cache):
        cache.find = lambda _: None  # type: ignore[attr-defined]


def loop(function: str, kind: str) -> tuple[Callable[[], object], int]:
    """Return what computes a function of 4,096 numbers, and how many they are."""
    from landscape.formula.kernel_cache import load
    from landscape.formula.machine_code.compiler import SINGLE

    low, high = (0.0, 1.0) if function == "log1p" else (-8.0, 8.0)
    numbers = np.random.default_rng(0).uniform(low, high, 4096).astype(kind)
    out = np.empty_like(numbers)
    kernel = load(f"{SINGLE}\n" * (kind == "float32") + LOOP.format(function), "loop")
    run = ctypes.CFUNCTYPE(None, *(ctypes.c_int64,) * 3)(kernel.address)
    given = (numbers.ctypes.data, out.ctypes.data, len(numbers))
    run(*given)
    np.testing.assert_allclose(out, getattr(np, function)(numbers), rtol=1e-14 if kind == "float64" else 1e-6)
    return (lambda held=(kernel, numbers, out): run(*given)), len(numbers)


def lattice(name: str, functions: int) -> tuple[Callable[[], object], int]:
    """Return what computes a surface on a lattice of 512 by 512 points; what only y decides is computed once a row."""
    from landscape.catalogue.surfaces import surface
    from landscape.geometry import grid

    where = surface(name)
    grid.warm(where)
    return (lambda: grid.sample(where, *where.domain, 512, 512)), functions * 512 * 512


def basin_map(name: str, functions: int) -> tuple[Callable[[], object], int]:
    """Return what finds where 256 by 256 starts come to in 200 steps of Adam; per number, were none to arrive early."""
    from landscape.catalogue.optimizers import optimizer
    from landscape.catalogue.surfaces import surface
    from landscape.descent.basins import basins

    where, how = surface(name), optimizer("adam", lr=0.05)
    return (lambda: basins(where, how, steps=200, resolution=256)), functions * 200 * 256 * 256


def training() -> tuple[Callable[[], object], int]:
    """Return what trains ten epochs of the larger network with tanh."""
    from tests.benchmarks.network import BATCH, CASES, STEPS, ours

    case = CASES[4]
    assert case[1] == "tanh"
    run = ours(case)
    assert callable(run)
    return run, STEPS * BATCH * sum(case[0])


WORKLOADS: dict[str, Callable[[], tuple[Callable[[], object], int]]] = {
    "loop, exp": lambda: loop("exp", "float64"),
    "loop, sin": lambda: loop("sin", "float64"),
    "loop, tanh": lambda: loop("tanh", "float64"),
    "loop, log1p": lambda: loop("log1p", "float64"),
    "loop, exp, float32": lambda: loop("exp", "float32"),
    "loop, sin, float32": lambda: loop("sin", "float32"),
    "loop, tanh, float32": lambda: loop("tanh", "float32"),
    "lattice of Rastrigin, a cosine a point": lambda: lattice("rastrigin", 1),
    "lattice of Ackley, a cosine and two exp": lambda: lattice("ackley", 3),
    "basins of Rastrigin, two sines": lambda: basin_map("rastrigin", 2),
    "training 4×32 tanh, exp of float32": training,
}


def serve(library: str, workload: str) -> None:
    """For every line that comes in, write how many seconds the workload takes per number."""
    if library != "ours":
        patch(library)
    run, count = WORKLOADS[workload]()
    run()
    for _ in sys.stdin:
        begin, times = time.perf_counter(), 0
        while times == 0 or time.perf_counter() - begin < 0.05:
            run()
            times += 1
        print((time.perf_counter() - begin) / times / count, flush=True)


def side(library: str, workload: str) -> Side:
    """Return a process that measures a workload with a library."""
    command = [sys.executable, "-c", CHILD, library, workload]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None
    assert child.stdout is not None
    asked, told = child.stdin, child.stdout

    def run() -> Seconds:
        asked.write("\n")
        asked.flush()
        return Seconds(told.readline())

    return run


def _row(workload: str, library: str, aim: float) -> Row:
    def prepare() -> tuple[Side, Side]:
        files(library)
        return side("ours", workload), side(library, workload)

    return Row(workload=workload, against=library, prepare=prepare, aim=aim, repeats=5, sample=0.0)


ROWS = [
    _row(workload, library, 2.0 if library == "libmvec" else 1.15)
    for workload in WORKLOADS
    for library in (LIBRARIES if "log1p" not in workload else ("C library",))  # The only one LLVM has no intrinsic for
]
