"""One network's answer over the plane of its inputs, with the data on it."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from landscape.plot.network.classes import class_colors, strength
from landscape.plot.network.dots import Dots
from landscape.plot.network.labels import hatched
from landscape.plot.pixels import color_image, grey_image
from landscape.plot.polyline import clip, lines
from landscape.plot.projection import Projection, device_frame
from landscape.plot.strokes import draw_lines, opaque_pen
from landscape.plot.theme import rgb, text_font
from landscape.scene.network.scene import Cloud, Fit, Guesses, Pictures, Region, Regions
from landscape.scene.palette import Theme
from landscape.scene.text import number

LINE = 1.6
CORNER = 6.0
ENDS = 11.0
"""Height of the numbers in the corners."""


def tinted(shades: NDArray[np.float32], theme: Theme) -> NDArray[np.uint8]:
    """Return the shares of the classes (..., classes) as colours (..., 3): red, green and blue.

    Pale where the network is undecided between the classes, strong where it is certain, and the theme's colour for
    what is invalid where it has no number.
    """
    count = shades.shape[-1]
    ground = np.array(rgb(theme.panel))
    certain = np.clip((shades.max(axis=-1) - 1 / count) / (1 - 1 / count), 0.0, 1.0)[..., None]
    part = strength(certain)
    with np.errstate(invalid="ignore"):
        mixed = (1 - part) * ground + part * (shades @ class_colors(count))
    invalid = np.array(rgb(theme.invalid))
    mixed = np.where(np.isfinite(mixed), mixed, invalid)
    colors: NDArray[np.uint8] = np.rint(mixed).astype(np.uint8)
    return colors


Answer: TypeAlias = Region | Regions | Fit | Guesses | None


class BoundaryPlot:
    """Draws the data and one network's answer into a rectangle; what did not change is kept as a picture.

    Args:
        dots: The rows of the data, which several may share.
    """

    def __init__(self, dots: Dots) -> None:
        self._region: tuple[Region | Regions, str] | None = None
        self._tints = QImage()
        self._area = QRectF()
        self._dots = dots
        self.complete = True
        """Whether all rows of the data were there when it was painted last."""

    def paint(
        self,
        painter: QPainter,
        area: QRectF,
        data: Cloud | Pictures,
        answer: Answer,
        color: str,
        unit: float,
        theme: Theme,
    ) -> None:
        """Paint all of it.

        Args:
            painter: where.
            area: the rectangle, in the painter's coordinates.
            data: what the network is trained and tested on.
            answer: what it says; None while nothing is known.
            color: of the network, for the curve that it predicts.
            unit: factor of lines and dots.
            theme: colours.
        """
        self._area = area
        frame = device_frame(painter, area)
        whole = QRectF(0, 0, frame.width, frame.height)
        unit *= frame.ratio
        painter.save()
        painter.setWorldTransform(frame.world)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corners = QPainterPath()
        corners.addRoundedRect(whole, CORNER * unit, CORNER * unit)
        painter.setClipPath(corners)
        painter.fillRect(whole, QColor(theme.raised))
        if isinstance(data, Pictures):
            _paint_pictures(painter, whole, data, answer, theme)
        elif frame.width > 1 and frame.height > 1:
            seen = Projection(x=data.x, y=data.y, width=frame.width, height=frame.height, unit=unit)
            self._paint_plane(painter, whole, seen, data, answer, color, theme)
        painter.restore()

    def place_at(self, position: QPointF, data: Cloud) -> tuple[float, float] | None:
        """Return the point of the plane at a position of the painter that was used last; None beside it."""
        if not self._area.contains(position):
            return None
        across = (position.x() - self._area.left()) / self._area.width()
        up = (self._area.bottom() - position.y()) / self._area.height()
        return data.x[0] + across * (data.x[1] - data.x[0]), data.y[0] + up * (data.y[1] - data.y[0])

    def _paint_plane(
        self,
        painter: QPainter,
        whole: QRectF,
        seen: Projection,
        data: Cloud,
        answer: Answer,
        color: str,
        theme: Theme,
    ) -> None:
        if isinstance(answer, Region | Regions):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(whole, self._tinted(answer, theme))
        if isinstance(answer, Region):
            _stroke(painter, seen, answer.lines, theme.text, LINE * seen.unit)
        elif isinstance(answer, Regions):
            for lines_of, color_of in zip(answer.lines, class_colors(len(answer.lines)), strict=True):
                _stroke(painter, seen, lines_of, theme.panel, 2 * (LINE + 0.8) * seen.unit)
                _stroke(painter, seen, lines_of, QColor(*np.rint(color_of).astype(int)).name(), 2 * LINE * seen.unit)
        dots, self.complete = self._dots.picture(seen, data, theme)
        painter.drawImage(0, 0, dots)
        _paint_ends(painter, whole, data, seen.unit, theme)
        if isinstance(answer, Fit):
            _stroke(painter, seen, (answer.points,), theme.panel, 2 * (LINE + 1.0) * seen.unit)
            _stroke(painter, seen, (answer.points,), color, 2 * LINE * seen.unit)

    def _tinted(self, region: Region | Regions, theme: Theme) -> QImage:
        """Return the region as a small picture, which is drawn smoothly; row 0 at the top."""
        if self._region != (region, theme.name):
            colors = tinted(region.shades, theme) if isinstance(region, Region) else hatched(region.shares, theme)
            self._tints = color_image(colors, upward=True)
            self._region = region, theme.name
        return self._tints


def _stroke(
    painter: QPainter, seen: Projection, polylines: tuple[NDArray[np.float64], ...], color: str, width: float
) -> None:
    box = (-8.0, -8.0, seen.width + 8.0, seen.height + 8.0)
    for polyline in polylines:
        if len(polyline) > 1:
            draw_lines(painter, clip(lines(seen.pixels(polyline)), box)[0], opaque_pen(color, width))


def _paint_ends(painter: QPainter, whole: QRectF, data: Cloud, unit: float, theme: Theme) -> None:
    """Write the ends of both inputs' ranges into the corners, so that a shift can be read."""
    painter.setFont(text_font(unit, size=ENDS))
    painter.setPen(QColor(theme.text))
    room = whole.adjusted(6 * unit, 4 * unit, -6 * unit, -4 * unit)
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
    (x0, x1), (y0, y1) = data.x, data.y
    painter.drawText(room, left | bottom, f"({number(x0, 2)}, {number(y0, 2)})")
    painter.drawText(room, right | top, f"({number(x1, 2)}, {number(y1, 2)})")


def _paint_pictures(painter: QPainter, area: QRectF, data: Pictures, answer: Answer, theme: Theme) -> None:
    """Paint the pictures in a square; what the network takes each for stands below it, in red where it is wrong.

    What it takes other pictures for is not shown.
    """
    across = max(1, round(np.sqrt(len(data.pixels) * area.width() / max(area.height(), 1))))
    down = -(-len(data.pixels) // across)
    cell = min(area.width() / across, area.height() / down)
    origin = QPointF(area.center().x() - cell * across / 2, area.center().y() - cell * down / 2)
    font = painter.font()
    font.setPixelSize(max(1, round(0.3 * cell)))
    painter.setFont(font)
    for index, pixels in enumerate(data.pixels):
        corner = origin + QPointF(index % across * cell, index // across * cell)
        place = QRectF(corner.x() + 0.2 * cell, corner.y() + 0.06 * cell, 0.6 * cell, 0.6 * cell)
        image = grey_image(pixels[..., 0]) if pixels.shape[-1] == 1 else color_image(pixels)
        painter.drawImage(place, image)
        if isinstance(answer, Guesses) and answer.data == data.data:
            guess = int(answer.classes[index])
            right = guess == int(data.classes[index])
            painter.setPen(QColor(theme.muted if right else theme.error))
            below = QRectF(corner.x(), corner.y() + 0.64 * cell, cell, 0.34 * cell)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(guess) if guess >= 0 else "–")
