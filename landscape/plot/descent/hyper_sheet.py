"""What is inside the axes of a map of two hyper-parameters: colours, what theory says, and where the run stands."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from landscape.plot.descent.map_labels import SIGN, name_empty, name_line, write_beside
from landscape.plot.ground import GroundLayers, draw_ground
from landscape.plot.markers import draw_sign
from landscape.plot.overrides import guarded
from landscape.plot.pane import Pane
from landscape.plot.polyline import lines
from landscape.plot.projection import Projection, device_frame
from landscape.plot.strokes import draw_lines, opaque_pen
from landscape.plot.theme import text_font
from landscape.scene.palette import Theme
from landscape.scene.scene import HyperMapLayer

UNIT = (0.0, 1.0)
ARM = 9.0
"""Half the width of the cross where the run stands."""
LINE = 2.0
HALO = 1.6
READING = 11.5


class HyperSheet(Pane):
    """Draws a map of two hyper-parameters into the rectangle it is given by ``resize``."""

    def __init__(self, theme: Theme, scale: float) -> None:
        super().__init__()
        self._theme, self._scale = theme, scale
        self._layer: HyperMapLayer | None = None
        self._drawn: tuple[Projection, HyperMapLayer, QImage] | None = None
        self._reading: tuple[tuple[float, float], str] | None = None

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Draw in the colours of ``theme``, with lines and signs ``scale`` times as large."""
        self._theme, self._scale, self._drawn = theme, scale, None
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

    @guarded(None)
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
        painter.drawImage(0, 0, self._picture(layer, projection))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if layer.here is not None:
            here = QPointF(*projection.pixels(np.array(layer.here)).tolist())
            _draw_cross(painter, here, unit, layer.color, self._theme)
        if self._reading is not None:
            _draw_reading(painter, *self._reading, projection, self._theme)
        painter.restore()

    def _picture(self, layer: HyperMapLayer, projection: Projection) -> QImage:
        """Return all that stays the same while the run moves on the map, drawn once."""
        same = self._drawn is not None and self._drawn[0] == projection and _look_alike(self._drawn[1], layer)
        if self._drawn is None or not same:
            picture = draw_ground(projection, self._theme, GroundLayers(heat=layer.heat))
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _draw_theory(painter, layer, projection, self._theme)
            painter.end()
            self._drawn = (projection, layer, picture)
        return self._drawn[2]


def _look_alike(before: HyperMapLayer, layer: HyperMapLayer) -> bool:
    alike = before.heat is layer.heat and before.boundary is layer.boundary and before.marks == layer.marks
    return alike and (before.lost, before.boundary_label) == (layer.lost, layer.boundary_label)


def _draw_theory(painter: QPainter, layer: HyperMapLayer, projection: Projection, theme: Theme) -> None:
    """Draw the line of stability and the points that are known, and name them and the empty region."""
    unit, font = projection.unit, text_font(projection.unit)
    taken: list[QRectF] = []
    joined = lines(projection.pixels(layer.boundary))
    joined = joined[np.isfinite(joined).all(axis=1)]
    draw_lines(painter, joined, opaque_pen(theme.halo, (LINE + 2 * HALO) * unit))
    draw_lines(painter, joined, opaque_pen(theme.stage_text, LINE * unit))
    for mark in layer.marks:
        center = QPointF(*projection.pixels(np.array(mark.point)).tolist())
        draw_sign(painter, "degenerate", center, SIGN * unit, theme.stage_text, theme.halo)
        taken.append(write_beside(painter, mark.label, center, font, projection, theme, taken))
    if len(joined):
        taken.append(name_line(painter, layer.boundary_label, joined, font, projection, theme, taken))
    empty = np.ones((1, 1), dtype=bool) if layer.heat is None else np.isnan(layer.heat.shade)[::-1]
    name_empty(painter, layer.lost, empty, font, projection, theme, taken)


def _draw_cross(painter: QPainter, center: QPointF, unit: float, color: str, theme: Theme) -> None:
    arm = ARM * unit
    for ink, width in ((theme.halo, 3.0 + 2 * HALO), (color, 3.0)):
        painter.setPen(QPen(QColor(ink), width * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(center - QPointF(arm, 0), center + QPointF(arm, 0))
        painter.drawLine(center - QPointF(0, arm), center + QPointF(0, arm))


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
