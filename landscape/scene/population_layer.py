"""The members of a strategy in each of its steps, as a part of a scene."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from landscape.catalogue.strategies import Strategy

if TYPE_CHECKING:
    from landscape.descent.course import Course


@dataclass(frozen=True, kw_only=True, eq=False)
class Population:
    """What a strategy does in each step: its members, and the figure that it searches with."""

    run: int
    """The run, by its id."""
    name: str
    color: str
    """Of the run."""
    strategy: Strategy
    course: "Course"
    explained: bool = False
    """Whether what each member comes from is shown, too."""
