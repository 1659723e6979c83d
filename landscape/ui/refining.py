"""What takes longer than a frame and is shown coarsely first: computed beside everything else, finer at rest."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Signal

from landscape.errors import InputError
from landscape.scene.answers import Answers
from landscape.scene.question import LongQuestion
from landscape.ui.jobs import Cancelled, Jobs

Questions: TypeAlias = tuple[LongQuestion[Any], ...]


class Refining(QObject):
    """Answers questions from coarse to fine; the coarse one always to the end, so that it follows what is dragged.

    Args:
        parent: Who it lives as long as.
        jobs: The window's jobs.
        answers: Where the answers go.
        kind: Name of the work.
        wanted: Returns the questions whose answers are needed now, the coarsest first; none of them for nothing.
    """

    found = Signal()
    """There is a new answer among the answers."""

    def __init__(
        self,
        parent: QObject,
        jobs: Jobs,
        answers: Answers,
        kind: str,
        wanted: Callable[[], Iterable[LongQuestion[Any]]],
    ) -> None:
        super().__init__(parent)
        self._answers, self._ask = answers, wanted
        self._channel = jobs.channel(kind)
        self._wanted: Questions = ()

    def follow(self) -> None:
        """Compute what is needed and not known."""
        self._wanted = wanted = tuple(self._ask())
        if wanted and self._answers.get(wanted[-1]) is None:
            self._channel.submit(wanted, lambda cancelled: self._work(wanted, cancelled))

    def _work(self, questions: Questions, closed: Cancelled) -> None:
        """Answer one after the other, in the pool; after the first, only as long as they are what is wanted."""
        for index, question in enumerate(questions):

            def is_old(index: int = index) -> bool:
                return closed() or (index > 0 and self._wanted != questions)

            if is_old() or self._answers.get(question) is not None:
                continue
            try:
                question.warm()
                answer = question.run(is_old)
            except InputError:
                return
            if not is_old():
                self._answers.put(question, answer)
                self.found.emit()
