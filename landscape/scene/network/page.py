"""The pages of the stage of the networks that show what no step has."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Point: TypeAlias = tuple[float, float]
Directions: TypeAlias = Literal["path", "random", "alike"]
"""Along the path of the training, at random with filter norm, or at random and alike in both networks."""


@dataclass(frozen=True, kw_only=True)
class StagePage:
    """One that is in front, and what is chosen on it."""

    name: Literal["sweep", "why", "landscape", "bias"]
    directions: Directions = "path"
    """Of the landscape."""
    starts: tuple[Point | None, Point | None] = (None, None)
    """Where optimizers were started on the landscape of each network."""
