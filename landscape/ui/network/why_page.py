"""The page that asks why: measures of both networks along their training."""

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from landscape.plot.curves import CurvesPlot
from landscape.scene.network.page import StagePage
from landscape.scene.network.why import WhyScene, build_why, measured, why_question
from landscape.session.network.document import Experiment
from landscape.ui.context import Context
from landscape.ui.descent.stage import Canvas
from landscape.ui.jobs import Jobs
from landscape.ui.layouts import GRID, column
from landscape.ui.network.stage import Page
from landscape.ui.streaming import Streaming

ROW = 3
"""Panels beside each other."""
PAUSE = 100
"""Milliseconds between two pictures while measures come in."""


class WhyPage(Page):
    """Shows the measures of an experiment while it is in front."""

    def __init__(self, context: Context, jobs: Jobs) -> None:
        super().__init__()
        self._streaming = Streaming(self, jobs, "why", measured)
        self._experiment: Experiment | None = None
        self.scene: WhyScene | None = None
        self.plots = (CurvesPlot(context.theme), CurvesPlot(context.theme))
        self._views = tuple(Canvas(plot.item) for plot in self.plots)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        whole = column(*self._views, self.sentence, margins=(GRID, GRID, GRID, 2 * GRID))
        whole.setStretch(0, 1)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._show)
        self._streaming.changed.connect(self._show_soon)
        self.set_context(context)

    def set_context(self, context: Context) -> None:
        """Speak another language, or use other colours."""
        self._context = context
        for plot, view in zip(self.plots, self._views, strict=True):
            plot.set_theme(context.theme)
            view.setBackground(context.theme.panel)
            view.setAccessibleName(context.say("Measures against the step"))
        self._show()

    def display(self, experiment: Experiment | None) -> None:
        """Measure ``experiment``; None: measure nothing any more."""
        self._experiment = experiment
        self._streaming.want(why_question(experiment) if experiment else None)
        self._show_soon()

    def exported(self) -> tuple[StagePage, tuple[Any, ...], bool]:
        """Return what is exported of it."""
        return StagePage(name="why"), *self._streaming.taken(
            why_question(self._experiment) if self._experiment else None
        )

    def _show_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _show(self) -> None:
        if self._experiment is None:
            return
        found = self._streaming.results(why_question(self._experiment))
        self.scene = build_why(self._experiment, tuple(found), self._context.say)
        for index, plot in enumerate(self.plots):
            panels = self.scene.curves[index * ROW : (index + 1) * ROW]
            plot.show(WhyScene(curves=panels, steps=self.scene.steps, sentence=""))
            plot.set_step(float(self.scene.steps))
        self.sentence.setText(self.scene.sentence)
