"""The lens over the map: the level lines of the local quadratic, and arrows along which the surface falls.

The quadratic ½ dᵀHd has the same form around every point with the Hessian H: an ellipse where both eigenvalues have one
sign, a hyperbola at a saddle, two straight lines where one eigenvalue is 0. Its axes lie along the eigenvectors and are
as long as 1/√|λ| in the same unit. The figure is drawn in one size, whatever the level, so that it can always be read:
what it tells is direction and proportion; how large the eigenvalues are stands in the panel beside the map.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem

from landscape.geometry.curvature import eigenvalues, eigenvectors
from landscape.plot.layer import Layer
from landscape.plot.overrides import guarded
from landscape.plot.projection import Plane, carried, device_frame
from landscape.scene.palette import Theme
from landscape.scene.scene import Lens

LONG = 44.0
"""Half the longer axis, in units of line width."""
SHORT = 3.5
"""Half the shorter axis at the least, so that an ellipse does not close."""
NARROWEST = 1e-4
"""Ratio of the eigenvalues below which the smaller counts as 0: along its axis the quadratic is flat."""
ARROW = 6.0
WIDTH, HALO = 1.9, 2.0
REACH = LONG + 2 * ARROW
"""Nothing of a lens lies farther from its point."""

Strokes = list[NDArray[np.float64]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Figure:
    """What is drawn around a point, in units of line width, y downwards."""

    lines: Strokes
    """Polylines (k, 2)."""
    arrows: Strokes
    """Polylines (2, 2) that end in an arrowhead: downhill."""


def figure(entries: NDArray[np.float64], factors: NDArray[np.float64]) -> Figure:
    """Return the figure of a Hessian xx, xy, yy, empty for none.

    Args:
        entries: The Hessian.
        factors: Pixels of one unit of x and of y, or a matrix, see :func:`~landscape.plot.projection.carried`.
    """
    values, nothing = eigenvalues(entries), Figure(lines=[], arrows=[])
    steepest = float(np.abs(values).max())
    if not 0.0 < steepest < np.inf:
        return nothing
    relative = values / steepest
    flat = np.abs(relative) < NARROWEST
    with np.errstate(divide="ignore"):
        lengths = 1 / np.sqrt(np.where(flat, NARROWEST, np.abs(relative)))
    axes = carried(eigenvectors(entries / steepest) * lengths[:, None], factors)
    if not np.isfinite(axes).all() or not axes.any():
        return nothing
    falling = (relative < 0) & ~flat
    if flat.any():
        curved, along = axes[~flat][0], axes[flat][0]
        return _trough(curved, along, falls=bool(falling.any()))
    if falling.sum() == 1:
        return _saddle(axes[falling][0], axes[~falling][0])
    return _bowl(axes, falls=bool(falling.all()))


def _bowl(axes: NDArray[np.float64], *, falls: bool) -> Figure:
    turn = np.linspace(0.0, 2 * np.pi, 73)
    left, sizes, right = np.linalg.svd(axes.T)
    sizes = np.maximum(LONG * sizes / sizes[0], SHORT)
    shape = left * sizes @ right
    ellipse = np.stack((np.cos(turn), np.sin(turn)), axis=1) @ shape.T
    arrows = [_arrow(sign * axis) for axis in shape.T for sign in (1.0, -1.0)] if falls else []
    return Figure(lines=[ellipse], arrows=arrows)


def _trough(curved: NDArray[np.float64], along: NDArray[np.float64], *, falls: bool) -> Figure:
    direction = along / np.hypot(*along)
    normal = np.array((-direction[1], direction[0]))
    normal *= np.sign(normal @ curved) or 1.0
    width = max(SHORT, 0.2 * LONG)
    line = np.stack((-LONG * direction, LONG * direction))
    arrows = [_arrow(sign * width * normal) for sign in (1.0, -1.0)] if falls else []
    return Figure(lines=[line + width * normal, line - width * normal], arrows=arrows)


def _saddle(down: NDArray[np.float64], up: NDArray[np.float64]) -> Figure:
    """Return the level lines above and below the saddle, and arrows along the axis that falls to both sides."""
    scale = 0.45 * LONG / max(np.hypot(*down), np.hypot(*up))
    down, up = (axis * max(scale, 1.6 * SHORT / np.hypot(*axis)) for axis in (down, up))
    turn = np.linspace(-3.0, 3.0, 61)[:, None]
    lines = []
    for vertex, other in ((down, up), (up, down)):
        for sign in (1.0, -1.0):
            branch = sign * np.cosh(turn) * vertex + np.sinh(turn) * other
            lines.append(branch[np.hypot(branch[:, 0], branch[:, 1]) <= LONG])
    direction = down / np.hypot(*down)
    return Figure(lines=lines, arrows=[np.stack((np.zeros(2), sign * LONG * direction)) for sign in (1.0, -1.0)])


def _arrow(end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return an arrow outwards from a point of the level line."""
    return np.stack((end, end * (1.0 + 1.6 * ARROW / np.hypot(*end))))


class LensLayer(Layer):
    """Draws the lenses of a scene at a step, and the one at the pointer, over the paths."""

    def __init__(self, parent: QGraphicsItem, theme: Theme, scale: float) -> None:
        super().__init__(parent, theme, scale, 5)
        self._lenses: tuple[Lens, ...] = ()
        self._pointer: Lens | None = None
        self._step = 0.0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self._shown()

    def show_lenses(self, lenses: tuple[Lens, ...]) -> None:
        """Show other lenses."""
        if lenses is not self._lenses:
            self._touch(lambda: setattr(self, "_lenses", lenses))

    def set_step(self, step: float) -> None:
        """Move the lenses to where the runs are."""
        if step != self._step:
            self._touch(lambda: setattr(self, "_step", step))

    def set_pointer(self, lens: Lens | None) -> None:
        """Show a lens at the pointer, or none."""
        if lens is not self._pointer:
            self._touch(lambda: setattr(self, "_pointer", lens))

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw them all, that at the pointer last."""
        shown = self._shown()
        if self.empty:
            return
        frame = device_frame(painter, self._rect)
        if frame.width < 2 or frame.height < 2:
            return
        unit = frame.ratio * self._scale
        projection = self._plane(frame.width, frame.height, unit)
        painter.save()
        painter.setWorldTransform(frame.world)
        painter.setClipRect(0, 0, frame.width, frame.height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for lens in shown:
            self._draw(painter, lens, projection)
        painter.restore()

    def _draw(self, painter: QPainter, lens: Lens, projection: Plane) -> None:
        point, entries = _at(lens, self._step)
        across, down = projection.pixels(point).tolist()
        reach = REACH * projection.unit
        seen = -reach < across < projection.width + reach and -reach < down < projection.height + reach
        if not (seen and np.isfinite(entries).all()):
            return
        painter.save()
        painter.translate(across, down)
        painter.scale(projection.unit, projection.unit)
        drawn = figure(entries, projection.factors_at(point))
        draw_figure(painter, drawn, lens.color or self._theme.stage_text, self._theme)
        painter.restore()

    def _shown(self) -> list[Lens]:
        return [*self._lenses, *([self._pointer] if self._pointer else [])]

    def _touch(self, change: Callable[[], None]) -> None:
        """Make a change, and have what it left and what it came to painted again."""
        before = self._areas()
        change()
        for area in (*before, *self._areas()):
            self.update(area)

    def _areas(self) -> list[QRectF]:
        projection = self._plane(round(self._rect.width()), round(self._rect.height()), self._scale)
        reach = (REACH + 4) * self._scale
        areas = []
        for lens in self._shown():
            across, down = np.clip(projection.pixels(_at(lens, self._step)[0]), -1e6, 1e6).tolist()
            if np.isfinite(across + down):
                center = self._rect.topLeft() + QPointF(across, down)
                areas.append(QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach))
        return areas


def _at(lens: Lens, step: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return point and Hessian at a step, mixed where it lies between two; the last ones beyond the end."""
    last = len(lens.points) - 1
    whole = min(int(step), last)
    part = min(step, last) - whole
    after = min(whole + 1, last)

    def between(rows: NDArray[np.float64]) -> NDArray[np.float64]:
        mixed: NDArray[np.float64] = (1 - part) * rows[whole] + part * rows[after] if part else rows[whole]
        return mixed

    return between(lens.points), between(lens.hessians)


def draw_figure(painter: QPainter, drawn: Figure, color: str, theme: Theme) -> None:
    """Draw a figure around the origin: first all halos, then all lines."""
    for ink, extra in ((theme.halo, HALO), (color, 0.0)):
        style = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(QColor(ink), WIDTH + extra, *style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in (*drawn.lines, *drawn.arrows):
            painter.drawPolyline(_polygon(line))
        painter.setBrush(QColor(ink))
        for start, end in drawn.arrows:
            painter.drawPolygon(_polygon(_head(start, end)))


def _head(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    along = (end - start) / np.hypot(*(end - start))
    across = np.array((-along[1], along[0]))
    tip = end + 0.5 * ARROW * along
    return np.stack((tip, tip - ARROW * along + 0.55 * ARROW * across, tip - ARROW * along - 0.55 * ARROW * across))


def _polygon(points: Sequence[NDArray[np.float64]] | NDArray[np.float64]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in np.asarray(points).tolist()])
