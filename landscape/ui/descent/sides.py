"""The panels on both sides of the stage: what each is shown, and what passes between the window and them."""

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from landscape.catalogue.problems import problems
from landscape.formula.syntax import parse_expression
from landscape.formula.typeset import pretty
from landscape.scene.answers import Answers
from landscape.scene.equation import EquationQuestion
from landscape.scene.scene import Scene
from landscape.session.descent.document import Descent
from landscape.session.session import Point
from landscape.ui.asker import Asker
from landscape.ui.context import Context
from landscape.ui.descent.panels.basins import BasinsPanel
from landscape.ui.descent.panels.critical import CriticalPanel
from landscape.ui.descent.panels.descent import DescentPanel
from landscape.ui.descent.panels.here import HerePanel
from landscape.ui.descent.panels.paint import PaintPanel
from landscape.ui.descent.panels.runs import RunsPanel
from landscape.ui.descent.panels.schedule import SchedulePanel
from landscape.ui.descent.panels.standings import StandingsPanel
from landscape.ui.descent.panels.step import StepPanel
from landscape.ui.descent.panels.surface import SurfacePanel
from landscape.ui.following import Following
from landscape.ui.jobs import Jobs
from landscape.ui.player import Player
from landscape.ui.words import button


class Panels(QObject):
    """All panels."""

    times_asked = Signal(object)
    """A person wants to know how long the runs stay near the saddle at this point."""

    def __init__(
        self,
        context: Context,
        player: Player,
        asker: Asker,
        hovered: SignalInstance,
        answers: Answers,
        jobs: Jobs,
        following: Following,
    ) -> None:
        super().__init__()
        self.surface = SurfacePanel(context, jobs)
        self.here = HerePanel(context, answers, following)
        self.runs = RunsPanel(context, self.here, asker, answers)
        self.paint = PaintPanel(context)
        self.schedule = SchedulePanel(context)
        self.descent = DescentPanel(context)
        self.standings = StandingsPanel(context, following)
        self.left: list[QWidget] = [self.surface, self.paint, self.runs, self.schedule, self.descent]
        self.critical = CriticalPanel(context, following)
        self.basins = BasinsPanel(context)
        self.step = StepPanel(context, asker, answers, following)
        self.right: list[QWidget] = [self.here, self.step, self.basins, self.critical, self.standings]
        self._descent: Descent | None = None
        self._latex = ""
        self._typeset = True
        self._complained: set[SurfacePanel | RunsPanel] = set()
        self._asker, self._answers = asker, answers
        self._asker.answered.connect(self._show_formula)
        self.runs.selected.connect(self._show_schedule)
        self.runs.selected.connect(self.here.set_run)
        self.runs.selected.connect(self.step.set_run)
        self.step.step_asked.connect(player.go)
        hovered.connect(self.here.set_pointer)
        for panel in (self.here, self.runs, self.critical):
            panel.times_asked.connect(self._ask_times)
        player.step_changed.connect(self.set_step)

    def display(self, descent: Descent) -> None:
        """Show ``descent`` in every panel."""
        old, self._descent = self._descent, descent
        self.surface.display(descent)
        if old is None or old.surface.formula != descent.surface.formula:
            self.surface.formula_view.set_text(pretty(parse_expression(descent.surface.formula)))
        self.paint.display(descent.surface)
        self.runs.display(descent)
        self._show_schedule()
        self.descent.display(descent)
        self.here.display(descent)
        self.step.display(descent)

    def display_scene(self, scene: Scene) -> None:
        """Show what is taken from the scene."""
        self.standings.display(scene)
        self.runs.display_scene(scene)
        self.critical.display_scene(scene)
        self.basins.display_scene(scene)
        self.here.display_scene(scene)
        self.step.display_scene(scene)
        # The typesetter takes long to load: the paths go first.
        if scene.formula != self._latex and not any(path.pending for path in scene.paths):
            self._latex, self._typeset = scene.formula, False
            self._asker.want("equation", (EquationQuestion(latex=scene.formula),))
            self._show_formula()

    def set_step(self, step: float) -> None:
        """Show the step where it matters."""
        self.standings.set_step(step)
        self.here.set_step(step)
        self.step.set_step(step)
        self.schedule.set_step(step)

    def complain(self, sentence: str, *, of_run: bool) -> None:
        """Show why something could not be computed, in the panel that asked for it."""
        panel = self.runs if of_run else self.surface
        panel.complain(sentence)
        self._complained.add(panel)

    def forgive(self) -> None:
        """Take back what was complained of: everything could be computed."""
        while self._complained:
            self._complained.pop().complain("")

    def _ask_times(self, point: Point | None) -> None:
        """Hand on where the saddle is, unless the play head has moved on from it meanwhile."""
        if point is not None:
            self.times_asked.emit(point)

    def _show_schedule(self) -> None:
        if self._descent is not None:
            self.schedule.display(self._descent, self.runs.chosen)

    def _show_formula(self) -> None:
        """Show the formula typeset, as soon as it is."""
        if not self._typeset and self._answers.get(EquationQuestion(latex=self._latex)) is not None:
            self._typeset = True
            self.surface.formula_view.set_latex(self._latex)


def notices(context: Context) -> list[QWidget]:
    """Return a line that stands above the panels while a person's own catalogue has mistakes."""
    count = len(problems())
    if not count:
        return []
    notice = button(context.say("Left out of your own catalogue: {count}", count=count), "warning")
    notice.clicked.connect(lambda: _open_problems(notice, context))
    return [notice]


def _open_problems(notice: QWidget, context: Context) -> None:
    """Show what is wrong in a person's own catalogue files."""
    from landscape.ui.dialogs.problems import ProblemsDialog

    ProblemsDialog(notice.window(), context).open()
