"""Who reaches the threshold first, as a sentence, and how far both have come."""

from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from landscape.scene.network_scene import Course
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
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(context.say("How far both are trained"))
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        self._complaint = complaint()
        self.setLayout(column(heading(context.say("Race")), self.sentence, self._progress, self._complaint))

    def display(self, course: Course) -> None:
        """Show ``course``."""
        complain(self._complaint, "")
        self.sentence.setText(course.sentence)
        self._progress.setMaximum(course.steps)
        self._progress.setValue(course.known)
        lost = max((twin.note_step for twin in course.twins if twin.note), default=0)
        self._progress.setVisible(course.known < course.steps and not lost)

    def complain(self, sentence: str) -> None:
        """Show why nothing could be trained."""
        complain(self._complaint, sentence)
