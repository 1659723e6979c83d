"""The page of the sweep: it fills in while both networks are trained at every learning rate."""

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from landscape.network.sweep import run
from landscape.plot.network.sweep import SweepPlot
from landscape.scene.network.page import StagePage
from landscape.scene.network.sweep import SweepScene, build_sweep, sweep_of
from landscape.session.network import edits as experiment_edits
from landscape.session.network.document import Experiment
from landscape.ui.context import Context
from landscape.ui.jobs import Jobs
from landscape.ui.layouts import GRID, column
from landscape.ui.network.stage import Page
from landscape.ui.streaming import Streaming


class SweepPage(Page):
    """Shows the sweep of an experiment while it is in front; a click takes a learning rate."""

    def __init__(self, context: Context, jobs: Jobs) -> None:
        super().__init__()
        self._sweeping = Streaming(self, jobs, "sweep", run)
        self._sweeping.changed.connect(self._show)
        self._experiment: Experiment | None = None
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
        self._show()

    def display(self, experiment: Experiment | None) -> None:
        """Show the sweep of ``experiment``; None: run none any more."""
        self._experiment = experiment
        self._sweeping.want(sweep_of(experiment) if experiment else None)
        self._show()

    def exported(self) -> tuple[StagePage, tuple[Any, ...], bool]:
        """Return what is exported of it."""
        return StagePage(name="sweep"), *self._sweeping.taken(sweep_of(self._experiment) if self._experiment else None)

    def _show(self) -> None:
        sweep = sweep_of(self._experiment) if self._experiment else None
        if self._experiment is None or sweep is None:
            return
        self.scene = build_sweep(self._experiment, sweep, self._sweeping.results(sweep), self._context.say)
        self.view.show_scene(self.scene)
        self.sentence.setText(self.scene.sentence)


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
        self._context.edit(experiment_edits.set_hyper, "lr", rate, gesture="sweep")
