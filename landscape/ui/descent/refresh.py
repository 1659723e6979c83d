"""From a changed descent to a new scene, once per event turn.

What is answered within a frame is computed at once; the rest is asked, and its answers come with a later turn. Until
then the scene keeps what it showed.
"""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from landscape.errors import InputError
from landscape.scene.answers import Answers
from landscape.scene.asking import unanswered
from landscape.scene.descent.build import build_scene
from landscape.scene.descent.questions import questions
from landscape.scene.descent.run_questions import TrajectoryQuestion
from landscape.scene.descent.view import View
from landscape.scene.question import LongQuestion, Question
from landscape.scene.scene import Scene
from landscape.session.descent.document import Descent
from landscape.translation import Translation
from landscape.ui.asker import Asker
from landscape.ui.jobs import first

OWNER = "descent"
SPENT = 0.02
"""Seconds after which a turn has done enough, whatever it was thought to take."""


class Refresh(QObject):
    """Asks what a descent and a view need, and builds the scene."""

    scene_changed = Signal(object)
    failed = Signal(object, object)
    """A question that is asked, and why there is no answer."""
    succeeded = Signal()
    """All that was asked has its answer."""

    def __init__(self, parent: QObject, asker: Asker, answers: Answers, view: Callable[[], View]) -> None:
        super().__init__(parent)
        self._asker, self._answers, self._view = asker, answers, view
        self._descent: Descent | None = None
        self._say = Translation()
        self._scene: Scene | None = None
        self._built: Scene | None = None
        """The scene that is shown now or in the next turn."""
        self._begun = self._background = False
        self._left = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._build_and_show)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._show)

    @property
    def scene(self) -> Scene | None:
        """The scene that is shown."""
        return self._scene

    @property
    def due(self) -> bool:
        """Whether another scene is to be built, or to be shown."""
        return self._soon.isActive() or self._next.isActive()

    def set_language(self, say: Translation) -> None:
        """Write the sentences of the scene in another language."""
        self._say = say
        self.schedule()

    def show(self, descent: Descent) -> None:
        """Build the scene of another descent."""
        self._descent, self._left = descent, False
        self.schedule()

    def leave(self) -> None:
        """Ask nothing any more, until a descent is shown again."""
        self._left = True
        self._asker.want(OWNER, ())
        self._asker.warm(OWNER, ())

    def allow_paths(self) -> None:
        """Ask for the paths, and from now on for what is soon there: after the first picture, without kernels."""
        self._begun = True
        if self._descent is not None and not self._left:
            asked = questions(self._descent, self._view())
            self._asker.want(OWNER, (one for one in asked if isinstance(one, TrajectoryQuestion)))
        self.schedule()

    def allow_background(self) -> None:
        """Ask for all from now on: called when what takes longer to load would keep nothing else from being shown."""
        self._begun = self._background = True
        self.schedule()

    def schedule(self) -> None:
        """Build the scene when the events that are there have been handled."""
        self._soon.start()

    def now(self) -> None:
        """Build the scene and show it."""
        self._soon.stop()
        if self._descent is not None:
            with first():
                self._build(self._descent)
            self._show()

    def _build_and_show(self) -> None:
        """Build the scene; what took long is shown in the next turn, so that the window looks for events between."""
        if self._descent is None:
            return
        until = time.perf_counter() + SPENT
        with first():
            self._build(self._descent)
        if time.perf_counter() > until:
            self._next.start()
        else:
            self._show()

    @first()
    def _show(self) -> None:
        self._next.stop()
        self._scene = self._built
        self.scene_changed.emit(self._scene)

    def _build(self, descent: Descent) -> None:
        view = self._view()
        asked = questions(descent, view)
        missing = unanswered(asked, self._answers)
        if not self._begun:
            # The first picture: the surface alone, as fast as it can be there.
            missing = missing[:1]
        late = self._answer_instant_ones(missing)
        if self._begun and not self._left:
            self._ask(asked, late)
        self._built = build_scene(descent, view, self._answers, self._say, self._built)
        refused = [(one, error) for one in asked if (error := self._answers.error(one)) is not None]
        for question, error in refused:
            self.failed.emit(question, error)
        if not late and not refused:
            self.succeeded.emit()

    def _ask(self, asked: tuple[Question[Any], ...], late: list[Question[Any]]) -> None:
        """Have a job answer what does not fit into this frame; at first the paths, for which nothing else makes way."""
        if self._background:
            self._asker.want(OWNER, late)
            self._asker.warm(OWNER, (one for one in asked if _is_slow(one)))
        else:
            self._asker.want(OWNER, (one for one in late if not isinstance(one, LongQuestion)))

    def _answer_instant_ones(self, missing: tuple[Question[Any], ...]) -> list[Question[Any]]:
        """Answer as many as fit into this frame, or turn out to; return the others."""
        instant, late = self._divided(missing)
        until = time.perf_counter() + SPENT
        for question in instant:
            if time.perf_counter() > until:
                late.append(question)
                continue
            try:
                self._answers.compute(question)
            except InputError as error:
                self._answers.refuse(question, error)
        return late

    def _divided(self, missing: tuple[Question[Any], ...]) -> tuple[list[Question[Any]], list[Question[Any]]]:
        """Return what fits into this frame, and the rest."""
        late: list[Question[Any]] = [one for one in missing if isinstance(one, LongQuestion)]
        short = [one for one in missing if not isinstance(one, LongQuestion)]
        if self._answers.is_instant(*short):
            return short, late
        instant: list[Question[Any]] = []
        for question in short:
            fits = self._answers.is_instant(*instant, question)
            (instant if fits else late).append(question)
        return instant, late


def _is_slow(question: Question[Any]) -> bool:
    """Tell whether a question is answered at once, but would be answered faster; a job loads what its own needs."""
    return not isinstance(question, (LongQuestion, TrajectoryQuestion)) and _is_cold(question)


def _is_cold(question: Question[Any]) -> bool:
    return not question.is_warm() or any(map(_is_cold, question.parts))
