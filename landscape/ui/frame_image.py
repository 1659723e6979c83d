"""From the pixels of an exported frame to an image that Qt shows."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


def frame_image(frame: NDArray[np.uint8]) -> QImage:
    """Return a frame, (height, width, 4) blue, green, red, unused, as an image of its own."""
    height, width = frame.shape[:2]
    pixels = np.ascontiguousarray(frame)
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
