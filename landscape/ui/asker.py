"""The one asker of the window: has questions answered in jobs, and tells when there are new answers.

Whoever wants something says so again and again, whenever that may have changed; what is wanted no longer gives way. All
results are among the answers, whole or not: nobody keeps any for himself.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from landscape.scene.answers import Answers
from landscape.scene.asking import answering, known_share, unanswered
from landscape.scene.question import Question
from landscape.ui.jobs import Cancelled, Channel, Jobs

Questions: TypeAlias = tuple[Question[Any], ...]


class Asker(QObject):
    """Answers the questions of all who want something, those of each owner and kind one batch at a time.

    Args:
        parent: Whose it is.
        jobs: Where the work is done.
        answers: Where the answers go.
    """

    answered = Signal()
    """There are new answers, or more of one that is coming."""
    refused = Signal(object, object)
    """A question that is wanted, and why it cannot be answered: once each time that it comes to be wanted."""
    _found = Signal()

    def __init__(self, parent: QObject, jobs: Jobs, answers: Answers) -> None:
        super().__init__(parent)
        self._jobs, self._answers = jobs, answers
        self._lanes: dict[tuple[str, str], Lane] = {}
        self._told = True
        self._found.connect(self._tell)

    def want(self, owner: str, questions: Iterable[Question[Any]]) -> None:
        """Have questions answered in place of those that ``owner`` wanted before; none: nothing any more."""
        kinds: dict[str, list[Question[Any]]] = {}
        for question in questions:
            kinds.setdefault(type(question).__name__, []).append(question)
        for (of, kind), lane in self._lanes.items():
            if of == owner and kind not in kinds:
                lane.want(())
        # In the order of the questions: there are fewer threads than kinds.
        for kind, each in kinds.items():
            if (owner, kind) not in self._lanes:
                self._lanes[owner, kind] = Lane(self, self._jobs.channel(f"{owner} {kind}"), self._answers)
            self._lanes[owner, kind].want(tuple(each))

    def warm(self, owner: str, questions: Iterable[Question[Any]]) -> None:
        """Load what makes questions fast that are answered at once, but not fast yet."""
        self.want(f"{owner} kernels", map(_Warming, questions))

    def share(self, questions: Iterable[Question[Any]]) -> float:
        """Return which share of some questions is answered."""
        return known_share(tuple(questions), self._answers)

    def announce(self) -> None:
        """Tell of new answers, from any thread; once for many that come before the window looks."""
        if self._told:
            self._told = False
            self._found.emit()

    def _tell(self) -> None:
        self._told = True
        if not self._jobs.closed:
            self.answered.emit()


class Lane(QObject):
    """The questions of one kind that one owner wants."""

    def __init__(self, asker: Asker, channel: Channel, answers: Answers) -> None:
        super().__init__(asker)
        self._asker, self._channel, self._answers = asker, channel, answers
        self._wanted: Questions = ()
        self._told: set[Question[Any]] = set()
        """The wanted ones of which it is told by now that there is no answer."""
        self._rested = False
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._begin_patiently)
        channel.done.connect(self._ended)
        channel.failed.connect(self._ended)

    def want(self, questions: Questions) -> None:
        """Have ``questions`` answered, in place of those before."""
        if questions != self._wanted:
            self._wanted, self._rested = questions, False
            self._told.intersection_update(questions)
            self._rest.stop()
        self._tell_refused()
        self._begin()

    def _begin(self) -> None:
        """Answer what is not known; what is only worth it at rest, after that."""
        missing = unanswered(self._wanted, self._answers)
        rest = 0.0 if self._rested else max((one.rest for one in missing), default=0.0)
        if rest and not self._rest.isActive():
            self._rest.start(round(1000 * rest))
        at_once = tuple(early for one in missing for early in (one.coarser if rest and one.rest else (one,)))
        if unanswered(at_once, self._answers):
            wanted = self._wanted
            self._channel.submit((wanted, at_once), lambda closed: self._work(wanted, at_once, closed))

    def _begin_patiently(self) -> None:
        self._rested = True
        self._begin()

    def _work(self, wanted: Questions, questions: Questions, closed: Cancelled) -> None:
        """Answer in the pool, as long as this is what is wanted."""
        for _ in answering(questions, self._answers, closed, lambda: self._wanted != wanted):
            self._asker.announce()

    def _tell_refused(self) -> None:
        """Tell of what is wanted and cannot be answered, unless that is told by now."""
        for question in self._wanted:
            error = self._answers.error(question)
            if error is not None and question not in self._told:
                self._told.add(question)
                self._asker.refused.emit(question, error)

    def _ended(self, _key: object, _result: object) -> None:
        """Go on with what is wanted now; tell of what cannot be answered."""
        self._tell_refused()
        self._begin()
        self._asker.announce()


class _Warming(Question[bool]):
    """The question whether another one is fast by now."""

    def __init__(self, question: Question[Any]) -> None:
        self._question = question

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Warming) and self._question == other._question

    def __hash__(self) -> int:
        return hash((_Warming, self._question))

    def answer(self, ask: object) -> bool:
        """Load all that is needed."""
        for part in self._question.parts:
            _Warming(part).answer(ask)
        self._question.warm()
        return True

    def seconds(self) -> float:
        """Return infinity: this is always a job."""
        return float("inf")
