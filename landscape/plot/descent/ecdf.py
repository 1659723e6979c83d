"""Empirical distributions against evaluations: steps with the band of their interval, on a logarithmic abscissa."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from landscape.plot.theme import text_font
from landscape.scene.descent.comparison import ComparisonScene, Reached
from landscape.scene.palette import Theme
from landscape.scene.text import number

LEFT, TOP, FOOT = 46.0, 24.0, 40.0
TITLE, TEXT = 13.5, 11.5
WIDTH = 2.2
BAND, GHOST = 0.14, 0.25
"""Opacity of the bands, and of what is to come."""
PATTERNS = {"solid": [], "dash": [4.0, 2.0], "dot": [1.2, 1.6], "dashdot": [4.0, 1.6, 1.2, 1.6]}


def share_at(part: float, evaluations: float) -> float:
    """Return how many evaluations a part of the abscissa stands for."""
    return float(10.0 ** (part * math.log10(evaluations)))


def paint_ecdf(
    painter: QPainter, area: QRectF, scene: ComparisonScene, part: float, unit: float, theme: Theme, *, coming: bool
) -> QRectF:
    """Paint the curves strong up to a part of the abscissa and faint from there on; return where they lie."""
    box = area.adjusted(LEFT * unit, TOP * unit, -6 * unit, -FOOT * unit)
    if box.width() < 20 or box.height() < 20:
        return QRectF()
    _paint_frame(painter, area, box, scene, unit, theme)
    middle = box.left() + min(max(part, 0.0), 1.0) * box.width()
    halves = ((1.0, QRectF(box.topLeft(), QPointF(middle, box.bottom()))),
              (GHOST, QRectF(QPointF(middle, box.top()), box.bottomRight())))  # fmt: skip
    for opacity, clip in halves if coming else halves[:1]:
        if clip.width() > 0:
            painter.save()
            painter.setClipRect(clip.adjusted(0, -2 * unit, 0, 2 * unit))
            painter.setOpacity(opacity)
            for line in scene.lines:
                _paint_band(painter, box, line, scene.evaluations, theme)
            for line in scene.lines:
                _paint_line(painter, box, line, scene.evaluations, unit)
            painter.restore()
    if part < 1.0:
        painter.setPen(QPen(QColor(theme.muted), max(1.0, unit)))
        painter.drawLine(QPointF(middle, box.top()), QPointF(middle, box.bottom()))
    return box


def _stairs(
    box: QRectF, x: NDArray[np.float64], y: NDArray[np.float64], evaluations: float
) -> NDArray[np.float64]:  # fmt: skip
    """Return the corners of a function that keeps each value until the next, in pixels."""
    across = box.left() + np.log10(x) / math.log10(evaluations) * box.width()
    up = box.bottom() - y * box.height()
    return np.stack((np.repeat(across, 2)[1:], np.repeat(up, 2)[:-1]), axis=1)


def _polygon(points: NDArray[np.float64]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])


def _paint_band(painter: QPainter, box: QRectF, line: Reached, evaluations: float, theme: Theme) -> None:
    color = QColor(line.color)
    color.setAlphaF(BAND if theme.name == "light" else 1.4 * BAND)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    low, high = (_stairs(box, line.x, each, evaluations) for each in (line.low, line.high))
    painter.drawPolygon(_polygon(np.concatenate((low, high[::-1]))))


def _paint_line(painter: QPainter, box: QRectF, line: Reached, evaluations: float, unit: float) -> None:
    pen = QPen(QColor(line.color), WIDTH * unit)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if PATTERNS[line.dash]:
        pen.setDashPattern(PATTERNS[line.dash])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_polygon(_stairs(box, line.x, line.y, evaluations)))


def _paint_frame(
    painter: QPainter, area: QRectF, box: QRectF, scene: ComparisonScene, unit: float, theme: Theme
) -> None:
    painter.setFont(text_font(unit, size=TITLE))
    painter.setPen(QColor(theme.text))
    title = painter.fontMetrics().elidedText(scene.chart, Qt.TextElideMode.ElideRight, int(area.width() - LEFT * unit))
    painter.drawText(QRectF(box.left(), area.top(), box.width(), TOP * unit), Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(text_font(unit, size=TEXT))
    line = painter.fontMetrics().height()
    for share in (0, 25, 50, 75, 100):
        y = box.bottom() - share / 100 * box.height()
        painter.setPen(QPen(QColor(theme.line), max(1.0, unit)))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setPen(QColor(theme.muted))
        room = QRectF(area.left(), y - line / 2, (LEFT - 6) * unit, line)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{share} %")
    for at in _ticks(scene.evaluations):
        x = box.left() + math.log10(at) / math.log10(scene.evaluations) * box.width()
        painter.setPen(QPen(QColor(theme.line), max(1.0, unit)))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setPen(QColor(theme.muted))
        room = QRectF(x - 40 * unit, box.bottom() + 3 * unit, 80 * unit, line)
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, number(at))
    foot = QRectF(box.left(), box.bottom() + 3 * unit + line, box.width(), line)
    painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter, scene.abscissa)


def _ticks(evaluations: float) -> list[float]:
    """Return the powers of ten, and the last of the abscissa where it is not too near to one."""
    powers = [10.0**power for power in range(math.floor(math.log10(evaluations)) + 1)]
    near = math.log10(evaluations / powers[-1]) / math.log10(evaluations)
    return powers if near < 0.13 else [*powers, evaluations]
