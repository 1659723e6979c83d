"""The picture under the paths: the surface as colour, its contour lines, and arrows of steepest descent."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from landscape.plot.basins import draw_basins
from landscape.plot.markers import draw_markers
from landscape.plot.open_areas import draw_open_areas
from landscape.plot.pixels import word_image, words
from landscape.plot.polyline import STRAIGHT, Box, Lines, clip, lines, straighten
from landscape.plot.projection import Projection
from landscape.plot.strokes import draw_lines, is_vector, opaque_pen, sheer_pen
from landscape.scene.layers import Heat
from landscape.scene.palette import Theme
from landscape.scene.scene import Arrows, Basins, ContourLine, Contours, Marker, OpenAreas

CONTOUR_WIDTH = 1.0
PIECES = 4096
"""Of a contour line that are drawn in one go: 2 ms."""
ARROW_LENGTH = 16.0
ARROW_WIDTH = 1.3


class GroundLayers(NamedTuple):
    """What lies under the paths; None for what there is not."""

    heat: Heat | None = None
    contours: Contours | None = None
    arrows: Arrows | None = None
    markers: Sequence[Marker] = ()
    basins: Basins | None = None
    """In place of the heat."""
    open_areas: OpenAreas | None = None


def draw_ground(projection: Projection, theme: Theme, layers: GroundLayers) -> QImage:
    """Return what lies under the paths, as large as the view."""
    image = blank_ground(projection, theme, layers.heat)
    for _ in drawing_ground(image, projection, theme, layers):
        pass
    return image


def blank_ground(projection: Projection, theme: Theme, heat: Heat | None) -> QImage:
    """Return what lies under the paths before anything is drawn."""
    image = QImage(projection.width, projection.height, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.invalid if heat else theme.panel))
    return image


def drawing_ground(image: QImage, projection: Projection, theme: Theme, layers: GroundLayers) -> Iterator[None]:
    """Draw what lies under the paths on a blank picture, and yield after each part of it."""
    painter = QPainter(image)
    try:
        if layers.basins is not None:
            draw_basins(painter, projection, layers.basins, theme)
        elif layers.heat is not None:
            _draw_heat(painter, projection, layers.heat, theme)
        yield
        yield from drawing_lines(painter, projection, theme, layers)
    finally:
        painter.end()


def drawing_lines(painter: QPainter, projection: Projection, theme: Theme, layers: GroundLayers) -> Iterator[None]:
    """Draw what lies over the colours and under the paths, and yield after each part of it."""
    heat, contours, arrows, markers, basins, open_areas = layers
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for line in contours.lines if contours is not None else ():
        under = None if basins is not None else _color_under(line, heat)
        dark = basins is not None or (under is not None and _lightness(under) > 0.5)
        pen = _contour_pen(under if is_vector(painter) else None, CONTOUR_WIDTH * projection.unit, dark=dark)
        yield from _drawing_contour(painter, projection, line, pen)
    if arrows is not None:
        draw_arrows(painter, projection, arrows, theme)
        yield
    if open_areas is not None:
        draw_open_areas(painter, open_areas, projection, theme)
        yield
    draw_markers(painter, markers, projection, theme)


def _draw_heat(painter: QPainter, projection: Projection, heat: Heat, theme: Theme) -> None:
    picture = heat_image(heat)
    if picture.hasAlphaChannel():
        hatch = QColor(theme.muted)
        hatch.setAlphaF(0.45)
        painter.fillRect(QRectF(painter.viewport()), QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(projection.rect(heat.x, heat.y), picture)


def heat_image(heat: Heat) -> QImage:
    """Return the surface as colour, one pixel a cell, largest y at the top; cells without a value are transparent."""
    known = np.isfinite(heat.shade)
    index = np.where(known, np.clip(heat.shade, 0.0, 1.0), 0.0) * np.float32(255) + np.float32(0.5)
    colors = words(heat.colors)[index.astype(np.uint8)]
    complete = bool(known.all())
    if not complete:
        colors[~known] = 0
    return word_image(colors, upward=True, opaque=complete)


def _drawing_contour(painter: QPainter, projection: Projection, line: ContourLine, pen: QPen) -> Iterator[None]:
    """Draw a line piece by piece: on a surface that oscillates it has tens of thousands of them."""
    points = projection.pixels(line.points)
    joined, _ = clip(_finite(lines(points[straighten(points, STRAIGHT)])), _box(projection))
    for first in range(0, len(joined), PIECES):
        draw_lines(painter, joined[first : first + PIECES], pen)
        yield


def _contour_pen(under: NDArray[np.float64] | None, width: float, *, dark: bool) -> QPen:
    """Return the pen of a contour line: one through which one sees, or over a known colour one that looks the same.

    Where lines stay lines, only opaque ones do: the others become areas as wide as they are.
    """
    ink, opacity = ("#000000", 0.32) if dark else ("#ffffff", 0.38)
    if under is None:
        return sheer_pen(ink, width, opacity)
    mixed = (1 - opacity) * under + opacity * (0.0 if dark else 1.0)
    return sheer_pen(QColor.fromRgbF(*mixed.tolist()).name(), width, 1.0)


def _finite(joined: Lines) -> Lines:
    found: Lines = joined[np.isfinite(joined[:, 0])]
    return found


def _box(projection: Projection) -> Box:
    return -8.0, -8.0, projection.width + 8.0, projection.height + 8.0


def _color_under(line: ContourLine, heat: Heat | None) -> NDArray[np.float64] | None:
    """Return the colour under a contour line, the same all along, from 0 to 1; None where there is none."""
    known = np.flatnonzero(np.isfinite(line.points[:, 0] + line.points[:, 1]))
    if heat is None or len(known) == 0 or heat.x[0] == heat.x[1] or heat.y[0] == heat.y[1]:
        return None
    rows, columns = heat.shade.shape
    x, y = line.points[known[len(known) // 2]]
    column = int(np.clip((x - heat.x[0]) / (heat.x[1] - heat.x[0]) * columns, 0, columns - 1))
    row = int(np.clip((y - heat.y[0]) / (heat.y[1] - heat.y[0]) * rows, 0, rows - 1))
    shade = float(np.nan_to_num(heat.shade[row, column]))
    return np.asarray(heat.colors[int(min(max(shade, 0.0), 1.0) * 255)] / 255.0)


def _lightness(color: NDArray[np.float64]) -> float:
    """Return how light a colour is, in [0, 1]."""
    red, green, blue = color.tolist()
    return float(0.299 * red + 0.587 * green + 0.114 * blue)


def draw_arrows(painter: QPainter, projection: Projection, arrows: Arrows, theme: Theme) -> None:
    """Draw arrows of one length, each in a halo."""
    start = projection.pixels(arrows.points)
    along = arrows.directions * projection.factors
    with np.errstate(invalid="ignore", divide="ignore"):
        along /= np.hypot(along[:, 0], along[:, 1])[:, None]
    usable = np.isfinite(start).all(axis=1) & np.isfinite(along).all(axis=1)
    start, along = start[usable], along[usable] * ARROW_LENGTH * projection.unit
    across = np.stack((-along[:, 1], along[:, 0]), axis=1)
    tip = start + along / 2
    barbs = [np.hstack((tip - 0.34 * along + side * 0.22 * across, tip)) for side in (-1, 1)]
    drawn = np.vstack((np.hstack((start - along / 2, tip)), *barbs))
    draw_lines(painter, drawn, opaque_pen(theme.halo, (ARROW_WIDTH + 1.6) * projection.unit))
    draw_lines(painter, drawn, opaque_pen(theme.stage_text, ARROW_WIDTH * projection.unit))
