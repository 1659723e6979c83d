"""The surface on a lattice: its values for the map, its slopes for the arrows."""

import ctypes
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.formula.code import Code
from landscape.formula.kernels import PACK, Columns, Emitter
from landscape.formula.machine import Kernel, is_ready, load
from landscape.formula.tree import Node

Range: TypeAlias = tuple[float, float]

GRID = (
    "void @grid(ptr noalias %xs, ptr noalias %ys, i64 %columns, i64 %rows, ptr noalias %out, "
    "ptr noalias %constants, ptr noalias %data, i64 %count)"
)
_PROTOTYPE = ctypes.CFUNCTYPE(
    None,
    *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64),
    *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64),
)


def centres(side: Range, cells: int) -> NDArray[np.float64]:
    """Return the middles of ``cells`` equal parts of a range."""
    low, high = side
    return low + (high - low) * ((np.arange(cells) + 0.5) / cells)


def sample(surface: Surface, x: Range, y: Range, columns: int, rows: int) -> NDArray[np.float64]:
    """Return the values at the cell centres of a lattice, (rows, columns) float64, read-only, row 0 at the smallest y.

    Compiled if :func:`is_warm`, else plain NumPy: equal to rounding. Where the surface is undefined: inf or NaN.
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
    return is_ready(_source_of(surface), "grid")


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
    padded = xs if len(xs) >= PACK else np.resize(xs, PACK)
    values = np.empty((len(ys), len(padded)))
    constants = np.array(surface.kernel_values, dtype=np.float64)
    data = surface.data_array if surface.data else np.empty((0, 0))
    _PROTOTYPE(kernel.address)(
        padded.ctypes.data, ys.ctypes.data, len(padded), len(ys), values.ctypes.data,
        constants.ctypes.data, data.ctypes.data, surface.rows,
    )  # fmt: skip
    return values if len(xs) == len(padded) else values[:, : len(xs)].copy()


def _source_of(surface: Surface) -> str:
    return _source(surface.formula, surface.is_transformed, surface.columns, surface.parameter_names)


@lru_cache(maxsize=256)
def _source(formula: str, transformed: bool, columns: tuple[str, ...], parameters: tuple[str, ...]) -> str:
    tree = Surface(formula=formula, rotation=1.0 if transformed else 0.0).tree
    return grid_source(tree, parameters, columns)


def grid_source(tree: Node, parameters: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """Return the module whose ``grid`` writes the values at all (xs[i], ys[j]) to out[j, i].

    At least ``PACK`` columns: the last pack of a row ends at its last column, and so may do some of them twice.
    """
    code = Code()
    constants = {name: code.splat(code.load("%constants", index), PACK) for index, name in enumerate(parameters)}
    code.write(f"%final = sub i64 %columns, {PACK}", "br label %row")
    code.begin("row")
    code.write("%j = phi i64 [0, %entry], [%next.j, %row.end]")
    y = code.splat(code.load("%ys", "%j"), PACK)
    code.write("%first = mul i64 %j, %columns", "%out.row = getelementptr double, ptr %out, i64 %first")
    code.write("br label %pack")
    code.begin("pack")
    top = len(code.lines)
    code.write("%past = icmp sgt i64 %i, %final", "%here = select i1 %past, i64 %final, i64 %i")
    x = code.load("%xs", "%here", PACK)
    emitter = Emitter(code, {**constants, "x": x, "y": y}, PACK, Columns(columns))
    (value,) = emitter.emit([tree])
    code.store(value, "%out.row", "%here", PACK)
    code.write(f"%next.i = add i64 %i, {PACK}", "%more = icmp slt i64 %next.i, %columns")
    code.lines.insert(top, f"  %i = phi i64 [0, %row], [%next.i, %{code.block}]")
    code.write("br i1 %more, label %pack, label %row.end")
    code.begin("row.end")
    code.write("%next.j = add i64 %j, 1", "%again = icmp slt i64 %next.j, %rows")
    code.write("br i1 %again, label %row, label %done")
    code.begin("done")
    code.write("ret void")
    return code.module(GRID)
