"""A surface and its runs drawn for export."""

import math
from dataclasses import replace
from functools import partial
from typing import Any

from landscape.errors import again
from landscape.export.descent.drawn import drawn
from landscape.export.settings import Settings
from landscape.export.turns import Turns, in_thread
from landscape.plot.descent.picture import Picture
from landscape.plot.painters import Ground
from landscape.plot.relief_hand import spun
from landscape.scene.answers import Answers
from landscape.scene.asking import answering
from landscape.scene.descent.basin_question import basins_question
from landscape.scene.descent.basins import basins
from landscape.scene.descent.build import build_scene, fitted_view
from landscape.scene.descent.caption import caption_equations, caption_lines
from landscape.scene.descent.questions import questions
from landscape.scene.descent.step_strip import strip_plan
from landscape.scene.descent.view import View, stage_view
from landscape.scene.question import Cancelled, Question
from landscape.scene.scene import Scene
from landscape.scene.text import number, session_title
from landscape.session.camera import Camera
from landscape.session.descent.animations import animated, animated_parameter
from landscape.session.descent.document import Descent
from landscape.session.session import Session
from landscape.translation import translation

PROBES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Positions of an animation at which room is measured for the whole of it."""


class DescentRenderer:
    """Draws a surface and its runs at any step.

    Where the descent has an animation, the steps are those of its parameter: at the first it has its first value, at
    the last its last one, and every run is seen whole.
    """

    def __init__(self, session: Session, settings: Settings, answers: Answers, still: bool) -> None:
        descent = session.document
        assert isinstance(descent, Descent)
        descent = drawn(descent, settings)
        self._plan = strip_plan(descent) if settings.explain else None
        self._descent = replace(descent, animation=None) if still else descent
        self._caption = caption_lines(self._descent) if settings.caption else ()
        self._turns = settings.turntable and not still and descent.stage != "map"
        self._answers = answers
        self._say = say = translation(settings.language)
        self._title = session_title(session, say)
        self._picture = Picture(
            settings.size,
            settings.colors,
            settings.curves,
            settings.text,
            legend=settings.legend,
            say=say,
            hyper_map=descent.hyper_map is not None,
            stage=descent.stage,
            profile=descent.cut is not None,
            apart=lambda work: in_thread(lambda _cancelled: work()),
            strip=self._plan,
            caption=self._caption,
        )
        if session.future_hidden:
            self._picture.hide_future()
        self._wanted = settings.view
        self._measured: View | None = None
        """The view, once it is known how much room the legend takes."""
        self._value: float | None = None
        self._shown = False

    @property
    def anew(self) -> bool:
        """Whether each step shows another value of a parameter."""
        return self._descent.animation is not None

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return what the picture shows; first what says how high strips and legend are: formulas, and basins."""
        formulas: tuple[Question[Any], ...]
        formulas = *(self._plan.equations if self._plan is not None else ()), *caption_equations(self._caption)
        if any(self._answers.get(one) is None for one in formulas):
            return formulas
        room = self._room()
        if any(self._answers.get(one) is None and self._answers.error(one) is None for one in room):
            return room
        if self._descent.animation is not None:
            return tuple(one for position in PROBES[::4] for one in self._asked(position))
        return questions(self._descent, self._view())

    def painting(self, device: Ground, step: float) -> Turns[None]:
        """Paint the picture at a step on a device of its size, by turns."""
        if self._descent.animation is not None:
            yield from self._turning_to(step / self._descent.steps)
            step = float(self._descent.steps)
        elif not self._shown:
            yield from self._showing(self._descent, "")
        if self._turns:
            self._picture.look_from(self._turned(step / self._descent.steps))
        yield from self._picture.painting(device, step)

    def _turned(self, part: float) -> Camera:
        """Return the camera after a part of a whole turn."""
        return spun(self._descent.camera, 360.0 * part)

    def close(self) -> None:
        """Let go of all plots."""
        self._picture.close()

    def _view(self) -> View:
        """Return the view beside a legend that has a line for each basin."""
        if self._measured is None:
            self._measured = self._looked_at(keys=0)
            if self._descent.basins is not None:
                self._measured = self._looked_at(keys=self._count_keys(self._measured))
        return self._measured

    def _looked_at(self, keys: int) -> View:
        """Return the view where the legend has so many lines for basins."""
        visible = sum(run.visible for run in self._descent.runs)
        width, height = self._picture.map_pixels(visible, keys)
        x, y = self._wanted or fitted_view(self._descent, width / max(height, 1))
        return stage_view(x, y, width, height)

    def _variants(self) -> list[Descent]:
        """Return what is shown in the course of a film."""
        if self._descent.animation is None:
            return [self._descent]
        return [animated(self._descent, position)[0] for position in PROBES]

    def _room(self) -> tuple[Question[Any], ...]:
        """Return the coarsest basins of all that is shown: they say how many there are."""
        if self._measured is not None or self._descent.basins is None:
            return ()
        view = self._looked_at(keys=0)
        found = (basins_question(descent, view) for descent in self._variants())
        return tuple(one.coarser[0] for one in found if one is not None)

    def _count_keys(self, view: View) -> int:
        """Return how many lines the legend needs for basins: the most of a few, where a parameter varies."""
        lines = 0
        for descent in self._variants():
            shown = basins(descent, view, self._answers, self._say, None)
            lines = max(lines, 1 + len(shown.keys) if shown else 0)
        return lines

    def _turning_to(self, position: float) -> Turns[None]:
        """Show the animated parameter at a value, all else following."""
        descent, value = animated(self._descent, position)
        if value != self._value:
            self._value = None
            name = animated_parameter(self._descent).name
            yield from in_thread(partial(self._answer, self._asked(position)))
            yield from self._showing(descent, f"{name} = {number(value, 3)}")
            self._value = value

    def _answer(self, asked: tuple[Question[Any], ...], cancelled: Cancelled) -> None:
        for _ in answering(asked, self._answers, cancelled):
            pass
        for question in asked:
            if (error := self._answers.error(question)) is not None:
                raise again(error)

    def _asked(self, position: float) -> tuple[Question[Any], ...]:
        """Return what is shown at a position of a film of a parameter.

        Each frame has basins of its own, for which one start for two by two pixels will do, and is searched for
        critical points as long as a window would search while the parameter is dragged.
        """
        descent, _ = animated(self._descent, position)
        asked: list[Question[Any]] = []
        for question in questions(descent, self._view()):
            less = question.coarser[-1:] if question.patient and question.rest else ()
            asked += less or [question]
        basin = basins_question(descent, self._view(), finest=False)
        whole = basins_question(descent, self._view())
        return tuple(basin if basin is not None and one == whole else one for one in asked)

    def _showing(self, descent: Descent, counter: str) -> Turns[None]:
        """Show what is known, and what can be computed as fast as it is drawn."""
        view = self._view()
        scene = yield from in_thread(lambda _: self._scene(descent, view))
        yield from self._picture.showing(scene, counter)
        self._shown = True

    def _scene(self, descent: Descent, view: View) -> Scene:
        for question in questions(descent, view):
            if question.seconds() < math.inf:
                self._answers.compute(question)
        return build_scene(descent, view, self._answers, self._say, title=self._title)
