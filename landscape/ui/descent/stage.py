"""The stage in the middle: the map, the relief or both, and under them the curves."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from landscape.plot.curves import CurvesPlot
from landscape.plot.map import MapPlot
from landscape.plot.overrides import guarded
from landscape.plot.view import SceneView
from landscape.scene.descent.build import fitted_view
from landscape.scene.descent.view import View, stage_view
from landscape.scene.layers import Range
from landscape.scene.palette import Theme
from landscape.scene.scene import Marker, Scene
from landscape.session.camera import Camera, StageView
from landscape.session.descent.document import Descent
from landscape.session.session import Point
from landscape.ui.canvas import Canvas
from landscape.ui.context import Context
from landscape.ui.curves_view import CurvesView
from landscape.ui.following import Following
from landscape.ui.layouts import column

if TYPE_CHECKING:
    from landscape.plot.relief import ReliefPlot


EVENLY = 10_000
"""Width that each of several views asks for, more than there is: they get the same."""
LEAST = 320, 240
"""Of a view; half of it in a stage that is narrow."""
NARROW = 2 * LEAST[0]


class Stage(QWidget):
    """Shows a scene at a step, and knows which part of the plane is looked at."""

    painted = Signal()
    view_changed = Signal()
    """Another part of the plane, or another resolution."""
    hovered = Signal(object)
    """The surface point under the pointer, on whichever view, or None."""
    clicked = Signal(float, float)
    double_clicked = Signal(float, float)
    """On the map; on the relief it resets the camera."""
    pin_moved = Signal(int, float, float, object)
    pin_released = Signal()
    camera_moved = Signal(object)
    """From where the person has come to see the relief."""
    relief_built = Signal()

    def __init__(self, context: Context, following: Following) -> None:
        super().__init__()
        theme, self._following = context.theme, following
        self._theme, self._scale = theme, 1.0
        self._step = 0.0
        self._shown: StageView = "map"
        self._names = "", "", ""
        self._rings: list[tuple[Point, bool]] = []
        self._pointer: tuple[SceneView, Point] | None = None
        """Where the pointer is, and on which view."""
        self.map = MapPlot(theme)
        self.relief: ReliefPlot | None = None
        """Made when it is first shown."""
        self.relief_view: Canvas | None = None
        self.map.stage.draw_by_turns()
        self.curves = CurvesPlot(theme)
        self.map_view = Canvas(self.map.item, self.map)
        self._curves_view = CurvesView(self.curves, context)
        self._ranges: tuple[Range, Range] | None = None
        self._with_curves = self._coming = True
        self._descent: Descent | None = None
        self._scene: Scene | None = None
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._row = QSplitter(Qt.Orientation.Horizontal)
        self._row.setChildrenCollapsible(False)
        self._row.setHandleWidth(6)
        self._row.addWidget(self.map_view)
        self._below: QSplitter | None = None
        """Holds the curves and what stands at the left of them, once there is something."""
        self._split.addWidget(self._row)
        self._split.addWidget(self._curves_view)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 1)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(6)
        self.map_view.setMinimumSize(*LEAST)
        self._curves_view.setMinimumHeight(112)
        self._page: QWidget | None = None
        self._whole = column(self._split)
        self.setLayout(self._whole)
        self.set_theme(theme)
        self.map_view.painted.connect(self.painted)
        self.map.view_changed.connect(self._look)
        self.map.resized.connect(self.view_changed)
        self.map.stage_double_clicked.connect(self.double_clicked)
        self.map.hovered.connect(self._hover_map)
        self._follow(self.map)

    def set_names(self, map_name: str, relief_name: str, curves_name: str) -> None:
        """Name the plots for those who cannot see them."""
        self._names = map_name, relief_name, curves_name
        self.map_view.setAccessibleName(map_name)
        self._curves_view.setAccessibleName(curves_name)
        if self.relief_view is not None:
            self.relief_view.setAccessibleName(relief_name)

    @property
    def views(self) -> tuple[SceneView, ...]:
        """The views that are shown."""
        relief = (self.relief,) if self.relief is not None and self._shown != "map" else ()
        return (*((self.map,) if self._shown != "relief" else ()), *relief)

    @property
    def front(self) -> SceneView:
        """The view that is meant where only one can be: the map, where it is shown."""
        return self.views[0]

    @property
    def front_view(self) -> Canvas:
        """The widget of that."""
        return self.relief_view if self._shown == "relief" and self.relief_view is not None else self.map_view

    @property
    def complete(self) -> bool:
        """Whether all that is shown is drawn."""
        relief = self._shown == "map" or (self.relief is not None and self.relief.stage.complete)
        return relief and (self._shown == "relief" or self.map.stage.complete)

    def ring(self, places: list[tuple[Point, bool]]) -> None:
        """Put rings around surface points, in every view; True: around one that is chosen."""
        self._rings = places
        self._ring()

    def show_coming(self, shown: bool) -> None:
        """Show the part of each path and curve that is still to come, or not."""
        self._coming = shown
        for shows in (self.map, self.curves, *((self.relief,) if self.relief is not None else ())):
            shows.show_coming(shown)

    def look_from(self, camera: Camera) -> None:
        """See the relief from elsewhere."""
        if self.relief is not None:
            self.relief.look_from(camera, moving=True)

    def _show_views(self, stage: StageView) -> None:
        """Show the map, the relief, or both."""
        if stage == self._shown:
            return
        self._shown = stage
        if stage != "map" and self.relief is None:
            self._build_relief()
        self._arrange()
        if stage == "both":
            self._row.setSizes([EVENLY] * self._row.count())
        if stage == "relief" and self.relief_view is not None and self.map_view.hasFocus():
            self.relief_view.setFocus()
        self.map_view.setVisible(stage != "relief")
        if self.relief_view is not None:
            self.relief_view.setVisible(stage != "map")
        if self._scene is not None:
            self.show_scene(self._scene)
        self.view_changed.emit()

    def _build_relief(self) -> None:
        # Loaded with the first relief, not with the first picture.
        from landscape.plot.relief import ReliefPlot

        self.relief = relief = ReliefPlot(self._theme)
        relief.set_theme(self._theme, self._scale)
        relief.show_coming(self._coming)
        relief.ease()
        self.relief_view = view = Canvas(relief.item, relief)
        view.setBackground(self._theme.panel)
        view.setMinimumSize(*LEAST)
        view.setAccessibleName(self._names[1])
        view.painted.connect(self.painted)
        view.unseen.connect(relief.let_go)
        self._row.insertWidget(1, view)
        for index in range(self._row.count()):
            self._row.setStretchFactor(index, 1)
        relief.resized.connect(self.view_changed)
        relief.camera_moved.connect(self.camera_moved)
        relief.hovered.connect(self._hover_relief)
        self._follow(relief)
        self.relief_built.emit()

    def _follow(self, view: SceneView) -> None:
        """Pass on what a person does to a view."""
        view.pin_moved.connect(self.pin_moved)
        view.pin_released.connect(self.pin_released)
        view.stage_clicked.connect(self.clicked)

    def marker_at(self, point: Point) -> Marker | None:
        """Return the marker that a person who points at a surface point means."""
        view = self._pointer[0] if self._pointer else self.front
        return view.marker_at(point)

    def _hover_map(self, point: Point | None) -> None:
        self._hover(self.map, point)

    def _hover_relief(self, point: Point | None) -> None:
        if self.relief is not None:
            self._hover(self.relief, point)

    def _hover(self, view: SceneView, point: Point | None) -> None:
        self._pointer = (view, point) if point is not None else None
        self.hovered.emit(point)
        if len(self.views) > 1:
            self._ring()

    def _ring(self) -> None:
        """Ring what is ringed, and in the other views what is pointed at in one."""
        for view in self.views:
            view.ring([*self._rings, *self._pointed_at_elsewhere(view)])

    def _pointed_at_elsewhere(self, view: SceneView) -> list[tuple[Point, bool]]:
        """Return what is pointed at in another view; a pin that is held there is seen in this one by itself."""
        if self._pointer is None:
            return []
        of, point = self._pointer
        return [] if of is view or of.holds else [(point, False)]

    def set_beside(self, pane: QWidget) -> None:
        """Put ``pane`` beside the map."""
        self._row.addWidget(pane)
        self._row.setStretchFactor(0, 1)
        self._row.setStretchFactor(1, 1)
        half = max(self._row.width() // 2, 1)
        self._row.setSizes([half, half])

    def show_page(self, page: QWidget | None) -> None:
        """Show a page in place of the map, the relief and the curves; None: these."""
        before, self._page = self._page, page
        if page is before:
            return
        if before is not None:
            before.hide()
        if page is not None and page.parent() is not self:
            self._whole.addWidget(page)
        self._split.setVisible(page is None)
        if page is not None:
            page.show()

    def set_under(self, pane: QWidget) -> None:
        """Put ``pane`` under the map, at the left of the curves."""
        sizes = self._split.sizes() if self.isVisible() else [3000, 1000]
        self._below = below = QSplitter(Qt.Orientation.Horizontal)
        below.setChildrenCollapsible(False)
        below.setHandleWidth(6)
        self._split.replaceWidget(1, below)
        parts: tuple[QWidget, ...] = (pane, self._curves_view)
        for index, part in enumerate(parts):
            below.addWidget(part)
            below.setStretchFactor(index, 1)
        half = max(self._split.width() // 2, 1)
        below.setSizes([half, half])
        self._split.setStretchFactor(1, 1)
        self._split.setSizes(sizes)
        self._curves_view.setVisible(self._with_curves)
        self.fit_under()

    def fit_under(self) -> None:
        """Leave no room under the map where nothing is shown there."""
        if self._below is not None:
            parts = [self._below.widget(index) for index in range(self._below.count())]
            self._below.setVisible(any(part is not None and not part.isHidden() for part in parts))

    @property
    def drawn_as(self) -> tuple[Theme, float]:
        """The colours, and how many times as large as usual text and lines are."""
        return self._theme, self._scale

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        """Use other colours, and text, lines and signs ``scale`` times as large."""
        self._theme, self._scale = theme, scale
        for view in (self.map_view, self.relief_view, self._curves_view):
            if view is not None:
                view.setBackground(theme.panel)
        self.map.set_theme(theme, scale)
        if self.relief is not None:
            self.relief.set_theme(theme, scale)
        self.curves.set_theme(theme, scale)

    def set_descent(self, descent: Descent) -> None:
        """Look at the domain of ``descent``, unless the same domain is looked at already."""
        old, self._descent = self._descent, descent
        if old is None or old.surface.domain != descent.surface.domain or old.surface.entry != descent.surface.entry:
            self._ranges = None
        self._show_views(descent.stage)

    def reset_view(self) -> None:
        """Look at the whole domain."""
        self._ranges = None
        self.view_changed.emit()

    def look(self, x: Range, y: Range) -> None:
        """Look at another part of the plane."""
        self._look((x, y))

    @property
    def curves_shown(self) -> bool:
        """Whether the curves are shown."""
        return self._with_curves

    def show_curves(self, shown: bool) -> None:
        """Show or hide the curves."""
        self._with_curves = shown
        self._curves_view.setVisible(shown)
        self.fit_under()
        self.view_changed.emit()

    def settle(self) -> None:
        """Give everything its size now, so that the first picture is the right one."""
        for layout in (self.layout(), self.map.item.layout, self.relief.item.layout if self.relief else None):
            if layout is not None:
                layout.activate()

    @property
    def zoomed(self) -> tuple[Range, Range] | None:
        """The part of the plane that a person chose to look at; None: all of it."""
        return self._ranges

    def view(self) -> View:
        """Return what is looked at, and how finely it is worth sampling."""
        width, height = self.front.pixels()
        x, y = self._ranges or self._fitted(max(width, 1) / max(height, 1))
        ratio = self.devicePixelRatioF()
        return stage_view(x, y, width * ratio, height * ratio)

    def show_scene(self, scene: Scene) -> None:
        """Show another scene."""
        for view in self.views:
            view.show(scene)
            view.set_step(self._step)
        self._scene = scene
        self._following.soon(self._show_curves, often=True)

    def _show_curves(self) -> None:
        """Let the curves follow, one panel at a turn, so that the pin never waits for all of them."""
        scene = self._scene
        if scene is None or not self.curves_shown or not self.front_view.is_painted:
            return
        # At first there is nothing to draw a curve through, and the first paths take half as long alone.
        if _has_begun(scene) and self.curves.show_next(scene):
            self._following.soon(self._show_curves, often=True)

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self._step = step
        for view in self.views:
            view.set_step(step)
        self.curves.set_step(step)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put map and relief under each other where there is no room for both beside each other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < NARROW
        under = self._shown == "both" and narrow
        if self.relief is not None:
            self.relief.stand_beside(self._shown == "both" or narrow)
        least = (LEAST[0] // 2, LEAST[1] // 2) if narrow else LEAST
        for view in (self.map_view, self.relief_view):
            if view is not None:
                view.setMinimumSize(*least)
        way = Qt.Orientation.Vertical if under else Qt.Orientation.Horizontal
        if way != self._row.orientation():
            self._row.setOrientation(way)
            self._row.setSizes([EVENLY] * self._row.count())

    @guarded(None)
    def changeEvent(self, event: QEvent) -> None:
        """Sample anew when the window moves to a screen of another resolution."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.view_changed.emit()

    def _fitted(self, aspect: float) -> tuple[Range, Range]:
        return fitted_view(self._descent, aspect) if self._descent is not None else ((0.0, 1.0), (0.0, 1.0))

    def _look(self, ranges: tuple[Range, Range]) -> None:
        self._ranges = ranges
        self.view_changed.emit()


def _has_begun(scene: Scene) -> bool:
    """Tell whether something is known of the runs, or there are none."""
    return not scene.paths or any(len(path.points) > 1 or not path.pending for path in scene.paths)
