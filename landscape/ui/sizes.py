"""Sizes in pixels of a window at usual scale, and how all of them follow the scale of the window.

The scale is that of the application's font: whatever is made takes it from there, and what stands is sized again.
"""

from typing import TypeVar

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QLayout, QWidget

LEFT, RIGHT, EDITOR, LESSON = 328, 264, 392, 344
"""Widths of the sides."""
BAR = 10
"""Width of a scroll bar."""
POINTS = 10.0
"""Size of the text at usual scale."""
SCALES = (80, 90, 100, 110, 125, 150, 175, 200, 225, 250)
"""Per cent that a person can choose."""
W = TypeVar("W", bound=QWidget)
_GAPS = "gaps"


def unit() -> float:
    """Return how many times as large as usual everything is."""
    points = QApplication.font().pointSizeF()
    return points / POINTS if points > 0 else 1.0


def scaled(pixels: float) -> int:
    """Return a length at usual scale as it is now, in whole pixels."""
    return round(pixels * unit())


def sized(
    widget: W, *, width: int = 0, height: int = 0, least: tuple[int, int] = (0, 0), icon: tuple[int, int] = (0, 0)
) -> W:
    """Give a widget sizes at usual scale: a fixed width and height, the least ones, that of its icon; return it."""
    widget.__dict__["_sized"] = width, height, least, icon
    _size(widget)
    return widget


def spaced(layout: QLayout, spacing: int, margins: tuple[int, int, int, int]) -> None:
    """Give a layout its gaps at usual scale."""
    layout.setProperty(_GAPS, [spacing, *margins])
    _space(layout)


def size_again(root: QWidget) -> None:
    """Give everything inside of a window its sizes at the scale as it is now."""
    for widget in root.findChildren(QWidget):
        if "_sized" in widget.__dict__:
            _size(widget)
    for layout in root.findChildren(QLayout):
        _space(layout)


def painter_of(widget: QWidget) -> tuple[QPainter, QRectF]:
    """Return what paints on a widget in pixels at usual scale, and its area in them."""
    painter, size = QPainter(widget), unit()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size, size)
    return painter, QRectF(0.0, 0.0, widget.width() / size, widget.height() / size)


def _size(widget: QWidget) -> None:
    width, height, least, icon = widget.__dict__["_sized"]
    if width:
        widget.setFixedWidth(scaled(width))
    if height:
        widget.setFixedHeight(scaled(height))
    if least[0]:
        widget.setMinimumWidth(scaled(least[0]))
    if least[1]:
        widget.setMinimumHeight(scaled(least[1]))
    if any(icon) and isinstance(widget, QAbstractButton):
        widget.setIconSize(QSize(scaled(icon[0]), scaled(icon[1])))


def _space(layout: QLayout) -> None:
    gaps = layout.property(_GAPS)
    if gaps is not None:
        spacing, *margins = map(scaled, gaps)
        layout.setSpacing(spacing)
        layout.setContentsMargins(*margins)
