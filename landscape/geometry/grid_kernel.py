"""The kernel that evaluates a surface on a lattice; loaded with the first kernel, not with the first picture."""

import ctypes

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.formula.kernel_cache import is_ready, load
from landscape.formula.kernels import Code, Columns
from landscape.formula.lanes import Lanes, totals
from landscape.formula.machine_code.native import Kernel
from landscape.formula.tree import Node
from landscape.memory import bounded

GRID = ("xs", "ys", "columns", "rows", "out", "work", "constants", "data", "count")
_PROTOTYPE = ctypes.CFUNCTYPE(
    None,
    *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64),
    *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64),
)


def is_loaded(surface: Surface) -> bool:
    """Tell whether the kernel of this surface is in memory."""
    return is_ready(_source_of(surface))


def kernel(surface: Surface) -> Kernel:
    """Return the kernel of this surface: from memory, from the disk, or compiled now."""
    return load(_source_of(surface), "grid")


def compiled(surface: Surface, xs: NDArray[np.float64], ys: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values at all (xs[i], ys[j]), (rows, columns)."""
    values, work = np.empty((len(ys), len(xs))), np.empty((totals([surface.tree], surface.columns), len(xs)))
    constants = np.array(surface.kernel_values, dtype=np.float64)
    data = surface.data_array if surface.data else np.empty((0, 0))
    loaded = kernel(surface)
    _PROTOTYPE(loaded.address)(
        xs.ctypes.data, ys.ctypes.data, len(xs), len(ys), values.ctypes.data, work.ctypes.data,
        constants.ctypes.data, data.ctypes.data, surface.rows,
    )  # fmt: skip
    return values


def _source_of(surface: Surface) -> str:
    return _source(surface.formula, surface.is_transformed, surface.columns, surface.parameter_names)


@bounded(256, megabytes=16)
def _source(formula: str, transformed: bool, columns: tuple[str, ...], parameters: tuple[str, ...]) -> str:
    tree = Surface(formula=formula, rotation=1.0 if transformed else 0.0).tree
    return grid_source(tree, parameters, columns)


def grid_source(tree: Node, parameters: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """Return the kernel ``grid``, which writes the values at all (xs[i], ys[j]) to out[j, i].

    At ``work`` there is room for ``columns`` times the totals of the tree.
    """
    code = Code(wide=True)
    values = {name: code.load("constants", index) for index, name in enumerate(parameters)}
    code.write("j = rows")
    with code.block("while j > 0:"):
        code.write("j -= 1", "y = get(ys, j)", "row = out + 8 * columns * j")
        lanes = Lanes(
            code=code,
            count="columns",
            values={**values, "y": "y"},
            columns=Columns(columns),
            load=lambda: {"x": code.load("xs", "lane")},
            room=lambda index: f"work, {index} * columns + lane" if index else "work, lane",
        )
        lanes.emit([tree], lambda _, roots: code.write(f"put(row, lane, {roots[0]})"))
    return code.function("grid", GRID, "void")
