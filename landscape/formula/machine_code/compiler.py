"""From the Python text of a kernel to machine code, by Numba.

Importing Numba takes 0.2 s and its first use as long again, so it is left to the first kernel that is not on the disk.
"""

import ast
import gc
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from landscape.formula.machine_code import intrinsics
from landscape.formula.machine_code.llvm import FLAGS

_FUNCTIONS = (
    "exp", "log", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
    "sinh", "cosh", "tanh", "pow", "inf",
)  # fmt: skip
C_FUNCTIONS = frozenset(
    {"exp", "exp2", "log", "log10", "log1p", "pow", "fmod", "cbrt", "hypot", "sin", "cos", "tan", "asin", "acos",
     "atan", "atan2", "sinh", "cosh", "tanh", "sqrt", "erf", "memset", "memcpy", "memmove"}
)  # fmt: skip
"""What machine code may call and be kept: the C library is in every process."""
SINGLE = "# Single precision"
"""First line of a kernel whose numbers have four bytes."""


@dataclass(frozen=True, eq=False)
class Kernel:
    """A compiled function, to be called through its address, and what keeps it in memory."""

    address: int
    held: Any


@dataclass(frozen=True)
class Machine:
    """A kernel as a file of the linker's."""

    symbol: str
    """What the function is called in it."""
    code: bytes


def compile_kernel(source: str, function: str) -> Kernel:
    """Return the ``function`` of a kernel's text."""
    import numba
    import numpy as np

    options = {"nopython": True, "error_model": "numpy", "fastmath": set(FLAGS)}
    short = source.startswith(SINGLE)
    names: dict[str, Any] = {"__name__": __name__, "kernel": partial(numba.cfunc, **options)}
    names |= intrinsics.compiled(short)
    names |= {name: getattr(math, name) for name in _FUNCTIONS}
    names |= {"floor": np.floor, "ceil": np.ceil}
    tree = ast.parse(source)
    if short:
        tree = ast.fix_missing_locations(Typed("single").visit(tree))
    with uncollected():
        exec(compile(tree, "<kernel>", "exec"), names)
    return Kernel(names[function].address, names[function])


def machine(kernel: Kernel) -> Machine | None:
    """Return what :func:`compile_kernel` made in a form that outlives the process; None if it cannot.

    That is so where it calls what only a running Numba has, as for the handling of exceptions; and where Numba, of
    which this asks what it does not promise to answer, has changed.
    """
    try:
        library = kernel.held._library
        module = library._final_module
        outside = [value.name for value in (*module.functions, *module.global_variables) if value.is_declaration]
        if all(name.startswith("llvm.") or name in C_FUNCTIONS for name in outside):
            return Machine(kernel.held.native_name, library._get_compiled_object())
    except (AttributeError, RuntimeError, ValueError):
        pass
    return None


class Typed(ast.NodeTransformer):
    """Makes the numbers that are written in a kernel those of ``kind``: a long one makes long ones of all it meets."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Replace a literal number by a call."""
        if not isinstance(node.value, float):
            return node
        return ast.Call(func=ast.Name(self.kind, ast.Load()), args=[node], keywords=[])


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the search for garbage: compiling makes a million objects, and the search takes a quarter of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
