"""A session drawn for export, with or without a window on the machine."""

import sys
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPaintDevice
from PySide6.QtWidgets import QApplication

from landscape.export.settings import Settings
from landscape.plot.descent.picture import Picture
from landscape.plot.theme import configure
from landscape.scene.answers import Answers
from landscape.scene.descent.basin_question import basin_questions
from landscape.scene.descent.basins import basins
from landscape.scene.descent.build import build_scene, fitted_view
from landscape.scene.descent.critical_question import critical_points_question
from landscape.scene.descent.map_question import hyper_map_questions
from landscape.scene.descent.questions import View, questions, stage_view
from landscape.scene.palette import THEMES
from landscape.scene.text import number
from landscape.session.descent.animations import animated, animated_parameter
from landscape.session.session import Session
from landscape.translation import translation

if TYPE_CHECKING:
    from landscape.export.network.page_render import PageRenderer
    from landscape.export.network.render import NetworkRenderer

AnyRenderer: TypeAlias = "Renderer | NetworkRenderer | PageRenderer"
PROBES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Positions of an animation at which room is measured for the whole of it."""


def renderer_of(session: Session, settings: Settings, answers: Answers) -> "AnyRenderer":
    """Return what draws the workspace of ``session`` that is in front."""
    if session.workspace != "network" or session.experiment is None:
        return Renderer(session, settings, answers)
    if settings.page is not None:
        from landscape.export.network.page_render import PageRenderer

        _application()
        return PageRenderer(session, session.experiment, settings.page, settings, answers)
    from landscape.export.network.render import NetworkRenderer

    _application()
    return NetworkRenderer(session, session.experiment, settings, answers)


def frame(renderer: "AnyRenderer", size: tuple[int, int], step: float) -> NDArray[np.uint8]:
    """Return what a renderer of ``size`` pixels draws at a step: (height, width, 4) blue, green, red, unused."""
    width, height = size
    pixels = np.empty((height, width, 4), np.uint8)
    renderer.paint_on(QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32), step)
    return pixels


class Renderer:
    """Draws a session at any step; computes all that is to be seen when it is made.

    Where the session has an animation, the steps are those of its parameter: at the first it has its first value, at
    the last its last one, and every run is seen whole.
    """

    def __init__(self, session: Session, settings: Settings, answers: Answers) -> None:
        _application()
        configure()
        self._session, self._answers = session, answers
        self._say = say = translation(settings.language)
        self._picture = Picture(
            settings.size,
            THEMES[settings.theme],
            settings.curves,
            legend=settings.legend,
            say=say,
            hyper_map=session.hyper_map is not None,
        )
        self._wanted = settings.view
        self._view = self._looked_at(keys=0)
        if session.basins is not None:
            self._view = self._looked_at(keys=self._count_keys())
        self._value: float | None = None
        if session.animation is None:
            self._show(session, "")

    def paint_on(self, device: QPaintDevice, step: float) -> None:
        """Paint the picture at a step on a device of its size."""
        if self._session.animation is not None:
            self._turn_to(step / self._session.steps)
            step = float(self._session.steps)
        self._picture.paint_on(device, step)

    def _looked_at(self, keys: int) -> View:
        """Return the view where the legend has so many lines for basins."""
        visible = sum(run.visible for run in self._session.runs)
        width, height = self._picture.map_pixels(visible, keys)
        x, y = self._wanted or fitted_view(self._session, width / max(height, 1))
        return stage_view(x, y, width, height)

    def _count_keys(self) -> int:
        """Return how many lines the legend needs for basins: the most of a few, where a parameter varies."""
        sessions = [self._session]
        if self._session.animation is not None:
            sessions = [animated(self._session, position)[0] for position in PROBES]
        lines = 0
        for session in sessions:
            self._answers.compute(next(basin_questions(session, self._view)))
            shown = basins(session, self._view, self._answers, self._say, None)
            lines = max(lines, 1 + len(shown.keys) if shown else 0)
        return lines

    def _turn_to(self, position: float) -> None:
        """Show the animated parameter at a value, all else following."""
        session, value = animated(self._session, position)
        if value != self._value:
            self._value = value
            name = animated_parameter(self._session).name
            self._show(session, f"{name} = {number(value, 3)}")

    def _show(self, session: Session, counter: str) -> None:
        view, answers = self._view, self._answers
        for question in questions(session, view):
            answers.compute(question)
        for question in hyper_map_questions(session)[-1:]:
            answers.compute(question)
        levels = tuple(basin_questions(session, view))
        if levels:
            # In a film of a parameter each frame has basins of its own: one start for two by two pixels will do.
            answers.compute(levels[-2 if counter else -1])
        if session.critical:
            patient = critical_points_question(session.surface)
            # The window waits for this: what it has not found yet is searched for no longer than it would freeze.
            answers.compute(patient if answers.get(patient) else patient.brief)
        self._picture.show(build_scene(session, view, answers, self._say), counter)


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
