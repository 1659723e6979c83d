"""The question after all critical points of a surface on its domain."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError
from landscape.scene.question import LongQuestion

if TYPE_CHECKING:
    from landscape.geometry.critical.points import CriticalPoints

    Found: TypeAlias = CriticalPoints | InputError

BREATH = 50e-6
"""Seconds in each millisecond in which the search, which is pure Python, leaves the interpreter to other threads."""
REST = 0.4
BRIEF = (6_000, 0.4)
"""Most boxes and seconds while a parameter may still be moving."""
PATIENT = (1_000_000, 20.0)
"""Most boxes and seconds once all is at rest, and in an exported picture."""


@dataclass(frozen=True, kw_only=True)
class CriticalPointsQuestion(LongQuestion["Found"]):
    """All critical points of a surface on its domain, with proof; or why its formula cannot be searched.

    Never answered within a frame: a proof takes a hundredth of a second at the least.
    """

    surface: Surface
    boxes: int = PATIENT[0]
    most_seconds: float = PATIENT[1]

    @property
    def coarser(self) -> "tuple[CriticalPointsQuestion, ...]":
        """The same with the budget for live feedback."""
        return (replace(self, boxes=BRIEF[0], most_seconds=BRIEF[1]),) if self.patient else ()

    @property
    def patient(self) -> bool:
        """Whether it gives way to what is newer: the brief search does not."""
        return self.boxes > BRIEF[0]

    @property
    def rest(self) -> float:
        """Seconds without a change after which a search that was cut short is done with patience."""
        return REST if self.patient else 0.0

    def is_settled_by(self, coarse: "Found") -> bool:
        """Tell whether the brief search came to an end, or cannot be done at all."""
        return isinstance(coarse, InputError) or not coarse.exhausted

    def run(self, cancelled: Callable[[], bool]) -> "Found":
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


def critical_points_question(surface: Surface) -> CriticalPointsQuestion:
    """Return the question after the critical points of ``surface``, with all the patience there is."""
    return CriticalPointsQuestion(surface=surface)
