"""The probe and the cut over the map: disc, level lines, axes and gradient at a point, and the line of the cut."""

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem

from landscape.plot.layer import Layer
from landscape.plot.overrides import guarded
from landscape.plot.polyline import clip, lines
from landscape.plot.projection import Projection, device_frame
from landscape.plot.strokes import draw_lines, opaque_pen
from landscape.plot.theme import text_font
from landscape.scene.cut_layer import Cut
from landscape.scene.descent.cut import profile
from landscape.scene.palette import Theme
from landscape.scene.scene import Probe

if TYPE_CHECKING:
    from landscape.geometry.osculating import Osculation

DISC, LEVEL, AXIS, LINE = 1.8, 1.1, 2.2, 2.2
"""Widths of the disc's edge, of level lines, of axes and of the cut."""
HALO = 2.4
SHORT, LONG = 26.0, 130.0
"""Half an axis at the least, and where the disc is infinite."""
GRADIENT = 56.0
"""Length of the arrow along the gradient where the surface is a plane; shorter, the more it curves on the disc."""
STEADY = 0.02
"""Part of the slope in what the surface does on the disc up to which there is no arrow: a critical point."""
ROOMY = 24.0
"""A disc of a smaller radius has no room for level lines."""
HEAD = 8.0
SIGN = 7.0
"""Radius of the signs at the ends of the axes."""
TICK = 7.0
"""Half the bar across the end of a cut."""
FLAT = 1e-6
"""An eigenvalue of less than this part of the other is drawn as 0."""

Vector = NDArray[np.float64]


class ProbeLayer(Layer):
    """Draws the probe and the cut of a scene at a step, over the paths and below the handles."""

    def __init__(self, parent: QGraphicsItem, theme: Theme, scale: float) -> None:
        super().__init__(parent, theme, scale, 6)
        self._probe: Probe | None = None
        self._cut: Cut | None = None
        self._step = 0.0
        self._coming = True

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self._probe is None and self._cut is None

    def show_layers(self, probe: Probe | None, cut: Cut | None) -> None:
        """Show another probe and another cut."""
        if probe is not self._probe or cut is not self._cut:
            before = self._areas()
            self._probe, self._cut = probe, cut
            self._touch(before)

    def set_step(self, step: float) -> None:
        """Show the line of the step that is made now."""
        if step != self._step:
            moves = self._cut is not None and self._cut.along == "step" and int(step) != int(self._step)
            before = self._areas() if moves else []
            self._step = step
            if moves:
                self._touch(before)

    def show_coming(self, shown: bool) -> None:
        """Show a cut along what is still to come of a path, or not."""
        if shown != self._coming:
            self._coming = shown
            self.update()

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw the cut, and over it the probe."""
        frame = device_frame(painter, self._rect)
        if self.empty or frame.width < 2 or frame.height < 2:
            return
        projection = self._projection(frame.width, frame.height, frame.ratio * self._scale)
        painter.save()
        painter.setWorldTransform(frame.world)
        painter.setClipRect(0, 0, frame.width, frame.height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._cut is not None and (self._coming or self._cut.along != "path"):
            draw_cut(painter, self._cut, self._step, projection, self._theme)
        if self._probe is not None:
            draw_probe(painter, self._probe, projection, self._theme)
        painter.restore()

    def _touch(self, left: list[QRectF]) -> None:
        """Have what was left, and what is there now, painted again."""
        for area in (*left, *self._areas()):
            self.update(area)

    def _areas(self) -> list[QRectF]:
        """Return the rectangles in which something is drawn."""
        projection = self._projection(round(self._rect.width()), round(self._rect.height()), self._scale)
        width, height = projection.width, projection.height
        found = []
        if self._probe is not None:
            osculation = self._probe.osculation
            center = projection.pixels(np.array((osculation.point,)))
            disc = osculation.radius * np.abs(projection.factors) if math.isfinite(osculation.radius) else 0.0
            found.append((center - np.maximum(disc, LONG * self._scale), center + np.maximum(disc, LONG * self._scale)))
        points = projection.pixels(profile(self._cut, self._step).points) if self._cut is not None else np.zeros((0, 2))
        points = points[np.isfinite(points).all(axis=1)]
        if len(points):
            found.append((points.min(axis=0), points.max(axis=0)))
        margin, whole = 26 * self._scale, np.array((width, height), dtype=np.float64)
        corners = (np.clip((low.ravel() - margin, high.ravel() + margin), 0.0, whole) for low, high in found)
        return [QRectF(QPointF(*low), QPointF(*high)).translated(self._rect.topLeft()) for low, high in corners]


def draw_cut(painter: QPainter, cut: Cut, step: float, projection: Projection, theme: Theme) -> None:
    """Draw the line of a cut with a bar and a letter at each end."""
    points = projection.pixels(profile(cut, step).points)
    if len(points) < 2:
        return
    unit = projection.unit
    margin = 12 * unit
    box = (-margin, -margin, projection.width + margin, projection.height + margin)
    shown, _ = clip(lines(points), box)
    draw_lines(painter, shown, opaque_pen(theme.halo, (LINE + HALO) * unit))
    draw_lines(painter, shown, opaque_pen(cut.color, LINE * unit))
    for letter, end, inner in (("A", points[0], points[1]), ("B", points[-1], points[-2])):
        _draw_end(painter, letter, end, end - inner, cut.color, projection, theme)


def _draw_end(
    painter: QPainter, letter: str, end: Vector, outwards: Vector, color: str, projection: Projection, theme: Theme
) -> None:
    """Draw the bar across the end of a cut, and its letter beyond it but within the picture."""
    length = float(np.hypot(*outwards))
    if not 0.0 < length < np.inf:
        return
    unit = projection.unit
    along = outwards / length
    across = np.array((-along[1], along[0])) * TICK * unit
    for ink, width in ((theme.halo, LINE + HALO), (color, LINE)):
        painter.setPen(QPen(QColor(ink), width * unit))
        painter.drawLine(QPointF(*(end - across)), QPointF(*(end + across)))
    room = 12 * unit
    x, y = np.clip(end + 15 * unit * along, room, np.array((projection.width, projection.height)) - room).tolist()
    if math.dist((x, y), end.tolist()) < 60 * unit:
        _write(painter, letter, QPointF(x, y), color, unit, theme)


def _write(painter: QPainter, text: str, at: QPointF, color: str, unit: float, theme: Theme) -> None:
    """Write a letter around a place, on a small disc so that it is read on every ground."""
    painter.setPen(QPen(QColor(color), 1.2 * unit))
    painter.setBrush(QColor(theme.halo))
    radius = SIGN * unit
    painter.drawEllipse(at, radius, radius)
    painter.setFont(text_font(unit, size=10.5, bold=True))
    box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def draw_probe(painter: QPainter, probe: Probe, projection: Projection, theme: Theme) -> None:
    """Draw disc, level lines, axes and gradient of a probe."""
    found, unit = probe.osculation, projection.unit
    center = projection.pixels(np.array(found.point))
    if 0.0 < found.radius < math.inf:
        _draw_disc(painter, probe, center, projection, theme)
    if np.isfinite(found.eigenvalues).all():
        largest = max(map(abs, found.eigenvalues))
        for value, axis in zip(found.eigenvalues, found.axes, strict=True):
            relative = value / largest if largest else 0.0
            color = probe.rising_color if relative > FLAT else probe.falling_color if relative < -FLAT else theme.muted
            sign = "+" if relative > FLAT else "−" if relative < -FLAT else "0"
            _draw_axis(painter, sign, color, center, _half(axis, found.radius, projection), projection, theme)
    share = sloping(found)
    if share > STEADY:
        way = np.array(found.gradient) * projection.factors
        length = GRADIENT * unit * (0.35 + 0.65 * share)
        _draw_arrow(painter, probe.gradient_color, center, length * way / np.hypot(*way), unit, theme)


def sloping(found: "Osculation") -> float:
    """Return the part of the slope in what the paraboloid does on the disc, from 0 at a critical point to 1 on a plane.

    Of an infinite disc, the part that covers the domain counts; NaN where there is no paraboloid.
    """
    radius = min(found.radius or found.reach, found.reach)
    linear = math.hypot(*found.gradient) * radius
    curved = max(map(abs, found.eigenvalues)) / 2 * radius * radius
    return linear / (linear + curved) if linear + curved > 0 else 0.0


def _draw_disc(painter: QPainter, probe: Probe, center: Vector, projection: Projection, theme: Theme) -> None:
    unit, radius = projection.unit, probe.osculation.radius * np.abs(projection.factors)
    margin = 4 * unit
    box = (-margin, -margin, projection.width + margin, projection.height + margin)
    if float(radius.min()) > ROOMY * unit:
        shown, _ = clip(lines(projection.pixels(probe.levels)), box)
        draw_lines(painter, shown, opaque_pen(probe.color, LEVEL * unit))
    turn = np.linspace(0.0, 2 * np.pi, 361)
    edge = center + radius * np.stack((np.cos(turn), np.sin(turn)), axis=1)
    shown, _ = clip(lines(edge), box)
    draw_lines(painter, shown, opaque_pen(theme.halo, (DISC + HALO) * unit))
    draw_lines(painter, shown, opaque_pen(probe.color, DISC * unit))


def _half(axis: tuple[float, float], radius: float, projection: Projection) -> Vector:
    """Return half an axis in pixels: as long as the disc reaches, but never too short to be seen."""
    way: Vector = np.array(axis) * projection.factors
    length = float(np.hypot(*way))
    wanted = (
        min(radius * length, max(projection.width, projection.height)) if radius < math.inf else LONG * projection.unit
    )
    return way / length * max(wanted, SHORT * projection.unit)


def _draw_axis(
    painter: QPainter, sign: str, color: str, center: Vector, half: Vector, projection: Projection, theme: Theme
) -> None:
    """Draw an axis with the sign of its eigenvalue at both ends, those in the picture."""
    unit = projection.unit
    for ink, width in ((theme.halo, AXIS + HALO), (color, AXIS)):
        painter.setPen(QPen(QColor(ink), width * unit))
        painter.drawLine(QPointF(*(center - half)), QPointF(*(center + half)))
    for way in (-half, half):
        room = 12 * unit
        size = np.array((projection.width, projection.height))
        with np.errstate(divide="ignore", invalid="ignore"):
            limits = np.where(way > 0, (size - room - center) / way, np.where(way < 0, (room - center) / way, np.inf))
        end = center + min(1.0, max(float(limits.min()), 0.0)) * way
        _write(painter, sign, QPointF(*end), color, unit, theme)


def _draw_arrow(painter: QPainter, color: str, start: Vector, way: Vector, unit: float, theme: Theme) -> None:
    """Draw an arrow; ``way`` is its length in pixels."""
    along = way / np.hypot(*way)
    across = np.array((-along[1], along[0]))
    tip = start + way
    neck = tip - HEAD * unit * along
    head = QPolygonF(
        [QPointF(*each) for each in (tip, neck + 0.55 * HEAD * unit * across, neck - 0.55 * HEAD * unit * across)]
    )
    for ink, extra in ((theme.halo, HALO), (color, 0.0)):
        painter.setPen(QPen(QColor(ink), (AXIS + extra) * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(QColor(ink))
        painter.drawLine(QPointF(*start), QPointF(*neck))
        painter.setPen(
            QPen(
                QColor(ink),
                max(extra, 0.5) * unit,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        painter.drawPolygon(head)
