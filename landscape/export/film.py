"""What an exported file shows, frame by frame."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landscape.export.settings import Settings
from landscape.export.workspaces import Renderer, Table, export_part
from landscape.scene.answers import Answers
from landscape.scene.asking import answering, never, unanswered
from landscape.scene.question import Cancelled, Question
from landscape.scene.timeline import frame_steps
from landscape.session.session import Session

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintDevice


class Film:
    """A session as the frames of a film, drawn one by one as they are asked for; or as a still picture, or a table.

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

    @property
    def last_step(self) -> int:
        """The step that the last frame shows."""
        return self.session.document.last_step

    @cached_property
    def steps(self) -> NDArray[np.float64]:
        """(frames,) the step that each frame shows."""
        return frame_steps(self.last_step, self.settings.seconds, self.settings.fps)

    def wanted(self, *, animated: bool, pictured: bool) -> tuple[Question[Any], ...]:
        """Return what must be known before a film, a still picture, or a table can be written, and is not yet."""
        return unanswered(self._shown(animated=animated, pictured=pictured), self.answers)

    def prepare(self, *, animated: bool, pictured: bool, cancelled: Cancelled = never) -> Iterator[float]:
        """Compute what takes long, before the first frame; yield which share of it is done.

        Raises:
            InputError: What is wanted cannot be computed.
        """
        asked: set[Question[Any]] = set()
        while not cancelled():
            shown = self._shown(animated=animated, pictured=pictured)
            for question in shown:
                if (error := self.answers.error(question)) is not None:
                    raise error
            # What is more than the answers can hold is computed again as it is drawn.
            wanted = tuple(one for one in unanswered(shown, self.answers) if one not in asked)
            if not wanted:
                return
            asked.update(wanted)
            yield from answering(wanted, self.answers, cancelled)

    def _shown(self, *, animated: bool, pictured: bool) -> tuple[Question[Any], ...]:
        """Return all that a film, a still picture, or a table is made of, known or not."""
        drawn = (self._renderer if animated else self._still_renderer) if pictured else self.table
        return drawn.wanted()

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
        from landscape.export.render import frame

        return frame(self._still_renderer, self.size, self._still_step)

    def paint_still(self, device: "QPaintDevice") -> None:
        """Paint the same on a device of its size, on which lines may stay lines."""
        self._still_renderer.paint_on(device, self._still_step)

    def sized(self, size: tuple[int, int]) -> "Film":
        """Return the same film in another size."""
        return Film(self.session, replace(self.settings, size=size), self.answers) if size != self.size else self

    @cached_property
    def table(self) -> Table:
        """The document in front as a table."""
        return export_part(self.session.workspace).table(self.session.document, self.settings)

    @property
    def _still_step(self) -> float:
        step, last = self.settings.step, float(self.last_step)
        return last if step is None else min(max(step, 0.0), last)

    @cached_property
    def _renderer(self) -> Renderer:
        from landscape.export.render import renderer_of

        return renderer_of(self.session, self.settings, self.answers, still=False)

    @cached_property
    def _still_renderer(self) -> Renderer:
        from landscape.export.render import renderer_of

        return renderer_of(self.session, self.settings, self.answers, still=True)
