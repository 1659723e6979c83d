"""The surface on a lattice: its values for the map, its slopes for the arrows."""

import ctypes
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.formula.kernel_cache import is_ready, load
from landscape.formula.kernels import Code, Columns
from landscape.formula.lanes import Lanes, totals
from landscape.formula.machine_code.compiler import Kernel
from landscape.formula.tree import Node

Range: TypeAlias = tuple[float, float]

GRID = ("xs", "ys", "columns", "rows", "out", "work", "constants", "data", "count")
_PROTOTYPE = ctypes.CFUNCTYPE(
    None,
    *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64),
    *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64),
)


def centres(side: Range, cells: int) -> NDArray[np.float64]:
    """Return the middles of ``cells`` equal parts of a range."""
    low, high = side
    return low + (high - low) * ((np.arange(cells) + 0.5) / cells)


def sample(surface: Surface, x: Range, y: Range, columns: int, rows: int) -> NDArray[np.float64]:
    """Return the values at the cell centres of a lattice, (rows, columns) float64, read-only, row 0 at the smallest y.

    Compiled if :func:`is_warm`, else plain NumPy: equal to rounding. Where the surface is undefined: inf or NaN; when
    compiled, also where it has a sine or cosine of a number beyond 3e14.
    """
    xs, ys = centres(x, columns), centres(y, rows)
    if is_warm(surface):
        values = _compiled(surface, load(_source_of(surface), "grid"), xs, ys)
    else:
        values = surface.value(xs[None, :], ys[:, None])
    values.flags.writeable = False
    return values


def is_warm(surface: Surface) -> bool:
    """Tell whether the compiled kernel of this surface is in memory."""
    return is_ready(_source_of(surface))


def warm(surface: Surface) -> None:
    """Compile the kernel of this surface, or load it from the disk."""
    load(_source_of(surface), "grid")


def arrows(
    surface: Surface, x: Range, y: Range, columns: int, rows: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where the arrows of steepest descent begin and their directions: both (k, 2) float64, read-only.

    A direction has length 1. Cells in whose centre the gradient is zero or not finite have no arrow.
    """
    px, py = (part.ravel() for part in np.meshgrid(centres(x, columns), centres(y, rows)))
    downhill = -surface.gradient(px, py)
    with np.errstate(all="ignore"):
        directions = (downhill / np.hypot(*downhill)).T
    drawn = np.isfinite(directions).all(axis=1)
    points, directions = np.stack([px, py], axis=1)[drawn], directions[drawn]
    for array in (points, directions):
        array.flags.writeable = False
    return points, directions


def _compiled(
    surface: Surface, kernel: Kernel, xs: NDArray[np.float64], ys: NDArray[np.float64]
) -> NDArray[np.float64]:
    values, work = np.empty((len(ys), len(xs))), np.empty((totals([surface.tree], surface.columns), len(xs)))
    constants = np.array(surface.kernel_values, dtype=np.float64)
    data = surface.data_array if surface.data else np.empty((0, 0))
    _PROTOTYPE(kernel.address)(
        xs.ctypes.data, ys.ctypes.data, len(xs), len(ys), values.ctypes.data, work.ctypes.data,
        constants.ctypes.data, data.ctypes.data, surface.rows,
    )  # fmt: skip
    return values


def _source_of(surface: Surface) -> str:
    return _source(surface.formula, surface.is_transformed, surface.columns, surface.parameter_names)


@lru_cache(maxsize=256)
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
