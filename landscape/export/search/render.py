"""A race of searches drawn for export."""

from typing import Any

from landscape.export.settings import Settings
from landscape.export.turns import Turns, in_thread
from landscape.plot.painters import Ground
from landscape.plot.search.picture import SearchPicture
from landscape.scene.answers import Answers
from landscape.scene.question import Question
from landscape.scene.search.build import Known, build_search, known_of
from landscape.scene.search.questions import study_questions
from landscape.scene.search.scene import SearchScene
from landscape.scene.text import session_title
from landscape.session.search.document import Study
from landscape.session.session import Session
from landscape.translation import translation


class SearchRenderer:
    """Draws a study when any part of the budget was spent, as far as it is known."""

    def __init__(self, session: Session, settings: Settings, answers: Answers) -> None:
        study = session.document
        assert isinstance(study, Study)
        self._study, self._answers = study, answers
        self._say = translation(settings.language)
        self._title = session_title(session, self._say)
        self._picture = SearchPicture(settings.size, settings.colors, self._say, settings.text)
        if session.future_hidden:
            self._picture.hide_future()
        self._built: tuple[Known, SearchScene] | None = None

    @property
    def anew(self) -> bool:
        """Whether each step shows something else that must be computed: no, all is of the same race."""
        return False

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return all that a study shows."""
        return study_questions(self._study)

    def painting(self, device: Ground, step: float) -> Turns[None]:
        """Paint the picture at a step on a device of its size, by turns."""
        known = known_of(self._study, self._answers)
        if self._built is None or any(a is not b for a, b in zip(self._built[0], known, strict=True)):
            scene = yield from in_thread(lambda _: build_search(self._study, known, self._say, self._title))
            self._built = known, scene
        yield from self._picture.painting(device, self._built[1], step)

    def close(self) -> None:
        """Let go of nothing: what is drawn is made of no widgets."""
