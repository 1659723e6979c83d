"""The curves of one panel: the part up to the play head strong, what is to come faint, and a read-out of values."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from landscape.plot.curve_columns import thinned
from landscape.plot.curve_marks import CurveView, draw_backdrop, draw_band, draw_dots, draw_leaving
from landscape.plot.curve_ranges import abscissae, has_zero, ordinates
from landscape.plot.overrides import guarded
from landscape.plot.pane import Pane
from landscape.plot.polyline import Lines, clip, reduce
from landscape.plot.projection import Frame, Projection, device_frame
from landscape.plot.readout import draw_readout, readout
from landscape.plot.strokes import draw_lines, is_vector, opaque_pen
from landscape.plot.track import PATTERNS, inked
from landscape.scene.layers import Abscissa, Curve, CurvePanel
from landscape.scene.palette import Theme

CURVE_WIDTH = 1.8
DASH = 0.7
"""Length of its dashes against those of a path."""
LIMIT_WIDTH = 1.1
LIMIT_PATTERN = (5.0, 3.5)
"""Dash and gap of a limit, in units of line width 1."""
GHOST = 0.25
"""Opacity of what is to come."""
DOT_RADIUS = 3.4


class CurveLayer(Pane):
    """Draws a panel's curves into the rectangle it is given, from two kept pictures."""

    def __init__(self, theme: Theme, scale: float, *, ghost: bool) -> None:
        super().__init__()
        self._theme, self._scale, self._ghost = theme, scale, ghost
        self._panel: CurvePanel | None = None
        self._view = CurveView(x=(0.0, 1.0), y=(0.0, 1.0), top=1.0)
        self._step = 0.0
        self._hover: float | None = None
        self._projection: Projection | None = None
        self._done, self._coming = QImage(), QImage()
        self._ratio = 1.0

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Use other colours and another scale."""
        self._theme, self._scale, self._projection = theme, scale, None
        self.update()

    def show_panel(self, panel: CurvePanel, view: CurveView) -> None:
        """Show a panel's curves over a part of it (logarithms where the panel is logarithmic)."""
        if panel is not self._panel or view != self._view:
            self._panel, self._view, self._projection = panel, view, None
            self.update()

    def set_step(self, step: float) -> None:
        """Move the play head; only what lies between the old place and the new is painted anew."""
        if step == self._step:
            return
        before, self._step = self._across(self._step), step
        after = self._across(step)
        margin = (DOT_RADIUS + 3) * self._scale
        left, width = min(before, after) - margin, abs(after - before) + 2 * margin
        self.update(QRectF(left, self._rect.top(), width, self._rect.height()))

    def set_hover(self, step: float | None) -> None:
        """Show the values at a step, or at the place nearest to a position of the abscissa, or none."""
        if step != self._hover:
            self._hover = step
            self.update()

    def show_coming(self, shown: bool) -> None:
        """Show the part of each curve that is still to come, or not."""
        if shown != self._ghost:
            self._ghost, self._coming = shown, QImage()
            self.update()

    def _across(self, step: float) -> float:
        first, last = self._view.x
        return self._rect.left() + (step - first) / (last - first) * self._rect.width()

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Copy the strong picture left of the play head and the faint one right of it."""
        frame = device_frame(painter, self._rect)
        if self._panel is None or frame.width < 2 or frame.height < 2:
            return
        projection = self._refresh(frame)
        painter.save()
        painter.setWorldTransform(frame.world)
        cut = self._cut(frame, self._panel)
        if is_vector(painter):
            self._draw_done(painter, projection, self._panel, cut)
        else:
            if self._done.isNull():
                self._done = self._picture(projection, self._panel)
            self._copy(painter, frame, cut)
        if self._panel.abscissa is None:
            self._draw_cursor(painter, frame, cut)
        if self._hover is not None and self._may_tell(self._hover, self._panel):
            self._draw_values(painter, frame, self._hover)
        painter.restore()

    def _may_tell(self, step: float, panel: CurvePanel) -> bool:
        """Tell whether the values at a step may be read: not before they are shown."""
        return self._ghost or panel.abscissa is not None or round(step) <= self._step

    def _cut(self, frame: Frame, panel: CurvePanel) -> int:
        """Return the column of the play head; the whole width where there is none."""
        if panel.abscissa is not None:
            return frame.width
        cut = round((self._across(self._step) - self._rect.left()) * frame.ratio)
        return min(max(cut, 0), frame.width)

    def _copy(self, painter: QPainter, frame: Frame, cut: int) -> None:
        painter.drawImage(QPointF(), self._done, QRectF(0, 0, cut, frame.height))
        if cut < frame.width:
            rest = QRect(cut, 0, frame.width - cut, frame.height)
            painter.drawImage(rest.topLeft(), self._faint(), rest)

    def _draw_done(self, painter: QPainter, projection: Projection, panel: CurvePanel, cut: int) -> None:
        """Draw the curves as lines, up to the play head where it is not at the end."""
        painter.save()
        painter.setClipRect(0, 0, cut, projection.height)
        _draw_all(painter, projection, panel, self._view, self._theme, until=float(cut))
        painter.restore()

    def _refresh(self, frame: Frame) -> Projection:
        """Return where the curves are seen; pictures of them from elsewhere are let go of."""
        view, unit = self._view, frame.ratio * self._scale
        projection = Projection(x=view.x, y=view.y, width=frame.width, height=frame.height, unit=unit)
        if projection != self._projection:
            self._projection, self._ratio = projection, frame.ratio
            self._done, self._coming = QImage(), QImage()
        return projection

    def _faint(self) -> QImage:
        """Return the picture of what is to come; at the last step no one asks for it."""
        if self._coming.isNull():
            self._coming = QImage(self._done.size(), QImage.Format.Format_RGB32)
            self._coming.fill(QColor(self._theme.panel))
            if self._ghost:
                painter = QPainter(self._coming)
                painter.setOpacity(GHOST)
                painter.drawImage(0, 0, self._done)
                painter.end()
        return self._coming

    def _picture(self, projection: Projection, panel: CurvePanel) -> QImage:
        image = QImage(projection.width, projection.height, QImage.Format.Format_RGB32)
        image.fill(QColor(self._theme.panel))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_all(painter, projection, panel, self._view, self._theme)
        painter.end()
        return image

    def _draw_cursor(self, painter: QPainter, frame: Frame, cut: int) -> None:
        unit = frame.ratio * self._scale
        painter.setClipRect(0, 0, frame.width, frame.height)
        painter.setPen(QPen(QColor(self._theme.muted), max(1.0, unit)))
        painter.drawLine(QPointF(cut + 0.5, 0), QPointF(cut + 0.5, frame.height))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.panel), unit))
        for curve, height in self._heights(self._step):
            painter.setBrush(QColor(curve.color))
            painter.drawEllipse(QPointF(cut + 0.5, height), DOT_RADIUS * unit, DOT_RADIUS * unit)

    def _heights(self, step: float) -> list[tuple[Curve, float]]:
        """Return where the curves that reach ``step`` are there, in pixels."""
        if self._panel is None or self._projection is None:
            return []
        found = []
        for curve in self._panel.curves:
            at = value_at(curve.values, step, log=self._panel.log)
            if np.isfinite(at):
                found.append((curve, self._projection.pixel(step, at)[1]))
        return found

    def _draw_values(self, painter: QPainter, frame: Frame, step: float) -> None:
        if self._panel is None:
            return
        index, position = nearest(self._panel, step)
        across = (self._across(position) - self._rect.left()) * frame.ratio
        draw_readout(painter, readout(self._panel, index), across, frame, frame.ratio * self._scale, self._theme)


def nearest(panel: CurvePanel, position: float) -> tuple[int, float]:
    """Return which step or place is nearest to a position of the abscissa, and its own position."""
    if panel.abscissa is None:
        return round(position), float(round(position))
    known = abscissae(panel, len(panel.abscissa.places))
    index = int(np.argmin(np.abs(known - position)))
    return index, float(known[index])


def _draw_all(
    painter: QPainter,
    projection: Projection,
    panel: CurvePanel,
    view: CurveView,
    theme: Theme,
    *,
    until: float | None = None,
) -> None:
    """Draw the curves, and where they stand alone what a chart has besides."""
    if panel.abscissa is not None:
        draw_backdrop(painter, projection, panel, view, theme)
        draw_dots(painter, projection, panel, view, theme, faint=True)
    if panel.band is not None:
        draw_band(painter, projection, panel.band, view, theme, until=until)
    _draw_curves(painter, projection, panel, until=until)
    draw_leaving(painter, projection, panel, view, until=until)
    draw_dots(painter, projection, panel, view, theme, faint=False, until=until)


def _draw_curves(painter: QPainter, projection: Projection, panel: CurvePanel, *, until: float | None = None) -> None:
    """Draw the curves, ``until`` a pixel: not every program that shows vectors knows about clipping."""
    for curve in panel.curves:
        _draw_limit(painter, curve, panel, projection)
    for curve, drawn in zip(panel.curves, layout(panel, projection), strict=True):
        shown = drawn if until is None else clip(drawn, (0.0, 0.0, until, float(projection.height)))[0]
        draw_lines(painter, shown, opaque_pen(curve.color, CURVE_WIDTH * projection.unit))


def layout(panel: CurvePanel, projection: Projection) -> list[Lines]:
    """Return each curve as straight pieces or dashes in pixels, no more of them than can be told apart."""
    margin = 8 * projection.unit
    box = (-margin, -margin, projection.width + margin, projection.height + margin)
    found = reduce(_points(panel, projection), box)
    patterns = [PATTERNS[curve.dash] for curve in panel.curves]
    return [ink for ink, _ in inked(found, patterns, DASH * projection.unit)]


def _draw_limit(painter: QPainter, curve: Curve, panel: CurvePanel, projection: Projection) -> None:
    """Draw what the values should not exceed as a thin dashed line, a point in each column at the most."""
    if curve.limit is None or not len(curve.limit):
        return
    heights = ordinates(curve.limit, log=panel.log)
    chosen = np.unique(np.linspace(0, len(heights) - 1, min(len(heights), projection.width)).astype(np.int64))
    # The rate of a step holds until the next: without the last point, a run of one step would have no line.
    steps, heights = np.append(chosen, len(heights)), np.append(heights[chosen], heights[-1])
    points = projection.pixels(np.stack((steps.astype(np.float64), heights), axis=1))
    points = points[np.isfinite(points).all(axis=1)]
    far = 4.0 * projection.height
    points[:, 1] = np.clip(points[:, 1], -far, far)
    pen = QPen(QColor(curve.color), LIMIT_WIDTH * projection.unit, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([each / LIMIT_WIDTH for each in LIMIT_PATTERN])
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points.tolist()]))


def _points(panel: CurvePanel, projection: Projection) -> list[NDArray[np.float64]]:
    """Return the points of each curve in pixels; of a long one only what shows in each column."""
    if panel.abscissa is None:
        found = [thinned(curve.values, projection, log=panel.log) for curve in panel.curves]
    else:
        found = [_placed(panel, curve) for curve in panel.curves]
    points = projection.pixels(np.concatenate(found or [np.zeros((0, 2))]))
    pieces = np.split(points, np.cumsum([len(each) for each in found])[:-1]) if found else []
    if panel.abscissa is None:
        return pieces
    return [_aside(*each, panel.abscissa, projection.unit) for each in zip(pieces, panel.curves, strict=True)]


def _placed(panel: CurvePanel, curve: Curve) -> NDArray[np.float64]:
    """Return the points (k, 2) of position and ordinate of a curve against another abscissa than the steps."""
    return np.stack((abscissae(panel, len(curve.values)), ordinates(curve.values, log=panel.log)), axis=1)


def _aside(points: NDArray[np.float64], curve: Curve, abscissa: Abscissa, unit: float) -> NDArray[np.float64]:
    """Return the points of a curve as far beside their places as it is drawn; 0 hangs together with no other."""
    moved = points + np.array((curve.aside * unit, 0.0))
    return np.insert(moved, 1, np.nan, axis=0) if has_zero(abscissa) and len(moved) else moved


def value_at(values: NDArray[np.float64], step: float, *, log: bool) -> float:
    """Return the ordinate at a step that may lie between two; NaN beyond the end."""
    whole = int(step)
    if not 0 <= whole < len(values):
        return float("nan")
    pair: list[float] = ordinates(values[whole : whole + 2], log=log).tolist()
    part = step - whole
    return (1.0 - part) * pair[0] + part * pair[-1] if part > 0.0 else pair[0]
