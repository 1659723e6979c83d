"""A race of searches, as an immutable description: drawn alike on the screen and in a file.

Positions along a side run from 0 to 1, on the axes that suit the hyper-parameters, whatever they are drawn by. Times
are budgets, in whole runs: they are the steps of the time line.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.scene.layers import Heat

Floats: TypeAlias = NDArray[np.float64]
Shades: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of the squares."""

    name: str
    title: str
    ticks: tuple[tuple[float, str], ...]
    fine_ticks: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Map:
    """The truth: the best result that is possible at each place, and how far the trials are from knowing it."""

    heat: Heat | None
    """None until something is known."""
    good: tuple[Floats, ...]
    """Lines, (k, 2), around the best twentieth of the space."""
    across: Shades
    """The best that is possible for each value of the side across, NaN where there is no result."""
    up: Shades
    curve: Floats
    """Where there is but one dimension, the results over it as (k, 2) points of the square; else none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """What one entrant has seen: its evaluations, n of them, in the order in which they were made."""

    id: int
    title: str
    color: str
    places: Floats
    """(n, 2); of a single dimension and the result."""
    units: Floats
    """(n, dimensions): where each stands on the sides of all dimensions."""
    times: Floats
    """(n,): what had been spent when each was there."""
    shades: Shades
    """(n,); NaN where there is no result."""
    results: Floats
    trial: NDArray[np.intp]
    after: NDArray[np.intp]
    """(n,): the evaluation that each goes on from; -1: it begins."""
    until: Floats
    """(n,): the part of a whole run that was made by then."""
    values: Floats
    """(n, dimensions)."""
    boxes: tuple[tuple[float, tuple[float, float, float, float]], ...]
    """From which time on units were drawn from a box: left, bottom, right, top."""
    reordered: bool
    """Whether other searches of its kind try the same values in another order."""
    moves: bool
    """Whether trials change their values on the way: then their ways are drawn."""

    def known(self, time: float) -> int:
        """Return how many evaluations were there at a time."""
        return int(np.searchsorted(self.times, time + 1e-9, side="right"))

    def newest(self, time: float) -> NDArray[np.intp]:
        """Return the last evaluation of each trial at a time, in the order of the evaluations."""
        count = self.known(time)
        _, last = np.unique(self.trial[:count][::-1], return_index=True)
        return np.sort(count - 1 - last)

    def best_last(self, time: float) -> NDArray[np.intp]:
        """Return the same, the better ones after the others: painted over them, they are what is looked for."""
        shown = self.newest(time)
        return shown[np.argsort(-self.results[shown], kind="stable")]

    def best(self, time: float) -> int:
        """Return the evaluation with the least result at a time; -1 before there is any."""
        count = self.known(time)
        return int(self.results[:count].argmin()) if count and np.isfinite(self.results[:count]).any() else -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Line:
    """A line of a chart, and the band around it."""

    title: str
    color: str
    x: Floats
    y: Floats
    """NaN where there is nothing."""
    low: Floats | None = None
    high: Floats | None = None
    dashed: bool = False
    thin: bool = False
    stepped: bool = False
    """Level until the next point."""
    times: Floats | None = None
    """When each point was there; None: where the abscissa is the budget, its x, else from the beginning."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Chart:
    """Lines over a common abscissa."""

    title: str
    abscissa: str
    x: tuple[float, float]
    y: tuple[float, float]
    log: bool
    lines: tuple[Line, ...]
    timed: bool
    """Whether the abscissa is the budget, so that the play head stands in it."""
    bound: tuple[float, str] | None = None
    """A level that is marked, and what it is called."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SearchScene:
    """A whole race."""

    title: str
    trials: int
    names: tuple[str, ...]
    across: Side
    up: Side
    sides: tuple[Side, ...]
    """Of all dimensions, in their order."""
    ticks: tuple[tuple[float, str], ...]
    """Marks of the results."""
    truth: Map
    panels: tuple[Panel, ...]
    charts: tuple[Chart, ...]
    colors: NDArray[np.uint8]
    measure: str
    truth_title: str
    importance: tuple[tuple[str, float], ...]
    """Of each dimension, by its title; empty until it is known."""
    known: float
    """Which share of the truth is known."""
    bound: float
    """The worst result of the best twentieth."""
    hits: tuple[Floats, ...]
    """Of each entrant, the share of searches with one of them within each budget; empty until it is known."""
    searches: int
    """How many these are shares of."""
    computing: bool
    """Whether there will be more of them."""

    @property
    def single(self) -> bool:
        """Whether there is but one dimension: then the squares have the result at their left side."""
        return len(self.names) == 1

    @property
    def parallel(self) -> bool:
        """Whether there are more dimensions than a square has sides."""
        return len(self.names) > 2
