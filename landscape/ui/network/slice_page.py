"""The page of the landscapes: a plane through the weights of each network, on which optimizers can be started."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from landscape.plot.curves import CurvesPlot
from landscape.plot.network.slice import SlicePlot
from landscape.plot.network.twins import GAP, HEAD
from landscape.plot.overrides import guarded
from landscape.scene.network.page import Directions, Point, StagePage
from landscape.scene.network.pages import build_page, descents_question, page_questions
from landscape.scene.network.questions import recording_questions
from landscape.scene.network.slice import DescentsQuestion, SliceScene
from landscape.scene.question import Question
from landscape.session.camera import Camera, StageView
from landscape.session.network.document import Experiment
from landscape.ui.buttons import Choice
from landscape.ui.canvas import Canvas
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, caption, column, row
from landscape.ui.network.page import OWNER, Page
from landscape.ui.sizes import sized
from landscape.ui.stage_bar import StageBar
from landscape.ui.words import write
from landscape.ui.workspaces import Shell

if TYPE_CHECKING:
    from landscape.ui.network.slice_reliefs import SliceReliefsView

WIDTH = 260
LOWEST = 110
"""Height of the curves at least."""
LOW, ROOMY = 150, 640
"""Height of the curves under maps and reliefs, and that of a page with room for all of them."""
UNLIMITED = 16_777_215


class SlicePage(Page):
    """Shows the slices of both networks once they are trained; the optimizer starts where the button is held."""

    def __init__(self, context: Context, shell: Shell) -> None:
        super().__init__(shell)
        self.page = StagePage(name="landscape")
        self._started = StagePage(name="landscape")
        """The page with the starts whose optimizers are shown: those of the newest come after them."""
        self.scene: SliceScene | None = None
        self.view = SliceView(context)
        self.view.pressed.connect(self._start)
        self.plots = (CurvesPlot(context.theme), CurvesPlot(context.theme))
        self._canvases = tuple(Canvas(plot.item) for plot in self.plots)
        for canvas in self._canvases:
            canvas.setMinimumHeight(LOWEST)
        say, self._context = context.say, context
        names = say("Distance of the training from the plane"), say("Loss of the optimizer")
        for canvas, name in zip(self._canvases, names, strict=True):
            write(canvas, name=name)
        options = (
            ("path", say("Principal directions of the path")),
            ("random", say("Random directions, filter norm")),
            ("alike", say("Random directions, no filter norm")),
        )
        self.choice = Choice(context, say("Directions"), options)
        sized(self.choice, width=WIDTH)
        told = say(
            "Filter norm: each unit by its own length. Without it: all weights alike, and larger ones look flatter."
        )
        write(self.choice, tip=told, help=told)
        self.choice.set_key(self.page.directions)
        self.choice.chosen.connect(self.choose)
        hint = caption(say("Both in the same colours. Press and drag to start the optimizer on the plane."), wrap=True)
        self._below = QWidget()
        self._below.setLayout(row(*self._canvases, spacing=GRID))
        self.reliefs: SliceReliefsView | None = None
        """Made when they are first shown."""
        self._shell = shell
        self._stage: StageView = "map"
        self.bar = StageBar(context)
        self.bar.chosen.connect(self.show_stage)
        self.bar.heights.raised.connect(self._raise)
        line = row(self.choice, self.bar, None, spacing=2 * GRID)
        self._views = column(self.view, spacing=GRID)
        self._views.setStretch(0, 1)
        self.bar.display("map", Camera())
        whole = column(line, hint, self._views, self._below, margins=(2 * GRID, GRID, 2 * GRID, 2 * GRID))
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.look_changed()

    def look_changed(self) -> None:
        """Speak another language, or use other colours."""
        for plot, canvas in zip(self.plots, self._canvases, strict=True):
            plot.set_theme(self._context.theme, self._context.stage_scale)
            canvas.setBackground(self._context.theme.panel)
        if self.reliefs is not None:
            self.reliefs.look_changed()
        self._show()

    def show_stage(self, stage: StageView) -> None:
        """Show the landscapes from above, in three dimensions, or both."""
        self._stage = stage
        if stage != "map" and self.reliefs is None:
            self._build_reliefs()
        self.view.setVisible(stage != "relief")
        camera = Camera()
        if self.reliefs is not None:
            self.reliefs.setVisible(stage != "map")
            self.reliefs.show_heads(stage == "relief")
            camera = self.reliefs.camera
        self.bar.display(stage, camera)
        self._make_room()
        self._show()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the curves out where maps and reliefs need their room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        both = self._stage == "both"
        self.view.fill_width(not both)
        self._below.setVisible(not both or self.height() >= ROOMY)
        self._below.setMaximumHeight(LOW if both else UNLIMITED)

    def _build_reliefs(self) -> None:
        # Loaded with the first relief, not with the first picture.
        from landscape.ui.network.slice_reliefs import SliceReliefsView

        self.reliefs = SliceReliefsView(self._context, self._shell.jobs)
        self.reliefs.started.connect(self._start)
        self._views.addWidget(self.reliefs, 1)
        self.reliefs.load()

    def _raise(self, height: float) -> None:
        if self.reliefs is not None:
            self.reliefs.set_camera(replace(self.reliefs.camera, height=height))

    def display(self, experiment: Experiment | None) -> None:
        """Cut through the landscapes of ``experiment``; None: compute nothing any more."""
        if experiment is not None and experiment != self.experiment:
            self._turn(replace(self.page, starts=(None, None)))
        super().display(experiment)

    def wanted(self, experiment: Experiment) -> Iterable[Question[Any]]:
        """Return the slices, once the networks are trained, and the optimizers that were started on them."""
        trained = all(self.answers.get(one) is not None for one in recording_questions(experiment))
        return page_questions(experiment, self.page) if trained else ()

    def shown(self) -> StagePage:
        """Return which page it is, and what is chosen on it."""
        return self.page

    def look_again(self) -> None:
        """Ask what can be asked by now, and show what is known."""
        if self.experiment is not None:
            self._asker.want(OWNER, self.wanted(self.experiment))
        self._show()

    def choose(self, directions: Directions) -> None:
        """Cut along other directions."""
        self._turn(replace(self.page, directions=directions, starts=(None, None)))
        self.choice.set_key(directions)
        self.look_again()

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self.view.step = step
        self.view.update()
        if self.reliefs is not None:
            self.reliefs.set_step(step)
        self.plots[0].set_step(step)

    def _turn(self, page: StagePage) -> None:
        self.page = self._started = page

    def _start(self, twin: int, point: Point) -> None:
        """Let the optimizer go from another point; the newest one is next while one is still on its way."""
        first, second = self.page.starts
        self.page = replace(self.page, starts=(point, second) if twin == 0 else (first, point))
        self.look_again()

    def _show(self) -> None:
        if self.experiment is None:
            return
        if self.page.starts != (None, None):
            known = self.answers.get(descents_question(self.experiment, self.page)) is not None
            self._started = self.page if known else self._newest_known()
        scene = build_page(self.experiment, self._started, self.answers, self._context.say)
        if not isinstance(scene, SliceScene) or (self.scene is not None and not any(one.cut for one in scene.twins)):
            return
        self.scene = scene
        self.view.show_scene(scene)
        if self.reliefs is not None and self._stage != "map":
            self.reliefs.show_scene(scene)
            self.reliefs.set_step(self.view.step)
        for plot, canvas, shown in zip(self.plots, self._canvases, (scene.distances, scene.losses), strict=True):
            plot.show(shown)
            canvas.setVisible(bool(shown.curves))
        self.plots[0].set_step(self.view.step)
        self.plots[1].set_step(float(scene.losses.steps))

    def _newest_known(self) -> StagePage:
        """Return the page with the starts that were answered last: the pointer may be ahead of the optimizers."""
        latest = self.answers.latest(DescentsQuestion)
        if self.experiment is None or latest is None:
            return self._started
        question, _ = latest
        same = question == replace(descents_question(self.experiment, self.page), starts=question.starts)
        return replace(self.page, starts=question.starts) if same else self._started


class SliceView(QWidget):
    """Paints the slices."""

    pressed = Signal(int, tuple)
    """A network and a point of its slice."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._plot = SlicePlot()
        self._scene: SliceScene | None = None
        self.step = 0.0
        self._context = context
        write(self, name=context.say("Loss on a plane through the weights of each network"))
        self.setMinimumSize(320, 200)
        self.fill_width(True)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def fill_width(self, wanted: bool) -> None:
        """Be as high as both are with all of the width, or as high as there is room."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wanted)
        self.setSizePolicy(policy)

    @guarded(-1)
    def heightForWidth(self, width: int) -> int:
        """Return how high two squares beside each other are with their names."""
        return round((width - GAP) / 2 + HEAD)

    def show_scene(self, scene: SliceScene) -> None:
        """Show ``scene``."""
        self._scene = scene
        self.update()

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start the optimizer at the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._start(event)

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the start follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._start(event)

    def _start(self, event: QMouseEvent) -> None:
        place = self._plot.place_at(event.position())
        if place is not None:
            self.pressed.emit(*place)

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._context.theme.panel)
        if self._scene is not None:
            self._plot.paint(
                painter, QRectF(self.rect()), self._scene, self.step, self._context.stage_scale, self._context.theme
            )
