"""The table of who is where: a line for each run, network or strategy, with its numbers and its state in words."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from landscape.scene.layers import Dash


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What stands over a column."""

    title: str
    tip: str
    """The same as a sentence."""
    whole: bool = False
    """The numbers are counts."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line."""

    name: str
    color: str
    dash: Dash = "solid"
    numbers: tuple[float, ...]
    """One for each heading; NaN where it is not known, or not reached."""
    state: str = ""
    """What became of it; empty while it is on its way."""
    lost: bool = False
    """It has diverged."""


def ordered(rows: Iterable[Row], column: int, *, falling: bool = False) -> Sequence[Row]:
    """Return rows by the numbers of a column, -1: by name; those that are lost last, and before them the unknown."""
    if column < 0:
        named = sorted(rows, key=lambda row: row.name.casefold(), reverse=falling)
        return sorted(named, key=lambda row: row.lost)

    def place(row: Row) -> tuple[bool, bool, float]:
        value = row.numbers[column]
        known = math.isfinite(value)
        return row.lost, not known, (-value if falling else value) if known else 0.0

    return sorted(rows, key=place)
