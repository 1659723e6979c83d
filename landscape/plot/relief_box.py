"""What stands around the relief: its floor with contour lines, two walls, axes with their numbers."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from landscape.geometry.ticks import multiples, nearest_step
from landscape.memory import bounded
from landscape.plot import rasterizer
from landscape.plot.ink import Stroke
from landscape.plot.polyline import STRAIGHT, straighten
from landscape.plot.relief_projection import FLOOR, ReliefProjection
from landscape.plot.stamps import draw_stamp
from landscape.plot.theme import text_font
from landscape.scene.layers import Heat, Range
from landscape.scene.palette import Theme
from landscape.scene.scene import Contours, Relief, Scene
from landscape.scene.text import number

TICKS = 5
BASE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
"""The corners of the box from above."""
TICK, APART = 5.0, 9.0
"""Length of a tick and distance of its number, in units of line width."""


def draw_floor(painter: QPainter, projection: ReliefProjection, theme: Theme) -> None:
    """Draw the floor below the surface; nothing where the camera looks from straight above."""
    if projection.side > 0.0:
        painter.setOpacity(projection.side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.window))
        painter.drawPolygon(_polygon(projection, [(u, v, -FLOOR) for u, v in BASE]))
        painter.setOpacity(1.0)


def box_strokes(projection: ReliefProjection, scene: Scene, floor: "FloorLines | None", theme: Theme) -> list[Stroke]:
    """Return the lines behind the surface: of the walls, of the floor, and the contour lines on it."""
    if projection.side == 0.0 or scene.heat is None:
        return []
    lines = _wall_lines(projection, scene.heat, theme)
    if floor is not None and len(floor.places):
        seen = np.split(rasterizer.project(floor.places, projection.numbers), floor.ends[:-1])
        width, opacity = 1.2 * projection.unit, 0.75 * projection.side
        for points, shade in zip(seen, floor.shades, strict=True):
            color = QColor(*scene.heat.colors[int(255 * (0.15 + 0.8 * shade))].tolist()).name()
            lines.append(Stroke(points=points, color=color, width=width, opacity=opacity))
    return lines


@dataclass(frozen=True, kw_only=True, eq=False)
class FloorLines:
    """Contour lines on the floor, whatever the camera."""

    places: NDArray[np.float32]
    """(k, 3) in the box, a row of NaN between two pieces."""
    ends: NDArray[np.intp]
    """Where the points of each line end."""
    shades: list[float]
    """How high each would be."""


def floor_lines(contours: Contours, relief: Relief, projection: ReliefProjection) -> FloorLines:
    """Lay contour lines on the floor, of no more points than the size of the picture needs."""
    places, shades = [], []
    levels = relief.spread.shades(np.array([line.level for line in contours.lines]))
    for line, shade in zip(contours.lines, levels.tolist(), strict=True):
        if not math.isfinite(shade):
            continue  # Until the next lines are traced, those of the surface before are shown: here is no such value.
        base = projection.base(line.points)
        kept = base[straighten(np.ascontiguousarray(base * (projection.width, projection.height)), STRAIGHT)]
        places.append(np.column_stack((kept, np.full(len(kept), -FLOOR))))
        shades.append(shade)
    return FloorLines(
        places=np.concatenate([np.zeros((0, 3)), *places]).astype(np.float32),
        ends=np.cumsum([len(each) for each in places]),
        shades=shades,
    )


def draw_numbers(painter: QPainter, projection: ReliefProjection, scene: Scene, theme: Theme) -> None:
    """Draw ticks and numbers beside the box; nothing where the camera looks from straight above."""
    if projection.side > 0.0:
        painter.setOpacity(projection.side)
        _draw_axes(painter, projection, scene, theme)
        painter.setOpacity(1.0)


def _wall_lines(projection: ReliefProjection, heat: Heat, theme: Theme) -> list[Stroke]:
    """Return the two walls behind the surface, with a line at each value that is written, and the floor's edge."""
    back_x, back_y = _back(projection)
    gap = (np.nan, np.nan, np.nan)
    places: list[tuple[float, float, float]] = []
    for a, b in (((back_x, 0.0), (back_x, 1.0)), ((0.0, back_y), (1.0, back_y))):
        places += [(*a, -FLOOR), (*b, -FLOOR), (*b, 1.0), (*a, 1.0), (*a, -FLOOR), gap]
        for shade, _ in heat.ticks:
            places += [(*a, shade), (*b, shade), gap]
    edge = [(u, v, -FLOOR) for u, v in (*BASE, BASE[0])]
    seen = rasterizer.project(np.array(places + edge, np.float32), projection.numbers)
    unit, side = projection.unit, projection.side
    return [
        Stroke(points=seen[: len(places)], color=theme.line, width=unit, opacity=side),
        Stroke(points=seen[len(places) :], color=theme.muted, width=unit, opacity=side),
    ]


def _draw_axes(painter: QPainter, projection: ReliefProjection, scene: Scene, theme: Theme) -> None:
    back_x, back_y = _back(projection)
    front_x, front_y = 1.0 - back_x, 1.0 - back_y
    painter.setFont(text_font(projection.unit))
    middle = projection.seen(np.array((0.5, 0.5, -FLOOR)))[:2]
    (across, texts_x), (up, texts_y) = _ticks(scene.x), _ticks(scene.y)
    # All at once: a call of NumPy costs more than they do.
    base = projection.base(np.array([*((x, scene.y[0]) for x in across), *((scene.x[0], y) for y in up)]))
    along_x = [((u, front_y, -FLOOR), text) for u, text in zip(base[:, 0].tolist(), texts_x, strict=False)]
    along_y = [((front_x, v, -FLOOR), text) for v, text in zip(base[len(across) :, 1].tolist(), texts_y, strict=True)]
    _draw_axis(painter, projection, theme, middle, along_x, scene.x_label)
    _draw_axis(painter, projection, theme, middle, along_y, scene.y_label)
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
        _write(painter, area.center(), area.width(), text, theme, unit)
    if label:
        center = places.mean(axis=0)
        reach = (APART + 1.9 * metrics.height() / unit + 6) * unit
        place = QPointF(center[0] + outward[0] * reach, center[1] + outward[1] * reach)
        _write(painter, place, metrics.horizontalAdvance(label), label, theme, unit)


def _write(painter: QPainter, center: QPointF, wide: float, text: str, theme: Theme, unit: float) -> None:
    """Write a text around a place; written once, it is copied while the camera moves."""
    place = float(round(center.x())), float(round(center.y()))
    draw_stamp(painter, place, max(wide / 2, 10 * unit) + 2, _draw_text, text, theme.muted, unit)


def _draw_text(painter: QPainter, text: str, color: str, unit: float) -> None:
    painter.setFont(text_font(unit))
    painter.setPen(QColor(color))
    frame = QRectF(-1, -1, 2, 2)
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)


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


@bounded(16, megabytes=1)
def _ticks(side: Range) -> tuple[list[float], list[str]]:
    """Return the values that are written along an axis, and how."""
    values = multiples(nearest_step((side[1] - side[0]) / TICKS), *side)
    return values, [number(value) for value in values]


def _back(projection: ReliefProjection) -> tuple[float, float]:
    """Return which walls are behind the surface: at across = 0 or 1, and at up = 0 or 1."""
    sides = projection.seen(np.array([(0, 0.5, 0.5), (1, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 1, 0.5)], float))[:, 2]
    return float(sides[0] > sides[1]), float(sides[2] > sides[3])


def _polygon(projection: ReliefProjection, corners: list[tuple[float, float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(*each) for each in projection.seen(np.array(corners, float))[:, :2].tolist()])
