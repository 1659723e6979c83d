"""A filter at one place of a picture: pixels times weights for every channel, their sums, and the sum of these."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from landscape.plot.theme import text_font
from landscape.scene.network.convolution import Convolution
from landscape.scene.palette import RUN_COLORS, Theme
from landscape.scene.text import number

GAP, SIGN, SUM, LINE = 8.0, 14.0, 84.0, 18.0
"""Between channels; widths of a sign between two grids, and of the sums; height of a line of text."""
CELL, SMALLEST = 32.0, 21.0
"""Largest side of a cell, and the smallest one with which all grids of a channel stand side by side."""
LETTERS = 0.31
"""Height of the numbers in a cell, in parts of its side."""
TINTS = ("#e0503a", "#3aa05a", "#3f7fe0")
POSITIVE, NEGATIVE = RUN_COLORS[1], RUN_COLORS[0]


class _Places(NamedTuple):
    """Where the parts of a channel are, from its upper left corner, and how high it is."""

    cell: float
    grids: tuple[tuple[float, float], ...]
    sums: tuple[float, float, float]
    """Left, right, and the middle of the line."""
    height: float


def height_of(shown: Convolution, width: float, unit: float) -> float:
    """Return how high the picture is where it is so wide."""
    channels = len(shown.found.pixels)
    return channels * _places(width, unit).height + (len(shown.sums) - channels + 1.2) * LINE * unit


def paint_convolution(painter: QPainter, area: QRectF, shown: Convolution, unit: float, theme: Theme) -> None:
    """Paint pixels × weights = products of each channel, beside them what is added up, and under all the total."""
    found, places = shown.found, _places(area.width(), unit)
    channels = len(found.pixels)
    tints = TINTS if channels == len(TINTS) else (theme.muted,)
    parts = (found.pixels, found.filter, found.products)
    scales = [float(np.abs(part).max()) or 1.0 for part in parts]
    left, right, middle = places.sums
    for channel in range(channels):
        corner = area.topLeft() + QPointF(0.0, channel * places.height)
        colors = ((tints[channel], theme.muted), (POSITIVE, NEGATIVE), (POSITIVE, NEGATIVE))
        for part, scale, pair, sign, (x, y) in zip(parts, scales, colors, "\0×=", places.grids, strict=True):
            _grid(painter, corner + QPointF(x, y), places.cell, part[channel], scale, pair, theme)
            if sign != "\0":
                before = QRectF(corner.x() + x - SIGN * unit, corner.y() + y, SIGN * unit, 3 * places.cell)
                painter.setFont(text_font(unit))
                painter.drawText(before, Qt.AlignmentFlag.AlignCenter, sign)
        _written(painter, corner, (left, right, middle), shown.sums[channel], unit, theme)
    below = area.topLeft() + QPointF(0.0, channels * places.height)
    for place, pair in enumerate(shown.sums[channels:]):
        _written(painter, below, (left, right, (place + 0.4) * LINE * unit), pair, unit, theme)
    line = below + QPointF(0.0, (len(shown.sums) - channels) * LINE * unit)
    painter.setPen(QPen(QColor(theme.text), max(1.0, unit)))
    painter.drawLine(line + QPointF(left, 0.0), line + QPointF(right, 0.0))
    _written(painter, line, (left, right, 0.6 * LINE * unit), ("", shown.total), unit, theme)


def _places(width: float, unit: float) -> _Places:
    """Return the grids side by side where there is room for their numbers, else the products below the others."""
    sign, total, gap = SIGN * unit, SUM * unit, GAP * unit
    cell = min((width - 3 * sign - total) / 9, CELL * unit)
    if cell >= SMALLEST * unit:
        lefts = (0.0, 3 * cell + sign, 6 * cell + 2 * sign)
        left = 9 * cell + 3 * sign
        return _Places(cell, tuple((x, 0.0) for x in lefts), (left, left + total, 1.5 * cell), 3 * cell + gap)
    cell = min((width - sign) / 6, CELL * unit)
    half = 3 * cell + gap / 2
    left = 3 * cell + 2 * sign
    grids = ((0.0, 0.0), (3 * cell + sign, 0.0), (sign, half))
    return _Places(cell, grids, (left, min(left + total, width), half + 1.5 * cell), 2 * half + gap)


def _grid(
    painter: QPainter,
    corner: QPointF,
    cell: float,
    values: NDArray[np.float64],
    scale: float,
    colors: tuple[str, str],
    theme: Theme,
) -> None:
    """Paint 3×3 numbers on the colour of what is positive or negative, the stronger the larger they are."""
    painter.setFont(text_font(1.0, size=max(LETTERS * cell, 1.0)))
    for place, value in enumerate(values.ravel().tolist()):
        down, right = divmod(place, 3)
        square = QRectF(corner.x() + right * cell, corner.y() + down * cell, cell, cell)
        color = QColor(colors[0] if value >= 0.0 else colors[1])
        color.setAlphaF(0.65 * abs(value) / scale)
        painter.setPen(QPen(QColor(theme.line), 1.0))
        painter.setBrush(color)
        painter.drawRect(square)
        painter.setPen(QColor(theme.text))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, number(round(value, 2), 2))


def _written(
    painter: QPainter,
    corner: QPointF,
    ends: tuple[float, float, float],
    pair: tuple[str, str],
    unit: float,
    theme: Theme,
) -> None:
    """Write a name and a number on a line: its left and right end, and its middle."""
    left, right, middle = ends
    line = QRectF(corner.x() + left, corner.y() + middle - LINE * unit / 2, right - left, LINE * unit)
    painter.setFont(text_font(unit))
    for text, color, side in zip(
        pair, (theme.muted, theme.text), (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), strict=True
    ):
        painter.setPen(QColor(color))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | side, text)
