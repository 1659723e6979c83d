"""Known points on the relief: minima, maxima and saddles with their axes, faint where the surface hides them."""

import math
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from landscape.plot.markers import RADIUS, draw_saddle, draw_sign
from landscape.plot.polyline import clip, lines
from landscape.plot.relief_projection import ReliefProjection
from landscape.plot.relief_tracks import is_seen, lifted
from landscape.plot.strokes import draw_lines, sheer_pen
from landscape.scene.palette import Theme
from landscape.scene.scene import Marker, Relief

HIDDEN = 0.3
"""Opacity of what the surface hides."""
REACH = 10.0
"""Units of line width around a marker within which it is meant."""
BEHIND = 4.0
"""So many times as far it may be from there on the base."""
STEP = 1e-3
"""Of the view, by which an axis is followed to see where it points."""


def draw_relief_markers(
    painter: QPainter,
    markers: Sequence[Marker],
    relief: Relief,
    projection: ReliefProjection,
    depth: NDArray[np.float32],
    theme: Theme,
) -> None:
    """Draw all markers of a scene, curves first."""
    for marker in markers:
        for points in marker.lines:
            _draw_curve(painter, points, relief, projection, depth, theme)
    single = [marker for marker in markers if not marker.lines]
    if not single:
        return
    # All places at once: a call of NumPy costs more than they do.
    points = np.concatenate([np.array([marker.point for marker in single]), *(_ends(one, relief) for one in single)])
    places = projection.seen(lifted(points, relief, projection))
    seen, ends = np.split(places, [len(single)])
    clear, axes = is_seen(seen, depth, projection), _directions(ends)
    for marker, (across, down, _), shown in zip(single, seen.tolist(), clear.tolist(), strict=True):
        own, axes = axes[: len(marker.axes)], axes[len(marker.axes) :]
        if not math.isfinite(across + down):
            continue
        painter.setOpacity(1.0 if shown else HIDDEN)
        center, unit = QPointF(across, down), projection.unit
        if marker.kind == "saddle":
            arms = [QPointF(*each) for each in own]
            draw_saddle(painter, center, arms if all(map(math.isfinite, chain(*own))) else [], unit, theme)
        else:
            draw_sign(painter, marker.kind, center, RADIUS * unit, theme.stage_text, theme.halo)
    painter.setOpacity(1.0)


def nearest_marker(
    markers: Sequence[Marker], point: tuple[float, float], relief: Relief, projection: ReliefProjection
) -> Marker | None:
    """Return the nearest marker within some pixels of where a surface point is seen; None where there is none.

    What is behind the surface may be seen in the same place, and is not meant.
    """
    single = [marker for marker in markers if not marker.lines]
    places = lifted(np.array([point, *(marker.point for marker in single)]), relief, projection)
    seen, size = projection.seen(places)[:, :2], (projection.width, projection.height)
    with np.errstate(invalid="ignore"):
        away = np.hypot(*(seen[1:] - seen[0]).T)
        along = np.hypot(*((places[1:, :2] - places[0, :2]) * size).T)
        away = np.where((away <= REACH * projection.unit) & (along <= BEHIND * REACH * projection.unit), away, np.inf)
    best = int(np.argmin(away)) if len(away) else 0
    return single[best] if len(away) and np.isfinite(away[best]) else None


def _ends(marker: Marker, relief: Relief) -> NDArray[np.float64]:
    """Return surface points (2k, 2) near a marker: for each axis, on one side of it and on the other."""
    reach = STEP * max(relief.x[1] - relief.x[0], relief.y[1] - relief.y[0])
    along = reach * np.array(marker.axes, np.float64).reshape(-1, 1, 2)
    return (np.array(marker.point) + np.concatenate((along, -along), axis=1)).reshape(-1, 2)


def _directions(ends: NDArray[np.float64]) -> list[list[float]]:
    """Return axes as directions of length 1 in the picture, from where their ends on the surface are seen; or NaN."""
    along = ends[::2, :2] - ends[1::2, :2]
    with np.errstate(invalid="ignore", divide="ignore"):
        found: list[list[float]] = (along / np.hypot(along[:, :1], along[:, 1:])).tolist()
    return found


def _draw_curve(
    painter: QPainter,
    points: NDArray[np.float64],
    relief: Relief,
    projection: ReliefProjection,
    depth: NDArray[np.float32],
    theme: Theme,
) -> None:
    seen = projection.seen(lifted(points, relief, projection))
    clear = is_seen(seen, depth, projection)
    joined = lines(np.ascontiguousarray(seen[:, :2]))
    finite, both = np.isfinite(joined).all(axis=1), clear[:-1] & clear[1:]
    box = -8.0, -8.0, projection.width + 8.0, projection.height + 8.0
    unit = projection.unit
    for of, opacity in ((finite & both, 0.9), (finite & ~both, HIDDEN)):
        part, _ = clip(joined[of], box)
        draw_lines(painter, part, sheer_pen(theme.halo, 2.6 * unit, 0.6 * opacity))
        draw_lines(painter, part, sheer_pen(theme.stage_text, 1.2 * unit, opacity))
