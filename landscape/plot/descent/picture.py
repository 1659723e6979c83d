"""A whole picture of a scene at any size: what an exported frame shows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintDevice, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem

from landscape.plot.curves import CurvesPlot
from landscape.plot.descent import legend
from landscape.plot.descent.arrangement import MARGIN, arrange, halves, picture_unit
from landscape.plot.descent.hyper_map import HyperMapPlot
from landscape.plot.descent.parts import caption_of, relief_of, strip_of
from landscape.plot.descent.profile import ProfilePlot
from landscape.plot.equation import equation
from landscape.plot.map import MapPlot
from landscape.plot.overrides import raising
from landscape.plot.painters import Ground, painter_on
from landscape.plot.release import release
from landscape.plot.strokes import is_vector
from landscape.plot.theme import text_font
from landscape.plot.turns import Apart, at_once
from landscape.scene.palette import Theme
from landscape.scene.scene import Scene
from landscape.session.camera import Camera, StageView
from landscape.translation import Translation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from landscape.scene.descent.caption import CaptionLine
    from landscape.scene.descent.step_strip import StripPlan

HIGHEST_STRIP = 0.42
"""Part of a picture that the step in numbers takes at the most."""
TITLE, COUNTER, FORMULA = 24.0, 20.0, 19.0
"""Heights in pixels at scale 1."""


class Picture:
    """Title, formula, step counter, map, legend and curves, laid out in ``size`` pixels.

    It is drawn by the same plots as the window, on a scene that no one sees, and needs a QApplication. What stays the
    same from frame to frame is drawn once.

    Args:
        size: Width and height in pixels.
        theme: Colours.
        curves: Show the curves.
        scale: Factor of text and lines, on top of the one that follows from the size.
        legend: Show which line is which run, and its loss.
        say: Language of the step counter.
        hyper_map: Leave room for a map of two hyper-parameters, which the scenes have.
        stage: Show the surface from above, in three dimensions, or both.
        profile: Leave room for the profile of a cut, which the scenes have.
        apart: Has done what takes long and needs no painter.
        strip: Leave room for the steps of a run in numbers, which the scenes explain.
        caption: Leave room for these lines, below all else.
    """

    def __init__(
        self,
        size: tuple[int, int],
        theme: Theme,
        curves: bool = True,
        scale: float = 1.0,
        *,
        legend: bool = True,
        say: Translation | None = None,
        hyper_map: bool = False,
        stage: StageView = "map",
        profile: bool = False,
        apart: Apart = at_once,
        strip: "StripPlan | None" = None,
        caption: "Sequence[CaptionLine]" = (),
    ) -> None:
        self.size, self._apart = size, apart
        self._theme, self._scale, self._say = theme, scale, say or Translation()
        self._with_curves, self._with_legend = curves, legend
        self._stage = pg.GraphicsScene()
        self._map = MapPlot(theme, ghost=False)
        self._curves = CurvesPlot(theme, ghost=False)
        self._hyper_map = HyperMapPlot(theme) if hyper_map else None
        self._relief = relief_of(theme) if stage != "map" else None
        self._with_map = stage != "relief"
        self._map.item.setVisible(self._with_map)
        self._profile = ProfilePlot(theme) if profile else None
        self._strip = strip_of(strip, theme)
        self._caption = caption_of(caption, theme)
        for plot in (self._map, self._relief, self._curves, self._hyper_map, self._profile):
            if plot is not None:
                self._stage.addItem(plot.item)
        self._stage.setSceneRect(QRectF(0, 0, *size))
        self._still = QImage()
        self._keys = 0
        self._label = ""
        self._scene: Scene | None = None

    def map_pixels(self, runs: int, keys: int = 0) -> tuple[int, int]:
        """Return width and height of the map inside its axes when there are so many runs, and keys to basins.

        Scenes shown from now on have room for as many keys.
        """
        self._keys = keys
        self._arrange(runs)
        return self._map.pixels() if self._with_map or self._relief is None else self._relief.pixels()

    def hide_future(self) -> None:
        """Leave out all that comes after the step, the cut along a path as well."""
        for plot in (self._map, self._relief, self._profile):
            if plot is not None:
                plot.show_coming(False)

    def look_from(self, camera: Camera) -> None:
        """See the relief from elsewhere."""
        if self._relief is not None:
            self._relief.look_from(camera)

    def show(self, scene: Scene, counter: str = "") -> None:
        """Show another scene; ``counter`` is written in place of the step."""
        for _ in self.showing(scene, counter):
            pass

    def showing(self, scene: Scene, counter: str = "") -> Iterator[None]:
        """Show another scene, and yield after each part of it."""
        self._scene, self._label = scene, counter
        self._arrange(len(scene.paths))
        yield
        self._map.show(scene)
        yield
        if self._relief is not None:
            self._relief.show(scene)
        if self._with_curves:
            while self._curves.show_next(scene):
                yield
        if self._hyper_map is not None and scene.hyper_map is not None:
            self._hyper_map.show(scene.hyper_map)
        if self._profile is not None and scene.cut is not None:
            self._profile.show(scene.cut)
        self._settle()
        self._still = QImage()
        yield

    def paint(self, step: float) -> QImage:
        """Return the picture at a step, in [0, steps], as an opaque image (RGB32)."""
        image = QImage(*self.size, QImage.Format.Format_RGB32)
        self.paint_on(image, step)
        return image

    def paint_on(self, device: QPaintDevice, step: float) -> None:
        """Paint the picture at a step on a device of its size: an RGB32 image, or one on which lines stay lines."""
        for _ in self.painting(device, step):
            pass

    def painting(self, device: Ground, step: float) -> Iterator[None]:
        """Paint the same, and yield after each part of it."""
        with painter_on(device) as painter:
            if self._scene is not None and self._still.isNull() and not is_vector(painter):
                yield from self._drawing_still(self._scene)
            if self._scene is None:
                painter.fillRect(QRectF(0, 0, *self.size), QColor(self._theme.panel))
                return
            self._map.set_step(step)
            if self._relief is not None:
                self._relief.set_step(step)
            self._curves.set_step(step)
            if self._profile is not None:
                self._profile.set_step(step)
            yield
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if is_vector(painter):
                yield from self._preparing_map(painter)
                yield from self._painting_still(painter, self._scene)
            else:
                painter.drawImage(0, 0, self._still)
                yield from self._preparing_relief(painter)
                for item in self._moving():
                    yield
                    _paint_item(painter, item)
            painter.resetTransform()
            self._draw_counter(painter, self._scene, step)
            if self._with_legend:
                legend.draw_losses(painter, self._scene, self._rows, step, self._places.unit, self._theme)
            self._draw_strip(painter, self._scene, step)

    def close(self) -> None:
        """Let go of all plots, in the thread in which they were made; nothing can be drawn any more."""
        beside = self._map.inset, self._map.probing, self._relief.probing if self._relief else None
        release(self._stage, self._map, *beside, self._relief, self._curves, self._hyper_map, self._profile)

    def _arrange(self, runs: int) -> None:
        """Give each part its place."""
        rows = runs + self._keys if self._with_legend else 0
        self._places = arrange(
            self.size,
            scale=self._scale,
            curves=self._with_curves,
            legend_rows=rows,
            row_height=legend.ROW,
            hyper_map=self._hyper_map is not None,
            profile=self._profile is not None,
            strip=self._strip_height() + self._caption_height(),
        )
        self._map.set_theme(self._theme, self._places.unit)
        first, second = self._surface_places()
        self._map.item.setGeometry(first)
        if self._relief is not None:
            self._relief.set_theme(self._theme, self._places.unit)
            self._relief.item.setGeometry(second)
            self._relief.stand_beside(self._with_map)
        self._curves.set_theme(self._theme, self._places.unit)
        self._curves.set_stacked(self._places.stacked)
        self._curves.item.setVisible(self._with_curves)
        self._curves.item.setGeometry(self._places.curves)
        if self._hyper_map is not None:
            self._hyper_map.set_theme(self._theme, self._places.unit)
            self._hyper_map.item.setGeometry(self._places.hyper_map)
        if self._profile is not None:
            self._profile.set_theme(self._theme, self._places.unit)
            self._profile.item.setGeometry(self._places.profile)
        self._settle()

    def _strip_height(self) -> float:
        """Return how high the strip is with the margin below it; 0 where there is none."""
        if self._strip is None:
            return 0.0
        unit = picture_unit(self.size) * self._scale
        width = self.size[0] - 2 * MARGIN * unit
        return self._strip.height(width, unit, HIGHEST_STRIP * self.size[1]) + MARGIN * unit / 2

    def _caption_height(self) -> float:
        """Return how high the caption is with the margin below it; 0 where there is none."""
        if self._caption is None:
            return 0.0
        unit = picture_unit(self.size) * self._scale
        return self._caption.height(unit, HIGHEST_STRIP * self.size[1]) + MARGIN * unit / 2

    def _draw_strip(self, painter: QPainter, scene: Scene, step: float) -> None:
        """Draw the step of the run that is explained."""
        layer = scene.step
        path = next((path for path in scene.paths if layer is not None and path.run == layer.run), None)
        if self._strip is None or layer is None or path is None:
            return
        # Loaded with the first step that is explained, as the strip is.
        from landscape.scene.descent.step_lines import shown_step

        unit = self._places.unit
        area = self._places.strip.adjusted(0, 0, 0, -MARGIN * unit / 2 - self._caption_height())
        self._strip.draw(painter, area, unit, path, shown_step(layer, int(step), self._say))

    def _surface_places(self) -> tuple[QRectF, QRectF]:
        """Return where the map and the relief lie: in the same place, or beside each other."""
        whole = self._places.map
        if self._relief is None or not self._with_map:
            return whole, whole
        return halves(whole)

    def _settle(self) -> None:
        for plot in (self._map, self._relief, self._curves, self._hyper_map, self._profile):
            if plot is not None:
                plot.settle()

    def _moving(self) -> list[QGraphicsItem]:
        layers = self._curves.layers if self._with_curves else ()
        surface = [*(self._map.layers if self._with_map else ()), *(self._relief.layers if self._relief else ())]
        profile = self._profile.layers if self._profile is not None else ()
        return [*surface, *layers, *profile]

    def _drawing_still(self, scene: Scene) -> Iterator[None]:
        """Draw all that does not depend on the step, and yield after each part of it."""
        image = QImage(*self.size, QImage.Format.Format_RGB32)
        image.fill(QColor(self._theme.panel))
        painter = QPainter(image)
        try:
            # What the layers keep is drawn one by one: painting the whole then only copies it.
            yield from self._preparing(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            yield from self._painting_still(painter, scene)
        finally:
            painter.end()
        self._still = image
        yield

    def _preparing(self, painter: QPainter) -> Iterator[None]:
        yield from self._preparing_map(painter)
        yield from self._preparing_relief(painter)
        layers = self._curves.layers if self._with_curves else ()
        for item in layers:
            yield
            _paint_item(painter, item)
        painter.resetTransform()
        yield

    def _preparing_map(self, painter: QPainter) -> Iterator[None]:
        """Draw what lies under the paths, unless it is drawn already."""
        if self._with_map:
            painter.save()
            painter.setTransform(self._map.stage.sceneTransform(), True)
            try:
                yield from self._map.stage.preparing(painter)
            finally:
                painter.restore()
            yield

    def _preparing_relief(self, painter: QPainter) -> Iterator[None]:
        """Draw the relief as it is seen now, unless it is drawn already."""
        if self._relief is not None:
            painter.setTransform(self._relief.stage.sceneTransform())
            yield from self._relief.stage.preparing(painter, self._apart)
            painter.resetTransform()
            yield

    def _painting_still(self, painter: QPainter, scene: Scene) -> Iterator[None]:
        painter.fillRect(QRectF(0, 0, *self.size), QColor(self._theme.panel))
        yield from self._rendering(painter)
        self._draw_title(painter, scene)
        yield
        area, unit = self._places.legend, self._places.unit
        if self._with_legend:
            count = len(scene.paths)
            rows = legend.row_areas(count + self._keys, area, unit, self._places.columns)
            self._rows = rows[:count]
            legend.draw_names(painter, scene, self._rows, unit, self._theme)
            if scene.basins is not None:
                legend.draw_keys(painter, scene.basins, rows[count:], unit, self._theme)
        if self._caption is not None:
            area = QRectF(self._places.strip)
            area.setTop(area.bottom() - self._caption_height())
            self._caption.draw(painter, area.adjusted(0, 0, 0, -MARGIN * unit / 2), unit, scene)

    def _rendering(self, painter: QPainter) -> Iterator[None]:
        """Render the plots, one after the other, and yield after each."""
        plots = [self._map, self._relief, self._curves, self._hyper_map, self._profile]
        shown = [plot.item for plot in plots if plot is not None and plot.item.isVisible()]
        try:
            for item in shown:
                for other in shown:
                    other.setVisible(other is item)
                with raising():
                    self._stage.render(painter, QRectF(0, 0, *self.size), QRectF(0, 0, *self.size))
                yield
        finally:
            for item in shown:
                item.setVisible(True)

    def _draw_title(self, painter: QPainter, scene: Scene) -> None:
        unit, header = self._places.unit, self._places.header
        painter.setPen(QColor(self._theme.text))
        painter.setFont(text_font(unit, size=TITLE, bold=True))
        room = header.width() - self._counter_width(painter, scene)
        title = painter.fontMetrics().elidedText(scene.title, Qt.TextElideMode.ElideRight, int(max(room, 0)))
        painter.drawText(header, Qt.AlignmentFlag.AlignVCenter, title)
        left = header.left() + painter.fontMetrics().horizontalAdvance(title) + 28 * unit
        left += self._draw_formula(painter, scene.formula, left, header.left() + room - left)
        painter.setFont(text_font(unit, size=FORMULA))
        painter.setPen(QColor(self._theme.muted))
        if left + painter.fontMetrics().horizontalAdvance(scene.shape) < header.left() + room:
            painter.drawText(header.adjusted(left - header.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, scene.shape)

    def _draw_formula(self, painter: QPainter, formula: str, left: float, room: float) -> float:
        """Draw the formula where it has room; return how far what stands after it moves to the right."""
        unit, header = self._places.unit, self._places.header
        drawing = equation(formula, self._theme.muted)
        if drawing is None or drawing.defaultSize().height() < 1:
            return 0.0
        natural = QRectF(QPointF(), drawing.viewBoxF().size())
        factor = min(FORMULA / 24 * unit, header.height() / natural.height())
        width, height = natural.width() * factor, natural.height() * factor
        if width >= room:
            return 0.0
        drawing.render(painter, QRectF(left, header.center().y() - height / 2, width, height))
        return width + 28 * unit

    def _counter_width(self, painter: QPainter, scene: Scene) -> float:
        """Return the room that the step counter needs at the right of the title, whose font is set."""
        return painter.fontMetrics().horizontalAdvance(self._counter(scene, scene.steps)) + 24 * self._places.unit

    def _counter(self, scene: Scene, step: float) -> str:
        return self._label or self._say("step {step} / {steps}", step=int(step), steps=scene.steps)

    def _draw_counter(self, painter: QPainter, scene: Scene, step: float) -> None:
        painter.setFont(text_font(self._places.unit, size=COUNTER))
        painter.setPen(QColor(self._theme.muted))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(self._places.header, flags, self._counter(scene, step))


def _paint_item(painter: QPainter, item: QGraphicsItem) -> None:
    """Paint one item where it lies on its scene."""
    painter.save()
    painter.setTransform(item.sceneTransform())
    try:
        with raising():
            item.paint(painter, QStyleOptionGraphicsItem(), None)
    finally:
        painter.restore()
