"""Frames in few colours: the palette that all frames of a film share, and which of its colours each pixel gets."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from landscape.export.encoder import Frame
from landscape.scene.palette import RUN_COLORS, Theme

COLORS = 255
"""The last of 256 is left to the encoder, which needs a transparent one."""
RGB = 0xFFFFFF
"""The part of a pixel that is its colour: red, green and blue, a byte each."""
AT_ONCE = 4096
"""Colours that are compared with the whole palette at a time: more would not stay near the processor."""


def shared_palette(frames: Sequence[Frame], theme: Theme) -> NDArray[np.uint8]:
    """Return at most ``COLORS`` colours (k, 3): those of text, runs and their edges, the rest for the surface.

    Every second row of the frames tells enough of a surface.
    """
    from PIL import Image

    certain = accents(theme)
    keys = np.vstack([frame[::2, :, 2::-1] for frame in frames])
    found = Image.fromarray(keys).quantize(COLORS - len(certain), dither=Image.Dither.NONE).getpalette() or []
    return np.vstack((certain, np.array(found, np.uint8).reshape(-1, 3)))[:COLORS]


def accents(theme: Theme) -> NDArray[np.uint8]:
    """Return the colours (k, 3) that cover few pixels and must be right all the same."""
    grounds = [_rgb(theme.panel), _rgb(theme.halo)]
    runs = [_rgb(color) for color in RUN_COLORS]
    texts = [_rgb(theme.text), _rgb(theme.muted), _rgb(theme.line)]
    edges = [(run // 2 + ground // 2) for run in runs + texts for ground in grounds]
    return np.array([*grounds, *runs, *texts, *edges], np.uint8)


def _rgb(color: str) -> NDArray[np.uint8]:
    return np.frombuffer(bytes.fromhex(color[1:]), np.uint8)


class Reduction:
    """Gives each pixel of one frame after the other the nearest colour of a palette (k, 3) with at most 255.

    A colour is looked for once in a film, and a pixel only where it is another one than in the frame before.
    """

    def __init__(self, palette: NDArray[np.uint8]) -> None:
        self._palette = palette
        # The system gives memory only for those parts of this table that are touched.
        self._known = np.zeros(RGB + 1, np.uint8)
        """For each colour, one more than its place in the palette, or 0."""
        self._before: NDArray[np.uint32] | None = None
        self._places = np.empty((0, 0), np.uint8)

    def reduced(self, frame: Frame) -> NDArray[np.uint8]:
        """Return for each pixel the place in the palette, (height, width); the next frame changes the array."""
        pixels = frame.view(np.uint32)[..., 0]
        if self._before is None:
            self._places = self._found(pixels)
        else:
            other = pixels != self._before
            self._places[other] = self._found(pixels[other])
        self._before = pixels
        return self._places

    def _found(self, pixels: NDArray[np.uint32]) -> NDArray[np.uint8]:
        colors = pixels & RGB
        found: NDArray[np.uint8] = self._known[colors]
        missing = np.unique(colors[found == 0])
        if len(missing):
            self._known[missing] = 1 + nearest(missing, self._palette)
            found = self._known[colors]
        found -= 1
        return found


def nearest(colors: NDArray[np.uint32], palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the place (n,) in a palette (k, 3) of what is nearest to colours (n,) 0xRRGGBB; the first of equals.

    Of |c - p|² = |c|² - 2 c·p + |p|², the first part is the same for every p. All numbers are exact in 32 bits.
    """
    table = palette.astype(np.float32)
    squares = (table * table).sum(axis=1)
    found = np.empty(len(colors), np.uint8)
    for first in range(0, len(colors), AT_ONCE):
        part = colors[first : first + AT_ONCE]
        rgb = np.stack((part >> 16 & 255, part >> 8 & 255, part & 255), axis=1).astype(np.float32)
        found[first : first + AT_ONCE] = (squares - 2 * (rgb @ table.T)).argmin(axis=1)
    return found
