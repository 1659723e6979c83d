"""Who is where at the current step: loss and gradient norm of every run, and what became of it."""

from PySide6.QtWidgets import QWidget

from landscape.scene.descent.facts import standing_headings, standing_rows
from landscape.scene.scene import Scene
from landscape.ui.context import Context
from landscape.ui.following import Following
from landscape.ui.layouts import caption, column, heading, row
from landscape.ui.standings_table import StandingsTable


class StandingsPanel(QWidget):
    """Shows a scene at a step."""

    def __init__(self, context: Context, following: Following) -> None:
        super().__init__()
        say = context.say
        self._context, self._following = context, following
        self._scene: Scene | None = None
        self._step = 0.0
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
        self._following.soon(self._show)

    def _show(self) -> None:
        if self._scene is not None:
            rows = standing_rows(self._scene, self._step)
            self._empty.setVisible(not rows)
            self._table.show_rows(standing_headings(self._context.say), rows)
