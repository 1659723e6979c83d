"""The workspace of the networks: what they are at the left, what they do on the stage and inside at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from landscape.network.data import samples
from landscape.network.sweep import run
from landscape.scene.answers import Answers
from landscape.scene.network.page import StagePage
from landscape.scene.network.pages import page_question
from landscape.scene.network.scene import Course, Moment
from landscape.scene.network.sweep import seeds_of, seeds_sentence
from landscape.session.network import edits as experiment_edits
from landscape.session.network.document import Experiment
from landscape.session.session import Session
from landscape.ui.context import Context
from landscape.ui.jobs import Jobs
from landscape.ui.layouts import Side, clear, column, row
from landscape.ui.network.panels.data import DataPanel
from landscape.ui.network.panels.inside import InsidePanel
from landscape.ui.network.panels.race import RacePanel
from landscape.ui.network.panels.training import TrainingPanel
from landscape.ui.network.panels.twins import TwinsPanel
from landscape.ui.network.slice_page import SlicePage
from landscape.ui.network.stage import NetworkStage, Page
from landscape.ui.network.sweep_page import SweepPage
from landscape.ui.network.training import Training
from landscape.ui.network.why_page import WhyPage
from landscape.ui.player import Player
from landscape.ui.sizes import LEFT, RIGHT
from landscape.ui.streaming import Streaming
from landscape.ui.timeline import TimelinePanel


class NetworkWorkspace(QWidget):
    """Trains what the session says while it is in front, and shows it."""

    def __init__(self, context: Context, jobs: Jobs, answers: Answers) -> None:
        super().__init__()
        self.player = Player(self)
        self.training = Training(self, jobs, answers)
        self.stage = NetworkStage(context)
        self._experiment: Experiment | None = None
        self._answers = answers
        self._left, self._right = Side(LEFT), Side(RIGHT)
        self._foot = column()
        middle = row(self._left, self.stage, self._right, spacing=1)
        middle.setStretch(1, 1)
        whole = column(middle, self._foot, spacing=1)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.player.step_changed.connect(self._show_step)
        self.stage.curves.step_chosen.connect(self.player.go)
        self.stage.twins.clicked.connect(self._add_point)
        self.training.course_changed.connect(self._show_course)
        self.training.moment_changed.connect(self._show_moment)
        self.training.failed.connect(self._show_failure)
        self._seeds = Streaming(self, jobs, "seeds", run)
        self._seeds.changed.connect(self._show_seeds)
        self._pages: dict[str, Callable[[], Page]] = {
            "sweep": lambda: SweepPage(self._context, jobs),
            "why": lambda: WhyPage(self._context, jobs),
            "landscape": lambda: SlicePage(self._context, jobs, answers, self.training),
        }
        self._page: Page | None = None
        self.stage.page_chosen.connect(self.show_page)
        self.set_context(context)

    def set_context(self, context: Context) -> None:
        """Speak another language, or use other colours."""
        self.data, self.twins = DataPanel(context), TwinsPanel(context)
        self.optimizer = TrainingPanel(context)
        self.race, self.inside = RacePanel(context), InsidePanel(context)
        self._context = context
        self._left.set_panels([self.data, self.twins, self.optimizer])
        self._right.set_panels([self.race, self.inside])
        clear(self._foot)
        self._foot.addWidget(TimelinePanel(context, self.player))
        self.stage.set_context(context)
        self.training.set_language(context.say)
        if self._experiment is not None:
            self._show(self._experiment)
        if self.training.course is not None:
            self._show_course(self.training.course)
            self._show_moment(self.training.moment)

    def display(self, session: Session) -> None:
        """Show the experiment of ``session``, and train it while this workspace is in front."""
        experiment = session.experiment
        if experiment is None or session.workspace != "network":
            self.training.stop()
            self._seeds.want(None)
            if self._page is not None:
                self._page.display(None)
            return
        first = self._experiment is None
        if experiment != self._experiment:
            self._experiment = experiment
            self._show(experiment)
        if first:
            self.player.go(self.player.steps)
        self.training.train(experiment)
        self.training.look(self.player.step)
        self._display_page()

    def show_page(self, name: str) -> None:
        """Bring a page of the stage to the front; what it needs is computed while it is there."""
        if self._page is not None:
            self._page.display(None)
        self._page = self.stage.show_page(name, self._pages.get(name))
        self._display_page()
        self._step_page(self.player.step)

    def exported(self) -> StagePage | None:
        """Return the page in front as it is exported, with its results kept where they are whole; None: the twins."""
        if self._page is None or self._experiment is None:
            return None
        chosen, found, whole = self._page.exported()
        if whole:
            self._answers.put(page_question(self._experiment, chosen), found)
        return chosen

    def found(self) -> Sequence[object]:
        """Return the results that the page in front shows."""
        return self._page.exported()[1] if self._page is not None else ()

    def _display_page(self) -> None:
        if self._page is not None and self._experiment is not None:
            self._page.display(self._experiment)

    def _show(self, experiment: Experiment) -> None:
        rows = samples(experiment.data)
        self.data.display(experiment)
        self.twins.display(experiment, pictured=experiment.data.name == "digits")
        self.optimizer.display(experiment, len(rows.inputs))
        self.player.set_steps(experiment.steps)
        self.optimizer.set_step(self.player.step)

    def _show_course(self, course: Course) -> None:
        self.player.set_known(self.training.known)
        self.stage.show_course(course)
        self.inside.show_course(course)
        self._show_seeds()

    def _show_moment(self, moment: Moment | None) -> None:
        self.stage.twins.show_moment(moment)
        if moment is not None:
            self.race.display(moment)
        self.inside.show_moment(moment)

    def _show_step(self, step: float) -> None:
        self.stage.set_step(step)
        self.inside.set_step(step)
        self.optimizer.set_step(step)
        self.training.look(step)
        self._step_page(step)

    def _step_page(self, step: float) -> None:
        if isinstance(self._page, SlicePage):
            self._page.set_step(step)

    def _show_seeds(self) -> None:
        """Tell the median of several seeds, once both networks are trained from the one that is shown."""
        experiment = self._experiment
        sweep = seeds_of(experiment) if experiment else None
        self._seeds.want(sweep if experiment and self.training.known == experiment.steps else None)
        if experiment is not None and sweep is not None:
            results = tuple(self._seeds.results(sweep))
            self.race.display_seeds(seeds_sentence(experiment, sweep, results, self._context.say))
        else:
            self.race.display_seeds("")

    def _add_point(self, x: float, y: float, label: int) -> None:
        if self._experiment is not None and self._experiment.data.name == "points":
            self._context.edit(experiment_edits.add_point, (x, y), label)

    def _show_failure(self, error: Exception) -> None:
        self.race.complain(self._context.told(error))
