"""Parallel coordinates: a vertical axis for each dimension and one for the result, and every trial a line across."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

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


def paint_parallel(
    painter: QPainter,
    area: QRectF,
    scene: SearchScene,
    step: float,
    unit: float,
    theme: Theme,
    say: Translation,
    hovered: tuple[int, int] | None = None,
) -> None:
    """Paint the trials that are there at a step, the better ones over the others.

    The best one of each entrant and the one that is ``hovered`` stand out.
    """
    box = area.adjusted(SIDES * unit, TOP * unit, -SIDES * unit, -FOOT * unit)
    if box.width() < 10 or box.height() < 10:
        return
    title = set_fitting_font(painter, say("All dimensions"), area.width() - 10 * unit, unit, 13.0, bold=False)
    painter.setPen(QColor(theme.text))
    painter.drawText(QRectF(area.left(), area.top(), area.width(), TOP * unit), Qt.AlignmentFlag.AlignCenter, title)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for panel in scene.panels:
        shown = panel.newest(step)
        for index in shown[np.argsort(-panel.results[shown], kind="stable")].tolist():
            painter.setPen(QPen(_color(scene, panel, index, theme), 1.2 * unit))
            painter.drawPolyline(_line(box, panel, index))
    for panel in scene.panels:
        # In the colour of its entrant: the darkest shade cannot be seen on a dark ground.
        if (best := panel.best(step)) >= 0:
            painter.setPen(QPen(QColor(panel.color), 2.6 * unit))
            painter.drawPolyline(_line(box, panel, best))
    if hovered is not None:
        painter.setPen(QPen(QColor(theme.accent), 3.2 * unit))
        painter.drawPolyline(_line(box, scene.panels[hovered[0]], hovered[1]))
    _paint_axes(painter, box, scene, unit, theme, say)


def _color(scene: SearchScene, panel: Panel, index: int, theme: Theme) -> QColor:
    shade = float(panel.shades[index])
    color = QColor(*scene.colors[int(shade * 255)].tolist()) if shade == shade else QColor(theme.muted)
    # Many bad trials must not hide the few good ones.
    color.setAlphaF(0.2 + 0.7 * (1.0 - shade) if shade == shade else 0.2)
    return color


def _line(box: QRectF, panel: Panel, index: int) -> QPolygonF:
    """Return a trial as a line over the dimensions to its result; what has none ends at the top."""
    shade = float(panel.shades[index])
    heights = [*panel.units[index].tolist(), shade if shade == shade else 1.0]
    return QPolygonF([_point(box, place, len(heights), height) for place, height in enumerate(heights)])


def _point(box: QRectF, place: int, count: int, height: float) -> QPointF:
    return QPointF(box.left() + place / (count - 1) * box.width(), box.bottom() - height * box.height())


def _paint_axes(
    painter: QPainter, box: QRectF, scene: SearchScene, unit: float, theme: Theme, say: Translation
) -> None:
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
