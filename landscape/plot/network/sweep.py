"""Steps to a threshold against the learning rate, both logarithmic: a dot for each seed, a line through the medians."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from landscape.plot.theme import text_font
from landscape.scene.network.sweep import SweepScene, SweepTwin
from landscape.scene.palette import Theme
from landscape.scene.text import number
from landscape.translation import Translation

TEXT = 12.5
LEFT, BOTTOM, RIGHT = 62.0, 46.0, 18.0
"""Room beside the axes."""
NEVER = 34.0
"""Height of the band at the top for trainings that never got there."""
DOT, JUMP, LINE = 3.6, 5.0, 2.4
"""Radius of a dot; how far the dots of a network stand beside its rate; width of the line."""
FEWEST = 5.0
"""Steps at the bottom, unless a training needs fewer."""


class SweepPlot:
    """Draws a sweep into a rectangle, and tells which learning rate is where."""

    def __init__(self) -> None:
        self._box = QRectF()
        self._range = (0.0, 1.0)

    def rate_at(self, across: float) -> float:
        """Return the learning rate at a position of the picture that was drawn last."""
        low, high = self._range
        part = (across - self._box.left()) / max(self._box.width(), 1.0)
        return float(10 ** (low + min(max(part, 0.0), 1.0) * (high - low)))

    def paint(
        self, painter: QPainter, area: QRectF, scene: SweepScene, unit: float, theme: Theme, say: Translation
    ) -> None:
        """Paint all of it into ``area``."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(unit, size=TEXT))
        self._box = box = area.adjusted(LEFT * unit, (NEVER + 8) * unit, -RIGHT * unit, -BOTTOM * unit)
        low, high = math.log10(scene.rates[0]), math.log10(scene.rates[-1])
        self._range = low - 0.06 * (high - low), high + 0.06 * (high - low)
        known = [steps for twin in scene.twins for _, steps in twin.dots if 0 < steps < math.inf]
        steps = math.log10(min([FEWEST, *known])), math.log10(max(scene.steps, 10))
        _paint_axes(painter, box, self._range, steps, unit, theme, say)
        self._paint_present(painter, scene, theme, unit)
        for index, twin in enumerate(scene.twins):
            self._paint_twin(painter, scene, twin, (2 * index - 1) * JUMP * unit, steps, unit)
        painter.restore()

    def _place(self, rate: float, steps: float, heights: tuple[float, float], unit: float) -> QPointF:
        low, high = self._range
        x = self._box.left() + (math.log10(rate) - low) / (high - low) * self._box.width()
        if math.isinf(steps):
            return QPointF(x, self._box.top() - NEVER / 2 * unit)
        part = (math.log10(max(steps, 1.0)) - heights[0]) / (heights[1] - heights[0])
        return QPointF(x, self._box.bottom() - part * self._box.height())

    def _paint_present(self, painter: QPainter, scene: SweepScene, theme: Theme, unit: float) -> None:
        """Mark the learning rate of the experiment."""
        if scene.rate <= 0 or not self._range[0] <= math.log10(scene.rate) <= self._range[1]:
            return
        x = self._place(scene.rate, 1.0, (0.0, 1.0), unit).x()
        painter.setPen(QPen(QColor(theme.muted), max(1.0, unit), Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, self._box.top() - NEVER * unit), QPointF(x, self._box.bottom()))

    def _paint_twin(
        self,
        painter: QPainter,
        scene: SweepScene,
        twin: SweepTwin,
        beside: float,
        heights: tuple[float, float],
        unit: float,
    ) -> None:
        faint = QColor(twin.color)
        faint.setAlphaF(0.55)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faint)
        never: dict[float, int] = {}
        for rate, steps in twin.dots:
            place = self._place(rate, steps, heights, unit) + QPointF(beside, 0.0)
            if math.isinf(steps):
                place += QPointF(0.0, (never.get(rate, 0) - 2) * 1.6 * DOT * unit)
                never[rate] = never.get(rate, 0) + 1
            painter.drawEllipse(place, DOT * unit, DOT * unit)
        painter.setPen(QPen(QColor(twin.color), LINE * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        piece: list[QPointF] = []
        for rate, steps in zip(scene.rates, twin.medians.tolist(), strict=True):
            if math.isfinite(steps):
                piece.append(self._place(rate, steps, heights, unit) + QPointF(beside, 0.0))
                continue
            painter.drawPolyline(QPolygonF(piece))
            piece = []
        painter.drawPolyline(QPolygonF(piece))


def _paint_axes(
    painter: QPainter,
    box: QRectF,
    rates: tuple[float, float],
    steps: tuple[float, float],
    unit: float,
    theme: Theme,
    say: Translation,
) -> None:
    """Paint the frame, lines at round numbers, the names, and the band of those that never arrive."""
    band = QRectF(box.left(), box.top() - NEVER * unit, box.width(), NEVER * unit)
    painter.fillRect(band, QColor(theme.raised))
    thin = QPen(QColor(theme.line), max(1.0, unit))
    for whole in range(math.ceil(rates[0]), math.floor(rates[1]) + 1):
        x = box.left() + (whole - rates[0]) / (rates[1] - rates[0]) * box.width()
        painter.setPen(thin)
        painter.drawLine(QPointF(x, band.top()), QPointF(x, box.bottom()))
        painter.setPen(QColor(theme.muted))
        place = QRectF(x - 40 * unit, box.bottom() + 3 * unit, 80 * unit, 18 * unit)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number(10.0**whole, 2))
    for value in (digit * 10.0**power for power in range(6) for digit in (1, 2, 5)):
        part = (math.log10(value) - steps[0]) / (steps[1] - steps[0])
        if -1e-9 <= part <= 1 + 1e-9:
            y = box.bottom() - part * box.height()
            painter.setPen(thin)
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(QColor(theme.muted))
            place = QRectF(box.left() - 60 * unit, y - 9 * unit, 54 * unit, 18 * unit)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(value))
    painter.setPen(QColor(theme.muted))
    left = QRectF(box.left() - 60 * unit, band.top(), 54 * unit, band.height())
    painter.drawText(left, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, say("never"))
    below = QRectF(box.left(), box.bottom() + 22 * unit, box.width(), 20 * unit)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, say("learning rate"))
    painter.save()
    painter.translate(box.left() - 60 * unit, box.bottom())
    painter.rotate(-90)
    painter.drawText(
        QRectF(0, -8 * unit, box.height(), 20 * unit), Qt.AlignmentFlag.AlignCenter, say("steps to the threshold")
    )
    painter.restore()
