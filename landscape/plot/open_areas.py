"""Hatching of the open areas, in which critical points are neither excluded nor proven."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from landscape.plot.projection import Projection
from landscape.plot.strokes import draw_lines, opaque_pen
from landscape.scene.palette import Theme
from landscape.scene.scene import OpenAreas

SPACING = 6.0
WIDTH = 1.1
LEAST = 2.5
"""Pixels of the smallest rectangle that is seen."""
TINT = 0.16
INK = 0.8


def draw_open_areas(painter: QPainter, open_areas: OpenAreas, projection: Projection, theme: Theme) -> None:
    """Draw diagonal lines over the open areas, and dim the surface a little between them."""
    rectangles = _in_view(open_areas, projection)
    if not rectangles:
        return
    mask = _layer(projection)
    filling = QPainter(mask)
    filling.setPen(Qt.PenStyle.NoPen)
    filling.setBrush(QColor("#000000"))
    filling.drawRects(rectangles)
    filling.end()
    hatch = _layer(projection)
    tint = QColor(theme.halo)
    tint.setAlphaF(TINT)
    hatch.fill(tint)
    drawing = QPainter(hatch)
    drawing.setRenderHint(QPainter.RenderHint.Antialiasing)
    lines, unit = _diagonals(projection), projection.unit
    draw_lines(drawing, lines, opaque_pen(theme.halo, 2.6 * WIDTH * unit))
    draw_lines(drawing, lines, opaque_pen(theme.stage_text, WIDTH * unit))
    drawing.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    drawing.drawImage(0, 0, mask)
    drawing.end()
    painter.save()
    painter.setOpacity(INK)
    painter.drawImage(0, 0, hatch)
    painter.restore()


def _layer(projection: Projection) -> QImage:
    image = QImage(projection.width, projection.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _in_view(open_areas: OpenAreas, projection: Projection) -> list[QRectF]:
    """Return the rectangles in view, in pixels; none is too small to be seen."""
    x0, x1, y0, y1 = open_areas.rectangles.T
    left, bottom = projection.pixels(np.stack([x0, y0], axis=1)).T
    right, top = projection.pixels(np.stack([x1, y1], axis=1)).T
    least = LEAST * projection.unit
    wide, high = np.maximum(right - left, least), np.maximum(bottom - top, least)
    left, top = (left + right - wide) / 2, (top + bottom - high) / 2
    seen = (left < projection.width) & (left + wide > 0) & (top < projection.height) & (top + high > 0)
    left, right = np.maximum(left, -1.0), np.minimum(left + wide, projection.width + 1.0)
    top, bottom = np.maximum(top, -1.0), np.minimum(top + high, projection.height + 1.0)
    boxes = np.stack([left, top, right - left, bottom - top], axis=1)[seen]
    return [QRectF(*box) for box in boxes.tolist()]


def _diagonals(projection: Projection) -> np.ndarray:
    """Return the lines, (n, 4), over all of the view."""
    step = SPACING * np.sqrt(2.0) * projection.unit
    begin = np.arange(0.0, projection.width + projection.height + step, step)
    height = float(projection.height)
    return np.stack([begin - height, np.full_like(begin, height), begin, np.zeros_like(begin)], axis=1)
