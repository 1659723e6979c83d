"""The page of the landscapes: a plane through the weights of each network, on which optimizers can be started."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.slice import SlicePlot
from landscape.scene.answers import Answers
from landscape.scene.network_questions import recording_questions
from landscape.scene.network_slice import Cut, Directions, Point, SliceQuestion, SliceScene, build_slices, cuts
from landscape.session.experiment import Experiment
from landscape.ui.buttons import Choice
from landscape.ui.context import Context
from landscape.ui.jobs import Cancelled, Jobs
from landscape.ui.layouts import GRID, caption, clear, column, row
from landscape.ui.streaming import Streaming
from landscape.ui.training import Training
from landscape.ui.workspaces.network_stage import Page

WIDTH = 260


class SlicePage(Page):
    """Shows the slices of both networks once they are trained; a click starts the optimizer there."""

    def __init__(self, context: Context, jobs: Jobs, answers: Answers, training: Training) -> None:
        super().__init__()
        self._answers = answers
        self._streaming = Streaming(self, jobs, "slice", self._cut)
        self._streaming.changed.connect(self._show)
        training.course_changed.connect(lambda _course: self._ask())
        self._experiment: Experiment | None = None
        self._asked: dict[SliceQuestion, Experiment] = {}
        self._directions: Directions = "path"
        self._starts: tuple[Point | None, Point | None] = (None, None)
        self.scene: SliceScene | None = None
        self.view = SliceView(context)
        self.view.pressed.connect(self._start)
        self._top = column()
        whole = column(self._top, self.view, margins=(2 * GRID, GRID, 2 * GRID, 2 * GRID))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.set_context(context)

    def set_context(self, context: Context) -> None:
        """Speak another language, or use other colours."""
        say = context.say
        self._context = context
        self.view.set_context(context)
        clear(self._top)
        options = (("path", say("Principal directions of the path")), ("random", say("Random directions")))
        self.choice = Choice(context.icons, say("Directions"), options)
        self.choice.setFixedWidth(WIDTH)
        self.choice.set_key(self._directions)
        self.choice.chosen.connect(self.choose)
        hint = caption(say("Both in the same colours. A click starts the optimizer on the plane."), wrap=True)
        line = row(self.choice, hint, spacing=2 * GRID)
        line.setStretch(1, 1)
        self._top.addLayout(line)
        self._show()

    def display(self, experiment: Experiment | None) -> None:
        """Cut through the landscapes of ``experiment``; None: compute nothing any more."""
        if experiment != self._experiment and experiment is not None:
            self._starts = (None, None)
        self._experiment = experiment
        self._ask()

    def choose(self, directions: Directions) -> None:
        """Cut along other directions."""
        self._directions, self._starts = directions, (None, None)
        self.choice.set_key(directions)
        self._ask()

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self.view.step = step
        self.view.update()

    def _start(self, twin: int, point: Point) -> None:
        first, second = self._starts
        self._starts = (point, second) if twin == 0 else (first, point)
        self._ask()

    def _question(self) -> SliceQuestion | None:
        """Return what is asked; None while the networks are being trained."""
        if self._experiment is None:
            return None
        questions = recording_questions(self._experiment)
        if any(self._answers.get(question) is None for question in questions):
            return None
        return SliceQuestion(recordings=questions, directions=self._directions, starts=self._starts)

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
        self.scene = build_slices(self._experiment, recordings, tuple(found), self._context.say)
        self.view.show_scene(self.scene)


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
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_context(self, context: Context) -> None:
        """Speak another language, or use other colours."""
        self._context = context
        self.setAccessibleName(context.say("Loss on a plane through the weights of each network"))
        self.update()

    def show_scene(self, scene: SliceScene) -> None:
        """Show ``scene``."""
        self._scene = scene
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start the optimizer at the pointer."""
        place = self._plot.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self.pressed.emit(*place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._context.theme.panel)
        if self._scene is not None:
            self._plot.paint(painter, QRectF(self.rect()), self._scene, self.step, 1.0, self._context.theme)
