"""The probe and the cut on the relief: tangent plane, osculating paraboloid, the disc where it can be trusted, a line.

Plane and paraboloid are as high as their values are coloured: where the heights are logarithms, a plane is bent.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from landscape.plot.markers import draw_sign
from landscape.plot.polyline import clip, lines
from landscape.plot.relief_projection import ReliefProjection
from landscape.plot.relief_tracks import is_seen, lifted
from landscape.plot.strokes import draw_lines, opaque_pen, sheer_pen
from landscape.scene.cut_layer import Cut
from landscape.scene.descent.cut import profile
from landscape.scene.palette import Theme
from landscape.scene.scene import Probe, Relief

SHOWN, LEAST = 0.18, 0.02
"""Half the size of plane and paraboloid, against the shorter side of the view, at the most and at the least."""
CELLS = 6
RINGS, SPOKES = 4, 12
FINE = 41
"""Points of each line."""
HIDDEN = 0.3
"""Opacity of what the surface hides."""


def draw_relief_probe(
    painter: QPainter,
    probe: Probe,
    relief: Relief,
    projection: ReliefProjection,
    depth: NDArray[np.float32],
    theme: Theme,
) -> None:
    """Draw plane and paraboloid as nets, the disc's edge and the axes on the surface, and the point."""
    found = probe.osculation
    size = _size(probe, relief)
    canvas = painter, projection, depth, theme
    center = np.array(found.point)
    if all(map(math.isfinite, (found.value, *found.gradient))):
        net = [center + line for line in _square(size)]
        _draw(canvas, [_at_values(each, found.plane, relief, projection) for each in net], probe.gradient_color, 1.0)
    if all(map(math.isfinite, found.hessian)):
        bowl = [center + line for line in _rings(size)]
        _draw(canvas, [_at_values(each, found.paraboloid, relief, projection) for each in bowl], probe.color, 1.3)
        for axis, value in zip(found.axes, found.eigenvalues, strict=True):
            color = probe.rising_color if value > 0 else probe.falling_color
            along = center + np.linspace(-size, size, FINE)[:, None] * np.array(axis)
            _draw(canvas, [_at_values(along, found.paraboloid, relief, projection)], color, 2.4)
    if 0.0 < found.radius < math.inf:
        turn = np.linspace(0.0, 2.0 * np.pi, 4 * FINE)
        edge = center + found.radius * np.stack((np.cos(turn), np.sin(turn)), axis=1)
        _draw(canvas, [lifted(edge, relief, projection)], probe.color, 2.4)
    across, down, _ = projection.seen(lifted(center[None], relief, projection))[0].tolist()
    if math.isfinite(across + down):
        draw_sign(painter, "degenerate", QPointF(across, down), 5.0 * projection.unit, probe.color, theme.halo)


def draw_relief_cut(
    painter: QPainter,
    cut: Cut,
    step: float,
    relief: Relief,
    projection: ReliefProjection,
    depth: NDArray[np.float32],
    theme: Theme,
) -> None:
    """Draw the line of a cut over the surface."""
    points = profile(cut, step).points
    if len(points) < 2:
        return
    pieces = max(1, math.ceil(600 / (len(points) - 1)))
    part = np.linspace(0.0, len(points) - 1.0, pieces * (len(points) - 1) + 1)
    dense = np.stack([np.interp(part, np.arange(len(points)), points[:, k]) for k in (0, 1)], axis=1)
    _draw((painter, projection, depth, theme), [lifted(dense, relief, projection)], cut.color, 2.4)


_Heights = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]
_Canvas = tuple[QPainter, ReliefProjection, NDArray[np.float32], Theme]


def _size(probe: Probe, relief: Relief) -> float:
    """Return how far plane and paraboloid are drawn: twice as far as they can be trusted, and not too far."""
    shorter = min(relief.x[1] - relief.x[0], relief.y[1] - relief.y[0])
    radius = probe.osculation.radius
    wanted = 2.0 * radius if math.isfinite(radius) else SHOWN * shorter
    return min(max(wanted, LEAST * shorter), SHOWN * shorter)


def _square(size: float) -> list[NDArray[np.float64]]:
    """Return the lines of a net over a square around the origin."""
    side, fine = np.linspace(-size, size, CELLS + 1), np.linspace(-size, size, FINE)
    along = [np.stack((np.full(FINE, each), fine), axis=1) for each in side]
    return [*along, *(line[:, ::-1] for line in along)]


def _rings(size: float) -> list[NDArray[np.float64]]:
    """Return circles around the origin, and spokes."""
    turn = np.linspace(0.0, 2.0 * np.pi, 4 * FINE)
    circle = np.stack((np.cos(turn), np.sin(turn)), axis=1)
    rings = [size * (k + 1) / RINGS * circle for k in range(RINGS)]
    ways = np.linspace(0.0, 2.0 * np.pi, SPOKES, endpoint=False)
    reach = np.linspace(0.0, size, FINE)[:, None]
    return [*rings, *(reach * np.array((np.cos(way), np.sin(way))) for way in ways.tolist())]


def _at_values(
    points: NDArray[np.float64], heights: _Heights, relief: Relief, projection: ReliefProjection
) -> NDArray[np.float64]:
    """Return the places in the box of points that are as high as a function's values are coloured."""
    shades = relief.spread.shades(heights(points[:, 0], points[:, 1]))
    base = projection.base(points)
    inside = ((base >= 0.0) & (base <= 1.0)).all(axis=1)
    return np.column_stack((base, np.where(inside, shades, np.nan)))


def _draw(canvas: _Canvas, places: Sequence[NDArray[np.float64]], color: str, width: float) -> None:
    """Draw lines through places in the box, faintly where the surface hides them."""
    painter, projection, depth, theme = canvas
    box = -8.0, -8.0, projection.width + 8.0, projection.height + 8.0
    unit = projection.unit
    for line in places:
        seen = projection.seen(line)
        clear = is_seen(seen, depth, projection)
        joined = lines(np.ascontiguousarray(seen[:, :2]))
        finite, both = np.isfinite(joined).all(axis=1), clear[:-1] & clear[1:]
        hidden, _ = clip(joined[finite & ~both], box)
        draw_lines(painter, hidden, sheer_pen(color, width * unit, HIDDEN))
        shown, _ = clip(joined[finite & both], box)
        if width > 2.0:
            draw_lines(painter, shown, opaque_pen(theme.halo, (width + 1.8) * unit))
        draw_lines(painter, shown, opaque_pen(color, width * unit))
