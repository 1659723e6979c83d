"""Names written over a map of two hyper-parameters, where there is room for them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from landscape.plot.projection import Projection
from landscape.scene.palette import Theme

GAP = 6.0
SIGN = 6.0
"""Half the width of the signs that are named."""
BANDS = 24
"""Rows in which room for the name of the empty region is looked for."""
SIDES = (-0.6, 0.0, 0.6)
"""Where across its height a text must have room."""
ALIKE = 0.9
"""Rows this part as long as the longest are as good: of them the middle one is taken."""
ALONG = 0.75
"""Where along a line its name is, if there is room."""


def write_beside(
    painter: QPainter,
    text: str,
    center: QPointF,
    font: QFont,
    projection: Projection,
    theme: Theme,
    taken: Sequence[QRectF],
) -> QRectF:
    """Write a text right or left of a point, above or below it, where there is room; return its place."""
    metrics, gap = QFontMetricsF(font), (SIGN + GAP) * projection.unit
    width, height = metrics.horizontalAdvance(text), metrics.height()
    view = QRectF(0, 0, projection.width, projection.height).adjusted(4, 2, -4, -2)
    level, above, below = center.y() - height / 2, center.y() - height - gap / 2, center.y() + gap / 2
    left, right = center.x() - gap - width, center.x() + gap
    places = [QRectF(x, y, width, height) for y in (level, above, below) for x in (left, right)]
    inside = max(min(center.x() - width / 2, view.right() - width), view.left())
    places += [QRectF(inside, y, width, height) for y in (above, below)]
    free = [each for each in places if view.contains(each) and not any(each.intersects(other) for other in taken)]
    if not free:
        return QRectF()
    _write(painter, text, free[0], font, projection.unit, theme)
    return free[0]


def name_line(
    painter: QPainter,
    text: str,
    joined: NDArray[np.float64],
    font: QFont,
    projection: Projection,
    theme: Theme,
    taken: Sequence[QRectF],
) -> QRectF:
    """Write what a line is beside it, as near to ``ALONG`` as there is room."""
    middle = int(ALONG * len(joined))
    for index in sorted(range(0, len(joined), 4), key=lambda index: abs(index - middle)):
        place = write_beside(painter, text, QPointF(*joined[index, :2].tolist()), font, projection, theme, taken)
        if not place.isEmpty():
            return place
    return QRectF()


def name_empty(
    painter: QPainter,
    text: str,
    empty: NDArray[np.bool_],
    font: QFont,
    projection: Projection,
    theme: Theme,
    taken: Sequence[QRectF],
) -> None:
    """Write what it means where there is no colour, in the widest free part of that region; upwards if it is narrow.

    ``empty`` tells of each cell whether it has none, row 0 at the top.
    """
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text), metrics.height()
    free = [each.adjusted(-4, -2, 4, 2) for each in taken]
    level = _roomiest(empty, (projection.width, projection.height), (width, height), free, projection.unit)
    if level is not None:
        _write(painter, text, _around(level, width, height), font, projection.unit, theme)
        return
    turned = [QRectF(each.top(), each.left(), each.height(), each.width()) for each in free]
    upright = _roomiest(empty.T, (projection.height, projection.width), (width, height), turned, projection.unit)
    if upright is not None:
        painter.save()
        painter.translate(upright.y(), upright.x())
        painter.rotate(-90)
        _write(painter, text, _around(QPointF(), width, height), font, projection.unit, theme)
        painter.restore()


def _around(middle: QPointF, width: float, height: float) -> QRectF:
    return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)


def _roomiest(
    empty: NDArray[np.bool_], size: tuple[int, int], text: tuple[float, float], taken: Sequence[QRectF], unit: float
) -> QPointF | None:
    """Return the middle of one of the longest rows of empty cells with room for a text; None where there is none."""
    (width, height), (across, down) = text, size
    found: list[tuple[float, QPointF]] = []
    for band in range(1, BANDS):
        rows = [min(int((band + part * height / down * BANDS) / BANDS * len(empty)), len(empty) - 1) for part in SIDES]
        begin, end = _longest(np.asarray(empty[np.maximum(rows, 0)].all(axis=0)))
        room = (end - begin) / empty.shape[1] * across
        middle = QPointF((begin + end) / 2 / empty.shape[1] * across, band / BANDS * down)
        if room > width + 2 * GAP * unit and not any(_around(middle, width, height).intersects(each) for each in taken):
            found.append((room, middle))
    longest = max((room for room, _ in found), default=0.0)
    alike = [middle for room, middle in found if room > ALIKE * longest]
    return alike[len(alike) // 2] if alike else None


def _longest(row: NDArray[np.bool_]) -> tuple[int, int]:
    """Return where the longest run of True begins and ends."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
    if len(edges) == 0:
        return 0, 0
    begins, ends = edges[::2], edges[1::2]
    index = int(np.argmax(ends - begins))
    return int(begins[index]), int(ends[index])


def _write(painter: QPainter, text: str, place: QRectF, font: QFont, unit: float, theme: Theme) -> None:
    """Write on a ground of its own, so that it can be read over every colour."""
    ground = QColor(theme.panel)
    ground.setAlphaF(0.86)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(place.adjusted(-4 * unit, -unit, 4 * unit, unit), 3 * unit, 3 * unit)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
