"""From the Python text of a kernel to machine code, by Numba.

Importing Numba takes 0.2 s and its first use as long again, so it is left to the first kernel that is not on the disk.
"""

import ast
import gc
import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from landscape.formula.machine_code import intrinsics
from landscape.formula.machine_code.llvm import FLAGS
from landscape.formula.machine_code.native import Compiled, compiled

_FUNCTIONS = (
    "exp", "log", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
    "sinh", "cosh", "tanh", "pow", "inf",
)  # fmt: skip
SINGLE = "# Single precision"
"""First line of a kernel whose numbers have four bytes."""


def compile_kernel(source: str, function: str) -> Compiled:
    """Return the ``function`` of a kernel's text."""
    import numpy as np

    options = {"nopython": True, "error_model": "numpy", "fastmath": set(FLAGS)}
    short = source.startswith(SINGLE)
    names: dict[str, Any] = {"__name__": __name__, "kernel": partial(compiled, **options)}
    names |= intrinsics.compiled(short)
    names |= {name: getattr(math, name) for name in _FUNCTIONS}
    names |= {"floor": np.floor, "ceil": np.ceil}
    tree = ast.parse(source)
    if short:
        tree = ast.fix_missing_locations(Typed("single").visit(tree))
    with uncollected():
        exec(compile(tree, "<kernel>", "exec"), names)
    made: Compiled = names[function]
    return made


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
