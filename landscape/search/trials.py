"""Searches as they go: strategies ask, runs are made, and what came of them is written down.

Several searches go on in step, so that what all of them ask is answered at once: 200 searches of 64 trials are a few
calls of one kernel.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from landscape.search.objectives import Evaluator
from landscape.search.spaces import Array, Space, table_of
from landscape.search.strategies.asking import Ask, Asking, Places, Plan
from landscape.search.strategies.registry import STRATEGIES, StrategyName

MOST_TRIALS = 1000
Box = tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True)
class Searcher:
    """A strategy with the space that it draws from, and its dice."""

    strategy: StrategyName
    space: Space
    trials: int
    steps: int
    seed: int = 0

    def begin(self) -> Asking:
        """Return the strategy at its first question."""
        plan = Plan(
            counts=tuple(dimension.count for dimension in self.space),
            trials=self.trials,
            steps=self.steps,
            random=np.random.default_rng(self.seed),
        )
        return STRATEGIES[self.strategy](plan)


@dataclass(frozen=True, kw_only=True, eq=False)
class History:
    """All evaluations of a search until now, n of them, in the order in which they were asked."""

    units: Array
    """(n, dimensions) in [0, 1], as the strategy drew them."""
    until: Places
    """(n,): how many steps the run had made by then."""
    trial: Places
    """(n,): which trial it belongs to."""
    after: Places
    """(n,): the evaluation that it goes on from; -1: it began."""
    results: Array
    """(n,): the smaller the better; inf where there is none."""
    boxes: tuple[tuple[int, Box], ...] = ()
    """From which evaluation on units were drawn from a box, and which."""

    @property
    def made(self) -> Places:
        """(n,): steps that were made for each evaluation."""
        before = np.append(self.until, 0)[self.after]
        return self.until - np.where(self.after >= 0, before, 0)

    @property
    def spent(self) -> Places:
        """(n,): steps that were made altogether, up to and with each evaluation."""
        return np.cumsum(self.made)


def empty(dimensions: int) -> History:
    """Return the history of a search that has not begun."""
    none = np.empty(0, np.intp)
    return History(units=np.empty((0, dimensions)), until=none, trial=none, after=none, results=np.empty(0))


class _Going:
    """One search among several that go in step."""

    def __init__(self, searcher: Searcher) -> None:
        self.space = searcher.space
        self._asking = searcher.begin()
        self.asked: Ask | None = next(self._asking, None)
        self.history = empty(len(searcher.space))
        self.numbers: Places = np.empty(0, np.intp)
        """Of each evaluation, its number among those of all searches."""

    def take(self, results: Array, first: int) -> None:
        """Write down the results of what was asked, the first of which is ``first`` among all, and ask on."""
        assert self.asked is not None
        self.history = extended(self.history, self.asked, results)
        self.numbers = np.append(self.numbers, np.arange(first, first + len(results)))
        try:
            self.asked = self._asking.send(results)
        except StopIteration:
            self.asked = None


def extended(history: History, asked: Ask, results: Array) -> History:
    """Return a history with the results of the first evaluations that were asked next, as many as there are."""
    count, first = len(results), len(history.results)
    return History(
        units=np.concatenate((history.units, asked.units[:count])),
        until=np.concatenate((history.until, asked.until[:count])),
        trial=np.concatenate((history.trial, asked.trial[:count])),
        after=np.concatenate((history.after, asked.after[:count])),
        results=np.concatenate((history.results, results)),
        boxes=(*history.boxes, (first, asked.box)) if asked.box else history.boxes,
    )


def histories(searchers: Sequence[Searcher], evaluator: Evaluator) -> Iterator[tuple[History, ...]]:
    """Yield the histories of all searches after every piece of results, the whole ones last."""
    going, numbered = [_Going(searcher) for searcher in searchers], 0
    while asking := [each for each in going if each.asked is not None]:
        questions = [each.asked for each in asking if each.asked is not None]
        values = np.concatenate(
            [table_of(each.space, asked.units) for each, asked in zip(asking, questions, strict=True)], axis=1
        )
        until = np.concatenate([asked.until for asked in questions])
        after = np.concatenate(
            [
                np.where(asked.after >= 0, np.append(each.numbers, -1)[asked.after], -1)
                for each, asked in zip(asking, questions, strict=True)
            ]
        )
        results = np.empty(0)
        for piece in evaluator.evaluate(values, until, after):
            results = np.concatenate((results, piece))
            if len(results) < len(until):
                yield _partly(going, asking, results)
        first = 0
        for each, asked in zip(asking, questions, strict=True):
            last = first + len(asked.until)
            each.take(results[first:last], numbered + first)
            first = last
        numbered += first
        yield tuple(each.history for each in going)


def _partly(going: Sequence[_Going], asking: Sequence[_Going], results: Array) -> tuple[History, ...]:
    """Return the histories with the first results of what is asked now."""
    found, first = {}, 0
    for each in asking:
        assert each.asked is not None
        last = first + len(each.asked.until)
        found[id(each)] = extended(each.history, each.asked, results[first:last])
        first = last
    return tuple(found.get(id(each), each.history) for each in going)
