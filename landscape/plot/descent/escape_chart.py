"""The chart of how long runs stay near a saddle: steps against the start's distance, a logarithm, and 0 at the left."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from landscape.plot.axes import power_text
from landscape.plot.theme import text_font
from landscape.plot.track import PATTERNS
from landscape.scene.descent.escape_times import EscapeChart, EscapeCurve
from landscape.scene.palette import Theme
from landscape.scene.text import number

TITLE, TEXT = 15.0, 12.5
LEFT, TOP, BOTTOM = 62.0, 46.0, 56.0
"""Margins around the plot, at scale 1; at the right are the names."""
SAMPLE = 22.0
"""Length of a line beside a name."""
APART = 5.0
"""Between the rings of two runs at the saddle itself, so that all are seen."""
ZERO = 1.3
"""How far left of the smallest distance 0 stands, in decades."""
DOT = 3.2
LINE = 2.0


def escape_picture(chart: EscapeChart, size: tuple[int, int], theme: Theme, unit: float) -> QImage:
    """Return the chart as an opaque image, with text and lines ``unit`` times as large."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.panel))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _Drawing(painter, chart, size, theme, unit).draw()
    painter.end()
    return image


class _Drawing:
    """One picture being drawn."""

    def __init__(self, painter: QPainter, chart: EscapeChart, size: tuple[int, int], theme: Theme, unit: float) -> None:
        self._painter, self._chart, self._theme, self._unit = painter, chart, theme, unit
        width, height = size
        painter.setFont(text_font(unit, size=TEXT))
        names = max((painter.fontMetrics().horizontalAdvance(curve.name) for curve in chart.curves), default=0)
        right = min(names + (SAMPLE + 36) * unit, 0.4 * width)
        self._area = QRectF(0, 0, width, height).adjusted(LEFT * unit, TOP * unit, -right, -BOTTOM * unit)
        times = np.concatenate([np.append(curve.steps, curve.from_saddle) for curve in chart.curves] or [np.zeros(0)])
        self._has_never = bool(np.isnan(times).any())
        self._top = float(np.max(times, where=np.isfinite(times), initial=1.0))
        self._tick = _round_step(self._top)
        self._first, self._last = (math.log10(float(chart.offsets[end])) for end in (0, -1))

    def draw(self) -> None:
        """Draw ground, axes, curves and names."""
        self._draw_frame()
        self._draw_ticks()
        for index, curve in enumerate(self._chart.curves):
            self._draw_curve(curve)
            self._draw_ring(curve, index)
        self._draw_names()

    def _place(self, exponent: float, steps: float) -> QPointF:
        """Return where the logarithm of a distance and a number of steps lie; NaN steps: on the line of never."""
        area, left = self._area, self._first - ZERO - 0.5
        across = (exponent - left) / (self._last + 0.3 - left)
        room = 0.88 if self._has_never else 0.96
        up = 0.96 if math.isnan(steps) else room * steps / self._top
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def _draw_frame(self) -> None:
        painter, area, unit = self._painter, self._area, self._unit
        painter.setPen(QPen(QColor(self._theme.line), max(1.0, unit)))
        painter.drawRect(area)
        painter.setFont(text_font(unit, size=TITLE, bold=True))
        painter.setPen(QColor(self._theme.text))
        above = QRectF(area.left(), 0, painter.device().width() - area.left(), area.top())
        title = painter.fontMetrics().elidedText(self._chart.title, Qt.TextElideMode.ElideRight, int(above.width()))
        painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(text_font(unit, size=TEXT))
        painter.setPen(QColor(self._theme.muted))
        below = QRectF(area.left(), area.bottom() + 26 * unit, area.width(), 26 * unit)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._chart.across)

    def _draw_ticks(self) -> None:
        painter, area, unit = self._painter, self._area, self._unit
        painter.setFont(text_font(unit, size=TEXT))
        centre, right = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        exponents = range(round(self._first), round(self._last) + 1, 2)
        for exponent, text in [(self._first - ZERO, "0"), *((float(each), power_text(each)) for each in exponents)]:
            at = self._place(exponent, 0.0)
            self._draw_grid(QPointF(at.x(), area.top()), at)
            painter.drawText(QRectF(at.x() - 40 * unit, at.y() + 4 * unit, 80 * unit, 20 * unit), centre, text)
        rows = [(step, number(step)) for step in np.arange(0.0, self._top * 1.0001, self._tick).tolist()]
        for steps, text in [*rows, *([(math.nan, self._chart.never)] if self._has_never else [])]:
            at = QPointF(area.left(), self._place(0.0, steps).y())
            self._draw_grid(at, QPointF(area.right(), at.y()))
            room = QRectF(0, at.y() - 10 * unit, area.left() - 7 * unit, 20 * unit)
            painter.drawText(room, right, text)

    def _draw_grid(self, start: QPointF, end: QPointF) -> None:
        self._painter.setPen(QPen(QColor(self._theme.line), max(1.0, 0.7 * self._unit)))
        self._painter.drawLine(start, end)
        self._painter.setPen(QColor(self._theme.muted))

    def _draw_curve(self, curve: EscapeCurve) -> None:
        """Draw the line through finite times, and a dot at each whole power of ten, and where the run never leaves."""
        painter, unit = self._painter, self._unit
        exponents = np.log10(self._chart.offsets)
        finite = np.isfinite(curve.steps)
        pieces = np.split(np.arange(len(finite)), np.flatnonzero(np.diff(finite)) + 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen(curve, LINE))
        for piece in pieces:
            if finite[piece[0]] and len(piece) > 1:
                line = [self._place(float(exponents[each]), float(curve.steps[each])) for each in piece]
                painter.drawPolyline(QPolygonF(line))
        painter.setPen(QPen(QColor(self._theme.panel), unit))
        painter.setBrush(QColor(curve.color))
        for exponent, steps in zip(exponents.tolist(), curve.steps.tolist(), strict=True):
            if abs(exponent - round(exponent)) < 1e-6 or math.isnan(steps):
                painter.drawEllipse(self._place(exponent, steps), DOT * unit, DOT * unit)

    def _draw_ring(self, curve: EscapeCurve, index: int) -> None:
        """Draw the time from the saddle itself."""
        painter, unit = self._painter, self._unit
        aside = (index - (len(self._chart.curves) - 1) / 2) * APART * unit
        painter.setPen(QPen(QColor(curve.color), LINE * unit))
        painter.setBrush(QColor(self._theme.panel))
        center = self._place(self._first - ZERO, curve.from_saddle) + QPointF(aside, 0.0)
        painter.drawEllipse(center, 1.3 * DOT * unit, 1.3 * DOT * unit)

    def _draw_names(self) -> None:
        """Write the names at the right."""
        painter, unit, area = self._painter, self._unit, self._area
        painter.setFont(text_font(unit, size=TEXT))
        left, line = area.right() + 14 * unit, 22 * unit
        room = painter.device().width() - left - (SAMPLE + 12) * unit
        for index, curve in enumerate(self._chart.curves):
            middle = area.top() + (index + 0.5) * line
            painter.setPen(self._pen(curve, 1.4 * LINE))
            painter.drawLine(QPointF(left, middle), QPointF(left + SAMPLE * unit, middle))
            painter.setPen(QColor(self._theme.text))
            place = QRectF(left + (SAMPLE + 8) * unit, middle - line / 2, room, line)
            name = painter.fontMetrics().elidedText(curve.name, Qt.TextElideMode.ElideRight, int(max(room, 0)))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)

    def _pen(self, curve: EscapeCurve, width: float) -> QPen:
        pen = QPen(QColor(curve.color), width * self._unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if pattern := PATTERNS[curve.dash]:
            pen.setDashPattern([0.7 * each / LINE for each in pattern])
        return pen


def _round_step(top: float) -> float:
    """Return a round distance between at most six ticks up to ``top``, whole."""
    power = 10.0 ** math.floor(math.log10(max(top, 1.0) / 5))
    step = next((power * each for each in (1, 2, 5, 10) if top / (power * each) <= 6), 10 * power)
    return max(1.0, step)
