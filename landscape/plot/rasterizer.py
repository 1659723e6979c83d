"""A software rasterizer for height fields: lit triangles with a depth buffer and contour lines, compiled by Numba.

No graphics card takes part, so that the picture is the same on the screen, in a file and where there is no display.
The kernels are compiled once, and their machine code is kept on the disk.
"""

import ctypes
import inspect
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from landscape.descent.threads import share
from landscape.geometry.mesh import Mesh
from landscape.memory import bounded
from landscape.plot import raster_kernels, smooth_kernels, stroke_kernels
from landscape.plot.raster_kernels import LIGHTS
from landscape.plot.smooth_kernels import TILE

BANDS = 2
"""Strips of a picture for each thread."""
SPARSE, SAMPLE = 8, 500
"""Every how many vertices, and how many points of lines, are looked at to cut a picture into such strips."""
FINE = 3
"""Samples of a pixel in either direction, along the edges of a surface."""
PLACES = 2048
"""Heights for which it is known which contour line is the nearest."""
FAR = -3.0e38
"""The depth of what nothing covers."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Placed:
    """The same vertices in a picture, float32."""

    across: NDArray[np.float32]
    down: NDArray[np.float32]
    depth: NDArray[np.float32]
    light: NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Paint:
    """What a surface is coloured with."""

    colors: NDArray[np.uint32]
    """(256,) opaque 0xAARRGGBB words, by height."""
    levels: NDArray[np.float32]
    """(k,) heights of contour lines, increasing."""
    line: float
    """Half the width of a contour line, in pixels."""
    overlay: NDArray[np.uint32]
    """(rows, columns) premultiplied words that lie on the colours, row 0 at the upper edge; (0, 0): none."""


def placed(mesh: Mesh, view: NDArray[np.float64]) -> Placed:
    """Return where a camera sees the vertices; for its numbers see :func:`~landscape.plot.raster_kernels.place`."""
    shape = mesh.height.shape
    made = Placed(**{name: np.empty(shape, np.float32) for name in ("across", "down", "depth", "light")})
    given = mesh.across, mesh.up, mesh.height, mesh.slope_across, mesh.slope_up, mesh.rim, view
    _kernel("place")(mesh.height.size, *map(_at, (*given, made.across, made.down, made.depth, made.light)))
    return made


def rasterize(
    mesh: Mesh, seen: Placed, paint: Paint, pixels: NDArray[np.uint32], depth: NDArray[np.float32], stride: int = 1
) -> None:
    """Draw a surface over ``pixels`` (height, width), and write how near it is into ``depth``, of the same shape.

    Args:
        mesh: Its vertices.
        seen: Where they are.
        paint: Its colours.
        pixels: 0xAARRGGBB words, changed where the surface is.
        depth: ``FAR`` where it is not.
        stride: Every how many vertices are used.
    """
    height, width = pixels.shape
    sizes = np.array([*mesh.height.shape, width, PLACES, *paint.overlay.shape, stride], np.int64)
    _banded("fill", _bands(seen, height), (paint.line,), (sizes, *_surface(mesh, seen, paint), pixels, depth))


def smooth(
    mesh: Mesh,
    seen: Placed,
    paint: Paint,
    ground: NDArray[np.uint32],
    pixels: NDArray[np.uint32],
    depth: NDArray[np.float32],
) -> None:
    """Draw the edges of a surface that was drawn over ``ground`` anew, each pixel the mean of several samples."""
    height, width = pixels.shape
    tiles = -(-height // TILE), -(-width // TILE)
    marks = np.zeros(tiles, np.uint8)
    bands = [(max(first, 1), min(last, height - 1)) for first, last in _bands(seen, height)]
    _banded("mark", bands, (width, tiles[1]), (depth, marks))
    marked = np.flatnonzero(marks)
    slots = np.zeros(marks.size, np.uint32)
    slots[marked] = np.arange(1, len(marked) + 1, dtype=np.uint32)
    samples = np.empty(max(len(marked), 1) * (TILE * FINE) ** 2, np.uint32)
    nears = np.empty(samples.size, np.float32)
    sizes = [*mesh.height.shape, width, PLACES, *paint.overlay.shape, 1, height, tiles[1], FINE]
    # As many marked tiles for each thread, wherever they are.
    rows = np.searchsorted(np.cumsum(marks.sum(axis=1)), np.linspace(0, len(marked), BANDS * _cores() + 1)[1:-1])
    arrays = np.array(sizes, np.int64), *_surface(mesh, seen, paint), ground, slots, samples, nears, pixels
    _banded("smooth", pairwise([0, *rows.tolist(), tiles[0]]), (paint.line,), arrays)


def project(places: NDArray[np.float32], view: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return pixel position and nearness (k, 3) of places in the box (k, 3); NaN stays NaN."""
    seen = np.empty_like(places)
    _kernel("project")(len(places), _at(places), _at(view), _at(seen))
    return seen


def stroke(
    points: NDArray[np.float32],
    styles: NDArray[np.float64],
    depth: NDArray[np.float32],
    stamps: NDArray[np.uint32],
    pixels: NDArray[np.uint32],
) -> None:
    """Draw lines into ``pixels``; see :func:`~landscape.plot.stroke_kernels.stroke`."""
    height, width = pixels.shape
    known = points[np.isfinite(points[:, 1]), 1]
    bands = _even(np.sort(known[:: 1 + len(known) // SAMPLE]), height)
    _banded("stroke", bands, (width, len(styles)), (styles, points, depth, stamps, pixels))


def _surface(mesh: Mesh, seen: Placed, paint: Paint) -> tuple[NDArray[Any], ...]:
    """Return what the kernels take of a surface."""
    levels, level = _levels_of(mesh, paint.levels)
    spans = np.stack((seen.down.min(axis=1), seen.down.max(axis=1)), axis=1)
    vertices = mesh.height, seen.across, seen.down, seen.depth, seen.light, mesh.across, mesh.up, mesh.hole
    return *vertices, spans, level, _lit(paint.colors.tobytes()), levels, paint.overlay


_known: WeakKeyDictionary[Mesh, tuple[bytes, NDArray[np.float32], NDArray[np.float32]]] = WeakKeyDictionary()
"""Contour lines of each mesh, as they were last."""


def _levels_of(mesh: Mesh, levels: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return which contour line is nearest to each of ``PLACES`` heights, and to each vertex: whatever the camera."""
    key = levels.tobytes()
    found = _known.get(mesh)
    if found is None or found[0] != key:
        nearest = nearest_levels(levels)
        places = np.nan_to_num(mesh.height * (PLACES - 1) + 0.5).astype(np.intp)
        found = _known[mesh] = key, nearest, nearest[places]
    return found[1:]


def nearest_levels(levels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the level that is nearest to each of ``PLACES`` heights from 0 to 1; 9 for none."""
    if not len(levels):
        return np.full(PLACES, 9.0, np.float32)
    middles = (levels[1:] + levels[:-1]) / 2
    return np.ascontiguousarray(levels[np.searchsorted(middles, np.linspace(0.0, 1.0, PLACES))], np.float32)


@bounded(8, megabytes=4)
def _lit(colors: bytes) -> NDArray[np.uint32]:
    """Return each of 256 colours in each brightness, one after the other, and then the colours themselves."""
    plain = np.frombuffer(colors, np.uint32)
    channels = np.stack([(plain >> shift) & 255 for shift in (16, 8, 0)])[:, :, None]
    bright = np.arange(LIGHTS) / 256.0
    red, green, blue = np.minimum(channels * bright, 255.0).astype(np.uint32)
    lit = np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue
    return np.concatenate((lit.ravel(), plain))


Bands: TypeAlias = Iterable[tuple[int, int]]


def _bands(seen: Placed, height: int) -> Bands:
    """Return the strips of a picture in which there is about as much of a surface."""
    return _even(np.sort(seen.down[::SPARSE, ::SPARSE], axis=None), height)


def _even(down: NDArray[np.float32], height: int) -> Bands:
    """Return strips of a picture in which there are about as many of these rows, which ascend."""
    inside = down[(down >= 0.0) & (down < height)]
    count = BANDS * _cores()
    if len(inside) < count:
        inside = np.linspace(0.0, height, count + 1, dtype=np.float32)
    edges = inside[np.linspace(0, len(inside) - 1, count + 1).astype(np.intp)[1:-1]].astype(int).tolist()
    return pairwise([0, *edges, height])


def _banded(name: str, bands: Bands, numbers: tuple[float, ...], arrays: tuple[NDArray[Any], ...]) -> None:
    """Call a kernel for all rows of a picture, strip by strip, in as many threads as there are cores."""
    kernel, given = _kernel(name), (*numbers, *map(_at, arrays))
    share(bands, lambda: lambda band: kernel(*band, *given), _cores(), lambda: False)


@cache
def _cores() -> int:
    # Asked for anew, the system looks into a file.
    return os.cpu_count() or 1


def is_warm() -> bool:
    """Tell whether the kernels are loaded."""
    return len(_loaded()) == len(_KERNELS)


def warm() -> None:
    """Load the kernels, or compile them."""
    for name in _KERNELS:
        _kernel(name)


def _at(array: Any) -> int:  # noqa: ANN401
    # A quarter of the time that the array's way to ctypes takes.
    address: int = array.__array_interface__["data"][0]
    return address


_VERTICES = "f" * 7 + "b" + "ff" + "u" + "f" + "u"
_KERNELS = {
    "place": (raster_kernels, "q" + "f" * 6 + "d" + "f" * 4),
    "fill": (raster_kernels, "qqx" + "Q" + _VERTICES + "uf"),
    "mark": (smooth_kernels, "qqqq" + "fb"),
    "smooth": (smooth_kernels, "qqx" + "Q" + _VERTICES + "uuufu"),
    "project": (stroke_kernels, "q" + "fdf"),
    "stroke": (stroke_kernels, "qqqq" + "dffuu"),
}
"""Where each kernel is, and of its arguments: q and x are numbers, the others addresses of arrays; see
:func:`~landscape.formula.machine_code.functions.compile_function`."""


@cache
def _loaded() -> dict[str, Callable[..., None]]:
    """Return the kernels that are loaded, by name."""
    return {}


def _kernel(name: str) -> Callable[..., None]:
    """Return a kernel that can be called: from the disk, or compiled now."""
    found = _loaded().get(name)
    if found is None:
        found = _loaded()[name] = _load(name)
    return found


def _load(name: str) -> Callable[..., None]:
    from landscape.formula.disk_cache import find, settle
    from landscape.formula.machine_code.functions import compile_function

    module, letters = _KERNELS[name]
    # What the others take from the first is compiled with them.
    source = f"{name} of\n{inspect.getsource(module)}\n{inspect.getsource(raster_kernels)}"
    kernel = find(source) or settle(source, compile_function(module, name, letters, module.PARTS))
    kinds: list[Any] = [{"q": ctypes.c_int64, "x": ctypes.c_double}.get(each, ctypes.c_void_p) for each in letters]
    return partial(_call, ctypes.CFUNCTYPE(None, *kinds)(kernel.address), kernel)


def _call(function: Callable[..., None], _held: object, *given: float) -> None:
    function(*given)
