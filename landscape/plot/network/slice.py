"""The landscapes of two networks side by side: colour and contour lines, the path of the training, an optimizer's."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from landscape.plot.network.twins import GAP, HEAD, paint_head
from landscape.plot.pixels import color_image
from landscape.plot.polyline import clip, lines
from landscape.plot.projection import Projection
from landscape.plot.strokes import draw_lines, opaque_pen, sheer_pen
from landscape.plot.theme import rgb
from landscape.scene.network.slice import SliceScene, SliceTwin
from landscape.scene.palette import RUN_COLORS, Theme

CORNER = 6.0
PATH, HALO = 2.4, 1.6
HEAD_RADIUS = 5.0
HIGHEST = 24.0
"""Free part above the slices, where there is room."""


class SlicePlot:
    """Draws both slices, and tells which point of which is where."""

    def __init__(self) -> None:
        self._images: dict[int, tuple[SliceTwin, str, QImage]] = {}
        self._boxes: dict[int, tuple[QRectF, Projection]] = {}

    def place_at(self, position: QPointF) -> tuple[int, tuple[float, float]] | None:
        """Return the network and the point of its slice at a position; None beside them."""
        for twin, (box, seen) in self._boxes.items():
            if box.contains(position):
                return twin, seen.point(position.x() - box.left(), position.y() - box.top())
        return None

    def paint(self, painter: QPainter, area: QRectF, scene: SliceScene, step: float, unit: float, theme: Theme) -> None:
        """Paint both into ``area``, their paths up to ``step``."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = max(min((area.width() - GAP * unit) / 2, area.height() - HEAD * unit), 1.0)
        left = area.center().x() - side - GAP * unit / 2
        top = area.top() + min(max(0.0, (area.height() - HEAD * unit - side) / 2), HIGHEST * unit)
        self._boxes.clear()
        names = [each.name for each in scene.twins]
        for index, twin in enumerate(scene.twins):
            x = left + index * (side + GAP * unit)
            head = QRectF(x, top, side, HEAD * unit)
            paint_head(painter, head, twin.name, twin.color, twin.note, unit, theme, lost=False, alike=names)
            self._paint_twin(painter, QRectF(x, head.bottom(), side, side), index, scene, step, unit, theme)
        painter.restore()

    def _paint_twin(
        self, painter: QPainter, box: QRectF, index: int, scene: SliceScene, step: float, unit: float, theme: Theme
    ) -> None:
        twin = scene.twins[index]
        painter.save()
        corners = QPainterPath()
        corners.addRoundedRect(box, CORNER * unit, CORNER * unit)
        painter.setClipPath(corners)
        painter.fillRect(box, QColor(theme.raised))
        if twin.cut is not None:
            width, height = max(int(box.width()), 1), max(int(box.height()), 1)
            seen = Projection(x=twin.cut.x, y=twin.cut.y, width=width, height=height, unit=unit)
            self._boxes[index] = box, seen
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._image(index, twin, scene.colors, theme))
            painter.translate(box.topLeft())
            for line in twin.lines:
                _stroke(painter, seen, line, sheer_pen(theme.stage_text, unit, 0.35))
            done = twin.cut.path[: max(int(np.searchsorted(twin.frames, step, side="right")), 1)]
            _paint_path(painter, seen, done, twin.color, unit, theme)
            if len(twin.descent):
                _paint_path(painter, seen, twin.descent, RUN_COLORS[1], unit, theme)
        painter.restore()

    def _image(self, index: int, twin: SliceTwin, colors: NDArray[np.uint8], theme: Theme) -> QImage:
        kept = self._images.get(index)
        if kept is None or kept[0] is not twin or kept[1] != theme.name:
            kept = twin, theme.name, _drawn(twin, colors, theme)
            self._images[index] = kept
        return kept[2]


def _drawn(twin: SliceTwin, colors: NDArray[np.uint8], theme: Theme) -> QImage:
    """Return the losses as a small picture; row 0 at the top."""
    if twin.shade is None:
        return QImage()
    finite = np.isfinite(twin.shade)
    known = colors[np.where(finite, twin.shade * 255.0, 0.0).astype(np.uint8)]
    return color_image(np.where(finite[..., None], known, np.array(rgb(theme.invalid), np.uint8)), upward=True)


def _paint_path(
    painter: QPainter, seen: Projection, points: NDArray[np.float64], color: str, unit: float, theme: Theme
) -> None:
    """Paint a path with its start and its head."""
    _stroke(painter, seen, points, opaque_pen(theme.halo, (PATH + 2 * HALO) * unit))
    _stroke(painter, seen, points, opaque_pen(color, PATH * unit))
    start, head = (QPointF(*seen.pixels(points[end]).tolist()) for end in (0, -1))
    painter.setPen(QPen(QColor(color), 1.6 * unit))
    painter.setBrush(QColor(theme.halo))
    painter.drawEllipse(start, HEAD_RADIUS * unit, HEAD_RADIUS * unit)
    painter.setPen(QPen(QColor(theme.halo), 1.6 * unit))
    painter.setBrush(QColor(color))
    painter.drawEllipse(head, HEAD_RADIUS * unit, HEAD_RADIUS * unit)


def _stroke(painter: QPainter, seen: Projection, polyline: NDArray[np.float64], pen: QPen) -> None:
    if len(polyline) > 1:
        box = (-8.0, -8.0, seen.width + 8.0, seen.height + 8.0)
        draw_lines(painter, clip(lines(seen.pixels(polyline)), box)[0], pen)
