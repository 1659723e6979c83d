"""The panels on both sides of the stage: what each is shown, and what passes between the window and them."""

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from landscape.formula.syntax import parse_expression
from landscape.formula.typeset import pretty
from landscape.plot.equation import equation_svg
from landscape.scene.answers import Answers
from landscape.scene.descent.scene import Scene
from landscape.session.session import Session
from landscape.ui.context import Context
from landscape.ui.descent.hyper_map import HyperMapPane
from landscape.ui.descent.panels.basins import BasinsPanel
from landscape.ui.descent.panels.critical import CriticalPanel
from landscape.ui.descent.panels.descent import DescentPanel
from landscape.ui.descent.panels.here import HerePanel
from landscape.ui.descent.panels.runs import RunsPanel
from landscape.ui.descent.panels.schedule import SchedulePanel
from landscape.ui.descent.panels.standings import StandingsPanel
from landscape.ui.descent.panels.surface import SurfacePanel
from landscape.ui.jobs import Channel
from landscape.ui.player import Player


class Panels(QObject):
    """All panels of one language and theme."""

    times_asked = Signal(object)
    """A person wants to know how long the runs stay near the saddle at this point."""

    def __init__(
        self, context: Context, player: Player, typesetter: Channel, hovered: SignalInstance, answers: Answers
    ) -> None:
        super().__init__()
        self.surface = SurfacePanel(context)
        self.here = HerePanel(context, answers)
        self.runs = RunsPanel(context, self.here)
        self.schedule = SchedulePanel(context)
        self.descent = DescentPanel(context)
        self.standings = StandingsPanel(context)
        self.left: list[QWidget] = [self.surface, self.runs, self.schedule, self.descent]
        self.critical = CriticalPanel(context)
        self.basins = BasinsPanel(context)
        self.hyper_map = HyperMapPane(context)
        """Stands beside the map, not at a side."""
        self.right: list[QWidget] = [self.here, self.basins, self.critical, self.standings]
        self._session: Session | None = None
        self._latex = ""
        self._complained: set[SurfacePanel | RunsPanel] = set()
        self._typesetter = typesetter
        self._typesetter.done.connect(self._show_formula)
        self.runs.selected.connect(self._show_schedule)
        self.runs.selected.connect(self.here.set_run)
        hovered.connect(self.here.set_pointer)
        for panel in (self.here, self.runs):
            panel.times_asked.connect(lambda run: self.times_asked.emit(self.here.saddle_near(run)))
        self.critical.times_asked.connect(self.times_asked)
        player.step_changed.connect(self.set_step)

    def display(self, session: Session) -> None:
        """Show ``session`` in every panel."""
        old, self._session = self._session, session
        self.surface.display(session)
        if old is None or old.surface.formula != session.surface.formula:
            self.surface.formula_view.set_text(pretty(parse_expression(session.surface.formula)))
        self.runs.display(session)
        self._show_schedule()
        self.descent.display(session)
        self.here.display(session)
        self.hyper_map.display(session)

    def display_scene(self, scene: Scene) -> None:
        """Show what is taken from the scene."""
        self.standings.display(scene)
        self.critical.display_scene(scene)
        self.basins.display_scene(scene)
        self.here.display_scene(scene)
        self.hyper_map.display_scene(scene)
        # The typesetter takes long to load: the paths go first.
        if scene.formula != self._latex and not any(path.pending for path in scene.paths):
            self._latex = latex = scene.formula
            self._typesetter.submit(latex, lambda _cancelled: equation_svg(latex))

    def set_step(self, step: float) -> None:
        """Show the step where it matters."""
        self.standings.set_step(step)
        self.here.set_step(step)
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

    def _show_schedule(self) -> None:
        if self._session is not None:
            self.schedule.display(self._session, self.runs.chosen)

    def _show_formula(self, latex: object, _svg: object) -> None:
        if latex == self._latex:
            self.surface.formula_view.set_latex(self._latex)
