"""The page of the sweep: it fills in while both networks are trained at every learning rate."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from landscape.plot.curves import CurvesPlot
from landscape.scene.network.page import StagePage
from landscape.scene.network.pages import build_page, page_questions
from landscape.scene.network.sweep import SweepScene
from landscape.scene.question import Question
from landscape.session.network import edits
from landscape.session.network.document import Experiment
from landscape.ui.canvas import Canvas
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, column
from landscape.ui.network.page import Page
from landscape.ui.words import write
from landscape.ui.workspaces import Shell


class SweepPage(Page):
    """Shows the sweep of an experiment while it is in front; a click takes a learning rate."""

    def __init__(self, context: Context, shell: Shell) -> None:
        super().__init__(shell)
        self._context = context
        self.scene: SweepScene | None = None
        self.plot = CurvesPlot(context.theme)
        self.plot.place_chosen.connect(self._take)
        # A method: the plot has no parent, and would keep a function and what it holds for ever.
        self.plot.released.connect(self._end_gesture)
        self.view = Canvas(self.plot.item)
        self.view.setMinimumSize(320, 240)
        self.view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.sentence = QLabel()
        self.sentence.setProperty("role", "sentence")
        self.sentence.setWordWrap(True)
        whole = column(self.view, self.sentence, margins=(2 * GRID, GRID, 2 * GRID, 2 * GRID))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        write(self.view, name=context.say("Steps to the threshold against the learning rate"))
        write(self.view, tip=context.say("Click to take a learning rate"))
        self.look_changed()

    def look_changed(self) -> None:
        """Speak another language, or use other colours."""
        self.plot.set_theme(self._context.theme, self._context.stage_scale)
        self.view.setBackground(self._context.theme.panel)
        self.look_again()

    def _end_gesture(self) -> None:
        self._context.end_gesture()

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
            self.plot.show(scene)
            self.sentence.setText(scene.sentence)

    def _take(self, rate: float) -> None:
        """Have the experiment learn at a rate, of two digits."""
        self._context.edit(edits.set_hyper, "lr", float(f"{rate:.2g}"), gesture="sweep")
