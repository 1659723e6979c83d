"""Makes a race fair: has every visible run try the same learning rates, and then gives each the best."""

from PySide6.QtCore import QObject, Signal

from landscape.scene.answers import Answers
from landscape.scene.descent.tuning import best_rate
from landscape.scene.descent.tuning_question import TrialsQuestion, trials_questions
from landscape.session.descent.document import Descent, Tuning
from landscape.session.descent.tuning import tune
from landscape.ui.asker import Asker
from landscape.ui.context import Context

OWNER = "tuning"


class Tuner(QObject):
    """One race at a time, in jobs; what it finds is one edit."""

    told = Signal(float)
    """Which share of the trials is done; 1 at the end, also of a race that was cancelled."""
    failed = Signal(object)
    """What is wrong; None: nothing."""

    def __init__(self, parent: QObject, context: Context, asker: Asker, answers: Answers) -> None:
        super().__init__(parent)
        self._context, self._asker, self._answers = context, asker, answers
        self._asked: dict[int, TrialsQuestion] = {}
        self._tuning = Tuning()
        self.busy = False
        asker.answered.connect(self._look)
        asker.refused.connect(self._refused)

    def start(self, descent: Descent) -> None:
        """Begin to try rates for the runs of ``descent``."""
        self.busy = True
        self.follow(descent)

    def follow(self, descent: Descent) -> None:
        """Go on with another descent, where a race is on."""
        if self.busy:
            self._asked = trials_questions(descent, self._tuning)
            self._asker.want(OWNER, self._asked.values())
            self._look()

    def cancel(self) -> None:
        """Leave everything as it was."""
        self.busy = False
        self._asker.want(OWNER, ())
        self.told.emit(1.0)

    def _look(self) -> None:
        """Tell how far the race is; at its end give each run its best rate."""
        if not self.busy:
            return
        found = {id: self._answers.get(question) for id, question in self._asked.items()}
        known = {id: losses for id, losses in found.items() if losses is not None}
        if len(known) < len(found):
            self.told.emit(len(known) / len(found))
            return
        best = {id: best_rate(self._asked[id].rates, losses) for id, losses in known.items()}
        self.cancel()
        self.failed.emit(self._context.edit(tune, self._tuning, best))

    def _refused(self, question: object, error: object) -> None:
        if self.busy and question in self._asked.values():
            self.cancel()
            self.failed.emit(error)
