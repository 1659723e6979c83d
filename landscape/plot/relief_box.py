"""What stands around the relief: its floor with contour lines, two walls, axes with their numbers."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from landscape.geometry.ticks import multiples, nearest_step
from landscape.plot.polyline import STRAIGHT, clip, lines, straighten
from landscape.plot.relief_projection import FLOOR, ReliefProjection
from landscape.plot.strokes import draw_lines, opaque_pen, sheer_pen
from landscape.plot.theme import text_font
from landscape.scene.descent.scene import Contours, Relief, Scene
from landscape.scene.layers import Heat, Range
from landscape.scene.palette import Theme
from landscape.scene.text import number

TICKS = 5
QUICK = 3
"""While the camera moves, the lines on the floor go through every so manieth point."""
TICK, APART = 5.0, 9.0
"""Length of a tick and distance of its number, in units of line width."""


def draw_box(
    painter: QPainter, projection: ReliefProjection, scene: Scene, theme: Theme, *, quickly: bool = False
) -> None:
    """Draw what lies behind the surface; nothing where the camera looks from straight above.

    ``quickly``: its lines are not smooth, as long as the camera moves.
    """
    if projection.side == 0.0 or scene.heat is None or scene.relief is None:
        return
    painter.save()
    painter.setOpacity(projection.side)
    floor = -FLOOR
    corners = [(0.0, 0.0, floor), (1.0, 0.0, floor), (1.0, 1.0, floor), (0.0, 1.0, floor)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.window))
    painter.drawPolygon(_polygon(projection, corners))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not quickly)
    _draw_walls(painter, projection, scene.heat, theme)
    if scene.contours is not None:
        _draw_floor_lines(painter, projection, scene.contours, scene.relief, scene.heat, quickly=quickly)
    painter.restore()


def draw_numbers(painter: QPainter, projection: ReliefProjection, scene: Scene, theme: Theme) -> None:
    """Draw ticks and numbers beside the box; nothing where the camera looks from straight above."""
    if projection.side > 0.0:
        painter.setOpacity(projection.side)
        _draw_axes(painter, projection, scene, theme)
        painter.setOpacity(1.0)


def _draw_walls(painter: QPainter, projection: ReliefProjection, heat: Heat, theme: Theme) -> None:
    """Draw the two walls behind the surface, with a line at each value that is written."""
    back_x, back_y = _back(projection)
    pen = QPen(QColor(theme.line), 1.0 * projection.unit)
    for wall in ([(back_x, v) for v in (0.0, 1.0)], [(u, back_y) for u in (0.0, 1.0)]):
        (a, b) = wall
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = [(*a, -FLOOR), (*b, -FLOOR), (*b, 1.0), (*a, 1.0)]
        painter.drawPolygon(_polygon(projection, frame))
        for shade, _ in heat.ticks:
            _line(painter, projection, (*a, shade), (*b, shade))
    painter.setPen(QPen(QColor(theme.muted), 1.0 * projection.unit))
    painter.drawPolygon(_polygon(projection, [(u, v, -FLOOR) for u, v in ((0, 0), (1, 0), (1, 1), (0, 1))]))


def _draw_floor_lines(
    painter: QPainter, projection: ReliefProjection, contours: Contours, relief: Relief, heat: Heat, *, quickly: bool
) -> None:
    """Draw the contour lines on the floor in the colours of their values."""
    if not contours.lines:
        return
    box = -8.0, -8.0, projection.width + 8.0, projection.height + 8.0
    shades = relief.spread.shades(np.array([line.level for line in contours.lines]))
    base = projection.base(np.concatenate([line.points for line in contours.lines]))
    seen = projection.seen(np.column_stack((base, np.full(len(base), -FLOOR))))[:, :2]
    ends = np.cumsum([len(line.points) for line in contours.lines])
    every = QUICK if quickly else 1
    for points, shade in zip(np.split(seen, ends[:-1]), shades.tolist(), strict=True):
        if not math.isfinite(shade):
            continue  # Until the next lines are traced, those of the surface before are shown: here is no such value.
        kept = _thinned(points, every) if quickly else straighten(np.ascontiguousarray(points), STRAIGHT)
        joined, _ = clip(lines(points[kept]), box)
        joined = joined[np.isfinite(joined[:, 0])]
        color = QColor(*heat.colors[int(255 * (0.15 + 0.8 * shade))].tolist())
        width = 1.2 * projection.unit
        draw_lines(painter, joined, opaque_pen(color, 0.0) if quickly else sheer_pen(color, width, 0.75))


def _thinned(points: NDArray[np.float64], every: int) -> NDArray[np.intp]:
    """Return every so manieth point, and all at which a line begins or ends."""
    gaps = np.isnan(points[:, 0])
    kept = gaps.copy()
    kept[::every] = kept[-1] = True
    kept[:-1] |= gaps[1:]
    kept[1:] |= gaps[:-1]
    return np.flatnonzero(kept)


def _draw_axes(painter: QPainter, projection: ReliefProjection, scene: Scene, theme: Theme) -> None:
    back_x, back_y = _back(projection)
    front_x, front_y = 1.0 - back_x, 1.0 - back_y
    painter.setFont(text_font(projection.unit))
    middle = projection.seen(np.array((0.5, 0.5, -FLOOR)))[:2]
    along_x = [(projection.base(np.array((value, scene.y[0])))[0], number(value)) for value in _ticks(scene.x)]
    along_y = [(projection.base(np.array((scene.x[0], value)))[1], number(value)) for value in _ticks(scene.y)]
    _draw_axis(painter, projection, theme, middle, [((u, front_y, -FLOOR), text) for u, text in along_x], scene.x_label)
    _draw_axis(painter, projection, theme, middle, [((front_x, v, -FLOOR), text) for v, text in along_y], scene.y_label)
    edges = [(back_x, front_y), (front_x, back_y)]
    sides = [float(projection.seen(np.array((*edge, 0.5)))[0]) for edge in edges]
    edge = edges[int(np.argmin(sides))]
    heights = [((*edge, shade), text) for shade, text in scene.heat.ticks] if scene.heat else []
    _draw_axis(painter, projection, theme, None, heights, "")


def _draw_axis(
    painter: QPainter,
    projection: ReliefProjection,
    theme: Theme,
    middle: NDArray[np.float64] | None,
    marks: list[tuple[tuple[float, float, float], str]],
    label: str,
) -> None:
    """Write numbers beside an edge, away from ``middle``, or to the left; those that would touch are left out."""
    unit, metrics = projection.unit, QFontMetricsF(painter.font())
    written: list[QRectF] = []
    painter.setPen(QPen(QColor(theme.muted), unit))
    if not marks:
        return
    places = projection.seen(np.array([place for place, _ in marks]))[:, :2]
    outward = _outward(places, middle)
    for (across, down), (_, text) in zip(places.tolist(), marks, strict=True):
        tick = QPointF(outward[0] * TICK * unit, outward[1] * TICK * unit)
        area = _beside(QPointF(across, down), outward, metrics.horizontalAdvance(text), metrics.height(), unit)
        if any(other.intersects(area) for other in written):
            continue
        written.append(area.adjusted(-4 * unit, 0, 4 * unit, 0))
        painter.drawLine(QPointF(across, down), QPointF(across, down) + tick)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
    if label:
        center = places.mean(axis=0)
        reach = (APART + 1.9 * metrics.height() / unit + 6) * unit
        place = QPointF(center[0] + outward[0] * reach, center[1] + outward[1] * reach)
        frame = QRectF(place.x() - 40 * unit, place.y() - metrics.height() / 2, 80 * unit, metrics.height())
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, label)


def _outward(places: NDArray[np.float64], middle: NDArray[np.float64] | None) -> tuple[float, float]:
    """Return the direction from the middle of the box across an edge, of length 1."""
    if middle is None or len(places) < 2:
        return -1.0, 0.0
    along = places[-1] - places[0]
    across = np.array((-along[1], along[0]))
    size = math.hypot(*across)
    if size < 1e-9:
        return 0.0, 1.0
    across = across / size
    if across @ (places.mean(axis=0) - middle) < 0:
        across = -across
    return float(across[0]), float(across[1])


def _beside(at: QPointF, outward: tuple[float, float], wide: float, high: float, unit: float) -> QRectF:
    """Return where a text of a size stands beside a point."""
    reach = APART * unit + abs(outward[0]) * wide / 2 + abs(outward[1]) * high / 2
    center = at + QPointF(outward[0] * reach, outward[1] * reach)
    return QRectF(center.x() - wide / 2, center.y() - high / 2, wide, high)


def _ticks(side: Range) -> list[float]:
    return multiples(nearest_step((side[1] - side[0]) / TICKS), *side)


def _back(projection: ReliefProjection) -> tuple[float, float]:
    """Return which walls are behind the surface: at across = 0 or 1, and at up = 0 or 1."""
    sides = projection.seen(np.array([(0, 0.5, 0.5), (1, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 1, 0.5)], float))[:, 2]
    return float(sides[0] > sides[1]), float(sides[2] > sides[3])


def _polygon(projection: ReliefProjection, corners: list[tuple[float, float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(*each) for each in projection.seen(np.array(corners, float))[:, :2].tolist()])


def _line(
    painter: QPainter, projection: ReliefProjection, a: tuple[float, float, float], b: tuple[float, float, float]
) -> None:
    (x0, y0, _), (x1, y1, _) = projection.seen(np.array((a, b))).tolist()
    painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))
