"""A chart of a race: lines with bands over a common abscissa, up to the play head."""

import numpy as np
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from landscape.geometry.ticks import multiples, round_step
from landscape.plot.theme import text_font
from landscape.plot.words import set_fitting_font
from landscape.scene.palette import Theme
from landscape.scene.search.scene import Chart, Floats, Line

LEFT, TOP, FOOT = 54.0, 22.0, 34.0
TEXT = 12.0


def plot_area(area: QRectF, unit: float) -> QRectF:
    """Return where the lines of a chart lie within its area."""
    return area.adjusted(LEFT * unit, TOP * unit, -10 * unit, -FOOT * unit)


def paint_chart(
    painter: QPainter,
    area: QRectF,
    chart: Chart,
    ticks: tuple[tuple[float, str], ...],
    step: float,
    unit: float,
    theme: Theme,
    *,
    coming: bool = True,
) -> None:
    """Paint a chart; ``ticks`` are those of the heights of results.

    Without ``coming`` it ends where the budget has been spent.
    """
    box = plot_area(area, unit)
    if box.width() < 10 or box.height() < 10:
        return
    _paint_frame(painter, area, box, chart, ticks if chart.log else _shares(), unit, theme)
    painter.save()
    painter.setClipRect(box.adjusted(-unit, -unit, unit, unit))
    if chart.timed and not coming:
        painter.setClipRect(QRectF(box.topLeft(), QPointF(_x(box, chart, step) + unit, box.bottom())))
    if chart.bound is not None:
        _paint_bound(painter, box, chart.bound, unit, theme)
    for line in chart.lines:
        _paint_line(painter, box, chart, line, step, unit, theme)
    if chart.timed:
        x = _x(box, chart, step)
        painter.setPen(QPen(QColor(theme.accent), 1.4 * unit))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    painter.restore()
    for line in chart.lines:
        if line.dashed and not line.thin:
            _paint_name(painter, box, line, unit, theme)


def _shares() -> tuple[tuple[float, str], ...]:
    return tuple((share / 100, f"{share} %") for share in (0, 25, 50, 75, 100))


def _x(box: QRectF, chart: Chart, at: float) -> float:
    low, high = chart.x
    return box.left() + (at - low) / (high - low) * box.width()


def _paint_frame(
    painter: QPainter,
    area: QRectF,
    box: QRectF,
    chart: Chart,
    ticks: tuple[tuple[float, str], ...],
    unit: float,
    theme: Theme,
) -> None:
    title = set_fitting_font(painter, chart.title, area.width() - 10 * unit, unit, 13.0, bold=False)
    painter.setPen(QColor(theme.text))
    painter.drawText(QRectF(area.left(), area.top(), area.width(), TOP * unit), Qt.AlignmentFlag.AlignCenter, title)
    painter.setFont(text_font(unit, size=TEXT))
    line = painter.fontMetrics().height()
    last = box.bottom() + line
    for at, text in sorted(ticks):
        y = box.bottom() - at * box.height()
        painter.setPen(QPen(QColor(theme.line), unit, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        if last - y >= line:
            last = y
            painter.setPen(QColor(theme.muted))
            room = QRectF(area.left(), y - line / 2, LEFT * unit - 6 * unit, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    for at in multiples(max(round_step((chart.x[1] - chart.x[0]) / 5), 1.0), *chart.x):
        x = _x(box, chart, at)
        painter.setPen(QColor(theme.muted))
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + 4 * unit))
        room = QRectF(x - 40 * unit, box.bottom() + 4 * unit, 80 * unit, line)
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, f"{at:g}")
    painter.setPen(QColor(theme.muted))
    foot = QRectF(box.left(), box.bottom() + 4 * unit + line, box.width(), line)
    painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter, chart.abscissa)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.line), max(1.0, unit)))
    painter.drawRect(box)


def _paint_bound(painter: QPainter, box: QRectF, bound: tuple[float, str], unit: float, theme: Theme) -> None:
    y = box.bottom() - bound[0] * box.height()
    painter.setPen(QPen(QColor(theme.muted), unit, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
    painter.setFont(text_font(unit, size=TEXT))
    line = painter.fontMetrics().height()
    top = y - line if y - line > box.top() else y
    painter.drawText(QRectF(box.left() + 4 * unit, top, box.width(), line), Qt.AlignmentFlag.AlignLeft, bound[1])


def _paint_line(
    painter: QPainter, box: QRectF, chart: Chart, line: Line, step: float, unit: float, theme: Theme
) -> None:
    color = QColor(line.color or theme.text)
    if line.low is not None and line.high is not None:
        ground = QColor(color)
        ground.setAlphaF(0.16)
        high = np.nan_to_num(line.high, nan=1.0)
        there = np.isfinite(line.low)
        across, down = np.append(line.x[there], line.x[::-1]), np.append(line.low[there], high[::-1])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawPolygon(_points(box, chart, across, down))
    x, y = line.x, line.y
    if line.times is not None or (line.stepped and chart.timed):
        count = int(np.searchsorted(line.times if line.times is not None else line.x, step + 1e-9, side="right"))
        x, y = x[:count], y[:count]
    if line.stepped and len(x):
        x = np.append(np.repeat(x, 2)[1:], max(step, float(x[-1])))
        y = np.repeat(y, 2)
    width = (1.0 if line.thin else 2.0) * unit
    if line.thin and not line.dashed:
        color.setAlphaF(0.45)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, width, Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine))
    points = _points(box, chart, x, y)
    painter.drawPolyline(points)
    if points.size() == 1:
        painter.drawEllipse(points.first(), width, width)


def _points(box: QRectF, chart: Chart, x: Floats, y: Floats) -> QPolygonF:
    """Return the points that there are; heights run from 0 to 1."""
    there = np.isfinite(y)
    if not there.any():
        return QPolygonF()
    (low, high), a, b = chart.x, x[there], y[there]
    across = box.left() + (a - low) / (high - low) * box.width()
    found: QPolygonF = arrayToQPolygonF(across, box.bottom() - b * box.height())
    return found


def _paint_name(painter: QPainter, box: QRectF, line: Line, unit: float, theme: Theme) -> None:
    painter.setFont(text_font(unit, size=TEXT))
    painter.setPen(QColor(theme.text))
    room = QRectF(box.left(), box.bottom() - 20 * unit, box.width() - 6 * unit, 18 * unit)
    painter.drawText(room, Qt.AlignmentFlag.AlignRight, f"– – {line.title}")
