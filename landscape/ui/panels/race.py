"""Who reaches the threshold first, as a sentence."""

from PySide6.QtWidgets import QLabel, QWidget

from landscape.scene.network_scene import Moment
from landscape.ui.context import Context
from landscape.ui.layouts import column, complain, complaint, heading


class RacePanel(QWidget):
    """Shows what is known of the race of two networks."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.sentence = QLabel()
        self.sentence.setProperty("role", "sentence")
        self.sentence.setWordWrap(True)
        self._complaint = complaint()
        self.setLayout(column(heading(context.say("Race")), self.sentence, self._complaint))

    def display(self, moment: Moment) -> None:
        """Show what is known at a step."""
        complain(self._complaint, "")
        self.sentence.setText(moment.sentence)

    def complain(self, sentence: str) -> None:
        """Show why nothing could be trained."""
        complain(self._complaint, sentence)
