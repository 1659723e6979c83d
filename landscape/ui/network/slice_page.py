"""The page of the landscapes: a plane through the weights of each network, on which optimizers can be started."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from landscape.network.slice import Descent
from landscape.plot.curves import CurvesPlot
from landscape.plot.network.slice import SlicePlot
from landscape.plot.network.twins import GAP, HEAD
from landscape.scene.answers import Answers
from landscape.scene.network.page import Directions, Point, StagePage
from landscape.scene.network.questions import recording_questions
from landscape.scene.network.slice import (
    Cut,
    SliceQuestion,
    SliceScene,
    build_slices,
    cuts,
    descent_from,
    latest,
)
from landscape.session.network.document import Experiment
from landscape.ui.buttons import Choice
from landscape.ui.context import Context
from landscape.ui.descent.stage import Canvas
from landscape.ui.jobs import Cancelled, Jobs
from landscape.ui.layouts import GRID, caption, clear, column, row
from landscape.ui.network.stage import Page
from landscape.ui.network.training import Training
from landscape.ui.streaming import Streaming

WIDTH = 260
LOWEST = 110
"""Height of the curves at least."""
Starts: TypeAlias = tuple[Point | None, Point | None]
Descents: TypeAlias = tuple[Descent | None, ...]


class SlicePage(Page):
    """Shows the slices of both networks once they are trained; the optimizer starts where the button is held."""

    def __init__(self, context: Context, jobs: Jobs, answers: Answers, training: Training) -> None:
        super().__init__()
        self._answers = answers
        self._streaming = Streaming(self, jobs, "slice", self._cut)
        self._streaming.changed.connect(self._show)
        training.course_changed.connect(lambda _course: self._ask())
        self._experiment: Experiment | None = None
        self._asked: dict[SliceQuestion, Experiment] = {}
        self.directions: Directions = "path"
        self.starts: Starts = (None, None)
        self._descending = jobs.channel("slice descents")
        self._descending.done.connect(lambda _key, descents: self._show_descents(descents))
        self._descents: Descents = (None, None)
        self.scene: SliceScene | None = None
        self.view = SliceView(context)
        self.view.pressed.connect(self._start)
        self.plots = (CurvesPlot(context.theme), CurvesPlot(context.theme))
        self._canvases = tuple(Canvas(plot.item) for plot in self.plots)
        for canvas in self._canvases:
            canvas.setMinimumHeight(LOWEST)
        self._top = column()
        below = row(*self._canvases, spacing=GRID)
        whole = column(self._top, self.view, below, margins=(2 * GRID, GRID, 2 * GRID, 2 * GRID))
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.set_context(context)

    def set_context(self, context: Context) -> None:
        """Speak another language, or use other colours."""
        say = context.say
        self._context = context
        self.view.set_context(context)
        names = context.say("Distance of the training from the plane"), context.say("Loss of the optimizer")
        for plot, canvas, name in zip(self.plots, self._canvases, names, strict=True):
            plot.set_theme(context.theme)
            canvas.setBackground(context.theme.panel)
            canvas.setAccessibleName(name)
        clear(self._top)
        options = (("path", say("Principal directions of the path")), ("random", say("Random directions")))
        self.choice = Choice(context.icons, say("Directions"), options)
        self.choice.setFixedWidth(WIDTH)
        self.choice.set_key(self.directions)
        self.choice.chosen.connect(self.choose)
        hint = caption(say("Both in the same colours. Press and drag to start the optimizer on the plane."), wrap=True)
        line = row(self.choice, hint, spacing=2 * GRID)
        line.setStretch(1, 1)
        self._top.addLayout(line)
        self._show()

    def display(self, experiment: Experiment | None) -> None:
        """Cut through the landscapes of ``experiment``; None: compute nothing any more."""
        if experiment != self._experiment and experiment is not None:
            self._forget_starts()
        self._experiment = experiment
        self._ask()

    def choose(self, directions: Directions) -> None:
        """Cut along other directions."""
        self.directions = directions
        self._forget_starts()
        self.choice.set_key(directions)
        self._ask()

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self.view.step = step
        self.view.update()
        self.plots[0].set_step(step)

    def exported(self) -> tuple[StagePage, tuple[Any, ...], bool]:
        """Return what is exported of it."""
        return StagePage(name="landscape", directions=self.directions, starts=self.starts), *self._streaming.taken(
            self._question()
        )

    def _forget_starts(self) -> None:
        self.starts, self._descents = (None, None), (None, None)

    def _start(self, twin: int, point: Point) -> None:
        """Let the optimizer go from another point; the newest one is next while one is still on its way."""
        question, experiment = self._question(), self._experiment
        if question is None or experiment is None:
            return
        first, second = self.starts
        self.starts = starts = (point, second) if twin == 0 else (first, point)
        slices = latest(self._streaming.results(question))

        def work(_cancelled: Cancelled) -> Descents:
            return tuple(
                None if cut is None or start is None else descent_from(cut, experiment, start)
                for cut, start in zip(slices, starts, strict=True)
            )

        self._descending.submit((question, starts), work)

    def _show_descents(self, descents: Descents) -> None:
        if self.starts != (None, None):
            self._descents = descents
            self._show()

    def _question(self) -> SliceQuestion | None:
        """Return what is asked; None while the networks are being trained."""
        if self._experiment is None:
            return None
        questions = recording_questions(self._experiment)
        if any(self._answers.get(question) is None for question in questions):
            return None
        return SliceQuestion(recordings=questions, directions=self.directions)

    def _ask(self) -> None:
        question = self._question()
        if question is not None and self._experiment is not None:
            self._asked[question] = self._experiment
        self._streaming.want(question)
        self._show()

    def _cut(self, question: SliceQuestion, cancelled: Cancelled) -> Iterator[Cut]:
        recordings = [self._answers.compute(one) for one in question.recordings]
        return cuts(question, recordings, self._asked[question], cancelled)

    def _show(self) -> None:
        question = self._question()
        if question is None or self._experiment is None:
            return
        found = self._streaming.results(question)
        if not found and self.scene is not None:
            return
        recordings = [self._answers.get(one) for one in question.recordings]
        self.scene = build_slices(self._experiment, recordings, tuple(found), self._context.say, self._descents)
        self.view.show_scene(self.scene)
        for plot, canvas, shown in zip(
            self.plots, self._canvases, (self.scene.distances, self.scene.losses), strict=True
        ):
            plot.show(shown)
            canvas.setVisible(bool(shown.curves))
        self.plots[0].set_step(self.view.step)
        self.plots[1].set_step(float(self.scene.losses.steps))


class SliceView(QWidget):
    """Paints the slices."""

    pressed = Signal(int, tuple)
    """A network and a point of its slice."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._plot = SlicePlot()
        self._scene: SliceScene | None = None
        self.step = 0.0
        self.set_context(context)
        self.setMinimumSize(320, 240)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_context(self, context: Context) -> None:
        """Speak another language, or use other colours."""
        self._context = context
        self.setAccessibleName(context.say("Loss on a plane through the weights of each network"))
        self.update()

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

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._context.theme.panel)
        if self._scene is not None:
            self._plot.paint(painter, QRectF(self.rect()), self._scene, self.step, 1.0, self._context.theme)
