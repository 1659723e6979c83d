"""The relief: the surface in three dimensions, turned with the mouse, with the paths of the runs and their starts."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtWidgets import QGraphicsItem

from landscape.plot.handles import Handle
from landscape.plot.probe import ProbeItems
from landscape.plot.relief_hand import ReliefBox, moved, on_axis, turned, zoomed
from landscape.plot.relief_layers import ReliefLens, ReliefPlane, ReliefPopulation, ReliefStepArrows
from landscape.plot.relief_markers import nearest_marker
from landscape.plot.relief_motion import Motion
from landscape.plot.relief_projection import ReliefProjection
from landscape.plot.relief_stage import ReliefStage
from landscape.plot.relief_tracks import is_seen, lifted
from landscape.plot.scene_plot import ScenePlot
from landscape.scene.layers import Range
from landscape.scene.palette import DARK, Theme
from landscape.scene.scene import Marker, Pin, Relief, Scene
from landscape.session.camera import Camera

REST = 250
"""Milliseconds without a turn of the wheel after which the camera has come to rest."""
MANY = 100
"""Points of which it is kept where they are."""
HIDDEN = 0.55
"""Opacity of a pin that the surface hides."""

Places: TypeAlias = NDArray[np.float64]


class ReliefPlot(ScenePlot):
    """Shows a scene in three dimensions; tells what a person does to it and changes nothing by itself but the camera.

    Args:
        theme: Colours.
        scale: Factor of text, lines and signs: 1 in the window, more for a projector or a large picture.
        ghost: Show the part of each path that is still to come, faintly.
    """

    camera_moved = Signal(object)
    """The person has turned, moved or zoomed the relief: the camera that it came to."""
    snaps = False

    def __init__(self, theme: Theme = DARK, scale: float = 1.0, *, ghost: bool = True) -> None:
        self._box: ReliefBox
        super().__init__(ReliefBox(), theme, scale)
        self.stage = ReliefStage(theme, scale, ghost=ghost)
        self.stage.setParentItem(self._box)
        self.population = ReliefPopulation(self._box, theme, scale)
        self.lens = ReliefLens(self._box, theme, scale)
        self.step_arrows = ReliefStepArrows(self._box, theme, scale)
        self.probing = ProbeItems(self._box, theme, scale, self._position, self._drawn_to, drawn=False)
        self._last: tuple[float, float] | None = None
        """Where a handle of the probe or the cut was dragged to."""
        self._placed: tuple[Relief | None, dict[tuple[float, float], Places]] = None, {}
        self._origin: tuple[float, float] | None = None  # where the pin that is held was when it was taken
        self._known: ReliefProjection | None = None
        """The last one, which keeps what it has computed."""
        self._held = False
        """The camera is being moved: until it comes to rest, the scene's is an older one."""
        self._eased = False
        self._motion = Motion(self.stage)
        self._motion.moved.connect(self.look_from)
        self._rest = QTimer(self.stage, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._come_to_rest)
        self.set_theme(theme, scale)
        self._connect()

    @property
    def camera(self) -> Camera:
        """From where the surface is seen now."""
        return self.stage.camera

    @property
    def layers(self) -> tuple[QGraphicsItem, ...]:
        """What depends on the step or lies above what does, lowest first."""
        pins = (handle for handle in self._pins if handle.isVisible())
        return self.stage, self.population, self.lens, self.step_arrows, *self.probing.layers, *pins

    def view(self) -> tuple[Range, Range]:
        """Return the part of the plane that is shown."""
        return (self._scene.x, self._scene.y) if self._scene else ((0.0, 1.0), (0.0, 1.0))

    def set_view(self, x: Range, y: Range) -> None:
        """Write another part of the plane beside the surface; what is drawn follows with the scene."""
        self._box.setRange(xRange=x, yRange=y, padding=0.0, disableAutoRange=True)

    def show(self, scene: Scene) -> None:
        """Show another scene; what did not change is not drawn anew."""
        before = self._show_frame(scene)
        if before is None or (before.x, before.y) != (scene.x, scene.y):
            self.set_view(scene.x, scene.y)
        if not (self._held or self._motion.turning):
            self._follow_camera(before, scene.camera)
        self.stage.show_scene(scene)
        self.population.show_populations(scene.populations, scene.heat if scene.populations else None)
        self.lens.show_lenses(scene.lenses)
        self.step_arrows.show_layer(scene.step)
        self.probing.show_scene(scene)
        self._place_signs()

    def stand_beside(self, beside: bool) -> None:
        """Leave out the bar of colours and the axes of the view from above, which the map beside has."""
        if beside != self._bar.isVisible():
            return
        self._bar.setVisible(not beside)
        for axis in self._axes.values():
            # pyqtgraph takes the room away here, not at setVisible.
            (axis.hide if beside else axis.show)()
        if beside:
            self.item.layout.removeItem(self._bar)
        else:
            self.item.layout.addItem(self._bar, 2, 3)

    def ease(self) -> None:
        """Fly from one camera to another, as in a window."""
        self._eased = True

    def let_go(self) -> None:
        """Free the picture while nobody sees it."""
        self.stage.let_go()

    @property
    def turning(self) -> bool:
        """Whether it is a turntable."""
        return self._motion.turning

    def set_turning(self, turning: bool) -> None:
        """Be a turntable, or stop where it is."""
        if turning:
            self._motion.turn(self.camera)
        elif self.turning:
            self._come_to_rest()

    def set_step(self, step: float) -> None:
        """Move the play head; steps between two whole ones are fine."""
        self.stage.set_step(step)
        self.population.set_step(step)
        self.lens.set_step(step)
        self.step_arrows.set_step(step)

    def show_coming(self, shown: bool) -> None:
        """Show the part of each path that is still to come, or not."""
        self.stage.show_coming(shown)

    def look_from(self, camera: Camera, moving: bool = False) -> None:
        """See the surface from elsewhere."""
        self._look_from(camera, moving=moving)
        self._place_signs()

    def point_at(self, position: QPointF) -> tuple[float, float] | None:
        """Return the surface point that is seen at a position of the graphics scene; None where none is."""
        return self._seen_at(self._box.mapFromScene(position))

    def marker_at(self, point: tuple[float, float]) -> Marker | None:
        """Return the nearest marker within some pixels of a surface point; None where there is none."""
        projection = self._projection()
        if self._scene is None or self._scene.relief is None or projection is None:
            return None
        return nearest_marker(self._scene.markers, point, self._scene.relief, projection)

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        """Use other colours, and text, lines and signs ``scale`` times as large."""
        self._frame_theme(theme, scale)
        self._box.setBackgroundColor(None)  # The stage fills the box.
        for layer in (self.stage, self.population, self.lens, self.step_arrows, self.probing):
            layer.set_theme(theme, scale)
        self._place_signs()

    def _connect(self) -> None:
        self._box.sigResized.connect(self._follow_size)
        self._box.dragged.connect(self._drag)
        self._box.turned_wheel.connect(self._zoom)
        self._box.double_clicked.connect(self._reset)
        self._box.clicked.connect(self._click)
        self._box.hovered.connect(self._hover)
        self.stage.drawn.connect(self._place_signs)

    def _follow_camera(self, before: Scene | None, camera: Camera) -> None:
        """Look from another camera, on a flight where it is far."""
        if self._motion.flies_to(camera):
            return
        self._motion.stop()
        here = self.camera
        if self._eased and before is not None and camera != replace(here, height=camera.height):
            self._motion.fly(here, camera)
        else:
            self._look_from(camera)

    def _drag(self, way: QPointF, moves: bool, ended: bool) -> None:
        width, height = self.pixels()
        if moves:
            camera = moved(self.camera, way.x() / max(width, 1), -way.y() / max(height, 1))
        else:
            camera = turned(self.camera, way.x(), way.y())
        self._take(camera)
        if ended:
            self._come_to_rest()

    def _zoom(self, factor: float, at: QPointF) -> None:
        area = self._box.rect()
        place = (at.x() - area.left()) / area.width() - 0.5, 0.5 - (at.y() - area.top()) / area.height()
        self._take(zoomed(self.camera, factor, place))
        self._rest.start()

    def _take(self, camera: Camera) -> None:
        """Have the person move the camera: until it comes to rest, nothing else does."""
        self._motion.stop()
        self._held = True
        self.look_from(camera, moving=True)

    def _reset(self) -> None:
        self.look_from(Camera(height=self.camera.height))
        self._come_to_rest()

    def _come_to_rest(self) -> None:
        self._rest.stop()
        self._motion.stop()
        self._held = False
        self.camera_moved.emit(self.camera)

    def _click(self, position: QPointF) -> None:
        point = self._seen_at(position)
        if point is not None:
            self.stage_clicked.emit(*point)

    def _hover(self, position: QPointF | None) -> None:
        self.hovered.emit(None if position is None else self._seen_at(position))

    def _look_from(self, camera: Camera, *, moving: bool = False) -> None:
        self.stage.look_from(camera, moving=moving)
        projection = self._projection()
        flat = 0.0 if projection is None else 1.0 - projection.side
        for axis in self._axes.values():
            axis.setOpacity(flat)
        self._box.border = pg.mkPen(self._theme.line, width=max(1.0, self._scale)) if flat == 1.0 else pg.mkPen(None)

    def _follow_size(self) -> None:
        for layer in (self.stage, self.population, self.lens, self.step_arrows, self.probing):
            layer.resize(self._box.rect())
        self._look_from(self.camera)
        self._place_signs()
        self.resized.emit()

    def _handles(self) -> Iterable[Handle]:
        return *self._pins, *self.probing.handles

    def _place_signs(self) -> None:
        """Put pins, handles and what is drawn around points where they are seen now."""
        super()._place_signs()
        self.probing.place()
        projection, relief = self._projection(), self._scene.relief if self._scene else None
        self.population.depth = self.stage.depth
        for layer in (self.population, self.lens, self.step_arrows):
            layer.plane = ReliefPlane(relief=relief, camera=projection) if relief and projection else None
            if not layer.empty:
                layer.update()

    def _projection(self) -> ReliefProjection | None:
        """Return the camera in logical pixels."""
        width, height = self.pixels()
        if self._scene is None or width < 8 or height < 8:
            return None
        relief = self._scene.relief
        x, y = (relief.x, relief.y) if relief else (self._scene.x, self._scene.y)
        wanted = ReliefProjection(camera=self.camera, x=x, y=y, width=width, height=height, unit=self._scale)
        if wanted != self._known:
            self._known = wanted
        return self._known

    def _position(self, point: tuple[float, float]) -> QPointF:
        """Return where a surface point is seen on the view box; beside the mesh, where it would be on its floor."""
        projection = self._projection()
        if projection is None or self._scene is None or self._scene.relief is None:
            return QPointF()
        place = self._place_of(point, self._scene.relief, projection)
        if not np.isfinite(place).all():
            place = np.column_stack((projection.base(np.array([point])), [0.0]))
        across, down, _ = projection.seen(place)[0].tolist()
        return QPointF(self._box.rect().topLeft() + QPointF(across, down))

    def _place_of(self, point: tuple[float, float], relief: Relief, projection: ReliefProjection) -> Places:
        """Return where a surface point is in the box (1, 3): the surface is evaluated once, not for each camera."""
        if self._placed[0] is not relief:
            self._placed = relief, {}
        known = self._placed[1]
        if point not in known:
            if len(known) > MANY:
                known.clear()
            known[point] = lifted(np.array([point]), relief, projection)
        return known[point]

    def _seen_at(self, position: QPointF) -> tuple[float, float] | None:
        """Return the surface point at a position on the view box; None where no surface is."""
        projection = self._projection()
        if projection is None:
            return None
        inside = position - self._box.rect().topLeft()
        near = self.stage.nearness(inside.x() * self.stage.ratio, inside.y() * self.stage.ratio)
        if near is None:
            return None
        u, v, _ = projection.place_at(inside.x(), inside.y(), near / self.stage.ratio)
        return projection.point((u, v))

    def _place_pin(self, handle: Handle, pin: Pin) -> None:
        handle.set_look(self._theme, self._scale, pin.colors, pin.label)
        (x0, x1), (y0, y1) = self.view()
        within = x0 <= pin.point[0] <= x1 and y0 <= pin.point[1] <= y1
        position = self._position(pin.point)
        handle.setPos(position)
        handle.setOpacity(1.0 if self._is_seen(pin.point) else HIDDEN)
        shown = within and self._scene is not None and self._scene.relief is not None and not self.stage.waits
        handle.setVisible(handle.held or (shown and self._box.rect().contains(position)))

    def _is_seen(self, point: tuple[float, float]) -> bool:
        projection, scene = self.stage.projection, self._scene
        if projection is None or scene is None or scene.relief is None:
            return True
        seen = projection.seen(self._place_of(point, scene.relief, projection))
        return bool(is_seen(seen, self.stage.depth, projection)[0])

    def _drawn_to(self, wanted: QPointF) -> tuple[float, float]:
        """Return where the person wants a handle of the probe or the cut: in the line of sight, within the view."""
        (x0, x1), (y0, y1) = self.view()
        before = self._last or ((x0 + x1) / 2, (y0 + y1) / 2)
        x, y = self._seen_at(wanted) or self._beside(wanted, before) or before
        self._last = min(max(x, x0), x1), min(max(y, y0), y1)
        return self._last

    def _release_pin(self) -> None:
        self._origin = None
        super()._release_pin()

    def _drag_pin(self, index: int, wanted: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Tell where on the surface the person wants the pin: in the line of sight, or on the nearest border."""
        if self._scene is None or index >= len(self._scene.pins):
            return
        now = self._scene.pins[index].point
        if self._origin is None:
            self._origin = now
        point = self._seen_at(wanted) or self._beside(wanted, now)
        if point is None:
            return
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            point = on_axis(point, self._origin, self.view())
        (x0, x1), (y0, y1) = self.view()
        x, y = min(max(point[0], x0), x1), min(max(point[1], y0), y1)
        self.pin_moved.emit(index, x, y, modifiers)

    def _beside(self, wanted: QPointF, now: tuple[float, float]) -> tuple[float, float] | None:
        """Return what is in the line of sight at the height where the pin is: no surface is seen there."""
        projection = self._projection()
        if projection is None or self._scene is None or self._scene.relief is None:
            return None
        height = float(self._scene.relief.heights(np.array(now)))
        inside = wanted - self._box.rect().topLeft()
        place = projection.place_on(inside.x(), inside.y(), height if np.isfinite(height) else 0.0)
        return projection.point(place) if np.isfinite(place).all() else None


if TYPE_CHECKING:
    from landscape.plot.view import SceneView

    _RELIEF: SceneView = ReliefPlot()
