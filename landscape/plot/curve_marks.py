"""What a chart has besides its lines: a grid, a band for never, a mark at the present value, and dots."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from landscape.plot.curve_ranges import leaves, ordinates, positions
from landscape.plot.projection import Projection
from landscape.plot.theme import text_font
from landscape.scene.layers import Band, CurvePanel, Dots, Range
from landscape.scene.palette import Theme

RADII = {"faint": 3.6, "solid": 3.2, "ring": 4.2}
FAINT = 0.55
"""Opacity of dots of which several may stand on each other."""
ARROW = 9.0
"""Length of the arrow where a curve leaves the panel, in units of line width."""
RING = 2.0
"""Width of the line of a ring."""
BAND, SMALL = 0.16, 12.0
"""Opacity of the band of a range test, and the size of its letters."""
STACK = 1.6
"""Height of a dot in the band for never that stands on another one, in radii."""


@dataclass(frozen=True, kw_only=True)
class CurveView:
    """The part of a panel that is seen."""

    x: Range
    y: Range
    """With the band for never, which is above ``top``."""
    top: float
    grid: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())
    """Positions and ordinates at which there is a line."""

    @property
    def never(self) -> float:
        """The ordinate of what never is."""
        return (self.top + self.y[1]) / 2


def draw_backdrop(painter: QPainter, projection: Projection, panel: CurvePanel, view: CurveView, theme: Theme) -> None:
    """Draw what lies under the lines of a panel."""
    width, height = float(projection.width), float(projection.height)
    if panel.never:
        edge = float(projection.pixels(np.array((view.x[0], view.top)))[1])
        painter.fillRect(QRectF(0, 0, width, edge), QColor(theme.raised))
    painter.setPen(QPen(QColor(theme.line), max(1.0, projection.unit)))
    columns, rows = view.grid
    for across in columns:
        x = _crisp(projection.pixels(np.array((across, view.y[0])))[0])
        painter.drawLine(QPointF(x, 0), QPointF(x, height))
    for up in rows:
        y = _crisp(projection.pixels(np.array((view.x[0], up)))[1])
        painter.drawLine(QPointF(0, y), QPointF(width, y))
    if panel.abscissa is not None and panel.abscissa.here is not None and panel.abscissa.here > 0:
        here = positions(panel.abscissa, np.array((panel.abscissa.here,)))
        x = _crisp(projection.pixels(np.array((here[0], view.y[0])))[0])
        painter.setPen(QPen(QColor(theme.muted), max(1.0, projection.unit), Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, 0), QPointF(x, height))


def draw_band(
    painter: QPainter, projection: Projection, band: Band, view: CurveView, theme: Theme, *, until: float | None = None
) -> None:
    """Draw the steps in which the loss falls, and the line at the bound: curves come from the upper left there."""
    height, unit, color = float(projection.height), projection.unit, QColor(band.color)
    ends = np.array([[band.first, view.y[0]], [band.last, view.y[0]], [band.bound or 0, view.y[0]]], float)
    left, right, bound = projection.pixels(ends)[:, 0].tolist()
    color.setAlphaF(BAND)
    shown = right if until is None else min(right, until)
    if shown > left:
        painter.fillRect(QRectF(left, 0.0, shown - left, height), color)
    font, gap = text_font(unit, size=SMALL), 4.0 * unit
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    title = _fitting(band.titles, metrics, projection.width - left - 2.0 * gap)
    if until is None or until > left + metrics.horizontalAdvance(title):
        painter.drawText(QPointF(left + gap, height - gap), title)
    if band.bound is None or (until is not None and until < bound):
        return
    title = _fitting(band.bound_titles, metrics, bound - 2.0 * gap)
    painter.drawText(QPointF(bound - gap - metrics.horizontalAdvance(title), metrics.height()), title)
    painter.setPen(QPen(QColor(theme.text), max(1.0, unit), Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(_crisp(bound), 0.0), QPointF(_crisp(bound), height))


def _fitting(titles: Sequence[str], metrics: QFontMetricsF, room: float) -> str:
    """Return the first of some titles for which there is room; none where there is for none."""
    return next((title for title in titles if metrics.horizontalAdvance(title) <= room), "")


def _crisp(position: float) -> float:
    """Return the middle of the pixel in which a position lies: a thin line there is not blurred over two."""
    return math.floor(position) + 0.5


def draw_leaving(
    painter: QPainter, projection: Projection, panel: CurvePanel, view: CurveView, *, until: float | None = None
) -> None:
    """Draw an arrow at the edge where the curve of a run that diverged leaves the panel."""
    size = ARROW * projection.unit
    painter.setPen(Qt.PenStyle.NoPen)
    for curve in panel.curves:
        found = leaves(curve, panel, view.y)
        if found is None:
            continue
        step, up = found
        x = float(projection.pixels(np.array((float(step), view.y[0])))[0])
        x = min(max(x, size), projection.width - size)
        if until is not None and x > until:
            continue
        edge, base = (0.0, size) if up else (float(projection.height), projection.height - size)
        painter.setBrush(QColor(curve.color))
        corners = ((x, edge), (x - 0.7 * size, base), (x + 0.7 * size, base))
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))


def draw_dots(
    painter: QPainter,
    projection: Projection,
    panel: CurvePanel,
    view: CurveView,
    theme: Theme,
    *,
    faint: bool,
    until: float | None = None,
) -> None:
    """Draw the faint dots of all curves, which lie under the lines, or the others; ``until`` a pixel."""
    for curve in panel.curves:
        for dots in curve.dots:
            if (dots.look == "faint") == faint:
                _choose_pens(painter, dots, QColor(curve.color), projection.unit, theme)
                radius = RADII[dots.look] * projection.unit
                for place in _places(projection, panel, view, dots):
                    if until is None or place.x() <= until:
                        painter.drawEllipse(place, radius, radius)


def _choose_pens(painter: QPainter, dots: Dots, color: QColor, unit: float, theme: Theme) -> None:
    ground = QColor(theme.panel)
    if dots.look == "faint":
        color.setAlphaF(FAINT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
    elif dots.look == "solid":
        painter.setPen(QPen(ground, unit))
        painter.setBrush(color)
    else:
        painter.setPen(QPen(color, RING * unit))
        painter.setBrush(ground)


def _places(projection: Projection, panel: CurvePanel, view: CurveView, dots: Dots) -> list[QPointF]:
    """Return where the dots are, in pixels; those that never got there stand on each other."""
    across = dots.places if panel.abscissa is None else positions(panel.abscissa, dots.places)
    never = np.isposinf(dots.values) & bool(panel.never)
    heights = np.where(never, view.never, ordinates(dots.values, log=panel.log))
    pixels = projection.pixels(np.stack((across, heights), axis=1))
    pixels[:, 0] += dots.aside * projection.unit
    for place in np.unique(dots.places[never]).tolist():
        pile = np.flatnonzero(never & (dots.places == place))
        pixels[pile, 1] += (np.arange(len(pile)) - (len(pile) - 1) / 2) * STACK * RADII[dots.look] * projection.unit
    return [QPointF(x, y) for x, y in pixels[np.isfinite(pixels).all(axis=1)].tolist()]
