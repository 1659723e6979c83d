"""Two networks in training drawn for export."""

from typing import Any

from landscape.export.settings import Settings
from landscape.export.turns import Turns, in_thread
from landscape.plot.network.picture import NetworkPicture
from landscape.plot.painters import Ground
from landscape.scene.answers import Answers
from landscape.scene.network.course import build_course
from landscape.scene.network.questions import AnswerQuestion, build_moment, recording_questions
from landscape.scene.network.scene import Moment
from landscape.scene.question import Question
from landscape.scene.text import session_title
from landscape.session.network.document import Experiment
from landscape.session.session import Session
from landscape.translation import translation


class NetworkRenderer:
    """Draws an experiment at any step, as far as both networks are trained."""

    def __init__(self, session: Session, settings: Settings, answers: Answers) -> None:
        experiment = session.document
        assert isinstance(experiment, Experiment)
        self._experiment, self._answers = experiment, answers
        self._say = translation(settings.language)
        self._title = session_title(session, self._say)
        self._questions = recording_questions(experiment)
        self._picture = NetworkPicture(
            settings.size, settings.colors, self._say, curves=settings.curves, scale=settings.text
        )
        if session.future_hidden:
            self._picture.hide_future()
        self._shown: list[Any] | None = None

    @property
    def anew(self) -> bool:
        """Whether each step shows something else that must be computed: no, all is of the same trainings."""
        return False

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return the trainings of both networks."""
        return self._questions

    def painting(self, device: Ground, step: float) -> Turns[None]:
        """Paint the picture at a step on a device of its size, by turns."""
        recordings = [self._answers.so_far(question) for question in self._questions]
        if self._shown is None or any(old is not new for old, new in zip(self._shown, recordings, strict=True)):
            yield from self._picture.showing(build_course(self._experiment, recordings, self._say, self._title))
            self._shown = recordings
        moment = yield from in_thread(lambda _: self._moment(recordings, step))
        yield from self._picture.painting(device, moment, step)

    def close(self) -> None:
        """Let go of all plots."""
        self._picture.close()

    def _moment(self, recordings: list[Any], step: float) -> Moment:
        """Return what both networks say at a step."""
        told = [
            None
            if recording is None
            else self._answers.compute(AnswerQuestion(recording=question, frame=recording.frame(step)))
            for question, recording in zip(self._questions, recordings, strict=True)
        ]
        return build_moment(self._experiment, recordings, told, step, self._say)
