"""The workspace of the networks: what they are at the left, what they do on the stage and inside at the right."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from landscape.network.data.datasets import DATASETS
from landscape.network.data.samples import samples
from landscape.scene.network.scene import Course, Moment
from landscape.scene.network.sweep import SweepQuestion, seeds_of, seeds_sentence
from landscape.session.network import edits
from landscape.session.network.document import Experiment
from landscape.session.presentation import Presentation
from landscape.ui.context import Context
from landscape.ui.edges import beside_stage
from landscape.ui.layouts import Side, column
from landscape.ui.network.page import Page
from landscape.ui.network.panels.data import DataPanel
from landscape.ui.network.panels.inside import InsidePanel
from landscape.ui.network.panels.race import RacePanel
from landscape.ui.network.panels.training import TrainingPanel
from landscape.ui.network.panels.twins import TwinsPanel
from landscape.ui.network.slice_page import SlicePage
from landscape.ui.network.stage import TWINS, NetworkStage
from landscape.ui.network.sweep_page import SweepPage
from landscape.ui.network.training import Training
from landscape.ui.network.why_page import WhyPage
from landscape.ui.player import Player
from landscape.ui.sizes import LEFT, RIGHT
from landscape.ui.timeline import TimelinePanel
from landscape.ui.workspaces import Entry, Shell, WorkspaceView

if TYPE_CHECKING:
    from landscape.export.settings import Options

SEEDS = "network seeds"


class NetworkView(WorkspaceView):
    """Trains what its document says while it is in front, and shows it."""

    def __init__(self, shell: Shell, context: Context) -> None:
        super().__init__()
        self._shell, self._context = shell, context
        self.player = Player(self)
        self.training = Training(self, shell.asker, shell.answers)
        self.stage = NetworkStage(context)
        self._experiment: Experiment | None = None
        self._in_front = False
        self._left, self._right = Side(LEFT), Side(RIGHT)
        self.aside = self._right
        self._foot = column()
        middle = beside_stage(self._left, self.stage, self._right, shell.settings, context)
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
        self._pages: dict[str, Callable[[], Page]] = {
            "sweep": lambda: SweepPage(self._context, shell),
            "why": lambda: WhyPage(self._context, shell),
            "bias": lambda: WhyPage(self._context, shell, "bias"),
            "landscape": lambda: SlicePage(self._context, shell),
        }
        self._page: Page | None = None
        self.stage.page_chosen.connect(self.show_page)
        shell.asker.answered.connect(self._look_again)
        # In a turn of its own: the whole window follows another look at once.
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._show_again)
        self._build_panels(context)
        self.training.set_language(context.say)

    def _build_panels(self, context: Context) -> None:
        self.data, self.twins = DataPanel(context, self._shell.jobs), TwinsPanel(context)
        self.optimizer = TrainingPanel(context)
        self.race, self.inside = RacePanel(context), InsidePanel(context, self._shell.asker, self._shell.answers)
        self._left.set_panels([self.data, self.twins, self.optimizer])
        self._right.set_panels([self.race, self.inside])
        self._foot.addWidget(TimelinePanel(context, self.player))

    def look_changed(self) -> None:
        """Speak another language."""
        self.training.set_language(self._context.say)
        if self._experiment is not None:
            self._show(self._experiment)
        self._again.start()

    def _show_again(self) -> None:
        if self.training.course is not None:
            self._show_course(self.training.course)
            self._show_moment(self.training.moment)
        if self.training.error is not None:
            self._show_failure(self.training.error)

    def display(self, experiment: Experiment) -> None:
        """Show an experiment, and train it."""
        first, self._in_front = self._experiment is None, True
        if experiment != self._experiment:
            self._experiment = experiment
            self._show(experiment)
        if first:
            self.player.go(self.player.steps)
        self.training.train(experiment)
        self.training.look(self.player.step)
        self._display_page()

    def leave(self) -> None:
        """Compute nothing any more."""
        self._in_front = False
        self.training.train(None)
        self._shell.asker.want(SEEDS, ())
        if self._page is not None:
            self._page.display(None)

    def looked_at(self) -> "Options":
        """Return the page in front."""
        return {} if self._page is None else {"page": self._page.shown()}

    def presentation(self) -> Presentation:
        """Return where the play head stands, and which page is in front."""
        return replace(self.player.presentation, page="" if self.stage.page == TWINS else self.stage.page)

    def present(self, given: Presentation) -> None:
        """Put the play head and the page where they were; a page that there is not is that of the twins."""
        super().present(given)
        page = given.page if given.page in self._pages else TWINS
        if page != self.stage.page:
            self.show_page(page)

    def show_coming(self, shown: bool) -> None:
        """Show what is still to come of the trainings, or not."""
        self.stage.show_coming(shown)
        self.inside.show_coming(shown)
        self._show_seeds()

    def settled(self) -> bool:
        """Tell whether the networks are trained and shown, or cannot be."""
        experiment, training = self._experiment, self.training
        trained = experiment is not None and training.known == experiment.steps and training.moment is not None
        return trained or training.error is not None

    def presented(self) -> QWidget:
        """Return the stage."""
        return self.stage

    def legend(self) -> tuple[Entry, ...]:
        """Return both networks."""
        course = self.stage.course
        return tuple(Entry(name=twin.name, color=twin.color) for twin in course.twins) if course is not None else ()

    def set_presenting(self, on: bool) -> None:
        """Draw the stage as large as the context says."""
        self.stage.set_presenting(on)

    def show_page(self, name: str) -> None:
        """Bring a page of the stage to the front; what it needs is computed while it is there."""
        if self._page is not None:
            self._page.display(None)
        self._page = self.stage.show_page(name, self._pages.get(name))
        self._display_page()
        self._step_page(self.player.step)

    def _display_page(self) -> None:
        if self._page is not None and self._experiment is not None:
            self._page.display(self._experiment)

    def _show(self, experiment: Experiment) -> None:
        rows = samples(experiment.data)
        self.data.display(experiment)
        self.twins.display(experiment, pictured=DATASETS[experiment.data.name].channels > 0)
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
        if moment is not None and self.training.error is None:
            self.race.display(moment)
        self.inside.show_moment(moment)

    def _show_step(self, step: float) -> None:
        self.stage.set_step(step)
        self.inside.set_step(step)
        self.optimizer.set_step(step)
        self.training.look(step)
        self._step_page(step)
        if self.player.future_hidden:
            self._show_seeds()

    def _step_page(self, step: float) -> None:
        if self._page is not None:
            self._page.set_step(step)

    def _look_again(self) -> None:
        """Show what was answered since."""
        if self._in_front:
            self._show_seeds()
            if self._page is not None:
                self._page.look_again()

    def _show_seeds(self) -> None:
        """Tell the median of several seeds, once both networks are trained from the one that is shown."""
        experiment = self._experiment
        sweep = seeds_of(experiment) if experiment else None
        told = not self.player.future_hidden or self.player.step >= self.player.steps
        if experiment is None or sweep is None or self.training.error is not None or not told:
            self._shell.asker.want(SEEDS, ())
            self.race.display_seeds("")
            return
        question = SweepQuestion(sweep=sweep)
        trained = self._in_front and self.training.known == experiment.steps
        self._shell.asker.want(SEEDS, (question,) if trained else ())
        results = self._shell.answers.so_far(question) or ()
        self.race.display_seeds(seeds_sentence(experiment, sweep, results, self._context.say))

    def _add_point(self, x: float, y: float, label: int) -> None:
        if self._experiment is not None and self._experiment.data.name == "points":
            self._context.edit(edits.add_point, (x, y), label)

    def _show_failure(self, error: Exception) -> None:
        self.race.complain(self._context.told(error))
