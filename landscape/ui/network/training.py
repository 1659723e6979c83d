"""Networks in training: as fast as they can in a job, while the window shows how far they have come."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from landscape.network.data import samples
from landscape.network.recording import Recorder, Recording
from landscape.scene.answers import Answers
from landscape.scene.network.course import build_course
from landscape.scene.network.questions import (
    AnswerQuestion,
    build_moment,
    recording_questions,
)
from landscape.scene.network.scene import Course, Moment
from landscape.session.network.document import Experiment
from landscape.translation import Translation
from landscape.ui.jobs import Cancelled, Jobs

SLICE = 1 / 30
"""Seconds that both networks train between two pictures."""


class Attempt:
    """One training of both networks, shared between the job and the window."""

    def __init__(self, experiment: Experiment, number: int, recordings: Sequence[Recording | None]) -> None:
        self.experiment, self.number = experiment, number
        self.questions = recording_questions(experiment)
        self.recordings = list(recordings)
        self.stopped = False
        """To end as soon as the window has heard of it once: so there are pictures while something is dragged."""
        self.heard = False
        self.announced = False
        """Whether there are news that the window has not looked at yet."""

    @property
    def finished(self) -> bool:
        """Whether both networks are trained as far as they can be."""
        return all(one is not None and one.outcome != "running" for one in self.recordings)

    @property
    def known(self) -> int:
        """As far as there is something to show of every network: the whole time line where nothing more will come."""
        if self.finished:
            return self.experiment.steps
        running = [one for one in self.recordings if one is None or one.outcome == "running"]
        return min(one.step if one else 0 for one in running)


class Training(QObject):
    """Trains the networks of the newest experiment, and tells what is known of them."""

    course_changed = Signal(object)
    moment_changed = Signal(object)
    failed = Signal(object)
    _advanced = Signal(object)

    def __init__(self, parent: QObject, jobs: Jobs, answers: Answers) -> None:
        super().__init__(parent)
        self._answers = answers
        self._training, self._looking = jobs.channel("training"), jobs.channel("network answers")
        self._training.failed.connect(lambda _attempt, error: self.failed.emit(error))
        self._looking.failed.connect(lambda _key, error: self.failed.emit(error))
        self._looking.done.connect(lambda _key, _answer: self._build_moment())
        self._advanced.connect(self._take)
        self._say = Translation()
        self._newest: Attempt | None = None
        self._shown: Attempt | None = None
        self._step, self._follows = 0.0, True
        self.course: Course | None = None
        self.moment: Moment | None = None

    def set_language(self, say: Translation) -> None:
        """Write names and sentences in another language."""
        self._say = say
        self._show()

    def train(self, experiment: Experiment) -> None:
        """Train ``experiment`` from its seed, but for what is known of it already."""
        newest = self._newest
        if newest is not None and not newest.stopped and newest.questions == recording_questions(experiment):
            newest.experiment = experiment
            self._show()
            return
        self.stop()
        questions = recording_questions(experiment)
        known = [self._answers.get(question) for question in questions]
        self._newest = attempt = Attempt(experiment, newest.number + 1 if newest else 0, known)
        if None in known:
            self._training.submit(attempt, lambda cancelled: self._work(attempt, cancelled))
        if None not in known or self._shown is None:
            self._shown = attempt
            self._show()

    def stop(self) -> None:
        """Stop training; what is known stays."""
        if self._newest is not None and not self._newest.finished:
            self._newest.stopped = True

    def look(self, step: float) -> None:
        """Show what both networks say at ``step``."""
        self._step, self._follows = step, step >= self.known
        self._build_moment()

    @property
    def known(self) -> int:
        """As far as there is something to show."""
        return self._shown.known if self._shown else 0

    def _work(self, attempt: Attempt, cancelled: Cancelled) -> None:
        """Train in the pool, both in turns."""

        def stopped() -> bool:
            return (attempt.stopped and attempt.heard) or cancelled()

        recorders: dict[int, Recorder] = {}
        for index, question in enumerate(attempt.questions):
            known = self._answers.get(question)
            if known is None:
                recorders[index] = Recorder(question.network, question.training, samples(question.data))
        share = SLICE / max(len(recorders), 1)
        latest, going = list(attempt.recordings), True
        while going and not stopped():
            for index, recorder in recorders.items():
                recorder.advance(share, stopped)
                latest[index] = recorder.recording()
                if not recorder.running:
                    self._answers.put(attempt.questions[index], recorder.recording())
            going = any(recorder.running for recorder in recorders.values())
            if (attempt.announced and going) or stopped():
                continue
            news = Attempt(attempt.experiment, attempt.number, latest)
            # So that the picture is there with the news, and not only when still newer ones have come.
            step = news.known if self._follows else self._step
            self._ask(_asked(news, step), latest, cancelled)
            attempt.recordings = list(latest)
            attempt.announced = attempt.heard = True
            self._advanced.emit(attempt)

    def _take(self, attempt: Attempt) -> None:
        attempt.announced = False
        if self._shown is None or attempt.number >= self._shown.number:
            self._shown = attempt
            self._show()

    def _show(self) -> None:
        """Build the course of what is known, and then the moment."""
        if self._shown is not None:
            self.course = build_course(self._shown.experiment, self._shown.recordings, self._say)
            self.course_changed.emit(self.course)
            self._build_moment()

    def _build_moment(self) -> None:
        """Show the step that is looked at; have the networks asked where their answers are not known."""
        shown = self._shown
        if shown is None:
            return
        recordings, wanted = tuple(shown.recordings), _asked(shown, self._step)
        answers = [self._answers.get(question) if question else None for question in wanted]
        if any(question and answer is None for question, answer in zip(wanted, answers, strict=True)):
            self._looking.submit(wanted, lambda cancelled: self._ask(wanted, recordings, cancelled))
            if self.moment is not None:
                return
        self.moment = build_moment(shown.experiment, recordings, answers, self._step, self._say)
        self.moment_changed.emit(self.moment)

    def _ask(
        self, wanted: Sequence[AnswerQuestion | None], recordings: Sequence[Recording | None], cancelled: Cancelled
    ) -> None:
        """Ask the networks, in the pool."""
        for question, recording in zip(wanted, recordings, strict=True):
            if question is None or recording is None or cancelled() or self._answers.get(question) is not None:
                continue
            self._answers.put(question, question.answer_from(recording))


def _asked(attempt: Attempt, step: float) -> tuple[AnswerQuestion | None, ...]:
    """Return what both networks are asked at a step; None for one of which nothing is known yet."""
    return tuple(
        AnswerQuestion(recording=question, frame=recording.frame(step)) if recording is not None else None
        for question, recording in zip(attempt.questions, attempt.recordings, strict=True)
    )
