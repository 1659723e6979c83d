"""A software rasterizer for height fields: lit triangles with a depth buffer and contour lines, compiled by Numba.

No graphics card takes part, so that the picture is the same on the screen, in a file and where there is no display.
The kernels are compiled once, and their machine code is kept on the disk.
"""

import ctypes
import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscape.descent.threads import share
from landscape.geometry.mesh import Mesh
from landscape.plot import raster_kernels

BANDS = 2
"""Strips of a picture for each thread: the surface is seldom spread evenly over it."""
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
    rows, columns = mesh.height.shape
    arrays = mesh.height, seen.across, seen.down, seen.depth, seen.light, mesh.across, mesh.up, mesh.hole
    kernel = _kernel("fill")
    surface = paint.colors, paint.levels, paint.overlay
    sizes = np.array([rows, columns, width, len(paint.levels), *paint.overlay.shape, stride], np.int64)

    def strip(band: tuple[int, int]) -> None:
        kernel(*band, paint.line, *map(_at, (sizes, *arrays, *surface, pixels, depth)))

    _shared(strip, height, BANDS)


def enlarge(small: NDArray[np.uint32], large: NDArray[np.uint32]) -> None:
    """Write each pixel of ``small`` (height, width) into two by two of ``large`` (2 height, 2 width)."""
    kernel = _kernel("double")
    height, width = small.shape

    def strip(band: tuple[int, int]) -> None:
        kernel(*band, width, _at(small), _at(large))

    _shared(strip, height)


def shrink(large: NDArray[np.uint32], small: NDArray[np.uint32]) -> None:
    """Write the mean of each two by two pixels of ``large`` (2 height, 2 width) into ``small`` (height, width)."""
    kernel = _kernel("halve")
    height, width = small.shape

    def strip(band: tuple[int, int]) -> None:
        kernel(*band, width, _at(large), _at(small))

    _shared(strip, height)


def _shared(strip: Callable[[tuple[int, int]], None], height: int, bands: int = 1) -> None:
    """Have all rows of a picture done, strip by strip, by as many threads as there are cores."""
    cores = os.cpu_count() or 1
    edges = np.linspace(0, height, bands * cores + 1).astype(int).tolist()
    share(pairwise(edges), lambda: strip, cores, lambda: False)


def is_warm() -> bool:
    """Tell whether the kernels are loaded."""
    return len(_loaded()) == len(_SIGNATURES)


def warm() -> None:
    """Load the kernels, or compile them."""
    for name in _SIGNATURES:
        _kernel(name)


def _at(array: Any) -> int:  # noqa: ANN401
    address: int = array.ctypes.data
    return address


_SIGNATURES = {
    "place": "q" + "f" * 6 + "d" + "f" * 4,
    "fill": "qqx" + "Q" + "f" * 7 + "b" + "u" + "f" + "u" + "u" + "f",
    "double": "qqquu",
    "halve": "qqquu",
}
"""Of each kernel's arguments: q and x are numbers, the others addresses of arrays; see
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

    module = inspect.getsource(raster_kernels)
    source = f"{name} of\n{module}"
    letters = _SIGNATURES[name]
    kernel = find(source) or settle(source, compile_function(raster_kernels, name, letters, raster_kernels.PARTS))
    kinds: list[Any] = [
        {"q": ctypes.c_int64, "x": ctypes.c_double}.get(letter, ctypes.c_void_p) for letter in _SIGNATURES[name]
    ]
    return partial(_call, ctypes.CFUNCTYPE(None, *kinds)(kernel.address), kernel)


def _call(function: Callable[..., None], _held: object, *given: float) -> None:
    function(*given)
