"""What can be measured of a document of any workspace, for a lesson to tell: each workspace says how."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias

from landscape.scene.answers import Answers
from landscape.scene.question import Question
from landscape.session.lesson import Point, Quantity
from landscape.session.workspaces import Kind
from landscape.translation import Translation

Told: TypeAlias = float | str
"""A number, or the title of a run."""


@dataclass(frozen=True, kw_only=True)
class Measures(Generic[Kind]):
    """What can be taken from the documents of a workspace."""

    questions: Callable[[Kind], Sequence[Question[Any]]]
    """Return what must be answered for that."""
    measure: Callable[[Kind, Quantity, Answers, Translation], Told]
    """Return a quantity; NaN where it is not known, or there is no such thing."""
    titles: Callable[[Kind, Translation], Mapping[int, str]]
    """Return what takes part by its id: the runs, the networks or the entrants."""
    first: Callable[[Kind, float | None, int | None, Answers], int | None]
    """Return who is first at or under a loss, or has the lowest one at a step; None where nobody is, or it is open."""
    place: Callable[[Kind, int, int | None, Answers], Point | None] = lambda *_: None
    """Return where a run is after a number of steps; None where that is nowhere."""
    diagonal: Callable[[Kind], float] = lambda _: math.nan
    """Return how large the picture is in which a place is guessed."""
