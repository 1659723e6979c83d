"""What a strategy is given and what it asks for."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """What there is to search, and the budget."""

    counts: tuple[int, ...]
    """Of each dimension, how many values it has; 0: any number."""
    trials: int
    """Whole runs that the budget is enough for."""
    steps: int
    """Of a whole run."""
    random: np.random.Generator

    @property
    def dimensions(self) -> int:
        """How many numbers a trial has."""
        return len(self.counts)

    @property
    def budget(self) -> int:
        """Steps altogether."""
        return self.trials * self.steps

    def draw(self, count: int) -> Array:
        """Return so many points of the unit cube, (count, dimensions)."""
        return self.random.random((count, self.dimensions))


@dataclass(frozen=True, kw_only=True, eq=False)
class Ask:
    """Some evaluations, k of them: runs that begin, and runs that go on.

    The evaluations of a search are numbered in the order in which they are asked.
    """

    units: Array
    """(k, dimensions) in [0, 1]."""
    until: Places
    """(k,): so many steps are made altogether."""
    trial: Places
    """(k,): to which trial each belongs, from 0 on."""
    after: Places
    """(k,): the evaluation that it goes on from, where that one came to; -1: it begins."""
    box: tuple[tuple[float, float], ...] = ()
    """Where the units were drawn from, a range for each dimension; empty: anywhere."""


Asking: TypeAlias = Generator[Ask, Array, None]
Strategy: TypeAlias = Callable[[Plan], Asking]


def whole_runs(plan: Plan, units: Array, first: int = 0, box: tuple[tuple[float, float], ...] = ()) -> Ask:
    """Return the request for whole runs, the trials from ``first`` on."""
    count = len(units)
    return Ask(
        units=units,
        until=np.full(count, plan.steps),
        trial=np.arange(first, first + count),
        after=np.full(count, -1),
        box=box,
    )


def rungs(steps: int, factor: int, least: int, most: int = 5) -> tuple[int, ...]:
    """Return after how many steps runs are compared: the last is ``steps``, each before it a ``factor``-th.

    None is below ``least``, and there are at most ``most``.
    """
    found = [steps]
    while len(found) < most and found[0] // factor >= max(least, 1):
        found.insert(0, found[0] // factor)
    return tuple(found)
