"""Networks in training: has them trained and asked, and tells how far they have come."""

from collections import deque
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from landscape.network.training.recording import Recording
from landscape.scene.answers import Answers
from landscape.scene.asking import unanswered
from landscape.scene.network.course import build_course
from landscape.scene.network.questions import AnswerQuestion, RecordingQuestion, build_moment, recording_questions
from landscape.scene.network.scene import Course, Moment
from landscape.scene.question import Question
from landscape.session.network.document import Experiment
from landscape.translation import Translation
from landscape.ui.asker import Asker

OWNER, LOOKING = "network", "network at a step"
WAY = 64
"""So many experiments on the way of a drag are looked after."""


class Training(QObject):
    """Follows the training of an experiment, and what both networks say at a step."""

    course_changed = Signal(object)
    moment_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject, asker: Asker, answers: Answers) -> None:
        super().__init__(parent)
        self._asker, self._answers = asker, answers
        asker.answered.connect(self._follow)
        asker.refused.connect(self._refuse)
        self._say = Translation()
        self._experiment: Experiment | None = None
        """What is wanted; None: nothing any more."""
        self._way: deque[Experiment] = deque(maxlen=WAY)
        """What was wanted since what is shown, the newest last: old ones are known first while a drag goes on."""
        self._shown: Experiment | None = None
        """What is shown: the one before, until something is known of the newest."""
        self._recordings: tuple[Recording | None, ...] = (None, None)
        self._step = 0.0
        self._asked: tuple[AnswerQuestion | None, ...] = ()
        """What both networks were asked last, and of which experiment, recordings and step."""
        self._asked_of: tuple[Experiment, tuple[Recording | None, ...], float] | None = None
        self._told: tuple[object, ...] = ()
        """What the moment was built of."""
        self.course: Course | None = None
        self.moment: Moment | None = None

    @property
    def known(self) -> int:
        """As far as there is something to show of every network: the whole time line where nothing more will come."""
        if self._shown is None:
            return 0
        running = [one for one in self._recordings if one is None or one.outcome == "running"]
        return min(one.step if one else 0 for one in running) if running else self._shown.steps

    @property
    def error(self) -> Exception | None:
        """Why what is wanted cannot be trained; None where it can, as far as is known."""
        wanted = recording_questions(self._experiment) if self._experiment is not None else ()
        return next((error for one in wanted if (error := self._answers.error(one)) is not None), None)

    def set_language(self, say: Translation) -> None:
        """Write names and sentences in another language."""
        self._say = say
        self._show()

    def train(self, experiment: Experiment | None) -> None:
        """Have ``experiment`` trained, as far as it is not; None: nothing any more."""
        self._experiment = experiment
        self._asker.want(OWNER, recording_questions(experiment) if experiment is not None else ())
        if experiment is None:
            self._asker.want(LOOKING, ())
            return
        if self._shown is None or _same(self._shown, experiment):
            self._shown = experiment
            self._way.clear()
            self._take(experiment)
            self._show()
        else:
            self._way.append(experiment)
            self._follow()

    def look(self, step: float) -> None:
        """Show what both networks say at ``step``."""
        self._step = step
        self._look()

    def _follow(self) -> None:
        """Show what is new."""
        if self._experiment is None:
            return
        experiment, old = self._newest_begun(), self._recordings
        if experiment is not None:
            self._take(experiment)
            if experiment is not self._shown or not _alike(old, self._recordings):
                self._shown = experiment
                self._show()
        self._show_moment()

    def _newest_begun(self) -> Experiment | None:
        """Return what was wanted last of all of which something is known; what was wanted before is forgotten."""
        for index in range(len(self._way) - 1, -1, -1):
            if self._is_begun(self._way[index]):
                for _ in range(index):
                    self._way.popleft()
                return self._way.popleft()
        return self._shown

    def _is_begun(self, experiment: Experiment) -> bool:
        return any(self._answers.so_far(question) is not None for question in recording_questions(experiment))

    def _take(self, experiment: Experiment) -> None:
        self._recordings = tuple(self._answers.so_far(question) for question in recording_questions(experiment))

    def _show(self) -> None:
        """Build the course of what is known, and then the moment."""
        if self._shown is not None:
            self.course = build_course(self._shown, self._recordings, self._say)
            self.course_changed.emit(self.course)
            self._look()

    def _look(self) -> None:
        """Have both networks asked at the step that is looked at."""
        shown = self._shown
        if shown is None:
            return
        wanted = _asked(recording_questions(shown), self._recordings, self._step)
        if not unanswered((one for one in self._asked if one is not None), self._answers):
            # What was asked before is shown first: so there are pictures while the training runs ahead.
            self._asked, self._asked_of = wanted, (shown, self._recordings, self._step)
        self._asker.want(LOOKING, [one for one in self._asked if one is not None])
        self._show_moment()

    def _show_moment(self) -> None:
        """Show what both networks say as soon as they have said it; then ask what is newer."""
        shown = self._shown
        if shown is None or self._asked_of is None:
            return
        answers = [self._answers.get(question) if question else None for question in self._asked]
        missing = any(question and answer is None for question, answer in zip(self._asked, answers, strict=True))
        if missing and self.moment is not None:
            return
        experiment, recordings, step = self._asked_of
        told = (experiment, recordings, step, *answers, self._say.language)
        if not _alike(told, self._told):
            self._told = told
            self.moment = build_moment(experiment, recordings, answers, step, self._say)
            self.moment_changed.emit(self.moment)
        if _asked(recording_questions(shown), self._recordings, self._step) != self._asked:
            self._look()

    def _refuse(self, question: Question[Any], error: Exception) -> None:
        experiment = self._experiment
        if experiment is not None and question in (*recording_questions(experiment), *self._asked):
            self.failed.emit(error)


def _same(old: Experiment, new: Experiment) -> bool:
    """Tell whether the trainings are the same; what is shown of them may differ."""
    return recording_questions(old) == recording_questions(new)


def _alike(old: Sequence[object], new: Sequence[object]) -> bool:
    return len(old) == len(new) and all(a is b for a, b in zip(old, new, strict=True))


def _asked(
    questions: Sequence[RecordingQuestion], recordings: Sequence[Recording | None], step: float
) -> tuple[AnswerQuestion | None, ...]:
    """Return what both networks are asked at a step; None for one of which nothing is known yet."""
    return tuple(
        AnswerQuestion(recording=question, frame=recording.frame(step)) if recording is not None else None
        for question, recording in zip(questions, recordings, strict=True)
    )
