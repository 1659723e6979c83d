"""A session drawn for export, with or without a window on the machine."""

import sys
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from landscape.export.settings import Settings
from landscape.plot.picture import Picture
from landscape.plot.theme import configure
from landscape.scene.answers import Answers
from landscape.scene.build import build_scene, fitted_view
from landscape.scene.critical_question import critical_points_question
from landscape.scene.palette import THEMES
from landscape.scene.questions import questions, stage_view
from landscape.session.session import Session
from landscape.translation import translation


class Renderer:
    """Draws a session at any step; computes all that is to be seen when it is made."""

    def __init__(self, session: Session, settings: Settings, answers: Answers) -> None:
        _application()
        configure()
        say = translation(settings.language)
        self._picture = Picture(
            settings.size,
            THEMES[settings.theme],
            settings.curves,
            legend=settings.legend,
            say=say,
        )
        visible = sum(run.visible for run in session.runs)
        width, height = self._picture.map_pixels(visible)
        x, y = settings.view or fitted_view(session, width / max(height, 1))
        view = stage_view(x, y, width, height)
        for question in questions(session, view):
            answers.compute(question)
        if session.critical:
            patient = critical_points_question(session.surface)
            # The window waits for this: what it has not found yet is searched for no longer than it would freeze.
            answers.compute(patient if answers.get(patient) else patient.brief)
        self._picture.show(build_scene(session, view, answers, say))

    def frame(self, step: float) -> NDArray[np.uint8]:
        """Return the picture at a step: (height, width, 4) blue, green, red, unused."""
        width, height = self._picture.size
        pixels = np.empty((height, width, 4), np.uint8)
        self._picture.paint_on(QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32), step)
        return pixels


@cache
def _application() -> QApplication:
    """Return the running application, or start one that needs no display.

    Kept for good: Qt does not bear a second one after the first has gone.
    """
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    # On Linux there may be no display; elsewhere there always is, and only the usual platform has all the fonts.
    platform = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
    return QApplication(["landscape", *platform])
