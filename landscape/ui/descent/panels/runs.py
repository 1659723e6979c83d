"""The runs: a list of rows, and under the chosen one the form of its hyper-parameters."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from landscape.catalogue.optimizers import optimizer
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.session import MAX_RUNS, Session
from landscape.ui.context import Context
from landscape.ui.descent.panels.here import HerePanel
from landscape.ui.descent.panels.run_form import RunForm
from landscape.ui.descent.panels.run_row import RunRow
from landscape.ui.layouts import caption, clear, column, complain, complaint, heading, row
from landscape.ui.optimizer_menu import fill_optimizers

OWN_RULE = "m = beta*m + g\ntheta = theta - lr*m"
"""What "your own rule" begins with: short, and with a state, so that it shows how one is written."""


class RunsPanel(QWidget):
    """Shows a session's runs and emits edits of them."""

    selected = Signal(int)
    """Index of the chosen run; -1: none."""
    times_asked = Signal(int)
    """A person wants to know how long the runs stay near the saddle that this run sits at."""

    def __init__(self, context: Context, here: HerePanel) -> None:
        super().__init__()
        self._here = here
        say = context.say
        self._context = context
        self._session: Session | None = None
        self._rows: list[RunRow] = []
        self._chosen = -1
        self._empty = caption(say("No runs yet. Add one and it starts at the ring on the map."), wrap=True)
        self._complaint = complaint()
        self._form = RunForm(context)
        self._lines = column(spacing=2)
        self._add = QPushButton(say("Add run"))
        self._add.setIcon(context.icons("plus"))
        self._add.setProperty("role", "quiet")
        self._add.clicked.connect(self._open_menu)
        lines = QWidget()
        lines.setLayout(self._lines)
        self.setLayout(column(row(heading(say("Runs")), None), self._empty, lines, self._add, self._complaint))

    @property
    def chosen(self) -> int:
        """Index of the chosen run; -1: none."""
        return self._chosen

    def display(self, session: Session) -> None:
        """Show the runs of ``session``."""
        old, self._session = self._session, session
        same = old is not None and (old.runs, old.basins) == (session.runs, session.basins)
        if old is not None and same and old.surface.entry == session.surface.entry:
            return
        if len(self._rows) != len(session.runs):
            self._rebuild(len(session.runs))
        for line, run in zip(self._rows, session.runs, strict=True):
            line.display(run, basins=run.color == session.basins)
        self._empty.setVisible(not session.runs)
        self._add.setEnabled(len(session.runs) < MAX_RUNS)
        full = self._context.say("There can be {most} runs, as many as can be told apart", most=MAX_RUNS)
        self._add.setToolTip("" if self._add.isEnabled() else full)
        self._show_form()

    def choose(self, run: int) -> None:
        """Open the form of a run; that of the chosen one closes it."""
        self._chosen = -1 if run == self._chosen else run
        self._show_form()
        self.selected.emit(self._chosen)

    def complain(self, sentence: str) -> None:
        """Show why a trajectory could not be computed."""
        complain(self._complaint, sentence)

    def fill_menu(self, menu: QMenu) -> None:
        """Offer every optimizer by its group, and a rule of one's own."""
        say = self._context.say
        fill_optimizers(menu, say, self._add_run)
        menu.addSeparator()
        menu.addAction(say("Your own rule…")).triggered.connect(lambda: self._add_run(OWN_RULE))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self.fill_menu(menu)
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _add_run(self, name_or_rule: str) -> None:
        error = self._context.edit(edits.add_run, optimizer(name_or_rule))
        complain(self._complaint, self._context.told(error))
        if error is None and self._session is not None:
            self._chosen = -1
            self.choose(len(self._session.runs) - 1)

    def _rebuild(self, count: int) -> None:
        self._lines.removeWidget(self._form)
        self._form.setParent(None)
        clear(self._lines)
        self._rows = []
        for index in range(count):
            line = RunRow(self._context, index, self._here)
            line.times_asked.connect(partial(self.times_asked.emit, index))
            line.chosen.connect(lambda index=index: self.choose(index))
            line.own_rule_asked.connect(lambda index=index: self._open_rule(index))
            line.failed.connect(self._failed)
            self._rows.append(line)
            self._lines.addWidget(line)
        self._chosen = min(self._chosen, count - 1)

    def _open_rule(self, index: int) -> None:
        if self._chosen != index:
            self.choose(index)
        self._form.open_rule()

    def _show_form(self) -> None:
        for index, line in enumerate(self._rows):
            line.set_chosen(index == self._chosen)
        session = self._session
        if session is None or not 0 <= self._chosen < len(session.runs):
            self._form.hide()
            return
        self._lines.removeWidget(self._form)
        self._lines.insertWidget(self._chosen + 1, self._form)
        self._form.display_run(session, self._chosen)
        self._form.show()

    def _failed(self, error: InputError | None) -> None:
        complain(self._complaint, self._context.told(error))
