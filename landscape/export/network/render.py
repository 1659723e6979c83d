"""Two networks in training drawn for export."""

from PySide6.QtGui import QPaintDevice

from landscape.export.settings import Settings
from landscape.plot.network.picture import NetworkPicture
from landscape.plot.theme import configure
from landscape.scene.answers import Answers
from landscape.scene.network.course import build_course
from landscape.scene.network.questions import AnswerQuestion, build_moment, recording_questions
from landscape.scene.palette import THEMES
from landscape.scene.text import session_title
from landscape.session.network.document import Experiment
from landscape.session.session import Session
from landscape.translation import translation


class NetworkRenderer:
    """Draws an experiment at any step; trains both networks when it is made. Needs a QApplication."""

    def __init__(self, session: Session, experiment: Experiment, settings: Settings, answers: Answers) -> None:
        configure()
        self._experiment, self._answers = experiment, answers
        self._say = translation(settings.language)
        self._questions = recording_questions(experiment)
        self._recordings = [answers.compute(question) for question in self._questions]
        self._picture = NetworkPicture(settings.size, THEMES[settings.theme], self._say, curves=settings.curves)
        self._picture.show(build_course(experiment, self._recordings, self._say, session_title(session, self._say)))

    def paint_on(self, device: QPaintDevice, step: float) -> None:
        """Paint the picture at a step on a device of its size."""
        wanted = [
            AnswerQuestion(recording=question, frame=recording.frame(step))
            for question, recording in zip(self._questions, self._recordings, strict=True)
        ]
        told = [self._answers.compute(question) for question in wanted]
        moment = build_moment(self._experiment, self._recordings, told, step, self._say)
        self._picture.paint_on(device, moment, step)
