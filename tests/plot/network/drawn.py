"""What a plot of the networks paints, as pixels."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from landscape.scene.palette import LIGHT
from tests.plot.test_canvas import pixels


def drawn(size, paint, theme=LIGHT):
    """Return what ``paint(painter, area)`` paints: (height, width, 3) red, green and blue."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.panel))
    painter = QPainter(image)
    paint(painter, QRectF(0, 0, *size))
    painter.end()
    return pixels(image)[:, :, ::-1]


def near(picture, color, off=12):
    """Return where a picture has a colour, nearly."""
    return np.abs(picture - QColor(color).getRgb()[:3]).max(axis=2) <= off
