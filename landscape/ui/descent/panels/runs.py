"""The runs: a list of rows, and under the chosen one the form of its hyper-parameters."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.strategies import Strategy
from landscape.errors import InputError
from landscape.scene.answers import Answers
from landscape.scene.descent.text import run_titles
from landscape.scene.scene import Scene, TrialSpread
from landscape.session.descent import edits
from landscape.session.descent.document import MAX_RUNS, Descent
from landscape.session.descent.strategies import add_strategy
from landscape.session.descent.tuning import end_tuning, tuned_runs
from landscape.ui.asker import Asker
from landscape.ui.buttons import IconButton
from landscape.ui.context import Context
from landscape.ui.descent.panels.here import HerePanel
from landscape.ui.descent.panels.run_form import MemoryForm, RunForm
from landscape.ui.descent.panels.run_row import RunRow
from landscape.ui.descent.panels.spread_strip import Losses
from landscape.ui.descent.tuner import Tuner
from landscape.ui.layouts import caption, clear, column, complain, complaint, heading, row
from landscape.ui.optimizer_menu import fill_optimizers, fill_strategies
from landscape.ui.words import button, write

OWN_RULE = "m = beta*m + g\ntheta = theta - lr*m"
"""What "your own rule" begins with: short, and with a state, so that it shows how one is written."""


class RunsPanel(QWidget):
    """Shows a descent's runs and emits edits of them."""

    selected = Signal(object)
    """The id of the chosen run; None: none."""
    edit_asked = Signal(int)
    """A person wants the rule of a run in the editor."""
    times_asked = Signal(object)
    """A person wants to know how long the runs stay near the saddle at this point."""

    def __init__(self, context: Context, here: HerePanel, asker: Asker, answers: Answers) -> None:
        super().__init__()
        self.tuner = Tuner(self, context, asker, answers)
        self.tuner.told.connect(self._show_tuning)
        self.tuner.failed.connect(lambda error: self.complain(context.told(error)))
        self._spreads: Mapping[int, TrialSpread] = {}
        self._here = here
        say = context.say
        self._context = context
        self._descent: Descent | None = None
        self._rows: dict[int, RunRow] = {}
        self._chosen: int | None = None
        self._empty = caption(say("No runs yet. Add one and it starts at the ring on the map."), wrap=True)
        self._complaint = complaint()
        self._lines = column(spacing=2)
        self._add = button(say("Add run"), "quiet")
        self.look_changed()
        self._add.clicked.connect(self._open_menu)
        lines = QWidget()
        lines.setLayout(self._lines)
        self._form = RunForm(context)
        # Of this panel even while no run is chosen: without a parent it would be there for ever.
        self._form.setParent(lines)
        self._form.hide()
        self._tune = button(say("Tune all"), "quiet")
        tip = say("Every visible run tries the same learning rates, and keeps its best: a fair race")
        write(self._tune, tip=tip)
        self._tune.clicked.connect(self._toggle_tuning)
        self._forget = IconButton(context, "close", say("Hide how the trials spread"), self._end_tuning)
        self._forget.setProperty("role", "small")
        self._forget.hide()
        top = row(heading(say("Runs")), None, self._tune, self._forget, spacing=4)
        self._parts = column(top, self._empty, lines, self._add, self._complaint)
        self.setLayout(self._parts)

    @property
    def memory(self) -> MemoryForm:
        """What the chosen run remembers at the start."""
        return self._form.memory

    @property
    def chosen(self) -> int | None:
        """The id of the chosen run; None: none."""
        return self._chosen

    def display(self, descent: Descent) -> None:
        """Show the runs of ``descent``."""
        old, self._descent = self._descent, descent
        self.tuner.follow(descent)
        self._forget.setVisible(descent.tuning is not None)
        self._tune.setEnabled(bool(tuned_runs(descent)))
        same = old is not None and (old.runs, old.basins, old.start) == (descent.runs, descent.basins, descent.start)
        if old is not None and same and old.surface.entry == descent.surface.entry:
            return
        ids = [run.id for run in descent.runs]
        if list(self._rows) != ids:
            self._rebuild(ids)
        titles = run_titles(descent, self._context.say)
        for run in descent.runs:
            self._rows[run.id].display(run, titles[run.id], basins=run.id == descent.basins)
        if self._spreads:
            self._show_spreads()
        self._empty.setVisible(not descent.runs)
        self._add.setEnabled(len(descent.runs) < MAX_RUNS)
        full = self._context.say("There can be {most} runs, as many as can be told apart", most=MAX_RUNS)
        write(self._add, tip="" if self._add.isEnabled() else full)
        self._show_form()

    def display_scene(self, scene: Scene) -> None:
        """Show how the trials of each run spread."""
        if scene.spreads != self._spreads:
            self._spreads = scene.spreads
            self._show_spreads()

    def _show_spreads(self) -> None:
        losses = Losses(self._spreads.values())
        for id, line in self._rows.items():
            line.display_spread(self._spreads.get(id), losses)

    def _toggle_tuning(self) -> None:
        """Begin to tune, or cancel it."""
        if self.tuner.busy:
            self.tuner.cancel()
        elif self._descent is not None:
            self.complain("")
            self.tuner.start(self._descent)

    def _show_tuning(self, share: float) -> None:
        say = self._context.say
        text = say("Cancel ({percent} %)", percent=round(100 * share)) if self.tuner.busy else say("Tune all")
        write(self._tune, text=text)

    def _end_tuning(self) -> None:
        self._context.edit(end_tuning)

    def look_changed(self) -> None:
        """Show the icon in the colours of the theme."""
        self._add.setIcon(self._context.icons("plus"))

    def choose(self, run: int) -> None:
        """Open the form of a run; that of the chosen one closes it."""
        self._chosen = None if run == self._chosen else run
        self._show_form()
        self.selected.emit(self._chosen)

    def complain(self, sentence: str) -> None:
        """Show why a trajectory could not be computed."""
        complain(self._complaint, sentence)

    def _fill_menu(self, menu: QMenu) -> None:
        """Offer every optimizer by its group, and a rule of one's own."""
        say = self._context.say
        fill_optimizers(menu, say, self._add_run)
        fill_strategies(menu, say, self._add_strategy)
        menu.addSeparator()
        menu.addAction(say("New rule…")).triggered.connect(self._add_rule)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self._fill_menu(menu)
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _add_run(self, name_or_rule: str) -> None:
        self._added(self._context.edit(edits.add_run, optimizer(name_or_rule)))

    def _add_strategy(self, strategy: Strategy) -> None:
        self._added(self._context.edit(add_strategy, strategy))

    def _added(self, error: InputError | None) -> None:
        """Open the form of the run that was added."""
        complain(self._complaint, self._context.told(error))
        if error is None and self._descent is not None:
            self._chosen = None
            self.choose(self._descent.runs[-1].id)

    def _add_rule(self) -> None:
        """Add a run of a rule that is to be written, and open it in the editor."""
        before = self._descent.runs if self._descent is not None else ()
        self._add_run(OWN_RULE)
        if self._descent is not None and self._descent.runs != before:
            self.edit_asked.emit(self._descent.runs[-1].id)

    def _edit_copy(self, run: int) -> None:
        """Add a copy of a run, and open its rule in the editor."""
        if self._descent is None:
            return
        known = {one.id for one in self._descent.runs}
        error = self._context.edit(edits.duplicate_run, run)
        self._failed(error, run)
        made = [one.id for one in self._descent.runs if one.id not in known]
        if made:
            self.edit_asked.emit(made[0])

    def _rebuild(self, ids: list[int]) -> None:
        self._lines.removeWidget(self._form)
        self._form.hide()
        self._complaint.hide()
        self._parts.addWidget(self._complaint)
        clear(self._lines)
        self._rows = {}
        for id in ids:
            line = RunRow(self._context, id, self._here)
            line.times_asked.connect(self.times_asked)
            line.chosen.connect(lambda id=id: self.choose(id))
            line.copy_asked.connect(lambda id=id: self._copy(id))
            line.own_rule_asked.connect(lambda id=id: self.edit_asked.emit(id))
            line.edit_copy_asked.connect(lambda id=id: self._edit_copy(id))
            line.failed.connect(lambda error, id=id: self._failed(error, id))
            self._rows[id] = line
            self._lines.addWidget(line)
        if self._chosen is not None and self._chosen not in ids:
            self._chosen = None
            self.selected.emit(None)

    def _copy(self, run: int) -> None:
        """Put a run on the clipboard as a PyTorch script."""
        from landscape.scene.descent.pytorch import run_script

        if self._descent is not None:
            QGuiApplication.clipboard().setText(run_script(self._descent, self._descent.run_of(run)))

    def _show_form(self) -> None:
        for id, line in self._rows.items():
            line.set_chosen(id == self._chosen)
        if self._descent is None or self._chosen is None:
            self._form.hide()
            return
        self._lines.removeWidget(self._form)
        self._lines.insertWidget(list(self._rows).index(self._chosen) + 1, self._form)
        self._form.display_run(self._descent, self._chosen)
        self._form.show()

    def _failed(self, error: InputError | None, run: int) -> None:
        """Say below a run what is wrong with what was asked of it."""
        if error is not None and run in self._rows:
            self._lines.insertWidget(self._lines.indexOf(self._rows[run]) + 1, self._complaint)
        complain(self._complaint, self._context.told(error))
