"""Small signs that are painted once and then copied: a disc costs Qt more than a picture of it."""

import math
from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from landscape.memory import bounded
from landscape.plot.strokes import is_vector

PARTS = 4
"""Signs stand at multiples of this part of a pixel, finer than an eye follows them."""


def draw_stamp(
    painter: QPainter, position: tuple[float, float], reach: float, draw: Callable[..., None], *look: Hashable
) -> None:
    """Draw a sign around a pixel position; the painter's unit is one device pixel.

    Args:
        painter: Where to draw.
        position: The sign's centre.
        reach: How far from there it extends at most.
        draw: Draws the sign around (0, 0): called with a painter and ``look``, once for the same ``look``.
        look: What the sign depends on.
    """
    if is_vector(painter):
        painter.save()
        painter.translate(*position)
        draw(painter, *look)
        painter.restore()
        return
    (left, right), (top, down) = (divmod(round(each * PARTS), PARTS) for each in position)
    far = math.ceil(reach) + 1
    painter.drawImage(QPointF(left - far, top - far), _stamp(draw, look, far, right, down))


@bounded(1024, megabytes=16, size=QImage.sizeInBytes)
def _stamp(draw: Callable[..., None], look: tuple[Any, ...], far: int, right: int, down: int) -> QImage:
    image = QImage(2 * far + 1, 2 * far + 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(far + right / PARTS, far + down / PARTS)
    draw(painter, *look)
    painter.end()
    return image
