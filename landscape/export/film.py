"""What an exported file shows, frame by frame."""

from dataclasses import replace
from functools import cached_property, partial
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landscape.errors import InputError, again
from landscape.export.settings import Settings
from landscape.export.turns import Turns, finished, in_thread
from landscape.export.workspaces import Renderer, Table, export_part
from landscape.scene.answers import Answers
from landscape.scene.asking import answering, unanswered
from landscape.scene.question import Cancelled, Question
from landscape.scene.timeline import frame_steps
from landscape.session.presentation import Mark
from landscape.session.session import Session
from landscape.session.workspaces import WORKSPACES

if TYPE_CHECKING:
    from landscape.export.imprint import Imprint
    from landscape.export.solid import Solid
    from landscape.export.sound import Sound
    from landscape.plot.painters import Ground

BLACK, WHITE = "#000000", "#ffffff"
"""Grounds on which the same is drawn, to know through what one sees."""
SAMPLES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Parts of a film at which it is measured how long a frame takes: the middle of each fifth."""


class Film:
    """A session as the frames of a film, drawn one by one as they are asked for; or as a still picture, or a table.

    Frames are (height, width, 4) uint8 arrays of blue, green, red, and of an unused byte or the opacity.
    """

    def __init__(self, session: Session, settings: Settings, answers: Answers | None = None) -> None:
        self.session, self.settings = session, settings
        self.answers = answers or Answers()
        self.computed = 0.0
        self._sampled: list[tuple[float, float]] = []
        """Steps, and the seconds that a frame took there."""
        self._again = 0.0
        """Seconds for a frame that shows the same as the one before."""

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
        settings = self.settings
        begin, end = settings.span or (0.0, float(self.last_step))
        return frame_steps(
            end, settings.seconds, settings.fps, begin=begin, hold=settings.hold, ease=settings.ease,
            rewind=settings.rewind,
        )  # fmt: skip

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks on the time line of the document in front."""
        stands = self.session.presentations.get(self.session.workspace)
        return stands.marks if stands is not None else ()

    def wanted(self, *, animated: bool, pictured: bool) -> tuple[Question[Any], ...]:
        """Return what must be known before a film, a still picture, or a table can be written, and is not yet."""
        return unanswered(self.shown(animated=animated, pictured=pictured), self.answers)

    def prepare(self, *, animated: bool, pictured: bool) -> Turns[None]:
        """Compute what takes long, before the first frame, in a thread; ``computed`` says which share of it is done.

        Raises:
            InputError: What is wanted cannot be computed.
        """
        asked: set[Question[Any]] = set()
        while True:
            shown = self.shown(animated=animated, pictured=pictured)
            for question in shown:
                if (error := self.answers.error(question)) is not None:
                    raise again(error)
            # What is more than the answers can hold is computed again as it is drawn.
            wanted = tuple(one for one in unanswered(shown, self.answers) if one not in asked)
            if not wanted:
                return
            asked.update(wanted)
            yield from in_thread(partial(self._answer, wanted))

    @property
    def anew(self) -> bool:
        """Whether each frame shows something else that must be computed first: such a film can take hours."""
        return self._renderer.anew

    @property
    def sampled(self) -> bool:
        """Whether it is measured how long frames take."""
        return bool(self._sampled)

    def sampling(self) -> Turns[None]:
        """Draw a few frames of a film that computes each anew, so that its costs are known before it begins."""
        if not self.anew:
            return
        moving = self.steps[: 1 + int(np.argmax(self.steps))]
        for part in SAMPLES:
            step = float(moving[int(part * len(moving))])
            seconds = yield from self._measuring(step)
            self._sampled.append((step, seconds))
            yield 0
        self._again = yield from self._measuring(step)

    def costs(self, done: int, total: int) -> tuple[float, float]:
        """Return what ``done`` frames have cost, and those that are left will, in one unit.

        What was drawn to measure it counts as done. Where nothing is measured, each frame costs one, but the first,
        for which all is laid out, is no measure of the others.
        """
        if not self._sampled:
            return done - 1.0, float(total - done)
        steps, seconds = zip(*self._sampled, strict=True)
        costs = np.interp(self.steps, steps, seconds)
        costs[1:][np.diff(self.steps) == 0] = self._again
        return sum(seconds) + self._again + float(costs[:done].sum()), float(costs[done:].sum())

    def _measuring(self, step: float) -> Turns[float]:
        """Draw the frame at a step, and return how many seconds it took."""
        begun = monotonic()
        yield from self.drawing(step)
        return monotonic() - begun

    def _answer(self, wanted: tuple[Question[Any], ...], cancelled: Cancelled) -> None:
        for share in answering(wanted, self.answers, cancelled):
            self.computed = share

    def imprint(self, *, animated: bool) -> "Imprint":
        """Return what the film or a picture says of itself."""
        from landscape.export.imprint import imprint

        return imprint(self.session, self.settings, self.answers, animated=animated)

    def shown(self, *, animated: bool, pictured: bool) -> tuple[Question[Any], ...]:
        """Return all that a film, a still picture, or a table is made of, known or not."""
        drawn = (self._renderer if animated else self._still_renderer) if pictured else self.table
        return drawn.wanted()

    def drawing(self, step: float, over: NDArray[np.uint8] | None = None) -> Turns[NDArray[np.uint8]]:
        """Draw the frame at a step, by turns; ``over``: a frame that nobody needs any more, whose memory will do."""
        from landscape.export.render import drawing, sheer_drawing

        if self.settings.transparent:
            return sheer_drawing(self._renderer, self._other_renderer, self.size, step)
        return drawing(self._renderer, self.size, step, over)

    def frame(self, step: float) -> NDArray[np.uint8]:
        """Draw the frame at a step."""
        return finished(self.drawing(step))

    def drawing_still(self) -> Turns[NDArray[np.uint8]]:
        """Draw the one frame of a still picture, by turns: of the session as it is, whatever a film may vary."""
        from landscape.export.render import drawing, sheer_drawing

        if self.settings.transparent:
            return sheer_drawing(self._still_renderer, self._other_still_renderer, self.size, self.still_step)
        return drawing(self._still_renderer, self.size, self.still_step)

    def still(self) -> NDArray[np.uint8]:
        """Draw the one frame of a still picture."""
        return finished(self.drawing_still())

    def painting_still(self, device: "Ground") -> Turns[None]:
        """Paint the same on a device of its size, on which lines may stay lines."""
        return self._still_renderer.painting(device, self.still_step)

    def painting(self, device: "Ground", step: float) -> Turns[None]:
        """Paint the frame at a step in the same way."""
        return self._renderer.painting(device, step)

    def close(self) -> None:
        """Let go of all that was made for drawing, in the thread that drew; it can be drawn again."""
        for name in ("_renderer", "_still_renderer", "_other_renderer", "_other_still_renderer"):
            renderer: Renderer | None = self.__dict__.pop(name, None)
            if renderer is not None:
                renderer.close()

    def changed(self, **fields: Any) -> "Film":  # noqa: ANN401
        """Return the same film with some of its settings changed."""
        settings = replace(self.settings, **fields)
        return Film(self.session, settings, self.answers) if settings != self.settings else self

    def check_solid(self) -> None:
        """Raise an InputError where the document in front is no relief."""
        name = self.session.workspace
        if export_part(name).solid is None:
            titles = WORKSPACES[name].titles
            raise InputError("Only a surface can be written so, and the workspace {name} has none", name=titles)

    def check_sound(self) -> None:
        """Raise an InputError where nothing of the document in front is heard."""
        name = self.session.workspace
        if export_part(name).voices is None:
            raise InputError("There is no sound of the workspace {name}", name=WORKSPACES[name].titles)

    def sound(self) -> "Sound":
        """Return what is heard in the course of the film."""
        from landscape.export.sound import Sound

        make = export_part(self.session.workspace).voices
        assert make is not None
        voices = make(self.session.document, self.settings, self.answers)
        marks = tuple(float(mark.step) for mark in self.marks)
        return Sound(voices=voices, frames=self.steps, fps=self.fps, marks=marks)

    def solid(self) -> "Solid":
        """Return the relief as a thing; it takes a moment, and no Qt."""
        make = export_part(self.session.workspace).solid
        assert make is not None
        return make(self.session.document, self.settings, self.answers)

    def tikz(self) -> str:
        """Return the map for LaTeX; it takes a moment, and no Qt."""
        make = export_part(self.session.workspace).tikz
        assert make is not None
        return make(self.session.document, self.settings, self.answers)

    @cached_property
    def table(self) -> Table:
        """The document in front as a table."""
        return export_part(self.session.workspace).table(self.session.document, self.settings)

    @property
    def still_step(self) -> float:
        """The step that a still picture shows."""
        step, last = self.settings.step, float(self.last_step)
        return last if step is None else min(max(step, 0.0), last)

    @cached_property
    def _renderer(self) -> Renderer:
        return self._made(still=False)

    @cached_property
    def _still_renderer(self) -> Renderer:
        return self._made(still=True)

    @cached_property
    def _other_renderer(self) -> Renderer:
        """Draws on another ground: where the two differ, one sees through."""
        return self._made(still=False, ground=WHITE)

    @cached_property
    def _other_still_renderer(self) -> Renderer:
        return self._made(still=True, ground=WHITE)

    def _made(self, *, still: bool, ground: str = BLACK) -> Renderer:
        from landscape.export.render import renderer_of

        settings = self.settings.over(ground) if self.settings.transparent else self.settings
        return renderer_of(self.session, settings, self.answers, still=still)
