"""Kernels in the caches of memory and disk, as a new process finds them."""

import importlib
from pathlib import Path

from landscape.formula import disk_cache, kernel_cache
from landscape.formula.machine_code import native
from landscape.formula.syntax import parse_expression
from tests.formula.test_kernels import compiled, source


def text(formula: str) -> str:
    return source([parse_expression(formula)], ["x"])


def load(formula: str) -> native.Kernel:
    return kernel_cache.load(text(formula), "point")


def value(formula: str, x: float) -> float:
    return float(compiled([parse_expression(formula)], {"x": x}, lanes=1)[0, 0])


def forget() -> None:
    """Begin as a process does: nothing in memory, nothing known of the computer and of the folder."""
    for module in (disk_cache, kernel_cache):
        importlib.reload(module)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
