"""A parameter of a formula: its default, its range and how it is written."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Scale: TypeAlias = Literal["linear", "log", "log1m", "integer", "switch"]
"""How a slider runs: evenly, by factors, by factors of 1 - value, in whole numbers, or off and on (0 and 1)."""

Values: TypeAlias = tuple[tuple[str, float], ...]
"""Parameter values in the order of the parameters: hashable, so that a bound formula can be a question."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """One adjustable number of a surface, an update rule or a schedule."""

    name: str
    default: float
    minimum: float
    maximum: float
    scale: Scale = "linear"
    symbol: str = ""
    """LaTeX, ``\\beta_1``; empty: the name itself."""
