"""Arrows over the map: what the present step of a run is made of, from where the run is.

The step has its true length, though never so short that it could not be seen. The gradient and the momentum share one
scale, in which the longer one has always the same length; so do the rates of both coordinates.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from landscape.plot.layer import Layer
from landscape.plot.lens import Figure, draw_figure
from landscape.plot.overrides import guarded
from landscape.plot.projection import Plane, carried, device_frame
from landscape.scene.palette import ROLE_COLORS, Theme
from landscape.scene.scene import StepLayer

if TYPE_CHECKING:
    from landscape.scene.descent.step import StepArrow

LONG = {"gradient": 84.0, "momentum": 84.0, "scaling": 40.0}
"""The longest arrow of a kind, in units of line width."""
SHORTEST = 14.0
"""A step that is shorter on the map is drawn so long."""
REACH = 100.0
"""Nothing but the step lies farther from its point."""


class StepArrowsLayer(Layer):
    """Draws the arrows of the step that is explained."""

    def __init__(self, parent: QGraphicsItem, theme: Theme, scale: float) -> None:
        super().__init__(parent, theme, scale, 6)
        self._layer: StepLayer | None = None
        self._step = 0
        self._point = np.zeros(2)
        self._arrows: tuple[StepArrow, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self._arrows

    def show_layer(self, layer: StepLayer | None) -> None:
        """Show the steps of another run, or of none."""
        if layer is not self._layer:
            self._layer = layer
            self._follow()

    def set_step(self, step: float) -> None:
        """Show the step that the play head is in."""
        if int(step) != self._step:
            self._step = int(step)
            if self._layer is not None:
                self._follow()

    def _follow(self) -> None:
        left = self._area()
        self._arrows = ()
        if self._layer is not None:
            # Loaded with the first step that is explained, not with the first picture.
            from landscape.scene.descent.step import step_arrows

            told = self._layer.explainer.at(self._step)
            self._point, self._arrows = np.array(told.point), step_arrows(self._layer, told)
        self.update(left)
        self.update(self._area())

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw the arrows, the step last."""
        frame = device_frame(painter, self._rect)
        if self.empty or frame.width < 2 or frame.height < 2:
            return
        projection = self._plane(frame.width, frame.height, frame.ratio * self._scale)
        across, down = np.clip(projection.pixels(self._point), -1e6, 1e6).tolist()
        if not np.isfinite(across + down):
            return
        painter.save()
        painter.setWorldTransform(frame.world)
        painter.setClipRect(0, 0, frame.width, frame.height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(across, down)
        painter.scale(projection.unit, projection.unit)
        for arrow, end in zip(self._arrows, self._ends(projection), strict=True):
            if end.any() and np.isfinite(end).all():
                drawn = Figure(lines=[], arrows=[np.stack((np.zeros(2), end))])
                draw_figure(painter, drawn, ROLE_COLORS[arrow.role], self._theme)
        painter.restore()

    def _ends(self, projection: Plane) -> list[NDArray[np.float64]]:
        """Return where each arrow ends, in units of line width from the point, y downwards."""
        factors, unit = projection.factors_at(self._point), projection.unit
        given = [_bounded(np.array(arrow.vector)) for arrow in self._arrows]
        vectors = [
            (projection.moved(self._point, vector) if arrow.exact else carried(vector, factors)) / unit
            for arrow, vector in zip(self._arrows, given, strict=True)
        ]
        ends = []
        for arrow, vector in zip(self._arrows, vectors, strict=True):
            if arrow.exact:
                size = float(np.hypot(*vector))
                ends.append(vector * max(1.0, SHORTEST / size) if size else vector)
                continue
            kin = ("scaling",) if arrow.role == "scaling" else ("gradient", "momentum")
            longest = max(
                float(np.hypot(*each)) for one, each in zip(self._arrows, vectors, strict=True) if one.role in kin
            )
            ends.append(vector * (LONG[arrow.role] / longest) if longest else vector)
        return ends

    def _area(self) -> QRectF:
        """Return where the arrows are; empty for none."""
        if not self._arrows:
            return QRectF()
        projection = self._plane(round(self._rect.width()), round(self._rect.height()), self._scale)
        across, down = np.clip(projection.pixels(self._point), -1e6, 1e6).tolist()
        if not np.isfinite(across + down):
            return QRectF()
        farthest = max((float(np.abs(end).max()) for end in self._ends(projection)), default=0.0)
        reach = (min(max(REACH, farthest + 16.0), 1e5)) * self._scale
        center = self._rect.topLeft() + QPointF(across, down)
        return QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach)


def _bounded(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a vector that can be scaled without overflow, in its direction."""
    size = float(np.abs(vector).max())
    return vector / size * 1e100 if size > 1e100 else vector
