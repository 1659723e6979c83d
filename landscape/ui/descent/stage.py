"""The stage in the middle: the map, and under it the curves."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from landscape.plot.curves import CurvesPlot
from landscape.plot.map import MapPlot
from landscape.scene.descent.build import fitted_view
from landscape.scene.descent.scene import Scene
from landscape.scene.descent.view import View, stage_view
from landscape.scene.layers import Range
from landscape.scene.palette import Theme
from landscape.session.descent.document import Descent
from landscape.ui.canvas import FRAME, Canvas
from landscape.ui.layouts import column


class Stage(QWidget):
    """Shows a scene at a step, and knows which part of the plane is looked at."""

    painted = Signal()
    view_changed = Signal()
    """Another part of the plane, or another resolution."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.map = MapPlot(theme)
        self.map.stage.draw_by_turns()
        self.curves = CurvesPlot(theme)
        self.map_view = Canvas(self.map.item, self.map)
        self._curves_view = Canvas(self.curves.item)
        self._ranges: tuple[Range, Range] | None = None
        self._descent: Descent | None = None
        self._scene: Scene | None = None
        self._beside = QTimer(self, singleShot=True, interval=FRAME)
        self._beside.timeout.connect(self._show_curves)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._row = QSplitter(Qt.Orientation.Horizontal)
        self._row.setChildrenCollapsible(False)
        self._row.setHandleWidth(6)
        self._row.addWidget(self.map_view)
        self._split.addWidget(self._row)
        self._split.addWidget(self._curves_view)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 1)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(6)
        self.map_view.setMinimumSize(320, 240)
        self._curves_view.setMinimumHeight(112)
        self.setLayout(column(self._split))
        self.set_theme(theme)
        self.map_view.painted.connect(self.painted)
        self.map.view_changed.connect(self._look)
        self.map.resized.connect(self.view_changed)

    def set_names(self, map_name: str, curves_name: str) -> None:
        """Name the two plots for those who cannot see them."""
        self.map_view.setAccessibleName(map_name)
        self._curves_view.setAccessibleName(curves_name)

    def set_beside(self, pane: QWidget) -> None:
        """Put ``pane`` beside the map."""
        self._row.addWidget(pane)
        self._row.setStretchFactor(0, 1)
        self._row.setStretchFactor(1, 1)
        half = max(self._row.width() // 2, 1)
        self._row.setSizes([half, half])

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        for view in (self.map_view, self._curves_view):
            view.setBackground(theme.panel)
        self.map.set_theme(theme)
        self.curves.set_theme(theme)

    def set_descent(self, descent: Descent) -> None:
        """Look at the domain of ``descent``, unless the same domain is looked at already."""
        old, self._descent = self._descent, descent
        if old is None or old.surface.domain != descent.surface.domain or old.surface.entry != descent.surface.entry:
            self._ranges = None

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
        return not self._curves_view.isHidden()

    def show_curves(self, shown: bool) -> None:
        """Show or hide the curves."""
        self._curves_view.setVisible(shown)
        self.view_changed.emit()

    def settle(self) -> None:
        """Give everything its size now, so that the first picture is the right one."""
        for layout in (self.layout(), self.map.item.layout):
            if layout is not None:
                layout.activate()

    def view(self) -> View:
        """Return what is looked at, and how finely it is worth sampling."""
        width, height = self.map.pixels()
        x, y = self._ranges or self._fitted(max(width, 1) / max(height, 1))
        ratio = self.devicePixelRatioF()
        return stage_view(x, y, width * ratio, height * ratio)

    def show_scene(self, scene: Scene) -> None:
        """Show another scene."""
        self.map.show(scene)
        self._scene = scene
        if not self._beside.isActive():
            self._beside.start()

    def _show_curves(self) -> None:
        """Let the curves follow, one panel in a frame, so that the pin never waits for all of them."""
        scene = self._scene
        if scene is None or not self.curves_shown or not self.map_view.is_painted:
            return
        # At first there is nothing to draw a curve through, and the first paths take half as long alone.
        if _has_begun(scene) and self.curves.show_next(scene):
            self._beside.start()

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self.map.set_step(step)
        self.curves.set_step(step)

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
