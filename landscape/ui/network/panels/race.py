"""Who reaches the threshold first, as a sentence."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from landscape.scene.network.scene import Moment
from landscape.ui.context import Context
from landscape.ui.layouts import caption, column, complain, complaint, heading
from landscape.ui.standings_table import StandingsTable


class RacePanel(QWidget):
    """Shows what is known of the race of two networks."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.sentence = QLabel()
        self.sentence.setProperty("role", "sentence")
        self.sentence.setWordWrap(True)
        self.seeds = caption(wrap=True)
        self.look_changed()
        self.seeds.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._complaint = complaint()
        self._table = StandingsTable(context)
        self.setLayout(column(heading(context.say("Race")), self.sentence, self._table, self.seeds, self._complaint))

    def look_changed(self) -> None:
        """Have room for two lines, so that nothing below moves while the seeds are found anew."""
        self.seeds.setMinimumHeight(2 * self.seeds.fontMetrics().lineSpacing())

    def display(self, moment: Moment) -> None:
        """Show what is known at a step."""
        complain(self._complaint, "")
        self.sentence.setText(moment.sentence)
        self._table.show_rows(moment.headings, moment.rows)

    def display_seeds(self, sentence: str) -> None:
        """Show what the median of several seeds is; an empty sentence where it is not known."""
        self.seeds.setText(sentence)
        self.seeds.setVisible(bool(sentence))

    def complain(self, sentence: str) -> None:
        """Show why nothing could be trained, and no longer what was trained before."""
        self.sentence.clear()
        self._table.show_rows((), ())
        self.display_seeds("")
        complain(self._complaint, sentence)
