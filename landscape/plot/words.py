"""Titles and captions that are shown whole in little room: smaller, or on a second line, before anything is cut off."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from landscape.plot.theme import text_font

SMALLEST = 0.75
"""A title is made smaller down to this part of its size."""
BETWEEN = " · "
"""What stands between the parts of a caption."""


def set_fitting_font(
    painter: QPainter, text: str, width: float, unit: float, size: float, *, bold: bool, alike: Sequence[str] = ()
) -> str:
    """Set the largest font up to ``size`` in which ``text`` fits; return it, cut off where none is small enough.

    ``alike``: texts in equal rooms beside it, which are to be of the same size.
    """
    for part in (1.0, 0.93, 0.87, 0.81, SMALLEST):
        font = text_font(unit, size=part * size, bold=bold)
        if max(map(QFontMetricsF(font).horizontalAdvance, (text, *alike))) <= width:
            break
    painter.setFont(font)
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width) + 1)


def two_lines(text: str, width: float, metrics: QFontMetricsF) -> tuple[str, ...]:
    """Return a caption in one line where it fits, else in two: broken between its parts, as late as can be."""
    if metrics.horizontalAdvance(text) <= width or BETWEEN not in text:
        return (text,)
    parts = text.split(BETWEEN)
    for count in range(len(parts) - 1, 1, -1):
        if metrics.horizontalAdvance(BETWEEN.join(parts[:count])) <= width:
            break
    else:
        count = 1
    return BETWEEN.join(parts[:count]), BETWEEN.join(parts[count:])
