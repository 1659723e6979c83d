"""Basins of attraction beside everything else: coarse at once, finer while nothing changes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from landscape.scene.answers import Answers
from landscape.scene.basin_question import BasinsQuestion, basin_questions
from landscape.scene.questions import View
from landscape.session.session import Session
from landscape.ui.jobs import Cancelled, Jobs


class BasinSearch(QObject):
    """Computes the basins that the session shows in the view; coarse ones always to the end, so that they are live."""

    found = Signal()
    """There is a new answer among the answers."""

    def __init__(
        self, parent: QObject, jobs: Jobs, answers: Answers, session: Callable[[], Session], view: Callable[[], View]
    ) -> None:
        super().__init__(parent)
        self._answers, self._session, self._view = answers, session, view
        self._channel = jobs.channel("basins")
        self._wanted: tuple[BasinsQuestion, ...] = ()

    def follow(self) -> None:
        """Compute what the session needs and is not known."""
        self._wanted = wanted = tuple(basin_questions(self._session(), self._view()))
        if wanted and self._answers.get(wanted[-1]) is None:
            self._channel.submit(wanted, lambda cancelled: self._work(wanted, cancelled))

    def _work(self, questions: Sequence[BasinsQuestion], closed: Cancelled) -> None:
        """Answer one after the other, in the pool; after the first, only as long as they are what is wanted."""
        for index, question in enumerate(questions):

            def is_old(index: int = index) -> bool:
                return closed() or (index > 0 and self._wanted != questions)

            if self._answers.get(question) is not None:
                continue
            if is_old():
                return
            answer = question.run(is_old)
            if not is_old():
                self._answers.put(question, answer)
                self.found.emit()
