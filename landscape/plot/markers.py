"""Critical points over the map, by shape: triangles, crosses with their axes, diamonds; valleys and kinks as lines."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject

from landscape.plot.overrides import guarded
from landscape.plot.polyline import clip, lines
from landscape.plot.projection import Projection
from landscape.plot.strokes import draw_lines, opaque_pen
from landscape.scene.palette import LIGHT, Theme
from landscape.scene.scene import Marker, MarkerKind

RADIUS = 5.5
CROWD = 60
"""From so many on the signs are drawn smaller."""
CROWDED = 0.72
LONG = 1.75
"""Length of the arm along which f falls, in parts of the other one."""
HALO = 1.7
WIDTH = 1.9
"""Of the line along a valley; that along a kink is thinner, and so are many, which have no halo."""
MANY_CURVES = 4
SHAPES: dict[MarkerKind, tuple[tuple[float, float], ...]] = {
    "minimum": ((-1.0, -0.72), (1.0, -0.72), (0.0, 1.0)),
    "maximum": ((-1.0, 0.72), (1.0, 0.72), (0.0, -1.0)),
    "degenerate": ((-1.05, 0.0), (0.0, -1.05), (1.05, 0.0), (0.0, 1.05)),
    "kink": ((-1.0, 0.6), (0.0, -0.75), (1.0, 0.6)),
}


def draw_markers(painter: QPainter, markers: Sequence[Marker], projection: Projection, theme: Theme) -> None:
    """Draw the signs in view: ▼ minimum, ▲ maximum, ✕ saddle, ◇ degenerate, ∧ kink, and curves as lines."""
    unit = projection.unit * (CROWDED if len(markers) > CROWD else 1.0)
    curves = [marker for marker in markers if marker.lines]
    many = len(curves) > MANY_CURVES
    for curve in curves:
        width = WIDTH * (0.5 if curve.kind == "kink" or many else 1.0)
        _draw_curve(painter, curve, projection, theme, width * projection.unit, halo=not many)
    points = projection.pixels(np.array([marker.point for marker in markers], dtype=np.float64).reshape(-1, 2))
    for marker, (across, down) in zip(markers, points.tolist(), strict=True):
        near = -RADIUS * unit < across < projection.width + RADIUS * unit
        if marker.lines or not (near and -RADIUS * unit < down < projection.height + RADIUS * unit):
            continue
        center = QPointF(across, down)
        if marker.kind == "saddle":
            draw_saddle(painter, center, _seen_axes(marker, projection), unit, theme)
        else:
            draw_sign(painter, marker.kind, center, RADIUS * unit, theme.stage_text, theme.halo)


def draw_sign(painter: QPainter, kind: MarkerKind, center: QPointF, radius: float, ink: str, halo: str) -> None:
    """Draw one sign, without a saddle's axes; the halo sets it off from any ground."""
    pen = QPen(QColor(halo), 2 * HALO / RADIUS * radius, Qt.PenStyle.SolidLine)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    thin = QPen(QColor(ink), 0.34 * radius, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if kind in ("saddle", "valley"):
        strokes = _CROSS if kind == "saddle" else _DASH
        for style, width in ((pen, 0.34 * radius + 2 * HALO / RADIUS * radius), (thin, 0.34 * radius)):
            style.setWidthF(width)
            painter.setPen(style)
            for (x0, y0), (x1, y1) in strokes:
                painter.drawLine(center + QPointF(x0, y0) * radius, center + QPointF(x1, y1) * radius)
        return
    shape = QPolygonF([center + QPointF(*corner) * radius for corner in SHAPES[kind]])
    draw = painter.drawPolyline if kind == "kink" else painter.drawPolygon
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen.setWidthF(pen.widthF() + 0.34 * radius)
    painter.setPen(pen)
    draw(shape)
    painter.setPen(thin)
    painter.setBrush(QColor(ink) if kind in ("minimum", "maximum") else Qt.BrushStyle.NoBrush)
    draw(shape)


_CROSS = (((-0.8, -0.8), (0.8, 0.8)), ((-0.8, 0.8), (0.8, -0.8)))
_DASH = (((-1.0, 0.0), (1.0, 0.0)),)


def draw_saddle(painter: QPainter, center: QPointF, axes: list[QPointF], unit: float, theme: Theme) -> None:
    """Draw a cross whose arms are the axes: along the one f falls to both sides, along the other it rises."""
    arms = axes or [QPointF(0.71, 0.71), QPointF(0.71, -0.71)]
    lengths = (RADIUS * LONG, RADIUS) if axes else (RADIUS, RADIUS)
    for ink, extra in ((theme.halo, 2 * HALO), (theme.stage_text, 0.0)):
        for arm, length in zip(arms, lengths, strict=True):
            width = (1.9 + extra) * unit
            painter.setPen(QPen(QColor(ink), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(center - arm * length * unit, center + arm * length * unit)


def _seen_axes(marker: Marker, projection: Projection) -> list[QPointF]:
    """Return the saddle's axes as directions of length 1 in the picture."""
    along = np.array(marker.axes, dtype=np.float64).reshape(-1, 2) * projection.factors
    sizes = np.hypot(along[:, 0], along[:, 1])
    return [QPointF(x / size, y / size) for (x, y), size in zip(along.tolist(), sizes.tolist(), strict=True)]


def _draw_curve(
    painter: QPainter, marker: Marker, projection: Projection, theme: Theme, width: float, *, halo: bool
) -> None:
    box = -8.0, -8.0, projection.width + 8.0, projection.height + 8.0
    for points in marker.lines:
        joined, _ = clip(lines(projection.pixels(points)), box)
        joined = joined[np.isfinite(joined).all(axis=1)]
        for ink, part in ((theme.halo, 2.2), (theme.stage_text, 1.0))[0 if halo else 1 :]:
            draw_lines(painter, joined, opaque_pen(ink, part * width))


class Rings(QGraphicsObject):
    """Rings around the markers that are pointed at or chosen, above everything on the map."""

    def __init__(self, parent: QGraphicsItem, theme: Theme) -> None:
        super().__init__(parent)
        self.setZValue(50)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._theme = theme
        self._scale = 1.0
        self._places: list[tuple[QPointF, bool]] = []

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Use other colours and another size."""
        self._theme, self._scale = theme, scale
        self.update()

    def place(self, places: list[tuple[QPointF, bool]]) -> None:
        """Put a ring at each position; True: of what is chosen."""
        if places != self._places:
            self.prepareGeometryChange()
            self._places = places
            self.update()

    @guarded(QRectF())
    def boundingRect(self) -> QRectF:
        """Return the rectangle around all rings."""
        area = QRectF()
        reach = 14 * self._scale
        for center, _ in self._places:
            area = area.united(QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach))
        return area

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint the rings."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for center, chosen in self._places:
            ink = LIGHT.accent if chosen else self._theme.stage_text
            for color, width in ((self._theme.halo, 4.6), (ink, 2.2)):
                painter.setPen(QPen(QColor(color), width * self._scale))
                painter.drawEllipse(center, 10.5 * self._scale, 10.5 * self._scale)


def nearest(
    markers: Sequence[Marker], point: tuple[float, float], projection: Projection, reach: float = 10.0
) -> Marker | None:
    """Return the marker within ``reach`` pixels of a surface point, the nearest one; None where there is none."""
    across, down = projection.pixels(np.array(point)).tolist()
    best, least = None, reach
    for marker in markers:
        if marker.lines:
            distance = _distance(marker, across, down, projection) + 0.5 * reach
        else:
            x, y = projection.pixels(np.array(marker.point)).tolist()
            distance = math.hypot(x - across, y - down)
        if distance <= least:
            best, least = marker, distance
    return best


def _distance(marker: Marker, across: float, down: float, projection: Projection) -> float:
    seen = [projection.pixels(points) - (across, down) for points in marker.lines]
    return min(float(np.hypot(each[:, 0], each[:, 1]).min()) for each in seen)
