"""The panel on which the data of a data surface is drawn."""

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.GraphicsScene.mouseEvents import HoverEvent, MouseClickEvent, MouseDragEvent
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSceneWheelEvent

from landscape.plot.overrides import guarded
from landscape.plot.pane import Pane
from landscape.plot.polyline import clip, lines
from landscape.plot.projection import Projection
from landscape.plot.strokes import draw_lines, opaque_pen
from landscape.plot.theme import text_font
from landscape.scene.layers import Range
from landscape.scene.palette import Theme
from landscape.scene.scene import Inset, Path, Scene

MAX_HANDLES = 60
"""With more rows than this the points are shown, but cannot be dragged."""


class Panel(Pane):
    """Names, model curves, and points where they have no handles."""

    def __init__(self, box: QGraphicsItem, theme: Theme, scale: float) -> None:
        super().__init__(box)
        self.theme, self.unit = theme, scale
        self.inset: Inset | None = None
        self._paths: tuple[Path, ...] = ()
        self._step = 0.0
        self._ranges: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))
        self.setZValue(15)

    def show_scene(self, scene: Scene, *, keep_ranges: bool) -> bool:
        """Take over the scene's data; return whether there is anything new."""
        if scene.inset is self.inset and scene.paths == self._paths:
            return False
        fresh = self.inset is None or scene.inset is None or len(self.inset.points) != len(scene.inset.points)
        self.inset, self._paths = scene.inset, scene.paths
        if fresh or not keep_ranges:
            self.fit()
        self.update()
        return True

    def fit(self) -> None:
        """Show all points with some room around them."""
        if self.inset is not None and len(self.inset.points):
            self._ranges = _padded(self.inset.points[:, 0]), _padded(self.inset.points[:, 1])
            self.update()

    def set_step(self, step: float) -> None:
        """Draw the models as they are after ``step`` steps."""
        if step != self._step:
            self._step = step
            if self.inset is not None and self.inset.predictions:
                self.update()

    def plot_area(self) -> QRectF:
        """Return the part of the panel in which the points lie."""
        scale = self.unit
        return self._rect.adjusted(22 * scale, 12 * scale, -12 * scale, -22 * scale)

    def _projection(self) -> Projection:
        area, (x, y) = self.plot_area(), self._ranges
        width, height = max(1, int(area.width())), max(1, int(area.height()))
        return Projection(x=x, y=y, width=width, height=height, unit=self.unit)

    def position(self, point: NDArray[np.float64]) -> QPointF:
        """Return where a data point lies on the panel."""
        across, down = self._projection().pixels(point)
        return self.plot_area().topLeft() + QPointF(float(across), float(down))

    def point(self, position: QPointF) -> tuple[float, float]:
        """Return the data point at a position on the panel."""
        place = position - self.plot_area().topLeft()
        return self._projection().point(place.x(), place.y())

    def hoverEvent(self, event: HoverEvent) -> None:
        """Keep drags and clicks on the panel from the map below."""
        if not event.isExit():
            event.acceptDrags(Qt.MouseButton.LeftButton)
            event.acceptClicks(Qt.MouseButton.LeftButton)

    def mouseDragEvent(self, event: MouseDragEvent) -> None:
        """Swallow a drag."""
        event.accept()

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        """Swallow a click."""
        event.accept()

    @guarded(None)
    def wheelEvent(self, event: QGraphicsSceneWheelEvent) -> None:
        """Swallow a turn of the wheel."""
        event.accept()

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw all of it."""
        if self.inset is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self.theme.panel)
        ground.setAlphaF(0.93)
        painter.setPen(QPen(QColor(self.theme.line), self.unit))
        painter.setBrush(ground)
        painter.drawRoundedRect(self._rect.adjusted(0.5, 0.5, -0.5, -0.5), 6 * self.unit, 6 * self.unit)
        self._draw_names(painter, self.inset)
        self._draw_models(painter, self.inset)
        if len(self.inset.points) > MAX_HANDLES:
            self._draw_points(painter, self.inset)

    def _draw_names(self, painter: QPainter, inset: Inset) -> None:
        painter.setFont(text_font(self.unit))
        painter.setPen(QColor(self.theme.muted))
        area, room = self.plot_area(), 20 * self.unit
        below = QRectF(area.left(), self._rect.bottom() - room, area.width(), room)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, inset.input_name)
        painter.save()
        painter.translate(self._rect.left(), area.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, area.height(), room), Qt.AlignmentFlag.AlignCenter, inset.target_name)
        painter.restore()
        painter.setPen(QPen(QColor(self.theme.line), self.unit))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.topLeft())

    def _draw_models(self, painter: QPainter, inset: Inset) -> None:
        projection, area = self._projection(), self.plot_area()
        painter.save()
        painter.setClipRect(area)
        painter.translate(area.topLeft())
        box = (-4.0, -4.0, projection.width + 4.0, projection.height + 4.0)
        for path, rows in zip(self._paths, inset.predictions, strict=False):
            if len(rows) and len(inset.inputs) > 1:
                curve = np.stack((inset.inputs, between(rows, self._step)), axis=1)
                pen = opaque_pen(path.color, 2.2 * self.unit)
                draw_lines(painter, clip(lines(projection.pixels(curve)), box)[0], pen)
        painter.restore()

    def _draw_points(self, painter: QPainter, inset: Inset) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.text))
        for point in inset.points:
            painter.drawEllipse(self.position(point), 2.4 * self.unit, 2.4 * self.unit)


def between(rows: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Return the row at a step that may lie between two rows, or the last one beyond the end."""
    whole = min(int(step), len(rows) - 1)
    following = min(whole + 1, len(rows) - 1)
    with np.errstate(over="ignore", invalid="ignore"):
        mixed: NDArray[np.float64] = rows[whole] + (step - int(step)) * (rows[following] - rows[whole])
    return mixed


def _padded(values: NDArray[np.float64]) -> Range:
    """Return the range of some values with a fifth of it on each side."""
    low, high = float(np.min(values)), float(np.max(values))
    room = 0.2 * (high - low) or max(1.0, abs(low)) * 0.5
    return low - room, high + room
