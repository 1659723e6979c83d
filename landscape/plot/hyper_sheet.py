"""What is inside the axes of a map of two hyper-parameters: colours, what theory says, and where the run stands."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject

from landscape.plot.ground import draw_ground
from landscape.plot.markers import draw_sign
from landscape.plot.polyline import lines
from landscape.plot.projection import Projection, device_frame
from landscape.plot.strokes import draw_lines, opaque_pen
from landscape.plot.theme import text_font
from landscape.scene.palette import Theme
from landscape.scene.scene import Heat, HyperMapLayer

UNIT = (0.0, 1.0)
SIGN = 6.0
ARM = 9.0
"""Half the width of the cross where the run stands."""
LINE = 2.0
HALO = 1.6
GAP = 6.0
BANDS = 24
"""Rows in which room for the name of the empty region is looked for."""
SIDES = (-0.6, 0.0, 0.6)
"""Where across its height a text must have room."""
READING = 11.5


class HyperSheet(QGraphicsObject):
    """Draws a map of two hyper-parameters into the rectangle it is given by ``resize``."""

    def __init__(self, theme: Theme, scale: float) -> None:
        super().__init__()
        self._theme, self._scale = theme, scale
        self._layer: HyperMapLayer | None = None
        self._rect = QRectF()
        self._ground: tuple[Heat | None, Projection, QImage] | None = None
        self._reading: tuple[tuple[float, float], str] | None = None

    def boundingRect(self) -> QRectF:
        """Return the rectangle inside the axes."""
        return self._rect

    def resize(self, rect: QRectF) -> None:
        """Fill another rectangle."""
        self.prepareGeometryChange()
        self._rect = QRectF(rect)
        self.update()

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Draw in the colours of ``theme``, with lines and signs ``scale`` times as large."""
        self._theme, self._scale, self._ground = theme, scale, None
        self.update()

    def show_layer(self, layer: HyperMapLayer) -> None:
        """Show another map."""
        if layer is not self._layer:
            self._layer = layer
            self.update()

    def show_reading(self, position: tuple[float, float] | None, text: str = "") -> None:
        """Write ``text`` beside a position; None: no longer."""
        reading = None if position is None else (position, text)
        if reading != self._reading:
            self._reading = reading
            self.update()

    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw the colours, then all that lies over them, in device pixels."""
        frame, layer = device_frame(painter, self._rect), self._layer
        if layer is None or frame.width < 2 or frame.height < 2:
            return
        unit = frame.ratio * self._scale
        projection = Projection(x=UNIT, y=UNIT, width=frame.width, height=frame.height, unit=unit)
        painter.save()
        painter.setWorldTransform(frame.world)
        painter.setClipRect(0, 0, frame.width, frame.height)
        painter.drawImage(0, 0, self._picture(layer.heat, projection))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_over(painter, layer, projection, self._theme)
        if self._reading is not None:
            _draw_reading(painter, *self._reading, projection, self._theme)
        painter.restore()

    def _picture(self, heat: Heat | None, projection: Projection) -> QImage:
        known = self._ground
        if known is None or known[0] is not heat or known[1] != projection:
            picture = draw_ground(projection, self._theme, heat, None, None)
            known = self._ground = (heat, projection, picture)
        return known[2]


def _draw_over(painter: QPainter, layer: HyperMapLayer, projection: Projection, theme: Theme) -> None:
    unit = projection.unit
    font = text_font(unit)
    taken: list[QRectF] = []
    here = None if layer.here is None else QPointF(*projection.pixels(np.array(layer.here)).tolist())
    if here is not None:
        reach = (ARM + GAP) * unit
        taken.append(QRectF(here.x() - reach, here.y() - reach, 2 * reach, 2 * reach))
    joined = lines(projection.pixels(layer.boundary))
    joined = joined[np.isfinite(joined).all(axis=1)]
    draw_lines(painter, joined, opaque_pen(theme.halo, (LINE + 2 * HALO) * unit))
    draw_lines(painter, joined, opaque_pen(theme.stage_text, LINE * unit))
    for mark in layer.marks:
        center = QPointF(*projection.pixels(np.array(mark.point)).tolist())
        draw_sign(painter, "degenerate", center, SIGN * unit, theme.stage_text, theme.halo)
        taken.append(_write_beside(painter, mark.label, center, font, projection, theme, taken))
    if len(joined):
        taken.append(_name_boundary(painter, layer.boundary_label, joined, font, projection, theme, taken))
    if layer.heat is not None:
        _name_empty(painter, layer, font, projection, theme, taken)
    if here is not None:
        _draw_cross(painter, here, unit, layer.color, theme)


def _draw_cross(painter: QPainter, center: QPointF, unit: float, color: str, theme: Theme) -> None:
    arm = ARM * unit
    for ink, width in ((theme.halo, 3.0 + 2 * HALO), (color, 3.0)):
        painter.setPen(QPen(QColor(ink), width * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(center - QPointF(arm, 0), center + QPointF(arm, 0))
        painter.drawLine(center - QPointF(0, arm), center + QPointF(0, arm))


def _write_beside(
    painter: QPainter,
    text: str,
    center: QPointF,
    font: QFont,
    projection: Projection,
    theme: Theme,
    taken: Sequence[QRectF],
) -> QRectF:
    """Write a text right or left of a point, above or below it, where there is room; return its place."""
    metrics, gap = QFontMetricsF(font), (SIGN + GAP) * projection.unit
    width, height = metrics.horizontalAdvance(text), metrics.height()
    view = QRectF(0, 0, projection.width, projection.height).adjusted(4, 2, -4, -2)
    level, above, below = center.y() - height / 2, center.y() - height - gap / 2, center.y() + gap / 2
    left, right = center.x() - gap - width, center.x() + gap
    places = [QRectF(x, y, width, height) for y in (level, above, below) for x in (left, right)]
    places += [QRectF(center.x() - width / 2, y, width, height) for y in (above, below)]
    free = [each for each in places if view.contains(each) and not any(each.intersects(other) for other in taken)]
    if not free:
        return QRectF()
    _write(painter, text, free[0], font, projection.unit, theme)
    return free[0]


def _name_boundary(
    painter: QPainter,
    text: str,
    joined: NDArray[np.float64],
    font: QFont,
    projection: Projection,
    theme: Theme,
    taken: Sequence[QRectF],
) -> QRectF:
    """Write what the line is beside its middle, or as near to it as there is room."""
    middle = len(joined) // 2
    for index in sorted(range(0, len(joined), 4), key=lambda index: abs(index - middle)):
        place = _write_beside(painter, text, QPointF(*joined[index, :2].tolist()), font, projection, theme, taken)
        if not place.isEmpty():
            return place
    return QRectF()


def _name_empty(
    painter: QPainter, layer: HyperMapLayer, font: QFont, projection: Projection, theme: Theme, taken: Sequence[QRectF]
) -> None:
    """Write what it means where there is no colour, in the widest free part of that region; upwards if it is narrow."""
    if layer.heat is None:
        return
    metrics, empty = QFontMetricsF(font), np.isnan(layer.heat.shade)[::-1]
    width, height = metrics.horizontalAdvance(layer.lost), metrics.height()
    free = [each.adjusted(-4, -2, 4, 2) for each in taken]
    level = _roomiest(empty, (projection.width, projection.height), (width, height), free, projection.unit)
    if level is not None:
        _write(painter, layer.lost, _around(level, width, height), font, projection.unit, theme)
        return
    turned = [QRectF(each.top(), each.left(), each.height(), each.width()) for each in free]
    upright = _roomiest(empty.T, (projection.height, projection.width), (width, height), turned, projection.unit)
    if upright is not None:
        painter.save()
        painter.translate(upright.y(), upright.x())
        painter.rotate(-90)
        _write(painter, layer.lost, _around(QPointF(), width, height), font, projection.unit, theme)
        painter.restore()


def _around(middle: QPointF, width: float, height: float) -> QRectF:
    return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)


def _roomiest(
    empty: NDArray[np.bool_], size: tuple[int, int], text: tuple[float, float], taken: Sequence[QRectF], unit: float
) -> QPointF | None:
    """Return the middle of the longest row of empty cells around which a text is free; None where it has no room."""
    (width, height), (across, down) = text, size
    best, chosen = width + 2 * GAP * unit, None
    for band in range(1, BANDS):
        rows = [min(int((band + part * height / down * BANDS) / BANDS * len(empty)), len(empty) - 1) for part in SIDES]
        begin, end = _longest(np.asarray(empty[np.maximum(rows, 0)].all(axis=0)))
        room = (end - begin) / empty.shape[1] * across
        middle = QPointF((begin + end) / 2 / empty.shape[1] * across, band / BANDS * down)
        if room > best and not any(_around(middle, width, height).intersects(other) for other in taken):
            best, chosen = room, middle
    return chosen


def _longest(row: NDArray[np.bool_]) -> tuple[int, int]:
    """Return where the longest run of True begins and ends."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
    if len(edges) == 0:
        return 0, 0
    begins, ends = edges[::2], edges[1::2]
    index = int(np.argmax(ends - begins))
    return int(begins[index]), int(ends[index])


def _write(painter: QPainter, text: str, place: QRectF, font: QFont, unit: float, theme: Theme) -> None:
    """Write on a ground of its own, so that it can be read over every colour."""
    ground = QColor(theme.panel)
    ground.setAlphaF(0.86)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(place.adjusted(-4 * unit, -unit, 4 * unit, unit), 3 * unit, 3 * unit)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)


def _draw_reading(
    painter: QPainter, position: tuple[float, float], text: str, projection: Projection, theme: Theme
) -> None:
    """Write a text in a box above the position, or below it, inside the map."""
    unit, font = projection.unit, text_font(projection.unit, size=READING)
    metrics = QFontMetricsF(font)
    rows = text.split("\n")
    width = max(map(metrics.horizontalAdvance, rows)) + 16 * unit
    height = metrics.height() * len(rows) + 8 * unit
    across, down = projection.pixels(np.array(position)).tolist()
    left = min(max(across - width / 2, 2.0), max(projection.width - width - 2.0, 2.0))
    top = down - height - 16 * unit
    box = QRectF(left, top if top > 2 else down + 16 * unit, width, height)
    ground = QColor(theme.raised)
    ground.setAlphaF(0.94)
    painter.setPen(QPen(QColor(theme.line), unit))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4 * unit, 4 * unit)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
