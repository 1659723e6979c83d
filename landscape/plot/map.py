"""The map: the surface from above, with the paths of the runs, and starts that can be dragged."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import HoverEvent, MouseClickEvent, MouseDragEvent
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QGraphicsItem

from landscape.plot.handles import Handle
from landscape.plot.inset import InsetPanel
from landscape.plot.lens import LensLayer
from landscape.plot.markers import nearest
from landscape.plot.population import PopulationLayer
from landscape.plot.probe import ProbeItems
from landscape.plot.projection import Projection
from landscape.plot.scene_plot import Place, ScenePlot
from landscape.plot.stage import Stage
from landscape.plot.step_arrows import StepArrowsLayer
from landscape.scene.layers import Range
from landscape.scene.palette import DARK, Theme
from landscape.scene.scene import Marker, Pin, Scene

if TYPE_CHECKING:
    from landscape.plot.guesses import GuessLayer

CLOSEST, WIDEST = 1e-6, 100.0
"""The least and the most that can be in view of each axis, against the domain."""

UNIT: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))
"""The domain before there is a scene."""


class _MapBox(pg.ViewBox):
    """Where the wheel zooms at the pointer and the left or middle button pans."""

    double_clicked = Signal(QPointF)
    clicked = Signal(QPointF)
    hovered = Signal(object)

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.disableAutoRange()
        self.setDefaultPadding(0.0)
        self.set_domain(UNIT, UNIT)

    def set_domain(self, domain: tuple[Range, Range], view: tuple[Range, Range]) -> None:
        """Zoom and pan around the domain only, and wherever ``view`` is."""
        limits = {}
        for axis, (low, high), (left, right) in zip("xy", domain, view, strict=True):
            size, most = right - left, WIDEST * (high - low)
            limits[f"{axis}Min"], limits[f"{axis}Max"] = min(low - most, left), max(high + most, right)
            limits[f"min{axis.upper()}Range"] = min(CLOSEST * (high - low), size)
            limits[f"max{axis.upper()}Range"] = max(most, size)
        self.setLimits(**limits)

    def scaleBy(self, factors: Sequence[float | None], center: QPointF | None = None) -> None:
        """Zoom both axes alike: where one comes to its limit, the other stops too."""
        sizes = np.ptp(self.viewRange(), axis=1)
        limits = [np.array(self.state["limits"][f"{axis}Range"]) for axis in "xy"]
        least, most = np.transpose([limit / size for limit, size in zip(limits, sizes, strict=True)]).tolist()
        super().scaleBy([each and min(max(each, *least), *most) for each in factors], center)

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and event.double():
            event.accept()
            self.double_clicked.emit(event.pos())
        elif event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(event.pos())

    def mouseDragEvent(self, event: MouseDragEvent, axis: int | None = None) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            event.ignore()
        else:
            super().mouseDragEvent(event, axis)

    def hoverEvent(self, event: HoverEvent) -> None:
        self.hovered.emit(None if event.isExit() else event.pos())


class MapPlot(ScenePlot):
    """Shows a scene from above; tells what a person does to it and changes nothing by itself but the view.

    Args:
        theme: Colours.
        scale: Factor of text, lines and signs: 1 in the window, more for a projector or a large picture.
        ghost: Show the part of each path that is still to come, faintly.
    """

    def __init__(self, theme: Theme = DARK, scale: float = 1.0, *, ghost: bool = True) -> None:
        self._box: _MapBox
        super().__init__(_MapBox(), theme, scale)
        self.stage = Stage(theme, scale, ghost=ghost)
        self.stage.setParentItem(self._box)
        self.population = PopulationLayer(self._box, theme, scale)
        self.lens = LensLayer(self._box, theme, scale)
        self.step_arrows = StepArrowsLayer(self._box, theme, scale)
        self.inset = InsetPanel(self._box, theme, scale)
        self._guesses: GuessLayer | None = None
        """Made with the first prediction."""
        self.probing = ProbeItems(self._box, theme, scale, self._position, self._point)
        self.set_theme(theme, scale)
        self._connect()

    def _connect(self) -> None:
        self._box.sigRangeChanged.connect(self._follow_view)
        self._box.sigResized.connect(self._follow_size)
        self._box.sigRangeChangedManually.connect(lambda _: self.view_changed.emit(self.view()))
        self._box.double_clicked.connect(lambda position: self.stage_double_clicked.emit(*self._point(position)))
        self._box.clicked.connect(lambda position: self.stage_clicked.emit(*self._point(position)))
        self._box.hovered.connect(lambda at: self.hovered.emit(None if at is None else self._point(at)))

    def view(self) -> tuple[Range, Range]:
        """Return the part of the plane that is in view."""
        (x0, x1), (y0, y1) = self._box.viewRange()
        return (float(x0), float(x1)), (float(y0), float(y1))

    @property
    def layers(self) -> tuple[QGraphicsItem, ...]:
        """What depends on the step or lies above what does, lowest first."""
        pins = (handle for handle in self._pins if handle.isVisible())
        return self.stage, self.population, self.lens, self.step_arrows, *self.probing.layers, *pins, *self.inset.layers

    def set_view(self, x: Range, y: Range) -> None:
        """Show another part of the plane, exactly this."""
        if (x, y) != self.view():
            self._box.setRange(xRange=x, yRange=y, padding=0.0, disableAutoRange=True)

    def show(self, scene: Scene) -> None:
        """Show another scene; what did not change is not drawn anew."""
        before = self._show_frame(scene)
        if before is None or before.domain != scene.domain:
            self._box.set_domain(scene.domain, (scene.x, scene.y))
        self.set_view(scene.x, scene.y)
        self.stage.show_scene(scene)
        self.population.show_populations(scene.populations, scene.heat if scene.populations else None)
        self.lens.show_lenses(scene.lenses)
        self.probing.show_scene(scene)
        self.step_arrows.show_layer(scene.step)
        self.inset.show_scene(scene)
        fresh = before is None or before.inset is None or before.formula != scene.formula
        if fresh or (self.inset.covers(self.stage.notes_place()) and not self.inset.held):
            self._move_inset()
        if before is None or before.pins != scene.pins:
            self._place_pins()

    def show_guesses(
        self, places: tuple[Place, ...], chosen: int | None, truth: Place | None, *, numbered: bool = False
    ) -> None:
        """Show predicted places, and where the run really was."""
        if self._guesses is None and places:
            self._guesses = self._new_guesses()
        if self._guesses is not None:
            self._guesses.show_guesses(places, chosen, truth, numbered=numbered)

    def _new_guesses(self) -> "GuessLayer":
        from landscape.plot.guesses import GuessLayer

        return GuessLayer(self._box, self._theme, self._scale, self._position)

    def set_step(self, step: float) -> None:
        """Move the play head; steps between two whole ones are fine."""
        self.stage.set_step(step)
        self.population.set_step(step)
        self.lens.set_step(step)
        self.probing.set_step(step)
        self.step_arrows.set_step(step)
        self.inset.set_step(step)

    def show_coming(self, shown: bool) -> None:
        """Show the part of each path that is still to come, or not."""
        self.stage.show_coming(shown)
        self.probing.show_coming(shown)

    def point_at(self, position: QPointF) -> tuple[float, float] | None:
        """Return the surface point at a position of the graphics scene; None beside the map."""
        inside = self._box.mapFromScene(position)
        return self._point(inside) if self._box.rect().contains(inside) else None

    def marker_at(self, point: tuple[float, float]) -> Marker | None:
        """Return the nearest marker within some pixels of a surface point; None where there is none."""
        return nearest(self._scene.markers, point, self._projection()) if self._scene else None

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        """Use other colours, and text, lines and signs ``scale`` times as large."""
        self._frame_theme(theme, scale)
        self._box.border = pg.mkPen(theme.line, width=max(1.0, scale))
        self.stage.set_theme(theme, scale)
        self.population.set_theme(theme, scale)
        self.lens.set_theme(theme, scale)
        self.step_arrows.set_theme(theme, scale)
        self.probing.set_theme(theme, scale)
        self.inset.set_theme(theme, scale)
        if self._guesses is not None:
            self._guesses.set_theme(theme, scale)
        self._place_pins()

    def _place_signs(self) -> None:
        super()._place_signs()
        if self._guesses is not None:
            self._guesses.place()

    def _handles(self) -> Iterable[Handle]:
        return *self._pins, *self.probing.handles

    def _follow_view(self) -> None:
        self.stage.set_view(*self.view())
        self.population.set_view(*self.view())
        self.lens.set_view(*self.view())
        self.probing.set_view(*self.view())
        self.step_arrows.set_view(*self.view())
        self._place_signs()

    def _follow_size(self) -> None:
        self.stage.resize(self._box.rect())
        self.population.resize(self._box.rect())
        self.lens.resize(self._box.rect())
        self.probing.resize(self._box.rect())
        self.step_arrows.resize(self._box.rect())
        self.inset.place(self._box.rect())
        self._move_inset()
        self._place_signs()
        self.resized.emit()

    def _move_inset(self) -> None:
        """Have the data where it hides the least of the paths, and nothing of how they end."""
        if self._scene is None or self._scene.inset is None:
            return
        signs = [pin.point for pin in self._scene.pins] + [marker.point for marker in self._scene.markers]
        points = np.concatenate([np.array(signs).reshape(-1, 2), *(path.points for path in self._scene.paths)])
        self.inset.keep_clear(self._projection().pixels(points), self.stage.notes_place())

    def _place_pin(self, handle: Handle, pin: Pin) -> None:
        position = self._position(pin.point)
        handle.set_look(self._theme, self._scale, pin.colors, pin.label)
        handle.setPos(position)
        reach = handle.boundingRect().width() / 2
        handle.setVisible(handle.held or self._box.rect().adjusted(-reach, -reach, reach, reach).contains(position))

    def _drag_pin(self, index: int, wanted: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Tell where the person wants the pin, within the view."""
        area = self._box.rect()
        x = min(max(wanted.x(), area.left()), area.right())
        y = min(max(wanted.y(), area.top()), area.bottom())
        if not self._pins[index].held:
            # The next key counts from there. What the mouse holds comes with the scene: one painting for pin and paths.
            self._pins[index].setPos(QPointF(x, y))
        self.pin_moved.emit(index, *self._point(QPointF(x, y)), modifiers)

    def _projection(self) -> Projection:
        (x, y), (width, height) = self.view(), self.pixels()
        return Projection(x=x, y=y, width=max(1, width), height=max(1, height))

    def _position(self, point: tuple[float, float]) -> QPointF:
        """Return where a surface point is on the view box; points far out of view stay finite."""
        area, ((x0, x1), (y0, y1)) = self._box.rect(), self.view()
        across = np.clip((point[0] - x0) / (x1 - x0), -1e4, 1e4)
        up = np.clip((point[1] - y0) / (y1 - y0), -1e4, 1e4)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def _seen_at(self, position: QPointF) -> tuple[float, float]:
        return self._point(position)

    def _point(self, position: QPointF) -> tuple[float, float]:
        """Return the surface point at a position on the view box."""
        area, ((x0, x1), (y0, y1)) = self._box.rect(), self.view()
        across, down = (position.x() - area.left()) / area.width(), (position.y() - area.top()) / area.height()
        return x0 + across * (x1 - x0), y1 - down * (y1 - y0)


if TYPE_CHECKING:
    from landscape.plot.view import SceneView

    _MAP: SceneView = MapPlot()
