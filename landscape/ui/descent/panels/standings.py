"""Who is where at the current step: loss and gradient norm of every run, and what became of it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from landscape.scene.descent.facts import standing_headings, standing_rows
from landscape.scene.scene import Scene
from landscape.ui.context import BESIDE, Context
from landscape.ui.jobs import first
from landscape.ui.layouts import caption, column, heading, row
from landscape.ui.standings_table import StandingsTable


class StandingsPanel(QWidget):
    """Shows a scene at a step."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._scene: Scene | None = None
        self._step = 0.0
        self._soon = QTimer(self, singleShot=True, interval=BESIDE)
        self._soon.timeout.connect(self._show)
        self._table = StandingsTable(context)
        self._empty = caption(say("Add a run to see how it does."), wrap=True)
        self.setLayout(column(row(heading(say("Standings")), None), self._empty, self._table))

    def display(self, scene: Scene) -> None:
        """Show the runs of ``scene``."""
        self._scene = scene
        self._follow()

    def set_step(self, step: float) -> None:
        """Show the runs at ``step``."""
        if step != self._step:
            self._step = step
            self._follow()

    def look_changed(self) -> None:
        """Speak another language."""
        self._follow()

    def _follow(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @first()
    def _show(self) -> None:
        if self._scene is not None:
            rows = standing_rows(self._scene, self._step)
            self._empty.setVisible(not rows)
            self._table.show_rows(standing_headings(self._context.say), rows)
