"""A page of the networks drawn for export."""

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QPaintDevice

from landscape.errors import InputError
from landscape.export.settings import Settings
from landscape.plot.network.page_picture import PagePicture
from landscape.plot.theme import configure
from landscape.scene.answers import Answers
from landscape.scene.network.course import build_course
from landscape.scene.network.page import StagePage
from landscape.scene.network.pages import PageScene, build_page, page_question
from landscape.scene.network.text import twin_names
from landscape.scene.palette import THEMES
from landscape.scene.text import session_title
from landscape.session.network.document import Experiment
from landscape.session.session import Session
from landscape.translation import translation


class PageRenderer:
    """Draws a page; computes all it shows when it is made, unless ``found`` are the results to show."""

    def __init__(
        self,
        session: Session,
        experiment: Experiment,
        page: StagePage,
        settings: Settings,
        answers: Answers,
        found: Sequence[Any] | None = None,
    ) -> None:
        configure()
        self._experiment, self._page, self._answers = experiment, page, answers
        self._say = say = translation(settings.language)
        self._found = answers.compute(page_question(experiment, page)) if found is None else tuple(found)
        self._title = session_title(session, say) or build_course(experiment, (None, None), say).title
        self._names = twin_names(experiment, say)
        self._picture = PagePicture(settings.size, THEMES[settings.theme], say)
        self._scene = self._built(len(self._found))

    def paint_on(self, device: QPaintDevice, step: float) -> None:
        """Paint the picture at a step on a device of its size; a sweep fills in with the steps."""
        scene = self._scene
        if self._page.name == "sweep" and step < self._experiment.steps:
            scene = self._built(math.ceil(step / self._experiment.steps * len(self._found)))
        self._picture.paint_on(device, scene, self._title, self._names, step)

    def _built(self, count: int) -> PageScene:
        scene = build_page(self._experiment, self._page, self._found[:count], self._answers.compute, self._say)
        if scene is None:
            raise InputError("This optimizer has no learning rate that could be varied")
        return scene
