"""From a changed session to a new scene, once per event turn.

What is answered within a frame is computed at once; the rest goes to jobs, and its answers come with a later turn.
Until then the scene keeps what it showed.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from landscape.errors import InputError
from landscape.scene.answers import Answers
from landscape.scene.descent.build import build_scene
from landscape.scene.descent.questions import View, questions
from landscape.scene.descent.run_questions import TrajectoryQuestion
from landscape.scene.descent.scene import Scene
from landscape.scene.question import Question
from landscape.session.session import Session
from landscape.translation import Translation
from landscape.ui.jobs import Cancelled, Channel, Jobs

WARMING = "kernels"


class Refresh(QObject):
    """Asks what a session and a view need, and builds the scene."""

    scene_changed = Signal(object)
    failed = Signal(object, object)
    """A question and the error that was its answer."""
    succeeded = Signal()
    """All that was asked has its answer."""
    _answered = Signal()

    def __init__(
        self, parent: QObject, jobs: Jobs, answers: Answers, session: Callable[[], Session], view: Callable[[], View]
    ) -> None:
        super().__init__(parent)
        self._jobs, self._answers = jobs, answers
        self._session, self._view = session, view
        self._say = Translation()
        self._scene: Scene | None = None
        self._refused: set[Question[Any]] = set()
        self._channels: dict[str, Channel] = {}
        self._background = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.now)
        self._answered.connect(self.schedule)

    @property
    def scene(self) -> Scene | None:
        """The last scene."""
        return self._scene

    def set_language(self, say: Translation) -> None:
        """Write the sentences of the scene in another language."""
        self._say = say
        self.schedule()

    def allow_background(self) -> None:
        """Start jobs from now on: called after the first picture, which must not wait for kernels."""
        self._background = True
        self.now()

    def schedule(self) -> None:
        """Build the scene when the events that are there have been handled."""
        self._soon.start()

    def now(self) -> None:
        """Build the scene."""
        self._soon.stop()
        session, view = self._session(), self._view()
        asked = questions(session, view)
        missing = [one for one in asked if one not in self._refused and self._answers.get(one) is None]
        if not self._background:
            # The first picture: the surface alone, as fast as it can be there.
            missing = missing[:1]
        late = self._answer_instant_ones(missing)
        if self._background:
            self._submit(late)
            self._warm(asked)
        self._scene = build_scene(session, view, self._answers, self._say, self._scene)
        if not late and not self._refused.intersection(asked):
            self.succeeded.emit()
        self.scene_changed.emit(self._scene)

    def _answer_instant_ones(self, missing: list[Question[Any]]) -> list[Question[Any]]:
        """Answer as many as fit into this frame; return the others."""
        instant, late = self._divided(missing)
        for question in instant:
            try:
                self._answers.compute(question)
            except InputError as error:
                self._refuse(question, error)
        return late

    def _divided(self, missing: list[Question[Any]]) -> tuple[list[Question[Any]], list[Question[Any]]]:
        """Return what fits into this frame, and the rest."""
        if self._answers.is_instant(*missing):
            return missing, []
        instant: list[Question[Any]] = []
        late: list[Question[Any]] = []
        for question in missing:
            fits = self._answers.is_instant(*instant, question)
            (instant if fits else late).append(question)
        return instant, late

    def _submit(self, late: list[Question[Any]]) -> None:
        """Have the rest computed, one channel for each kind of question."""
        kinds: dict[str, list[Question[Any]]] = {}
        for question in late:
            kinds.setdefault(type(question).__name__, []).append(question)
        for kind, batch in kinds.items():
            self._submit_batch(kind, tuple(batch), warm_only=False)

    def _warm(self, asked: tuple[Question[Any], ...]) -> None:
        cold = tuple(one for one in asked if not isinstance(one, TrajectoryQuestion) and _is_cold(one))
        if cold:
            self._submit_batch(WARMING, cold, warm_only=True)

    def _submit_batch(self, kind: str, batch: tuple[Question[Any], ...], *, warm_only: bool) -> None:
        if kind not in self._channels:
            self._channels[kind] = self._jobs.channel(kind)
            self._channels[kind].failed.connect(lambda _batch, error: self._failed(error))
        self._channels[kind].submit(batch, lambda cancelled: self._work(batch, cancelled, warm_only=warm_only))

    def _work(self, batch: tuple[Question[Any], ...], cancelled: Cancelled, *, warm_only: bool) -> None:
        """Answer a batch, in the pool; each answer is shown as soon as it is there."""
        for question in batch:
            if cancelled():
                return
            try:
                self._answers.warm(question)
                if not warm_only:
                    self._answers.compute(question)
            except Exception as error:
                raise QuestionError(question, error) from error
            self._answered.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, QuestionError):
            self._refuse(error.question, error.cause)
            self.schedule()

    def _refuse(self, question: Question[Any], error: Exception) -> None:
        """Tell the panels, and do not ask the same again and again."""
        self._refused.add(question)
        self.failed.emit(question, error)


class QuestionError(Exception):
    """An error with the question that it was the answer to."""

    def __init__(self, question: Question[Any], cause: Exception) -> None:
        super().__init__(f"{question}: {cause}")
        self.question, self.cause = question, cause


def _is_cold(question: Question[Any]) -> bool:
    return not question.is_warm() or any(map(_is_cold, question.parts))
