"""The profile of a cut: the surface along a line as a curve, with the local quadratic and the points of a run."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from landscape.geometry.levels import LARGEST, Spread
from landscape.plot.overrides import guarded
from landscape.plot.pane import Pane
from landscape.plot.polyline import clip, lines
from landscape.plot.projection import Projection, device_frame
from landscape.plot.strokes import draw_lines, opaque_pen
from landscape.plot.theme import text_font
from landscape.scene.cut_layer import Cut
from landscape.scene.descent.cut import Dots, Profile, accepted, profile
from landscape.scene.layers import Range
from landscape.scene.palette import PROBE_COLOR, Theme
from landscape.scene.text import number

CURVE, QUADRATIC, BOUND = 1.8, 3.2, 1.4
ACCEPTED = 0.16
"""Opacity of what shades the lengths that Armijo's condition accepts."""
DOT, HERE = 2.6, 4.6
"""Radius of the run's points, and of the one where the quadratic touches."""
CHAIN = 1.0
"""Width of the line from one point of a run to the next."""
PADDING = 0.08
"""Room above and below the curve, in parts of its height."""

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Ends:
    """What is seen of a profile."""

    x: Range
    y: Range
    """Of the values, or of the heights that the colours give them."""


@dataclass(frozen=True, kw_only=True)
class ProfileProjection(Projection):
    """Between a profile and its pixels: the ordinate is the value, or the height that the colours give it."""

    spread: Spread | None = None

    def pixels(self, points: Array) -> Array:
        """Return the pixel positions (..., 2) of places and values (..., 2)."""
        if self.spread is None:
            return super().pixels(points)
        return super().pixels(np.stack((points[..., 0], self.spread.heights(points[..., 1])), axis=-1))

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel position of one place and value."""
        return super().pixel(x, y if self.spread is None else float(self.spread.heights(np.array(y))))


def ends_of(cut: Cut, step: float) -> Ends:
    """Return the abscissa of the whole cut, and the ordinate that its curve needs; the quadratic may leave it."""
    shown = profile(cut, step)
    first, last = (float(cut.places[0]), float(cut.places[-1])) if len(cut.places) else (0.0, 1.0)
    known = shown.values[np.abs(shown.values) < LARGEST]
    known = known if cut.spread is None else cut.spread.heights(known)
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    room = PADDING * (high - low) or PADDING * abs(high) or 1.0
    return Ends(x=(first, last if last > first else first + 1.0), y=(low - room, high + room))


class ProfileSheet(Pane):
    """Draws the profile of a cut at a step into the rectangle that it is given."""

    def __init__(self, parent: QGraphicsItem, theme: Theme, scale: float) -> None:
        super().__init__(parent)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._theme, self._scale = theme, scale
        self._cut: Cut | None = None
        self._ends = Ends(x=(0.0, 1.0), y=(0.0, 1.0))
        self._step = 0.0
        self._coming = True

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Use other colours and another size."""
        self._theme, self._scale = theme, scale
        self.update()

    def show_cut(self, cut: Cut, ends: Ends) -> None:
        """Show another cut."""
        self._cut, self._ends = cut, ends
        self.update()

    def set_step(self, step: float) -> None:
        """Show the run where it is at a step."""
        self._step = step
        self.update()

    def show_coming(self, shown: bool) -> None:
        """Show the profile along what is still to come of a path, or not."""
        self._coming = shown
        self.update()

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw all of it, on a ground of its own."""
        frame = device_frame(painter, self._rect)
        if self._cut is None or frame.width < 2 or frame.height < 2:
            return
        unit = frame.ratio * self._scale
        projection = ProfileProjection(
            x=self._ends.x,
            y=self._ends.y,
            width=frame.width,
            height=frame.height,
            unit=unit,
            spread=self._cut.spread,
        )
        painter.save()
        painter.setWorldTransform(frame.world)
        painter.setClipRect(0, 0, frame.width, frame.height)
        painter.fillRect(0, 0, frame.width, frame.height, QColor(self._theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = profile(self._cut, self._step)
        shown = shown if self._coming else _until_here(self._cut, shown)
        draw_profile(painter, self._cut, shown, projection, self._theme)
        painter.restore()


def _until_here(cut: Cut, shown: Profile) -> Profile:
    """Return what a run along whose path the surface is cut has come by: nothing beyond where it is."""
    if cut.along != "path" or shown.here is None:
        return shown
    beyond = cut.places > shown.here[0]
    return replace(
        shown,
        values=np.where(beyond, np.nan, shown.values) if len(shown.values) == len(cut.places) else shown.values,
        dots=tuple(replace(each, points=each.points[each.points[:, 0] <= shown.here[0]]) for each in shown.dots),
    )


def draw_profile(painter: QPainter, cut: Cut, shown: Profile, projection: Projection, theme: Theme) -> None:
    """Draw a profile: the trusted interval, where the quadratic touches and where the step lands, curves and points."""
    unit = projection.unit
    _draw_trusted(painter, cut, projection)
    _draw_accepted(painter, cut, shown, projection)
    for place, color in ((shown.lands, theme.muted), (shown.here, theme.line)):
        if place is not None:
            x, _ = projection.pixel(*place)
            painter.setPen(QPen(QColor(color), unit, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, 0), QPointF(x, projection.height))
    # The wider one first: where both agree, both are seen.
    if len(shown.quadratic) == len(cut.places):
        _draw_curve(painter, cut.places, shown.quadratic, PROBE_COLOR, QUADRATIC, projection)
    if len(shown.bound) == len(cut.places):
        _draw_curve(painter, cut.places, shown.bound, cut.color, BOUND, projection)
    if len(shown.values) == len(cut.places):
        _draw_curve(painter, cut.places, shown.values, theme.text, CURVE, projection)
    _draw_dots(painter, cut, shown, projection, theme)
    _write_names(painter, cut, shown, projection, theme)


def _draw_trusted(painter: QPainter, cut: Cut, projection: Projection) -> None:
    """Shade the part of the line that lies on the trusted disc."""
    radius = cut.osculation.radius if cut.osculation is not None else 0.0
    if not 0.0 < radius < math.inf:
        return
    left, right = (projection.pixel(side * radius, 0.0)[0] for side in (-1.0, 1.0))
    shade = QColor(PROBE_COLOR)
    shade.setAlphaF(0.14)
    painter.fillRect(QRectF(left, 0, right - left, projection.height), shade)


def _draw_accepted(painter: QPainter, cut: Cut, shown: Profile, projection: Projection) -> None:
    """Shade the lengths of a step that fall enough for Armijo's condition."""
    if len(shown.bound) != len(cut.places):
        return
    taken = np.concatenate(([False], accepted(shown), [False])).astype(np.int8)
    shade = QColor(cut.color)
    shade.setAlphaF(ACCEPTED)
    for first, last in zip(np.flatnonzero(np.diff(taken) == 1), np.flatnonzero(np.diff(taken) == -1) - 1, strict=True):
        left, right = (projection.pixel(float(cut.places[end]), 0.0)[0] for end in (first, last))
        painter.fillRect(QRectF(left, 0, right - left, projection.height), shade)


def _draw_curve(
    painter: QPainter, places: Array, values: Array, color: str, width: float, projection: Projection
) -> None:
    margin = 8 * projection.unit
    points = projection.pixels(np.stack((places, values), axis=1))
    shown, _ = clip(lines(points), (-margin, -margin, projection.width + margin, projection.height + margin))
    draw_lines(painter, shown, opaque_pen(color, width * projection.unit))


def _draw_dots(painter: QPainter, cut: Cut, shown: Profile, projection: Projection, theme: Theme) -> None:
    for dots in shown.dots:
        _draw_run(painter, dots, projection, theme)
    for color, head in shown.heads:
        _draw_point(painter, head, color, theme.panel, projection)
    if shown.lands is not None:
        _draw_point(painter, shown.lands, theme.panel, cut.color, projection)
    if shown.here is not None:
        _draw_point(painter, shown.here, cut.color, theme.panel, projection)
    if cut.along == "step":
        for place in (shown.here, shown.lands):
            _write_value(painter, place, projection, theme)


def _draw_run(painter: QPainter, dots: Dots, projection: Projection, theme: Theme) -> None:
    """Draw the points of a run, and lines from one to the next where it goes along the cut."""
    unit = projection.unit
    _draw_curve(painter, dots.chains[:, 0], dots.chains[:, 1], dots.color, CHAIN, projection)
    painter.setPen(QPen(QColor(theme.panel), 0.8 * unit))
    painter.setBrush(QColor(dots.color))
    radius = DOT * unit
    points = projection.pixels(dots.points)
    # Of those that would cover each other in every pixel one is drawn, in the place of the last.
    places = {(round(2 * x), round(2 * y)): (x, y) for x, y in points[np.isfinite(points).all(axis=1)].tolist()}
    for x, y in places.values():
        if -radius < x < projection.width + radius and -radius < y < projection.height + radius:
            painter.drawEllipse(QPointF(x, y), radius, radius)


def _write_value(painter: QPainter, place: tuple[float, float] | None, projection: Projection, theme: Theme) -> None:
    """Write the value of a point beside it, on the side where there is room."""
    if place is None or not math.isfinite(place[1]):
        return
    unit, (x, y) = projection.unit, projection.pixel(*place)
    painter.setFont(text_font(unit))
    painter.setPen(QColor(theme.text))
    line = painter.fontMetrics().height()
    above = y - line - 6 * unit
    top = above if above > 1.5 * line else y + 6 * unit
    painter.drawText(QPointF(x + 7 * unit, top + painter.fontMetrics().ascent()), number(place[1], 4))


def _draw_point(painter: QPainter, place: tuple[float, float], fill: str, edge: str, projection: Projection) -> None:
    x, y = projection.pixel(*place)
    if not math.isfinite(x + y):
        return
    radius = HERE * projection.unit
    painter.setPen(QPen(QColor(edge), 1.6 * projection.unit))
    painter.setBrush(QColor(fill))
    painter.drawEllipse(QPointF(x, max(min(y, 1e6), -1e6)), radius, radius)


def _write_names(painter: QPainter, cut: Cut, shown: Profile, projection: Projection, theme: Theme) -> None:
    """Write what the curves are, at the top where the ends have their letters, too."""
    unit = projection.unit
    painter.setFont(text_font(unit))
    line, room = painter.fontMetrics().height(), 6 * unit
    names = [("f", theme.text)]
    if len(shown.quadratic):
        names.append((cut.quadratic_name, PROBE_COLOR))
    if len(shown.bound):
        names.append((cut.bound_name, cut.color))
    right = projection.width - 24 * unit
    for name, color in reversed(names):
        width = painter.fontMetrics().horizontalAdvance(name)
        box = QRectF(right - width, room / 2, width, line)
        painter.fillRect(box.adjusted(-2 * unit, 0, 2 * unit, 0), _sheer(theme.panel))
        painter.setPen(QColor(color))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        right -= width + 14 * unit
    painter.setPen(QColor(cut.color))
    painter.drawText(QRectF(room, room / 2, 2 * line, line), Qt.AlignmentFlag.AlignLeft, "A")
    end = QRectF(projection.width - room - 2 * line, room / 2, 2 * line, line)
    painter.drawText(end, Qt.AlignmentFlag.AlignRight, "B")
    painter.setPen(QColor(theme.muted))
    below = QRectF(room, projection.height - line - room / 2, projection.width - 2 * room, line)
    width = painter.fontMetrics().horizontalAdvance(cut.abscissa)
    painter.fillRect(QRectF(below.right() - width, below.top(), width, line), _sheer(theme.panel))
    painter.drawText(below, Qt.AlignmentFlag.AlignRight, cut.abscissa)
    if shown.lands is not None and cut.lands_name:
        x, _ = projection.pixel(*shown.lands)
        free = below.adjusted(0, -line, 0, -line)
        free.setLeft(x + 4 * unit)
        painter.drawText(free, Qt.AlignmentFlag.AlignLeft, cut.lands_name)


def _sheer(color: str) -> QColor:
    ground = QColor(color)
    ground.setAlphaF(0.75)
    return ground
