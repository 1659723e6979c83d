"""The page of the sweep: it fills in while both networks are trained at every learning rate."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from landscape.plot.network.sweep import SweepPlot
from landscape.scene.network.page import StagePage
from landscape.scene.network.pages import build_page, page_questions
from landscape.scene.network.sweep import SweepScene
from landscape.scene.question import Question
from landscape.session.network import edits
from landscape.session.network.document import Experiment
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, column
from landscape.ui.network.page import Page
from landscape.ui.workspaces import Shell


class SweepPage(Page):
    """Shows the sweep of an experiment while it is in front; a click takes a learning rate."""

    def __init__(self, context: Context, shell: Shell) -> None:
        super().__init__(shell)
        self.scene: SweepScene | None = None
        self.view = SweepView(context)
        self.sentence = QLabel()
        self.sentence.setProperty("role", "sentence")
        self.sentence.setWordWrap(True)
        whole = column(self.view, self.sentence, margins=(2 * GRID, GRID, 2 * GRID, 2 * GRID))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.set_context(context)

    def set_context(self, context: Context) -> None:
        """Speak another language, or use other colours."""
        self._context = context
        self.view.set_context(context)
        self.look_again()

    def wanted(self, experiment: Experiment) -> Iterable[Question[Any]]:
        """Return the sweep."""
        return page_questions(experiment, self.shown())

    def shown(self) -> StagePage:
        """Return which page it is."""
        return StagePage(name="sweep")

    def look_again(self) -> None:
        """Show the trainings that have ended."""
        if self.experiment is None:
            return
        scene = build_page(self.experiment, self.shown(), self.answers, self._context.say)
        if isinstance(scene, SweepScene):
            self.scene = scene
            self.view.show_scene(scene)
            self.sentence.setText(scene.sentence)


class SweepView(QWidget):
    """Paints the sweep."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._plot = SweepPlot()
        self._scene: SweepScene | None = None
        self.set_context(context)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(320, 240)

    def set_context(self, context: Context) -> None:
        """Speak another language, or use other colours."""
        self._context = context
        self.setAccessibleName(context.say("Steps to the threshold against the learning rate"))
        self.setToolTip(context.say("Click to take a learning rate"))

    def show_scene(self, scene: SweepScene) -> None:
        """Show ``scene``."""
        self._scene = scene
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the learning rate at the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and self._scene is not None:
            self._take(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._scene is not None:
            self._take(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the gesture."""
        self._context.end_gesture()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._context.theme.panel)
        if self._scene is not None:
            self._plot.paint(painter, QRectF(self.rect()), self._scene, 1.0, self._context.theme, self._context.say)

    def _take(self, position: QPointF) -> None:
        rate = float(f"{self._plot.rate_at(position.x()):.2g}")
        self._context.edit(edits.set_hyper, "lr", rate, gesture="sweep")
