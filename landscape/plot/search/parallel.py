"""Parallel coordinates: a vertical axis for each dimension and one for the result, and every trial a line across."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from landscape.plot.search.chart import FOOT, TEXT, TOP
from landscape.plot.theme import text_font
from landscape.plot.words import set_fitting_font
from landscape.scene.palette import Theme
from landscape.scene.search.moment import importance_texts
from landscape.scene.search.scene import Panel, SearchScene
from landscape.translation import Translation

SIDES = 44.0
"""Room at the left and the right of the axes, in units."""
Ticks = tuple[tuple[float, str], ...]


TOGETHER = 100
"""Lines between two looks at the clock: about 5 ms."""


def parallel_box(area: QRectF, unit: float) -> QRectF:
    """Return where the axes are within an area; null where there is no room for them."""
    box = area.adjusted(SIDES * unit, TOP * unit, -SIDES * unit, -FOOT * unit)
    return box if box.width() >= 10 and box.height() >= 10 else QRectF()


def painting_lines(
    painter: QPainter, box: QRectF, scene: SearchScene, step: float, unit: float, theme: Theme
) -> Iterator[None]:
    """Paint the trials that are there at a step, the better ones over the others, and yield after each part of them.

    The best one of each entrant stands out.
    """
    for panel in scene.panels:
        for place, index in enumerate(panel.best_last(step).tolist(), start=1):
            paint_line(painter, box, panel, index, QPen(_color(scene, panel, index, theme), 1.2 * unit))
            if place % TOGETHER == 0:
                yield
    for panel in scene.panels:
        # In the colour of its entrant: the darkest shade cannot be seen on a dark ground.
        if (best := panel.best(step)) >= 0:
            paint_line(painter, box, panel, best, QPen(QColor(panel.color), 2.6 * unit))
    yield


def paint_line(painter: QPainter, box: QRectF, panel: Panel, index: int, pen: QPen) -> None:
    """Paint a trial as a line over the dimensions to its result; what has none ends at the top."""
    shade = float(panel.shades[index])
    heights = [*panel.units[index].tolist(), shade if shade == shade else 1.0]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPolyline([_point(box, place, len(heights), height) for place, height in enumerate(heights)])


def _color(scene: SearchScene, panel: Panel, index: int, theme: Theme) -> QColor:
    shade = float(panel.shades[index])
    color = QColor(*scene.colors[int(shade * 255)].tolist()) if shade == shade else QColor(theme.muted)
    # Many bad trials must not hide the few good ones.
    color.setAlphaF(0.2 + 0.7 * (1.0 - shade) if shade == shade else 0.2)
    return color


def _point(box: QRectF, place: int, count: int, height: float) -> QPointF:
    return QPointF(box.left() + place / (count - 1) * box.width(), box.bottom() - height * box.height())


def paint_axes(painter: QPainter, box: QRectF, scene: SearchScene, unit: float, theme: Theme, say: Translation) -> None:
    """Paint the title, and an axis for each dimension and for the result, with its numbers over the lines."""
    above = QRectF(box.left() - SIDES * unit, box.top() - TOP * unit, box.width() + 2 * SIDES * unit, TOP * unit)
    title = set_fitting_font(painter, say("All dimensions"), above.width() - 10 * unit, unit, 13.0, bold=False)
    painter.setPen(QColor(theme.text))
    painter.drawText(above, Qt.AlignmentFlag.AlignCenter, title)
    titles, shares = [*(side.title for side in scene.sides), say("result")], [*importance_texts(scene), ""]
    marks = [*(side.ticks for side in scene.sides), scene.ticks]
    wide = box.width() / (len(marks) - 1)
    for place, ticks in enumerate(marks):
        foot = _point(box, place, len(marks), 0.0)
        painter.setPen(QPen(QColor(theme.muted), 1.2 * unit))
        painter.drawLine(foot, _point(box, place, len(marks), 1.0))
        _paint_ticks(painter, foot, box, ticks, unit, theme)
        below = shares[place] if place < len(shares) else ""
        for line, (text, ink) in enumerate(((titles[place], theme.text), (below, theme.muted))):
            shown = set_fitting_font(painter, text, wide - 4 * unit, unit, TEXT, bold=False)
            high = painter.fontMetrics().height()
            room = QRectF(foot.x() - wide / 2, foot.y() + 4 * unit + line * high, wide, high)
            painter.setPen(QColor(ink))
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, shown)


def _paint_ticks(painter: QPainter, foot: QPointF, box: QRectF, ticks: Ticks, unit: float, theme: Theme) -> None:
    """Paint marks at an axis, their numbers on ground so that they can be read over the lines."""
    painter.setFont(text_font(unit, size=TEXT - 1.0))
    metrics = painter.fontMetrics()
    last, ground = box.bottom() + 2 * metrics.height(), QColor(theme.panel)
    ground.setAlphaF(0.75)
    for at, text in sorted(ticks):
        y = box.bottom() - at * box.height()
        if last - y < metrics.height():
            continue
        last = y
        wide = metrics.horizontalAdvance(text) + 2
        room = QRectF(foot.x() + 4 * unit, y - metrics.height() / 2, wide, metrics.height())
        painter.fillRect(room, ground)
        painter.setPen(QColor(theme.text))
        painter.drawLine(QPointF(foot.x() - 3 * unit, y), QPointF(foot.x() + 3 * unit, y))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
