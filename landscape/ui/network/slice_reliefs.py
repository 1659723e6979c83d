"""The landscapes of both networks in three dimensions, side by side and seen from the same camera."""

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.network.slice_relief import SliceReliefs, frame_at
from landscape.plot.network.twins import HEAD, paint_head
from landscape.plot.overrides import guarded
from landscape.plot.relief import ReliefPlot
from landscape.scene.network.slice import SliceScene, SliceTwin
from landscape.session.camera import Camera
from landscape.ui.canvas import Canvas
from landscape.ui.context import Context
from landscape.ui.jobs import Jobs
from landscape.ui.layouts import GRID, column, row
from landscape.ui.relief_jobs import ReliefJobs
from landscape.ui.words import write


class SliceReliefsView(QWidget):
    """Shows both; a click starts the optimizer there, and its start is dragged."""

    started = Signal(int, tuple)
    """A network and a point of its slice."""
    camera_moved = Signal(object)

    def __init__(self, context: Context, jobs: Jobs) -> None:
        super().__init__()
        self._context = context
        self._scenes = SliceReliefs()
        self._scene: SliceScene | None = None
        self.camera = Camera()
        self.plots = ReliefPlot(context.theme), ReliefPlot(context.theme)
        self._views = tuple(Canvas(plot.item, plot) for plot in self.plots)
        self._heads = SliceHead(context), SliceHead(context)
        for index, (plot, view) in enumerate(zip(self.plots, self._views, strict=True)):
            plot.stand_beside(True)
            view.setMinimumSize(200, 140)
            write(view, name=context.say("Relief of the surface"))
            _Start(self, plot, index)
        whole = [column(head, view, spacing=0) for head, view in zip(self._heads, self._views, strict=True)]
        for each in whole:
            each.setStretch(1, 1)
        self.setLayout(row(*whole, spacing=GRID))
        self._jobs = tuple(ReliefJobs(self, plot, jobs) for plot in self.plots)
        self.look_changed()

    def load(self) -> None:
        """Have a job load what draws the relief, or compile it."""
        for each in self._jobs:
            each.load()

    def look_changed(self) -> None:
        """Use the colours of the window."""
        for plot, view in zip(self.plots, self._views, strict=True):
            plot.set_theme(self._context.theme, self._context.stage_scale)
            view.setBackground(QColor(self._context.theme.panel))

    def show_heads(self, shown: bool) -> None:
        """Name both networks, or leave that to the maps above."""
        for head in self._heads:
            head.setVisible(shown)

    def show_scene(self, scene: SliceScene) -> None:
        """Show ``scene``."""
        self._scene = scene
        self._show()

    def set_step(self, step: float) -> None:
        """Move the play head."""
        if self._scene is not None:
            for plot, twin in zip(self.plots, self._scene.twins, strict=True):
                plot.set_step(frame_at(twin, step))

    def set_camera(self, camera: Camera) -> None:
        """See both from elsewhere."""
        self.camera = camera
        self._show()

    def turn(self, plot: ReliefPlot, camera: Camera) -> None:
        """Let the other one follow the one that a person turns."""
        self.camera = camera
        for each in self.plots:
            if each is not plot:
                each.look_from(camera)
        self.camera_moved.emit(camera)

    def _show(self, *_: object) -> None:
        if self._scene is None:
            return
        name = self._context.say("Start")
        for index, (plot, twin) in enumerate(zip(self.plots, self._scene.twins, strict=True)):
            self._heads[index].show_twin(twin)
            shown = self._scenes.scene(self._scene, index, self.camera, name)
            if shown is not None:
                plot.show(shown)
            plot.stage.update()


class SliceHead(QWidget):
    """The name of a network, and how much of its path its plane shows."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._twin: SliceTwin | None = None
        self.setFixedHeight(round(HEAD))

    def show_twin(self, twin: SliceTwin) -> None:
        """Show the name of ``twin``."""
        self._twin = twin
        self.setAccessibleName(twin.name)
        self.update()

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it as the map does."""
        if self._twin is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            twin, area = self._twin, QRectF(self.rect())
            paint_head(
                painter,
                area,
                twin.name,
                twin.color,
                twin.note,
                self._context.stage_scale,
                self._context.theme,
                lost=False,
            )


class _Start(QObject):
    """Passes on what a person does to one of the reliefs."""

    def __init__(self, view: SliceReliefsView, plot: ReliefPlot, index: int) -> None:
        super().__init__(view)
        self._view, self._plot, self._index = view, plot, index
        plot.stage_clicked.connect(self._start)
        plot.pin_moved.connect(self._drag)
        plot.camera_moved.connect(self._turn)

    def _start(self, x: float, y: float) -> None:
        self._view.started.emit(self._index, (x, y))

    def _drag(self, _index: int, x: float, y: float, _modifiers: object) -> None:
        self._view.started.emit(self._index, (x, y))

    def _turn(self, camera: Camera) -> None:
        self._view.turn(self._plot, camera)
