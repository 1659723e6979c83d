"""Populations over the map or the relief: discs for members, rings for what was refused, and what they search with."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem

from landscape.plot.layer import Layer
from landscape.plot.overrides import guarded
from landscape.plot.projection import Plane, device_frame
from landscape.scene.layers import Heat
from landscape.scene.palette import Theme
from landscape.scene.population_layer import Population
from landscape.scene.question import Array

RADIUS = 3.6
"""Of a member, in units of line width."""
WIDTH, FAINT, HALO = 1.8, 1.2, 1.6
FAINTNESS, TINT = 0.55, 0.18
"""How much of its colour a faint line has, and what is inside of one that is filled."""
HIDDEN = 0.3
"""Opacity of a member that the surface hides."""
MOST = 4000.0
"""Pixels beyond the map to which lines are drawn."""


class PopulationLayer(Layer):
    """Draws the populations of a scene at a step, over the paths."""

    def __init__(self, parent: QGraphicsItem, theme: Theme, scale: float) -> None:
        super().__init__(parent, theme, scale, 4)
        self._populations: tuple[Population, ...] = ()
        self._heat: Heat | None = None
        self._step = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self._populations

    def show_populations(self, populations: tuple[Population, ...], heat: Heat | None) -> None:
        """Show other populations, on a surface."""
        if populations is not self._populations or heat is not self._heat:
            self._change(lambda: self._set(populations, heat))

    def _set(self, populations: tuple[Population, ...], heat: Heat | None) -> None:
        self._populations, self._heat = populations, heat

    def set_step(self, step: float) -> None:
        """Show the members after another step."""
        if int(step) != self._step:
            self._change(lambda: setattr(self, "_step", int(step)))

    def _change(self, change: Callable[[], None]) -> None:
        before = self.empty
        change()
        if not (before and self.empty):
            self.update()

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw them all."""
        if self.empty:
            return
        # Loaded with the first strategy, not with the first picture.
        from landscape.scene.descent.population import drawn

        frame = device_frame(painter, self._rect)
        if frame.width < 2 or frame.height < 2:
            return
        plane = self._plane(frame.width, frame.height, frame.ratio * self._scale)
        painter.save()
        painter.setWorldTransform(frame.world)
        painter.setClipRect(0, 0, frame.width, frame.height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for population in self._populations:
            figure = drawn(population, self._step, self._heat)
            for part, points in figure.levels:
                self._draw_line(painter, plane, points, self._theme.stage_text, faint=part < 0.5)
            for line in figure.lines:
                color = line.color or population.color
                self._draw_line(painter, plane, line.points, color, faint=line.faint, filled=line.filled)
            self._draw_points(painter, plane, figure.rings, population.color, hollow=True)
            self._draw_points(painter, plane, figure.points, population.color)
        painter.restore()

    def _draw_line(
        self, painter: QPainter, plane: Plane, points: Array, color: str, *,
        faint: bool = False, filled: bool = False,
    ) -> None:  # fmt: skip
        path = _path(plane, self._laid(points))
        ink = QColor(color)
        if filled:
            tint = QColor(color)
            tint.setAlphaF(TINT)
            painter.fillPath(path, tint)
        style = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        if not faint:
            painter.strokePath(path, QPen(QColor(self._theme.halo), (WIDTH + HALO) * plane.unit, *style))
        else:
            ink.setAlphaF(FAINTNESS)
        painter.strokePath(path, QPen(ink, (FAINT if faint else WIDTH) * plane.unit, *style))

    def _draw_points(self, painter: QPainter, plane: Plane, points: Array, color: str, *, hollow: bool = False) -> None:
        radius = RADIUS * plane.unit * (1.25 if hollow else 1.0)
        rim = QPen(QColor(color) if hollow else QColor(self._theme.halo), (1.4 if hollow else 1.2) * plane.unit)
        painter.setPen(rim)
        painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QColor(color))
        pixels = plane.pixels(points.reshape(-1, 2))
        clear = self._clear(plane, points.reshape(-1, 2))
        for (across, down), shown in zip(
            pixels[near := _near(plane, pixels)].tolist(), clear[near].tolist(), strict=True
        ):
            painter.setOpacity(1.0 if shown else HIDDEN)
            painter.drawEllipse(QPointF(across, down), radius, radius)
        painter.setOpacity(1.0)

    def _laid(self, points: Array) -> Array:
        """Return a polyline (k, 2) as it lies on what is seen."""
        return points

    def _clear(self, _plane: Plane, points: Array) -> NDArray[np.bool_]:
        """Tell which points (k, 2) of the surface nothing hides."""
        return np.ones(len(points), np.bool_)


def _near(plane: Plane, pixels: Array) -> NDArray[np.bool_]:
    """Tell which points in pixels are in the picture or near it."""
    with np.errstate(invalid="ignore"):
        near: NDArray[np.bool_] = (pixels > -20.0) & (pixels < np.array([plane.width, plane.height]) + 20.0)
    return np.logical_and(near[:, 0], near[:, 1])


def _path(plane: Plane, points: Array) -> QPainterPath:
    """Return polylines as a path; what is far out of view is drawn only as far as ``MOST`` pixels."""
    size = np.array([plane.width, plane.height])
    pixels = np.clip(plane.pixels(points), -MOST, size + MOST)
    path, open_piece = QPainterPath(), False
    for across, down in pixels.tolist():
        if not np.isfinite(across + down):
            open_piece = False
        elif open_piece:
            path.lineTo(across, down)
        else:
            path.moveTo(across, down)
            open_piece = True
    return path
