"""The question after all critical points of a surface on its domain."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError
from landscape.scene.question import Ask, Question

if TYPE_CHECKING:
    from landscape.geometry.kinds import CriticalPoints

    Found: TypeAlias = CriticalPoints | InputError

BREATH = 50e-6
"""Seconds in each millisecond in which the search, which is pure Python, leaves the interpreter to other threads."""
BRIEF = (6_000, 0.4)
"""Most boxes and seconds while a parameter may still be moving."""
PATIENT = (1_000_000, 20.0)
"""Most boxes and seconds once all is at rest, and in an exported picture."""


@dataclass(frozen=True, kw_only=True)
class CriticalPointsQuestion(Question["Found"]):
    """All critical points of a surface on its domain, with proof; or why its formula cannot be searched.

    Never answered within a frame: a proof takes a hundredth of a second at the least.
    """

    surface: Surface
    boxes: int = PATIENT[0]
    most_seconds: float = PATIENT[1]

    def answer(self, ask: Ask) -> "Found":  # noqa: ARG002
        """Search to the end of the budget."""
        return self.search(lambda: False)

    def search(self, cancelled: Callable[[], bool]) -> "Found":
        """Search until ``cancelled`` says yes: then the answer is not the question's, and must not be kept."""
        # python-flint is loaded with the first search, not with the first picture.
        from landscape.geometry.critical import critical_points

        def breathe() -> bool:
            time.sleep(BREATH)
            return cancelled()

        try:
            return critical_points(self.surface, boxes=self.boxes, seconds=self.most_seconds, cancelled=breathe)
        except InputError as error:
            return error

    def seconds(self) -> float:
        """Return infinity: this is always a job."""
        return math.inf

    @property
    def brief(self) -> "CriticalPointsQuestion":
        """The same with the budget for live feedback."""
        return replace(self, boxes=BRIEF[0], most_seconds=BRIEF[1])


def critical_points_question(surface: Surface) -> CriticalPointsQuestion:
    """Return the question after the critical points of ``surface``, with all the patience there is."""
    return CriticalPointsQuestion(surface=surface)
