"""A whole picture of two networks in training at any size: what an exported frame shows."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from landscape.plot.curves import CurvesPlot
from landscape.plot.network.layers import LayersPlot
from landscape.plot.network.twins import HEAD, TwinsPlot
from landscape.plot.overrides import raising
from landscape.plot.painters import Ground, painter_on
from landscape.plot.release import release
from landscape.plot.theme import text_font
from landscape.scene.network.scene import Course, Moment
from landscape.scene.palette import Theme
from landscape.translation import Translation

TITLE, COUNTER, SENTENCE = 24.0, 20.0, 17.0
"""Heights of the text in pixels at scale 1."""
HEADER, MARGIN = 78.0, 16.0
STANDARD, NARROW = (1280.0, 760.0), (900.0, 760.0)
"""Sizes at which lines and text have their usual size."""
SMALLEST = 0.35
INSIDE = 0.27
"""Part of the width that the layers take, where the picture is broad enough for them."""
BROAD = 1.35
"""Width over height from which on it is."""
CURVES = 0.36
"""Part of the height under the header that the curves take."""


@dataclass(frozen=True, kw_only=True)
class _Places:
    unit: float
    header: QRectF
    twins: QRectF
    curves: QRectF
    layers: QRectF


class NetworkPicture:
    """Title, step counter, sentence, both answers, layers and curves, laid out in ``size`` pixels.

    Drawn by the same plots as the window; needs a QApplication.

    Args:
        size: Width and height in pixels.
        theme: Colours.
        say: Language.
        curves: Show the curves.
        scale: Factor of text and lines, on top of the one that follows from the size.
    """

    def __init__(
        self, size: tuple[int, int], theme: Theme, say: Translation, *, curves: bool = True, scale: float = 1.0
    ) -> None:
        self.size = size
        self._theme, self._say, self._with_curves = theme, say, curves
        self._places = _arranged(size, curves=curves, scale=scale)
        self._twins, self._layers = TwinsPlot(), LayersPlot()
        self._stage = pg.GraphicsScene()
        self._curves = CurvesPlot(theme, self._places.unit, ghost=False)
        self._stage.addItem(self._curves.item)
        self._stage.setSceneRect(QRectF(0, 0, *size))
        self._curves.item.setGeometry(self._places.curves)
        self._course: Course | None = None

    def hide_future(self) -> None:
        """Leave out all that comes after the step, in the layers as well."""
        self._layers.coming = False

    def showing(self, course: Course) -> Iterator[None]:
        """Show another course, and yield after each part of it."""
        self._course = course
        while self._curves.show_next(course):
            yield
        self._curves.settle()
        yield

    def painting(self, device: Ground, moment: Moment, step: float) -> Iterator[None]:
        """Paint the picture at a step on a device of its size, and yield after each part of it."""
        course, places, theme = self._course, self._places, self._theme
        with painter_on(device) as painter:
            painter.fillRect(QRectF(0, 0, *self.size), QColor(theme.panel))
            if course is None:
                return
            yield
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._with_curves:
                self._curves.set_step(step)
                with raising():
                    self._stage.render(painter, places.curves, places.curves)
                yield
            self._paint_header(painter, course, moment.sentence, step)
            yield
            self._twins.paint(painter, places.twins, course, moment, step, places.unit, theme)
            if not places.layers.isEmpty():
                yield
                self._layers.paint(painter, places.layers, course, moment, step, places.unit, theme, self._say)

    def close(self) -> None:
        """Let go of all plots, in the thread in which they were made; nothing can be drawn any more."""
        release(self._stage, self._curves)

    def _paint_header(self, painter: QPainter, course: Course, sentence: str, step: float) -> None:
        unit, header = self._places.unit, self._places.header
        first = QRectF(header.left(), header.top(), header.width(), 0.55 * header.height())
        second = QRectF(header.left(), first.bottom(), header.width(), header.height() - first.height())
        counter = self._say("step {step} / {steps}", step=int(step), steps=course.steps)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(text_font(unit, size=COUNTER))
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(first, middle | Qt.AlignmentFlag.AlignRight, counter)
        room = header.width() - painter.fontMetrics().horizontalAdvance(counter) - 24 * unit
        for area, text, size, width in ((first, course.title, TITLE, room), (second, sentence, SENTENCE, None)):
            painter.setFont(text_font(unit, size=size, bold=size == TITLE))
            painter.setPen(QColor(self._theme.text))
            most = int(header.width() if width is None else width)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, most)
            painter.drawText(area, middle, shown)


def _arranged(size: tuple[int, int], *, curves: bool, scale: float) -> _Places:
    """Return where each part lies; a narrow picture goes without the layers."""
    width, height = size
    broad = width > BROAD * height
    unit = max(min(width / (STANDARD if broad else NARROW)[0], height / STANDARD[1]), SMALLEST) * scale
    margin = MARGIN * unit
    header = QRectF(margin, margin / 2, width - 2 * margin, HEADER * unit)
    inside = INSIDE * width if broad else 0.0
    left, top = width - inside - (2 if not inside else 1) * margin, header.bottom() + margin / 2
    free = height - top
    below = max(CURVES * free, free - (left - margin) / 2 - HEAD * unit - margin) if curves else 0.0
    return _Places(
        unit=unit,
        header=header,
        twins=QRectF(margin, top, left - margin, height - top - below - margin),
        curves=QRectF(margin, height - below, left - margin, max(below - margin / 2, 1.0)),
        layers=QRectF(left + margin, top, max(inside - margin, 0.0), height - top - margin) if inside else QRectF(),
    )
