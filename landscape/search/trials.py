"""Searches as they go: strategies ask, runs are made, and what came of them is written down.

Several searches go on in step, so that what all of them ask is answered at once: 200 searches of 64 trials are a few
calls of one kernel.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from landscape.search.objectives import Cancelled, Evaluator, never
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


def joined(known: History, asked: Sequence[Ask], results: Sequence[Array]) -> History:
    """Return a history with what was asked after it; of the last there may be the first results only."""
    counts = [len(each) for each in results]
    firsts = np.cumsum([len(known.results), *counts])
    parts = [(one.units[:count], one.until[:count], one.trial[:count], one.after[:count], each)
             for one, count, each in zip(asked, counts, results, strict=True)]  # fmt: skip
    units, until, trial, after, found = (
        np.concatenate(column)
        for column in zip((known.units, known.until, known.trial, known.after, known.results), *parts, strict=True)
    )
    boxes = tuple((int(first), one.box) for first, one in zip(firsts, asked, strict=False) if one.box)
    return History(units=units, until=until, trial=trial, after=after, results=found, boxes=known.boxes + boxes)


class _Going:
    """One search among several that go in step."""

    def __init__(self, searcher: Searcher) -> None:
        self.space = searcher.space
        self._asking = searcher.begin()
        self.next: Ask | None = next(self._asking, None)
        self._known = empty(len(searcher.space))
        """All evaluations that were joined until now; those after them wait."""
        self._asked: list[Ask] = []
        self._results: list[Array] = []
        self.spent = 0
        """Steps that were made."""
        self._ends: list[int] = []
        self._numbers: list[int] = []
        """Of each evaluation, its number among those of all searches."""

    @property
    def history(self) -> History:
        """All that is known."""
        if self._asked:
            self._known = joined(self._known, self._asked, self._results)
            self._asked, self._results = [], []
        return self._known

    def history_with(self, results: Array) -> History:
        """Return the same with the first results of what is asked now."""
        assert self.next is not None
        return joined(self.history, [self.next], [results])

    def after(self) -> Places:
        """Return which of all evaluations those that are asked now go on from."""
        assert self.next is not None
        numbers = self._numbers
        return np.array([numbers[place] if place >= 0 else -1 for place in self.next.after.tolist()], np.intp)

    def take(self, results: Array, first: int) -> None:
        """Write down the results of what was asked, the first of which is ``first`` among all, and ask on."""
        assert self.next is not None
        self._asked.append(self.next)
        self._results.append(results)
        before = (self._ends[place] if place >= 0 else 0 for place in self.next.after.tolist())
        ends = self.next.until.tolist()
        self.spent += sum(ends) - sum(before)
        self._ends += ends
        self._numbers += range(first, first + len(results))
        try:
            self.next = self._asking.send(results)
        except StopIteration:
            self.next = None


def histories(searchers: Sequence[Searcher], evaluator: Evaluator, apart: float = 0.0) -> Iterator[tuple[History, ...]]:
    """Yield the histories of all searches after every piece of results, the whole ones last.

    Not sooner than ``apart`` seconds after those before: a thousand of a thousand trials would take longer than these.
    """
    going, last = [_Going(searcher) for searcher in searchers], -math.inf
    for asking, results in _rounds(going, evaluator):
        if asking or any(each.next is not None for each in going):
            if time.monotonic() - last < apart:
                continue
            yield _partly(going, asking, results) if asking else tuple(each.history for each in going)
            last = time.monotonic()
    yield tuple(each.history for each in going)


def whole_histories(
    searchers: Sequence[Searcher], evaluator: Evaluator, cancelled: Cancelled = never
) -> tuple[History, ...]:
    """Return the histories of all searches; of no use once ``cancelled`` says yes."""
    *_, found = shares_of(searchers, evaluator, cancelled)
    return found if isinstance(found, tuple) else ()


def shares_of(
    searchers: Sequence[Searcher], evaluator: Evaluator, cancelled: Cancelled = never, apart: float = math.inf
) -> Iterator[float | tuple[History, ...]]:
    """Yield which share of all steps is made, every ``apart`` seconds, and at the end the histories of all searches.

    They are of no use once ``cancelled`` says yes.
    """
    going = [_Going(searcher) for searcher in searchers]
    budget, last = sum(searcher.trials * searcher.steps for searcher in searchers), time.monotonic()
    for _ in _rounds(going, evaluator):
        if cancelled():
            break
        if time.monotonic() > last + apart:
            yield min(sum(each.spent for each in going) / max(budget, 1), 1.0)
            last = time.monotonic()
    yield tuple(each.history for each in going)


def _rounds(going: Sequence[_Going], evaluator: Evaluator) -> Iterator[tuple[list[_Going], Array]]:
    """Answer what is asked, round by round; yield who asked and the results until now, nobody after each round."""
    numbered = 0
    while asking := [each for each in going if each.next is not None]:
        questions = [each.next for each in asking if each.next is not None]
        until = np.concatenate([asked.until for asked in questions])
        after = np.concatenate([each.after() for each in asking])
        results = np.empty(0)
        for piece in evaluator.evaluate(_values(asking, questions), until, after):
            results = np.concatenate((results, piece))
            if len(results) < len(until):
                yield asking, results
        first = 0
        for each, asked in zip(asking, questions, strict=True):
            last = first + len(asked.until)
            each.take(results[first:last], numbered + first)
            first = last
        numbered += first
        yield [], results


def _values(asking: Sequence[_Going], questions: Sequence[Ask]) -> Array:
    """Return the values of all that is asked, (dimensions, k)."""
    parts = [
        table_of(space, np.concatenate([asked.units for _, asked in same]))
        for space, same in groupby(zip(asking, questions, strict=True), lambda pair: pair[0].space)
    ]
    return np.concatenate(parts, axis=1)


def _partly(going: Sequence[_Going], asking: Sequence[_Going], results: Array) -> tuple[History, ...]:
    """Return the histories with the first results of what is asked now."""
    found, first = {}, 0
    for each in asking:
        assert each.next is not None
        last = first + len(each.next.until)
        found[id(each)] = each.history_with(results[first:last])
        first = last
    return tuple(found.get(id(each)) or each.history for each in going)
