"""The workspace of searches: what is searched and by whom at the left, the truth and the trials on the stage."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from landscape.errors import InputError
from landscape.scene.asking import unanswered
from landscape.scene.question import Question
from landscape.scene.search.build import Known, build_search, known_of
from landscape.scene.search.questions import study_questions
from landscape.session.offers import offered
from landscape.session.search.document import Study
from landscape.session.search.offered import trial_offer
from landscape.ui.context import Context
from landscape.ui.edges import beside_stage
from landscape.ui.layouts import GRID, Side, column, complain, complaint
from landscape.ui.player import Player
from landscape.ui.progress import ProgressRow
from landscape.ui.search.panels.entrants import EntrantsPanel
from landscape.ui.search.panels.outcome import OutcomePanel
from landscape.ui.search.panels.run import RunPanel
from landscape.ui.search.panels.space import SpacePanel
from landscape.ui.search.panels.trial import TrialPanel
from landscape.ui.search.stage import SearchStage
from landscape.ui.sizes import LEFT, RIGHT
from landscape.ui.timeline import TimelinePanel
from landscape.ui.workspaces import Entry, Shell, WorkspaceView

OWNER = "search"
CLUSTER = "cluster"
"""Under which the address of a cluster is remembered."""


class SearchView(WorkspaceView):
    """Has searched what its document says while it is in front, and shows it."""

    of_trials = True

    def __init__(self, shell: Shell, context: Context) -> None:
        super().__init__()
        self._shell, self._context = shell, context
        self.player = Player(self)
        self.stage = SearchStage(context)
        self.space = SpacePanel(context, lambda: offered(shell.history.session))
        self.entrants, self.run = EntrantsPanel(context), RunPanel(context)
        self._complaint = complaint()
        self._study: Study | None = None
        self._known: Known | None = None
        self._in_front = False
        self.run.cluster.set_value(self.address)
        self.run.cluster.committed.connect(self._set_address)
        left = Side(LEFT)
        left.set_panels([self.space, self.entrants, self.run])
        self.progress = ProgressRow(context)
        self.progress.cancelled.connect(self._cancel)
        self.progress.resumed.connect(self._ask)
        head = column(self.progress, margins=(2 * GRID, GRID // 2, 2 * GRID, 0))
        shown = column(head, self.stage, self._complaint, spacing=0)
        shown.setStretch(1, 1)
        self.outcome = OutcomePanel(context)
        self.aside = right = Side(RIGHT)
        self.trial = TrialPanel(context, shell.asker, shell.answers)
        right.set_panels([self.outcome, self.trial])
        middle = beside_stage(left, shown, right, shell.settings, context)
        whole = column(middle, TimelinePanel(context, self.player, of_trials=self.of_trials), spacing=1)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.player.step_changed.connect(self.stage.set_step)
        self.player.step_changed.connect(self.outcome.set_step)
        self.player.step_changed.connect(self.trial.set_step)
        self.stage.trial_pointed.connect(self.trial.point)
        self.stage.step_chosen.connect(self.player.go)
        self.stage.trial_chosen.connect(self._hand_over)
        shell.asker.answered.connect(self._follow)
        shell.asker.refused.connect(self._refuse)

    def look_changed(self) -> None:
        """Speak another language."""
        self._known = None
        self._follow()

    def display(self, study: Study) -> None:
        """Show a study, and have it searched."""
        first, self._in_front = self._study is None, True
        if study != self._study:
            self._study, self._known = study, None
            self.space.display(study)
            self.entrants.display(study)
            self.run.display(study)
            self.player.set_steps(study.trials)
            complain(self._complaint, "")
        if first:
            self.player.go(self.player.steps)
        self._tell_progress(study)
        self._ask()

    def _ask(self) -> None:
        """Have the study searched, unless a person cancelled it."""
        if self._study is not None and not self.progress.stopped:
            self._shell.asker.want(OWNER, study_questions(self._study, self.address))
        self._follow()

    def _cancel(self) -> None:
        """Search no more; what is known stays."""
        self._shell.asker.want(OWNER, ())

    def _tell_progress(self, study: Study) -> None:
        asked = study_questions(study, self.address)
        self.progress.follow(asked, self._shell.asker.share(asked))

    @property
    def address(self) -> str:
        """Where the scheduler of a cluster is that trains the networks; empty: this machine does."""
        return str(self._shell.settings.value(CLUSTER, ""))

    def _set_address(self, address: str) -> None:
        self._shell.settings.setValue(CLUSTER, address)
        self._known = None
        complain(self._complaint, "")
        if self._study is not None:
            self.display(self._study)

    def leave(self) -> None:
        """Compute nothing any more."""
        self._in_front = False
        self._shell.asker.want(OWNER, ())
        self.trial.leave()

    def show_coming(self, shown: bool) -> None:
        """Show what is still to come of the race, or not."""
        self.stage.show_coming(shown)

    def presented(self) -> QWidget:
        """Return the stage."""
        return self.stage

    def legend(self) -> tuple[Entry, ...]:
        """Return the entrants."""
        scene = self.stage.scene
        return tuple(Entry(name=panel.title, color=panel.color) for panel in scene.panels) if scene is not None else ()

    def set_presenting(self, on: bool) -> None:  # noqa: ARG002
        """Draw the stage as large as the context says."""
        self.stage.update()

    def settled(self) -> bool:
        """Tell whether everything is computed and shown."""
        study = self._study
        done = study is not None and not unanswered(study_questions(study, self.address), self._shell.answers)
        return (done or self.progress.stopped) and self.stage.complete

    def _follow(self) -> None:
        """Show what is known by now."""
        study = self._study
        if study is None or not self._in_front:
            return
        self.trial.follow()
        self._tell_progress(study)
        known = known_of(study, self._shell.answers, self.address)
        if known.race is None or (
            self._known is not None and all(a is b for a, b in zip(known, self._known, strict=True))
        ):
            return
        self._known = known
        scene = build_search(study, known, self._context.say)
        self.stage.show_scene(scene)
        self.outcome.show_scene(scene)
        self.trial.show_scene(study, scene)

    def _hand_over(self, place: int, index: int) -> None:
        """Run a trial where it can be seen step by step."""
        study, scene = self._study, self.stage.scene
        if study is not None and scene is not None:
            values = dict(zip(scene.names, scene.panels[place].values[index].tolist(), strict=True))
            complain(self._complaint, self._context.told(self._shell.hand_over(trial_offer(study, values))))

    def _refuse(self, question: Question[Any], error: InputError) -> None:
        if self._study is not None and question in study_questions(self._study, self.address):
            complain(self._complaint, self._context.told(error))
