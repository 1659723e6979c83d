"""What each strategy has found by now, and how often others of its kind find a good trial."""

from PySide6.QtWidgets import QWidget

from landscape.scene.search.moment import outcome_text
from landscape.scene.search.scene import SearchScene
from landscape.scene.search.standings import standing_headings, standing_rows
from landscape.ui.context import Context
from landscape.ui.layouts import caption, clear, column, heading, row
from landscape.ui.standings_table import StandingsTable
from landscape.ui.swatch import Swatch


class OutcomePanel(QWidget):
    """Tells the outcome in sentences."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._scene: SearchScene | None = None
        self._step = 0.0
        self._rows = column(spacing=12)
        self._shown: tuple[str, ...] = ()
        self._table = StandingsTable(context)
        self.setLayout(column(heading(context.say("Outcome")), self._table, self._rows))

    def show_scene(self, scene: SearchScene) -> None:
        """Tell of another race, or more of the same."""
        self._scene = scene
        self._tell()

    def set_step(self, step: float) -> None:
        """Tell what was found by then."""
        self._step = step
        self._tell()

    def _tell(self) -> None:
        scene = self._scene
        if scene is None:
            return
        say = self._context.say
        self._table.show_rows(standing_headings(say), standing_rows(scene, self._step, say))
        texts = tuple(outcome_text(scene, place, self._step, self._context.say) for place in range(len(scene.panels)))
        if texts == self._shown:
            return
        self._shown = texts
        clear(self._rows)
        for panel, text in zip(scene.panels, texts, strict=True):
            line = QWidget()
            top = row(Swatch(panel.color, "solid"), heading(panel.title), None)
            line.setLayout(column(top, caption(text, wrap=True), spacing=4))
            self._rows.addWidget(line)
