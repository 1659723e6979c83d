"""What goes on inside of two networks: what comes into each layer's activation, and how large its gradient is."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from landscape.plot.pixels import color_image
from landscape.plot.theme import rgb, text_font
from landscape.scene.network.scene import Course, LayerHistory, LayerState, Moment
from landscape.scene.palette import Theme
from landscape.scene.text import number
from landscape.translation import Translation

TEXT = 11.0
LINE, GAP = 15.0, 6.0
"""Height of a line of text, one above and one below each histogram; and the room between two layers."""
TALLEST = 120.0
"""Height of a histogram."""
BAR = 4.0
DOT, TITLE = 8.0, 46.0
"""Room of a unit that dropout keeps or not, at most; and what is left beside them for the title."""
DECADES = (-6.0, 2.0)
"""Powers of ten at both ends of the bar of a gradient."""


class LayersPlot:
    """Draws for each layer the histograms of both networks over time, and the numbers at the current step."""

    def __init__(self) -> None:
        self._images: dict[tuple[int, int], tuple[LayerHistory, str, QImage]] = {}
        self.coming = True
        """Whether what comes after the step is shown."""

    def paint(
        self,
        painter: QPainter,
        area: QRectF,
        course: Course,
        moment: Moment | None,
        step: float,
        unit: float,
        theme: Theme,
        say: Translation,
    ) -> None:
        """Paint all layers into ``area``, each as high as there is room for; a line marks ``step``."""
        rows = max((len(twin.layers) for twin in course.twins), default=0)
        if not rows:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(unit, size=TEXT))
        height = area.height() / rows
        picture = max(min(TALLEST * unit, height - (2 * LINE + BAR + GAP) * unit), 4 * unit)
        width = (area.width() - GAP * unit) / 2
        for row in range(rows):
            for column, twin in enumerate(course.twins):
                if row >= len(twin.layers):
                    continue
                left = area.left() + column * (width + GAP * unit)
                cell = QRectF(left, area.top() + row * height, width, height)
                state = _state(moment, column, row)
                line = QRectF(left, cell.top(), width, LINE * unit)
                if not column:
                    painter.setPen(QColor(theme.muted))
                    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, twin.layers[row].title)
                if state is not None and state.kept:
                    _paint_kept(painter, line, state.kept, twin.color, unit, theme)
                box = QRectF(left, line.bottom(), width, picture)
                image = self._image((column, row), twin.layers[row], twin.color, theme)
                self._paint_history(painter, box, image, twin.layers[row], course.steps, step, unit, theme)
                below = QRectF(left, box.bottom() + 2 * unit, width, BAR * unit)
                _paint_bar(painter, below, state, twin.color, theme)
                _paint_numbers(painter, QRectF(left, below.bottom(), width, LINE * unit), state, theme, say)
        painter.restore()

    def _image(self, place: tuple[int, int], layer: LayerHistory, color: str, theme: Theme) -> QImage:
        """Return the history as a small picture: lowest values at the bottom, one column for each moment."""
        look = f"{color} {theme.name}"
        kept = self._images.get(place)
        if kept is None or kept[0] is not layer or kept[1] != look:
            kept = layer, look, _drawn(layer, color, theme)
            self._images[place] = kept
        return kept[2]

    def _paint_history(
        self,
        painter: QPainter,
        box: QRectF,
        image: QImage,
        layer: LayerHistory,
        steps: int,
        step: float,
        unit: float,
        theme: Theme,
    ) -> None:
        painter.fillRect(box, QColor(theme.raised))
        if len(layer.steps):
            part = float(layer.steps[-1]) / max(steps, 1)
            shown = QRectF(box.left(), box.top(), max(part * box.width(), 1.0), box.height())
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if not self.coming:
                painter.setClipRect(QRectF(box.left(), box.top(), box.width() * step / max(steps, 1), box.height()))
            painter.drawImage(shown, image)
            painter.restore()
        middle = box.bottom() - box.height() * (0.0 - layer.low) / (layer.high - layer.low)
        painter.setPen(QPen(QColor(theme.line), max(1.0, unit), Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
        at = box.left() + box.width() * min(step / max(steps, 1), 1.0)
        painter.setPen(QPen(QColor(theme.muted), max(1.0, unit)))
        painter.drawLine(QPointF(at, box.top()), QPointF(at, box.bottom()))


def _drawn(layer: LayerHistory, color: str, theme: Theme) -> QImage:
    if not layer.density.size:
        return QImage()
    ground, ink = (np.array(rgb(each), dtype=np.float32) for each in (theme.raised, color))
    part = np.sqrt(layer.density)[..., None]
    return color_image(np.rint((1 - part) * ground + part * ink).astype(np.uint8), upward=True)


def _state(moment: Moment | None, column: int, row: int) -> LayerState | None:
    twin = moment.twins[column] if moment and column < len(moment.twins) else None
    layers: Sequence[LayerState] = twin.layers if twin else ()
    return layers[row] if row < len(layers) else None


def _paint_numbers(painter: QPainter, line: QRectF, state: LayerState | None, theme: Theme, say: Translation) -> None:
    if state is None:
        return
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(theme.text))
    gradient = f"‖∇‖ {number(state.gradient, 2)}"
    painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, gradient)
    share = say("{share} % idle", share=round(100 * state.idle)) if state.idle >= 0.005 else ""
    if share and painter.fontMetrics().horizontalAdvance(gradient + share) + 6 < line.width():
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, share)


def _paint_kept(painter: QPainter, line: QRectF, kept: Sequence[bool], color: str, unit: float, theme: Theme) -> None:
    """Paint a dot for each unit at the right of a line: full where dropout keeps it, a ring where it does not."""
    apart = min(DOT * unit, (line.width() - TITLE * unit) / len(kept))
    radius = 0.36 * apart
    first = line.right() - apart * len(kept)
    for index, on in enumerate(kept):
        painter.setPen(QPen(QColor(color if on else theme.muted), max(0.8 * unit, 0.15 * apart)))
        painter.setBrush(QColor(color) if on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(first + (index + 0.5) * apart, line.center().y()), radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_bar(painter: QPainter, box: QRectF, state: LayerState | None, color: str, theme: Theme) -> None:
    """Paint the norm of the gradient as a bar over powers of ten."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    if state is None or not state.gradient > 0:
        return
    low, high = DECADES
    part = (math.log10(min(state.gradient, 1e300)) - low) / (high - low)
    filled = QRectF(box.left(), box.top(), box.width() * min(max(part, 0.02), 1.0), box.height())
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(filled, box.height() / 2, box.height() / 2)
