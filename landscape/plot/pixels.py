"""Arrays as images that Qt shows: words of colour, colours, shades of grey, and frames that are painted into an array.

Every image owns its pixels but that of :func:`painted_frame`.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

OPAQUE = np.uint32(0xFF000000)


def words(colors: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return colours (..., 3), red, green and blue, as opaque 0xAARRGGBB words (...)."""
    red, green, blue = np.moveaxis(colors.astype(np.uint32), -1, 0)
    packed: NDArray[np.uint32] = OPAQUE | (red << 16) | (green << 8) | blue
    return packed


def word_image(given: NDArray[np.uint32], *, upward: bool = False, opaque: bool = True) -> QImage:
    """Return an image of 0xAARRGGBB words (rows, columns).

    Args:
        given: The words.
        upward: Row 0 comes to the bottom, as in a grid of values.
        opaque: None of them is transparent. Else their colours are multiplied by their opacity.
    """
    ordered = np.ascontiguousarray(given[::-1] if upward else given)
    rows, columns = ordered.shape
    kind = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
    return QImage(ordered.data, columns, rows, 4 * columns, kind).copy()


def color_image(colors: NDArray[np.uint8], *, upward: bool = False) -> QImage:
    """Return an image of colours (rows, columns, 3), red, green and blue; upward: row 0 comes to the bottom."""
    return word_image(words(colors), upward=upward)


def grey_image(shades: NDArray[np.uint8]) -> QImage:
    """Return an image of shades of grey (rows, columns), 0 black; row 0 at the top."""
    ordered = np.ascontiguousarray(shades)
    rows, columns = ordered.shape
    return QImage(ordered.data, columns, rows, columns, QImage.Format.Format_Grayscale8).copy()


def painted_frame(frame: NDArray[np.uint8]) -> QImage:
    """Return an image in the memory of ``frame``, (height, width, 4) blue, green, red, unused: painting fills it.

    The image must not outlive the array.
    """
    height, width = frame.shape[:2]
    return QImage(frame.data, width, height, 4 * width, QImage.Format.Format_RGB32)


def frame_image(frame: NDArray[np.uint8]) -> QImage:
    """Return a frame, (height, width, 4) blue, green, red, unused, as an image."""
    return painted_frame(np.ascontiguousarray(frame)).copy()
