"""The page of the landscapes: a plane through the weights of each network, on which optimizers can be started."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
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
from landscape.session.network.document import Experiment
from landscape.ui.buttons import Choice
from landscape.ui.canvas import Canvas
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, caption, column, row
from landscape.ui.network.page import OWNER, Page
from landscape.ui.words import write
from landscape.ui.workspaces import Shell

WIDTH = 260
LOWEST = 110
"""Height of the curves at least."""


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
        options = (("path", say("Principal directions of the path")), ("random", say("Random directions")))
        self.choice = Choice(context, say("Directions"), options)
        self.choice.setFixedWidth(WIDTH)
        self.choice.set_key(self.page.directions)
        self.choice.chosen.connect(self.choose)
        hint = caption(say("Both in the same colours. Press and drag to start the optimizer on the plane."), wrap=True)
        line = row(self.choice, hint, spacing=2 * GRID)
        line.setStretch(1, 1)
        below = row(*self._canvases, spacing=GRID)
        whole = column(line, self.view, below, margins=(2 * GRID, GRID, 2 * GRID, 2 * GRID))
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.look_changed()

    def look_changed(self) -> None:
        """Speak another language, or use other colours."""
        for plot, canvas in zip(self.plots, self._canvases, strict=True):
            plot.set_theme(self._context.theme)
            canvas.setBackground(self._context.theme.panel)
        self._show()

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
        self.setMinimumSize(320, 240)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @guarded(-1)
    def heightForWidth(self, width: int) -> int:
        """Return how high two squares beside each other are with their names."""
        return round((width - GAP) / 2 + HEAD)

    def show_scene(self, scene: SliceScene) -> None:
        """Show ``scene``."""
        self._scene = scene
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start the optimizer at the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._start(event)

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
            self._plot.paint(painter, QRectF(self.rect()), self._scene, self.step, 1.0, self._context.theme)
