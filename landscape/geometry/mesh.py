"""The surface as a mesh of vertices, as the relief draws it: heights, slopes, and where there is a hole.

A height is the shade that the map has there, so that the relief shows what the colours show.
"""

from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.geometry.grid import Range, sample
from landscape.geometry.levels import Spread

Single: TypeAlias = NDArray[np.float32]

CLIFF = 0.25
"""Of the whole height: two neighbours that are farther apart, while both slope the other way, are parted by a pole."""
DIM = 0.7
"""Brightness of the rim around a hole."""
NEAR = 1e-6
"""Of a cell: what is so near to the border of a mesh lies on it."""
HALVINGS = 44
"""With which the border of what is defined is found on an edge of the mesh."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Mesh:
    """Vertices of a height field, (rows, columns) each, float32 and read-only; row 0 at the smallest y."""

    across: Single
    """Position from 0 at the smallest x to 1 at the largest."""
    up: Single
    """Position from 0 at the smallest y to 1 at the largest."""
    height: Single
    """In [0, 1]; NaN where the surface is not defined."""
    slope_across: Single
    """Of the height, against the position across: from the exact gradient."""
    slope_up: Single
    rim: Single
    """1, and less where a hole begins."""
    hole: NDArray[np.uint8]
    """(rows - 1, columns - 1): 1 where a pole runs through the cell, which is left out."""


def mesh(surface: Surface, x: Range, y: Range, cells: int, spread: Spread) -> Mesh:
    """Return the mesh of a rectangle, of ``cells`` by ``cells`` cells.

    At the border of where the surface is defined, vertices are moved along an edge of the mesh onto it.

    Args:
        surface: Its values and its gradient.
        x: The rectangle.
        y: The rectangle.
        cells: At least 1.
        spread: From values to heights.
    """
    places = np.linspace(0.0, 1.0, cells + 1)
    across, up = (part.copy() for part in np.meshgrid(places, places))
    values = np.array(sample(surface, _widened(x, cells), _widened(y, cells), cells + 1, cells + 1))
    height = spread.shades(values)
    along_x, along_y = surface.gradient(*_points(across, up, x, y))
    with np.errstate(all="ignore"):
        steep = spread.slopes(height)
        slopes = [_tame(steep * part * (high - low)) for part, (low, high) in ((along_x, x), (along_y, y))]
    rim = np.ones(height.shape, np.float32)
    _to_border(surface, (x, y), spread, (across, up, height, *slopes, rim))
    hole = _poles(height, *slopes)
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
        part = rim[row : row + cells, column : column + cells]
        part[hole > 0] = DIM
    arrays = (np.ascontiguousarray(each, np.float32) for each in (across, up, height, *slopes, rim))
    names = ("across", "up", "height", "slope_across", "slope_up", "rim")
    made = Mesh(**dict(zip(names, arrays, strict=True)), hole=hole)
    for name in (*names, "hole"):
        getattr(made, name).flags.writeable = False
    return made


def grid_mesh(heights: Single, cells: int) -> Mesh:
    """Return the mesh of heights on a grid (rows, columns), row 0 at the smallest y, of ``cells`` by ``cells`` cells.

    Between four points of the grid in a row it is the cubic of Catmull and Rom, slopes are differences. Where one of
    the nearest four heights is NaN, there is a hole.
    """
    known = np.isfinite(heights)
    filled = np.where(known, heights, heights[known].mean() if known.any() else 0.0).astype(np.float64)
    (rows, near_rows), (columns, near_columns) = (_between(size, cells) for size in filled.shape)
    height = np.clip(rows @ filled @ columns.T, 0.0, 1.0)
    slope_up, slope_across = (cells * each for each in np.gradient(height))
    height[near_rows @ ~known @ near_columns.T > 0] = np.nan
    across, up = np.meshgrid(np.linspace(0.0, 1.0, cells + 1), np.linspace(0.0, 1.0, cells + 1))
    given = across, up, height, slope_across, slope_up, np.ones(height.shape)
    arrays = [np.ascontiguousarray(each, np.float32) for each in given]
    for each in arrays:
        each.flags.writeable = False
    names = ("across", "up", "height", "slope_across", "slope_up", "rim")
    return Mesh(**dict(zip(names, arrays, strict=True)), hole=np.zeros((cells, cells), np.uint8))


def _between(size: int, cells: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights (cells + 1, size) of the points of a grid at places between them: cubic ones, and of the nearest.

    (R. Keys, Cubic convolution interpolation for digital image processing, IEEE Trans. ASSP 29(6), 1981, a = -1/2)
    """
    places = np.linspace(0.0, size - 1.0, cells + 1)
    whole = np.clip(places.astype(int), 0, max(size - 2, 0))
    t = places - whole
    parts = (-t + 2 * t**2 - t**3) / 2, (2 - 5 * t**2 + 3 * t**3) / 2, (t + 4 * t**2 - 3 * t**3) / 2, (t**3 - t**2) / 2
    cubic, near = np.zeros((cells + 1, size)), np.zeros((cells + 1, size))
    row = np.arange(cells + 1)
    for shift, part in zip((-1, 0, 1, 2), parts, strict=True):
        at = np.clip(whole + shift, 0, size - 1)
        beyond = at != whole + shift  # There the grid goes on straight.
        inner = np.clip(np.where(at == 0, 1, size - 2), 0, size - 1)
        np.add.at(cubic, (row, at), np.where(beyond, 2.0 * part, part))
        np.add.at(cubic, (row, inner), np.where(beyond, -part, 0.0))
    near[row, whole] = t < 1.0
    near[row, np.clip(whole + 1, 0, size - 1)] = t > 0.0
    return cubic, near


class Valued(Protocol):
    """What has a value at points of the plane: a surface, or a grid of values."""

    def value(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the values; NaN where there is none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class MeshHeights:
    """The heights of a mesh whose vertices were not moved, as values at points of the rectangle that it covers."""

    mesh: Mesh
    x: Range
    y: Range

    def value(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the heights, bilinear between vertices; NaN beside the rectangle."""
        height = self.mesh.height
        across = (x - self.x[0]) / (self.x[1] - self.x[0]) * (height.shape[1] - 1)
        up = (y - self.y[0]) / (self.y[1] - self.y[0]) * (height.shape[0] - 1)
        column = np.clip(np.nan_to_num(across), 0, height.shape[1] - 2).astype(int)
        row = np.clip(np.nan_to_num(up), 0, height.shape[0] - 2).astype(int)
        a, b = across - column, up - row
        lower = (1 - a) * height[row, column] + a * height[row, column + 1]
        upper = (1 - a) * height[row + 1, column] + a * height[row + 1, column + 1]
        inside = (across >= -NEAR) & (across <= height.shape[1] - 1 + NEAR)
        inside &= (up >= -NEAR) & (up <= height.shape[0] - 1 + NEAR)
        return np.where(inside, (1 - b) * lower + b * upper, np.nan)


def _widened(side: Range, cells: int) -> Range:
    """Return the range of which cells + 1 parts have their middles at the ends of ``cells`` parts of ``side``."""
    half = (side[1] - side[0]) / cells / 2
    return side[0] - half, side[1] + half


def _points(
    across: NDArray[np.float64], up: NDArray[np.float64], x: Range, y: Range
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return x[0] + across * (x[1] - x[0]), y[0] + up * (y[1] - y[0])


def _tame(slope: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return slopes that single precision can hold, 0 where there is none."""
    return np.clip(np.nan_to_num(slope, nan=0.0, posinf=1e6, neginf=-1e6), -1e6, 1e6)


def _poles(height: Single, slope_across: NDArray[np.float64], slope_up: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the cells that have an edge on which the surface leaps against both of its slopes."""
    cells = np.zeros((height.shape[0] - 1, height.shape[1] - 1), np.uint8)
    for axis, slope in ((1, slope_across), (0, slope_up)):
        leap = np.diff(height, axis=axis)
        first, second = np.delete(slope, -1, axis), np.delete(slope, 0, axis)
        with np.errstate(invalid="ignore"):
            parted = (np.abs(leap) > CLIFF) & (first * leap < 0) & (second * leap < 0)
        beside = (parted[:-1], parted[1:]) if axis == 1 else (parted[:, :-1], parted[:, 1:])
        cells[beside[0] | beside[1]] = 1
    return cells


def _to_border(surface: Surface, view: tuple[Range, Range], spread: Spread, arrays: tuple[NDArray[Any], ...]) -> None:
    """Move undefined vertices beside defined ones onto the border between them."""
    across, up, height, slope_across, slope_up, rim = arrays
    known = np.isfinite(height)
    if known.all() or not known.any():
        return
    old = across.copy(), up.copy()
    for rows, columns in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        beside = np.zeros_like(known)
        inner = _shifted(known, rows, columns)
        beside[inner[0]] = known[inner[1]]
        found = np.argwhere(beside & ~np.isfinite(height))
        if not len(found):
            continue
        at, of = tuple(found.T), tuple((found + np.array((rows, columns))).T)
        place = _border(surface, view, [part[of] for part in old], [part[at] for part in old])
        across[at], up[at] = place
        height[at] = spread.shades(surface.value(*_points(place[0], place[1], *view)))
        slope_across[at], slope_up[at] = slope_across[of], slope_up[of]
        rim[at] = DIM


def _shifted(known: NDArray[np.bool_], rows: int, columns: int) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Return where the neighbour at an offset exists, and where that neighbour is."""
    here, there = [], []
    for shift, size in zip((rows, columns), known.shape, strict=True):
        here.append(slice(max(0, -shift), size - max(0, shift)))
        there.append(slice(max(0, shift), size - max(0, -shift)))
    return (here[0], here[1]), (there[0], there[1])


def _border(
    surface: Surface, view: tuple[Range, Range], inside: list[NDArray[np.float64]], outside: list[NDArray[np.float64]]
) -> list[NDArray[np.float64]]:
    """Return the last places at which the surface is defined, on the way from inside to outside."""
    low, high = np.zeros(len(inside[0])), np.ones(len(inside[0]))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        place = [a + middle * (b - a) for a, b in zip(inside, outside, strict=True)]
        defined = np.isfinite(surface.value(*_points(place[0], place[1], *view)))
        low, high = np.where(defined, middle, low), np.where(defined, high, middle)
    return [a + low * (b - a) for a, b in zip(inside, outside, strict=True)]
