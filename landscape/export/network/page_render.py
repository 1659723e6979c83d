"""A page of the networks drawn for export."""

from typing import Any

from landscape.errors import InputError
from landscape.export.settings import Settings
from landscape.export.turns import Turns, in_thread
from landscape.plot.network.page_picture import PagePicture
from landscape.plot.painters import Ground
from landscape.scene.answers import Answers
from landscape.scene.network.page import StagePage
from landscape.scene.network.pages import build_page, page_questions
from landscape.scene.network.text import twin_names
from landscape.scene.question import Question
from landscape.scene.text import session_title
from landscape.session.network.document import Experiment
from landscape.session.session import Session
from landscape.translation import translation


class PageRenderer:
    """Draws a page, as far as it is computed; a sweep fills in with the steps."""

    def __init__(self, session: Session, page: StagePage, settings: Settings, answers: Answers) -> None:
        experiment = session.document
        assert isinstance(experiment, Experiment)
        self._experiment, self._page, self._answers = experiment, page, answers
        self._say = say = translation(settings.language)
        self._title = session_title(session, say)
        self._names = twin_names(experiment, say)
        self._picture = PagePicture(settings.size, settings.colors, settings.text)

    @property
    def anew(self) -> bool:
        """Whether each step shows something else that must be computed: no, all is of the same trainings."""
        return False

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return all that the page shows; first what optimizers are started on, then where they come to."""
        found = page_questions(self._experiment, self._page)
        if not found:
            raise InputError("This optimizer has no learning rate that could be varied")
        return found if self._answers.get(found[0]) is not None else found[:1]

    def painting(self, device: Ground, step: float) -> Turns[None]:
        """Paint the picture at a step on a device of its size, by turns."""
        part = min(step / self._experiment.steps, 1.0)
        scene = yield from in_thread(lambda _: build_page(self._experiment, self._page, self._answers, self._say, part))
        yield from self._picture.painting(device, scene, self._title, self._names, step)

    def close(self) -> None:
        """Let go of all plots."""
        self._picture.close()
