"""What an exported file shows, frame by frame."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landscape.descent.trajectory import Trajectory
from landscape.export.preparation import prepare
from landscape.export.settings import Settings
from landscape.scene.answers import Answers
from landscape.scene.descent.questions import trajectory_question
from landscape.scene.timeline import frame_steps
from landscape.session.session import Session

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintDevice

    from landscape.export.render import AnyRenderer


class Film:
    """A session as the frames of a film, drawn one by one as they are asked for.

    Where the session has an animation, a frame's step stands for a value of the animated parameter.

    Frames are (height, width, 4) uint8 arrays of blue, green, red and an unused byte.
    """

    def __init__(self, session: Session, settings: Settings, answers: Answers | None = None) -> None:
        self.session, self.settings = session, settings
        self.answers = answers or Answers()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.settings.size

    @property
    def fps(self) -> float:
        """Frames per second."""
        return self.settings.fps

    @cached_property
    def steps(self) -> NDArray[np.float64]:
        """(frames,) the step that each frame shows."""
        return frame_steps(self.session.last_step, self.settings.seconds, self.settings.fps)

    def prepare(self) -> Iterator[float]:
        """Compute what takes long, before the first frame; yield which share of it is done."""
        return prepare(self.session, self.settings.page, self.answers)

    def frames(self) -> Iterator[NDArray[np.uint8]]:
        """Draw the frames one after the other."""
        for step in self.steps:
            yield self.frame(float(step))

    def frame(self, step: float) -> NDArray[np.uint8]:
        """Draw the frame at a step."""
        from landscape.export.render import frame

        return frame(self._renderer, self.size, step)

    def still(self) -> NDArray[np.uint8]:
        """Draw the one frame of a still picture: of the session as it is, whatever a film of it may vary."""
        film = self._unvaried()
        return film.frame(film._still_step)

    def paint_still(self, device: "QPaintDevice") -> None:
        """Paint the same on a device of its size, on which lines may stay lines."""
        film = self._unvaried()
        film._renderer.paint_on(device, film._still_step)

    def sized(self, size: tuple[int, int]) -> "Film":
        """Return the same film in another size."""
        return Film(self.session, replace(self.settings, size=size), self.answers) if size != self.size else self

    def trajectories(self) -> list[tuple[int, Trajectory]]:
        """Compute the trajectories of the visible runs; with the index of each run, in order."""
        visible = [(index, run) for index, run in enumerate(self.session.runs) if run.visible]
        return [(index, self.answers.compute(trajectory_question(self.session, run))) for index, run in visible]

    def _unvaried(self) -> "Film":
        if self.session.animation is None:
            return self
        return Film(replace(self.session, animation=None), self.settings, self.answers)

    @property
    def _still_step(self) -> float:
        step, last = self.settings.step, float(self.session.last_step)
        return last if step is None else min(max(step, 0.0), last)

    @cached_property
    def _renderer(self) -> "AnyRenderer":
        from landscape.export.render import renderer_of

        return renderer_of(self.session, self.settings, self.answers)
