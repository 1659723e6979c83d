"""One trial on its way: over the surface, and its loss against the steps."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from landscape.plot.ground import heat_image
from landscape.plot.theme import text_font
from landscape.scene.layers import Heat
from landscape.scene.palette import Theme
from landscape.scene.search.scene import Floats
from landscape.scene.search.trial import Course
from landscape.scene.text import number

HIGH = 84.0
"""Height of the curve of the loss, in units."""
FOOT, LEFT = 18.0, 52.0
DEEPEST = 1e-18
"""The curve goes no deeper than this part of its greatest loss."""


def paint_course(
    painter: QPainter, area: QRectF, course: Course, ground: Heat | None, color: str, unit: float, theme: Theme
) -> None:
    """Paint the way over the ground where there is one, and the loss below it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    curve = QRectF(area)
    if ground is not None:
        side = min(area.width(), area.height() - (HIGH + FOOT + 10) * unit)
        box = QRectF(area.left(), area.top(), area.width(), side)
        _paint_way(painter, box, course.points, ground, color, unit, theme)
        curve.setTop(box.bottom() + 10 * unit)
    _paint_losses(painter, curve.adjusted(LEFT * unit, 0, -2 * unit, -FOOT * unit), course, color, unit, theme)


def _paint_way(
    painter: QPainter, box: QRectF, points: Floats, ground: Heat, color: str, unit: float, theme: Theme
) -> None:
    painter.drawImage(box, heat_image(ground))
    (x0, x1), (y0, y1) = ground.x, ground.y
    at = np.clip((points - (x0, y0)) / (x1 - x0, y1 - y0), -2.0, 3.0)
    way = [QPointF(box.left() + x * box.width(), box.bottom() - y * box.height()) for x, y in at.tolist()]
    painter.save()
    painter.setClipRect(box)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((theme.halo, 3.6), (color, 2.0)):
        painter.setPen(QPen(QColor(ink), width * unit))
        painter.drawPolyline(QPolygonF(way))
    painter.setPen(QPen(QColor(theme.halo), 1.2 * unit))
    for point, ground_color, radius in ((way[0], theme.panel, 4.5), (way[-1], color, 5.0)):
        painter.setBrush(QColor(ground_color))
        painter.drawEllipse(point, radius * unit, radius * unit)
    painter.restore()


def _paint_losses(painter: QPainter, box: QRectF, course: Course, color: str, unit: float, theme: Theme) -> None:
    """Paint the loss by its logarithm, where there is anything above 0."""
    painter.setPen(QPen(QColor(theme.line), unit))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    known = np.isfinite(course.losses) & (course.losses > 0.0)
    if not known.any():
        return
    high = float(course.losses[known].max())
    low = max(float(course.losses[known].min()), high * DEEPEST)
    last = max(float(course.steps.max()), 1.0)
    span = max(np.log10(high / low), 1e-9)
    heights = np.log10(np.clip(course.losses[known], low, high) / low) / span
    places = zip((course.steps[known] / last).tolist(), heights.tolist(), strict=True)
    painter.setPen(QPen(QColor(color), 1.8 * unit))
    painter.drawPolyline(
        QPolygonF([QPointF(box.left() + x * box.width(), box.bottom() - y * box.height()) for x, y in places])
    )
    painter.setFont(text_font(unit, size=11.0))
    painter.setPen(QColor(theme.muted))
    line = painter.fontMetrics().height()
    for y, value in ((box.top(), high), (box.bottom() - line, low)):
        room = QRectF(box.left() - LEFT * unit, y, (LEFT - 6) * unit, line)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight, number(value, 2))
    for flag, text in ((Qt.AlignmentFlag.AlignLeft, "0"), (Qt.AlignmentFlag.AlignRight, f"{last:g}")):
        painter.drawText(QRectF(box.left(), box.bottom() + 2 * unit, box.width(), line), flag, text)
