"""A whole picture of a page of the networks at any size: title, legend, what it shows, and its sentence."""

from collections.abc import Iterator

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPaintDevice, QPainter

from landscape.plot.curves import Curved, CurvesPlot
from landscape.plot.network.slice import SlicePlot
from landscape.plot.overrides import raising
from landscape.plot.painters import Ground, painter_on
from landscape.plot.release import release
from landscape.plot.theme import text_font
from landscape.scene.network.pages import PageScene
from landscape.scene.network.slice import SliceCurves, SliceScene
from landscape.scene.network.sweep import SweepScene
from landscape.scene.network.why import WhyScene
from landscape.scene.palette import TWIN_COLORS, Theme

TITLE, NAMES, SENTENCE = 24.0, 16.0, 15.0
"""Heights of the text in pixels at scale 1."""
HEADER, MARGIN = 52.0, 18.0
STANDARD = 1100.0, 760.0
"""Size at which lines and text have their usual size."""
SMALLEST = 0.35
CURVES = 0.26
"""Part of the height that the curves take under the slices."""
PANELS = 3
"""Panels beside each other."""


class PagePicture:
    """Lays a page out in ``size`` pixels. Drawn by the same plots as the window; needs a QApplication.

    Args:
        size: Width and height in pixels.
        theme: Colours.
        scale: Factor of text and lines, on top of the one that follows from the size.
    """

    def __init__(self, size: tuple[int, int], theme: Theme, scale: float = 1.0) -> None:
        self.size = size
        self._theme = theme
        self._unit = unit = max(min(size[0] / STANDARD[0], size[1] / STANDARD[1]), SMALLEST) * scale
        self._slices = SlicePlot()
        self._curves = CurvesPlot(theme, unit, ghost=False), CurvesPlot(theme, unit, ghost=False)
        self._stage = pg.GraphicsScene()
        for plot in self._curves:
            self._stage.addItem(plot.item)
        self._stage.setSceneRect(QRectF(0, 0, *size))

    def paint_on(
        self, device: QPaintDevice, scene: PageScene | None, title: str, names: tuple[str, str], step: float
    ) -> None:
        """Paint a page on a device of its size, its curves and paths up to ``step``; None: nothing is known yet."""
        for _ in self.painting(device, scene, title, names, step):
            pass

    def painting(
        self, device: Ground, scene: PageScene | None, title: str, names: tuple[str, str], step: float
    ) -> Iterator[None]:
        """Paint the same, and yield after each part of it."""
        with painter_on(device) as painter:
            yield from self._parts(painter, scene, title, names, step)

    def close(self) -> None:
        """Let go of all plots, in the thread in which they were made; nothing can be drawn any more."""
        release(self._stage, *self._curves)

    def _parts(
        self, painter: QPainter, scene: PageScene | None, title: str, names: tuple[str, str], step: float
    ) -> Iterator[None]:
        width, height = self.size
        unit, margin = self._unit, MARGIN * self._unit
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, width, height), QColor(self._theme.panel))
        self._paint_header(painter, QRectF(margin, 0, width - 2 * margin, HEADER * unit), title, names)
        yield
        sentence = "" if scene is None or isinstance(scene, SliceScene) else scene.sentence
        painter.setFont(text_font(unit, size=SENTENCE))
        room = QRectF(margin, 0, width - 2 * margin, height)
        foot = painter.boundingRect(room, Qt.TextFlag.TextWordWrap, sentence).height() + margin if sentence else 0.0
        area = QRectF(margin, HEADER * unit, width - 2 * margin, height - HEADER * unit - foot - margin / 2)
        if isinstance(scene, SweepScene):
            yield from self._painting_curves(painter, 0, area, scene, step)
        elif isinstance(scene, WhyScene):
            yield from self._painting_why(painter, area, scene, step)
        elif scene is not None:
            yield from self._painting_slices(painter, area, scene, step)
        painter.setPen(QColor(self._theme.text))
        painter.setFont(text_font(unit, size=SENTENCE))
        painter.drawText(room.adjusted(0, height - foot, 0, 0), Qt.TextFlag.TextWordWrap, sentence)

    def _paint_header(self, painter: QPainter, area: QRectF, title: str, names: tuple[str, str]) -> None:
        """Paint the title, and at the right which colour is which network."""
        unit, middle = self._unit, Qt.AlignmentFlag.AlignVCenter
        painter.setFont(text_font(unit, size=NAMES))
        right, radius = area.right(), 5 * unit
        for name, color in reversed(list(zip(names, TWIN_COLORS, strict=True))):
            width = painter.fontMetrics().horizontalAdvance(name)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(QRectF(right - width, area.top(), width + unit, area.height()), middle, name)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            right -= width + 18 * unit
            painter.drawEllipse(QRectF(right, area.center().y() - radius, 2 * radius, 2 * radius))
            right -= 22 * unit
        painter.setFont(text_font(unit, size=TITLE, bold=True))
        painter.setPen(QColor(self._theme.text))
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(right - area.left()))
        painter.drawText(area, middle, shown)

    def _painting_why(self, painter: QPainter, area: QRectF, scene: WhyScene, step: float) -> Iterator[None]:
        rows = 2 if len(scene.curves) > PANELS else 1
        half = area.height() / rows
        for index in range(rows):
            panels = scene.curves[index * PANELS : (index + 1) * PANELS]
            place = QRectF(area.left(), area.top() + index * half, area.width(), half)
            shown = SliceCurves(curves=panels, steps=scene.steps)
            yield from self._painting_curves(painter, index, place, shown, step)

    def _painting_slices(self, painter: QPainter, area: QRectF, scene: SliceScene, step: float) -> Iterator[None]:
        below = QRectF(area.left(), area.bottom() - CURVES * area.height(), area.width(), CURVES * area.height())
        top = QRectF(area.left(), area.top(), area.width(), area.height() - below.height())
        self._slices.paint(painter, top, scene, step, self._unit, self._theme)
        yield
        shown = [curves for curves in (scene.distances, scene.losses) if curves.curves]
        for index, curves in enumerate(shown):
            each = below.width() / len(shown)
            place = QRectF(below.left() + index * each, below.top(), each, below.height())
            at = step if curves is scene.distances else float(curves.steps)
            yield from self._painting_curves(painter, index, place, curves, at)

    def _painting_curves(
        self, painter: QPainter, index: int, area: QRectF, shown: Curved, step: float
    ) -> Iterator[None]:
        plot = self._curves[index]
        plot.item.setGeometry(area)
        while plot.show_next(shown):
            yield
        plot.settle()
        plot.set_step(step)
        yield
        with raising():
            self._stage.render(painter, area, area)
        yield
