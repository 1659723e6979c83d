"""The pages that ask why: measures of both networks along their training, and small models beside them."""

from collections.abc import Iterable
from html import escape
from typing import Any, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel

from landscape.plot.curves import CurvesPlot
from landscape.scene.network.page import StagePage
from landscape.scene.network.pages import build_page, page_questions
from landscape.scene.network.why import WhyScene
from landscape.scene.question import Question
from landscape.scene.symbols import meanings
from landscape.session.network.document import Experiment
from landscape.translation import composed
from landscape.ui.context import Context
from landscape.ui.curves_view import CurvesView
from landscape.ui.layouts import GRID, column
from landscape.ui.network.page import Page
from landscape.ui.words import write
from landscape.ui.workspaces import Shell

ROW = 3
"""Panels beside each other."""
PAUSE = 100
"""Milliseconds between two pictures while measures come in."""


class WhyPage(Page):
    """Shows the measures of an experiment while it is in front."""

    def __init__(self, context: Context, shell: Shell, name: Literal["why", "bias"] = "why") -> None:
        super().__init__(shell)
        self._page = StagePage(name=name)
        self.scene: WhyScene | None = None
        self.plots = (CurvesPlot(context.theme), CurvesPlot(context.theme))
        self._views = tuple(CurvesView(plot, context) for plot in self.plots)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.legend = QLabel()
        self.legend.setAlignment(Qt.AlignmentFlag.AlignCenter)
        whole = column(self.legend, *self._views, self.sentence, margins=(GRID, GRID, GRID, 2 * GRID))
        whole.setStretch(1, 1)
        whole.setStretch(2, 1)
        self._views[1].setVisible(name == "why")
        self.setLayout(whole)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._show)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._show_next)
        self._context = context
        for view in self._views:
            told = meanings(context.say)
            tip = composed("β: {}\nλmax: {}\n2/lr: {}", told["β-smoothness"], told["λmax"], told["2/lr"])
            write(view, name=context.say("Measures against the step"), tip=tip, help=tip)
        self.look_changed()

    def look_changed(self) -> None:
        """Speak another language, or use other colours."""
        for plot, view in zip(self.plots, self._views, strict=True):
            plot.set_theme(self._context.theme, self._context.stage_scale)
            view.setBackground(self._context.theme.panel)
        self.look_again()

    def wanted(self, experiment: Experiment) -> Iterable[Question[Any]]:
        """Return all measures."""
        return page_questions(experiment, self.shown())

    def shown(self) -> StagePage:
        """Return which page it is."""
        return self._page

    def look_again(self) -> None:
        """Show what was measured by now, soon."""
        if not self._soon.isActive():
            self._soon.start()

    def _show(self) -> None:
        if self.experiment is None:
            return
        scene = build_page(self.experiment, self.shown(), self.answers, self._context.say)
        if not isinstance(scene, WhyScene):
            return
        self.scene = scene
        self.sentence.setText(scene.sentence)
        names = {curve.name: curve.color for curve in scene.curves[0].curves}
        signs = (f'<span style="color: {color}">━━</span> {escape(name)}' for name, color in names.items())
        self.legend.setText("&nbsp;&nbsp;&nbsp;&nbsp;".join(signs))
        self.legend.setVisible(bool(names) and self._page.name == "why")
        self._next.start()

    def _show_next(self) -> None:
        """Draw one panel in a turn: the window answers between them."""
        scene = self.scene
        if scene is None:
            return
        for index, plot in enumerate(self.plots):
            panels = scene.curves[index * ROW : (index + 1) * ROW]
            waits = plot.show_next(WhyScene(curves=panels, steps=scene.steps, sentence=""))
            plot.set_step(float(scene.steps))
            if waits:
                self._next.start()
                return
