"""A square of a search with what stands around it: sides with ticks, and strips above and beside it for the margins."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from landscape.plot.theme import text_font
from landscape.plot.words import set_fitting_font, two_lines
from landscape.scene.palette import Theme
from landscape.scene.search.scene import Floats, SearchScene, Shades, Side

HEAD, LEFT, FOOT = 56.0, 46.0, 40.0
"""Room above, at the left of and under a square, in units."""
STRIP, GAP = 0.17, 5.0
"""Width of a strip, as a part of the side; and between it and the square, in units."""
SMALLER = 11.0
"""Height of the numbers."""


@dataclass(frozen=True, kw_only=True)
class Square:
    """Where a square and its strips lie."""

    box: QRectF
    above: QRectF
    beside: QRectF
    head: QRectF

    def point(self, x: float, y: float) -> QPointF:
        """Return where a place in the unit square is."""
        return QPointF(self.box.left() + x * self.box.width(), self.box.bottom() - y * self.box.height())


def squares(area: QRectF, count: int, unit: float) -> list[Square]:
    """Return so many squares as large as they can be, in rows that fill the area."""
    best, rows = 0.0, 1
    for tried in range(1, count + 1):
        columns = -(-count // tried)
        side = min(
            (area.width() / columns - (LEFT + GAP + 10) * unit) / (1 + STRIP),
            (area.height() / tried - (HEAD + FOOT + GAP) * unit) / (1 + STRIP),
        )
        if side > best:
            best, rows = side, tried
    best = max(best, 8.0)
    columns = -(-count // rows)
    wide, high = best * (1 + STRIP) + (LEFT + GAP + 10) * unit, best * (1 + STRIP) + (HEAD + FOOT + GAP) * unit
    free = area.width() - columns * wide
    left, top = area.left() + free / 2, area.top()
    return [_square(left + place % columns * wide, top + place // columns * high, best, unit) for place in range(count)]


def _square(left: float, top: float, side: float, unit: float) -> Square:
    strip, gap = STRIP * side, GAP * unit
    x, y = left + LEFT * unit, top + HEAD * unit
    box = QRectF(x, y + strip + gap, side, side)
    return Square(
        box=box,
        above=QRectF(x, y, side, strip),
        beside=QRectF(box.right() + gap, box.top(), strip, side),
        head=QRectF(left + 8 * unit, top, side * (1 + STRIP) + gap + (LEFT - 8) * unit, HEAD * unit),
    )


def paint_frame(painter: QPainter, square: Square, scene: SearchScene, unit: float, theme: Theme) -> None:
    """Paint the borders, the ticks and what the sides are."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.line), max(1.0, unit)))
    for each in (square.box,) if scene.single else (square.box, square.above, square.beside):
        painter.drawRect(each)
    painter.setFont(text_font(unit, size=SMALLER))
    _ticks_below(painter, square, scene.across, unit, theme)
    _ticks_left(painter, square, scene.up, unit, theme)


def _ticks_below(painter: QPainter, square: Square, side: Side, unit: float, theme: Theme) -> None:
    box, last, metrics = square.box, -1e9, painter.fontMetrics()
    for at in side.fine_ticks:
        painter.setPen(QPen(QColor(theme.line), unit))
        painter.drawLine(square.point(at, 0.0), square.point(at, 0.0) + QPointF(0, 2.5 * unit))
    for at, text in side.ticks:
        point, width = square.point(at, 0.0), metrics.horizontalAdvance(text)
        painter.setPen(QPen(QColor(theme.muted), unit))
        painter.drawLine(point, point + QPointF(0, 4 * unit))
        if point.x() - width / 2 > last + 6 * unit:
            last = point.x() + width / 2
            room = QRectF(point.x() - width, point.y() + 5 * unit, 2 * width, metrics.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, text)
    painter.setPen(QColor(theme.text))
    name = QRectF(box.left(), box.bottom() + 5 * unit + metrics.height(), box.width(), metrics.height())
    painter.drawText(name, Qt.AlignmentFlag.AlignHCenter, side.title)


def _ticks_left(painter: QPainter, square: Square, side: Side, unit: float, theme: Theme) -> None:
    box, metrics = square.box, painter.fontMetrics()
    last = box.bottom() + metrics.height()
    for at in side.fine_ticks:
        painter.setPen(QPen(QColor(theme.line), unit))
        painter.drawLine(square.point(0.0, at), square.point(0.0, at) - QPointF(2.5 * unit, 0))
    for at, text in side.ticks:
        point = square.point(0.0, at)
        painter.setPen(QPen(QColor(theme.muted), unit))
        painter.drawLine(point, point - QPointF(4 * unit, 0))
        if last - point.y() >= metrics.height():
            last = point.y()
            room = QRectF(box.left() - 60 * unit, point.y() - metrics.height() / 2, 54 * unit, metrics.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    painter.setPen(QColor(theme.text))
    room = QRectF(box.left() - LEFT * unit, box.top() - metrics.height() - 3 * unit, LEFT * unit, metrics.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignRight, side.title if len(side.title) < 8 else "")


def paint_profiles(
    painter: QPainter, square: Square, across: Shades, up: Shades, unit: float, color: str, *, filled: bool
) -> None:
    """Paint the best that is possible for each value, above and beside the square; better ones lie nearer to it."""
    for profile, strip, upwards in ((across, square.above, True), (up, square.beside, False)):
        line = QPolygonF()
        for place, height in enumerate(np.nan_to_num(profile, nan=1.0).tolist()):
            line.append(strip_point(strip, (place + 0.5) / len(profile), height, upwards))
        if line.isEmpty():
            continue
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(color), 1.4 * unit))
        painter.drawPolyline(line)
        if filled:
            ground = QColor(color)
            ground.setAlphaF(0.2)
            ends = [strip_point(strip, at, 0.0, upwards) for at in (1.0, 0.0)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawPolygon(QPolygonF([*line.toList(), *ends]))


def paint_curve(painter: QPainter, square: Square, curve: Floats, unit: float, color: str, *, filled: bool) -> None:
    """Paint the results over a single dimension."""
    line = QPolygonF([square.point(*point) for point in curve.tolist()])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(color), 1.6 * unit))
    painter.drawPolyline(line)
    if filled and len(curve):
        ground = QColor(color)
        ground.setAlphaF(0.2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        ends = [square.point(at, 0.0) for at in (float(curve[-1, 0]), float(curve[0, 0]))]
        painter.drawPolygon(QPolygonF([*line.toList(), *ends]))


def strip_point(strip: QRectF, at: float, height: float, upwards: bool) -> QPointF:
    """Return where something stands in a strip: ``at`` along the side, ``height`` away from the square."""
    if upwards:
        return QPointF(strip.left() + at * strip.width(), strip.bottom() - height * strip.height())
    return QPointF(strip.left() + height * strip.width(), strip.bottom() - at * strip.height())


def paint_head(
    painter: QPainter, square: Square, title: str, below: str, color: str, unit: float, theme: Theme
) -> None:
    """Paint what a square shows, and a line of numbers; with a dot in its colour where it has one."""
    head = square.head
    left = head.left()
    if color:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawEllipse(QPointF(left + 5 * unit, head.top() + 11 * unit), 5 * unit, 5 * unit)
        left += 16 * unit
    flags, width = Qt.AlignmentFlag.AlignVCenter, head.right() - left
    shown = set_fitting_font(painter, title, width, unit, 14.0, bold=True)
    painter.setPen(QColor(theme.text))
    painter.drawText(QRectF(left, head.top(), width + 2, 20 * unit), flags, shown)
    painter.setPen(QColor(theme.muted))
    lines = two_lines(below, head.width(), QFontMetricsF(text_font(unit, size=12.0)))
    longest = max(lines, key=painter.fontMetrics().horizontalAdvance)
    set_fitting_font(painter, longest, head.width(), unit, 12.0, bold=False)  # One size for both.
    for place, line in enumerate(lines):
        shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(head.width()) + 1)
        room = QRectF(head.left(), head.top() + (20 + 15 * place) * unit, head.width() + 2, 18 * unit)
        painter.drawText(room, flags, shown)
