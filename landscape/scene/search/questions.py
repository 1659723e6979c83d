"""What is computed of a study, as frozen questions: the race, the truth beside it, and the race with other dice."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import numpy as np

from landscape.scene.question import Ask, Cancelled, StreamQuestion
from landscape.search.cluster import cluster
from landscape.search.objectives import Evaluator, Objective, evaluator, is_warm, warm
from landscape.search.repeating import best_of_all
from landscape.search.spaces import Array, Space, table_of
from landscape.search.trials import History, Searcher, histories, shares_of
from landscape.search.truth import Truth, cells_of, centres, truth_of
from landscape.session.search.document import Study
from landscape.session.search.ranges import axes_of

FEW = 2
APART = 0.05
"""Seconds between two looks at a race."""
GAIN = 0.6
"""Part of the time of one search with which it is worth making more of them at once."""
SEARCHES, LONG = 100, 0.4
"""So many searches with other dice go in step at most, and fewer where they take longer than so many seconds."""


@dataclass(frozen=True, kw_only=True)
class _OfTrials(StreamQuestion[object]):
    """A question about runs of an objective."""

    objective: Objective
    names: tuple[str, ...]
    cluster: str = ""
    """Address of a scheduler whose workers train the networks; empty: the cores of this machine."""

    @contextmanager
    def evaluator(self, cancelled: Cancelled) -> Iterator[Evaluator]:
        """Hand out what makes the runs until the end of the block."""
        with cluster(self.cluster) if self.cluster else nullcontext() as workers:
            yield evaluator(self.objective, self.names, cancelled, workers)

    def is_warm(self) -> bool:
        """Tell whether the kernel of the runs is loaded."""
        return is_warm(self.objective, self.names)

    def warm(self) -> None:
        """Load or compile that kernel."""
        warm(self.objective, self.names)


@dataclass(frozen=True, kw_only=True)
class RaceQuestion(_OfTrials):
    """All trials of all entrants; as far as they have come while they are made."""

    searchers: tuple[Searcher, ...]

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[tuple[History, ...], float]]:  # noqa: ARG002
        """Yield the histories after every piece."""
        budget = sum(searcher.trials * searcher.steps for searcher in self.searchers)
        found: tuple[History, ...] = ()
        with self.evaluator(cancelled) as asked:
            for found in histories(self.searchers, asked, APART):
                if cancelled():
                    return
                spent = sum(int(history.made.sum()) for history in found)
                yield found, min(spent / max(budget, 1), 0.999)
        yield found, 1.0


@dataclass(frozen=True, kw_only=True)
class TruthQuestion(_OfTrials):
    """The results over the whole space; of networks one cell after the other."""

    axes: Space

    @property
    def patient(self) -> bool:
        """Whether it gives way to what is newer: it does."""
        return True

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[Truth, float]]:
        """Yield what is known, NaN where nothing is yet; what was known before it was cancelled is kept."""
        cells = cells_of(self.axes, slow=self.objective.slow)
        units = centres(cells)
        order = np.random.default_rng(0).permutation(len(units)) if len(units) <= 4096 else np.arange(len(units))
        before: Truth | None = ask.so_far(self)  # type: ignore[assignment]
        known = np.full(len(units), np.nan) if before is None else before.results.ravel().copy()
        done = 0 if before is None else int(np.append(np.isnan(known[order]), True).argmax())
        until, after = np.full(len(units) - done, self.objective.steps), np.full(len(units) - done, -1)
        with self.evaluator(cancelled) as asked:
            for piece in asked.evaluate(table_of(self.axes, units[order[done:]]), until, after):
                if cancelled():
                    return
                known[order[done : done + len(piece)]] = piece
                done += len(piece)
                if done < len(units):
                    yield truth_of(known.reshape(cells)), done / len(units)
        yield truth_of(known.reshape(cells)), 1.0


@dataclass(frozen=True, kw_only=True)
class RepeatQuestion(_OfTrials):
    """The best result after each part of the budget, for many searches by each entrant: (searches, trials) each."""

    searchers: tuple[Searcher, ...]
    repetitions: int

    @property
    def patient(self) -> bool:
        """Whether it gives way to what is newer: it does."""
        return True

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[tuple[Array, ...], float]]:  # noqa: ARG002
        """Yield the searches that have ended, some of every entrant at a time."""
        found: list[list[Array]] = [[] for _ in self.searchers]
        first, many, before = 0, FEW, math.inf
        while first < self.repetitions:
            seeds, began = range(first, min(first + many, self.repetitions)), time.monotonic()
            for place, searcher in enumerate(self.searchers):
                again = [
                    Searcher(
                        strategy=searcher.strategy, space=searcher.space, trials=searcher.trials,
                        steps=searcher.steps, seed=searcher.seed + seed,
                    )
                    for seed in seeds
                ]  # fmt: skip
                for whole in shares_of(again, evaluator(self.objective, self.names, cancelled), cancelled, LONG):
                    if cancelled():
                        return
                    if isinstance(whole, float):
                        done = first + len(seeds) * (place + whole) / len(self.searchers)
                        yield self._known(found), min(done / self.repetitions, 0.999)
                    else:
                        found[place].append(best_of_all(whole, searcher.trials, searcher.steps))
            first = seeds.stop
            took = time.monotonic() - began
            # Of strategies that ask for one trial after the other, many take hardly longer than few.
            gains = took / len(seeds) < GAIN * before
            many = min(4 * many, SEARCHES) if took < LONG / 4 or gains else max(many // 2, 1) if took > LONG else many
            before = took / len(seeds)
            yield self._known(found), min(first / self.repetitions, 0.999)
        yield self._known(found), 1.0

    def _known(self, found: list[list[Array]]) -> tuple[Array, ...]:
        """Return the searches of which every entrant has made as many; none as long as there are none of all."""
        least = min(map(len, found))
        return tuple(np.concatenate(each[:least]) for each in found) if least else ()


def searchers_of(study: Study) -> tuple[Searcher, ...]:
    """Return who races."""
    return tuple(
        Searcher(
            strategy=entrant.strategy, space=study.space_of(entrant), trials=study.trials, steps=study.steps,
            seed=study.seed,
        )
        for entrant in study.entrants
    )  # fmt: skip


def names_of(study: Study) -> tuple[str, ...]:
    """Return what is searched."""
    return tuple(dimension.name for dimension in study.dimensions)


def race_question(study: Study, address: str = "") -> RaceQuestion:
    """Return the race of a study; networks are trained on the cluster at an address, if there is one."""
    far = address if study.network is not None else ""
    return RaceQuestion(objective=study.objective, names=names_of(study), cluster=far, searchers=searchers_of(study))


def truth_question(study: Study, address: str = "") -> TruthQuestion:
    """Return the truth of a study, on the axes that suit it: it does not change with the scales that are drawn by."""
    far = address if study.network is not None else ""
    return TruthQuestion(objective=study.objective, names=names_of(study), cluster=far, axes=axes_of(study))


def repeat_question(study: Study) -> RepeatQuestion | None:
    """Return the race with other dice; None where it would take too long, as with networks, or nobody wants it."""
    if study.network is not None or study.repetitions < 2:
        return None
    return RepeatQuestion(
        objective=study.objective,
        names=names_of(study),
        searchers=searchers_of(study),
        repetitions=study.repetitions,
    )


Questions = tuple[RaceQuestion, TruthQuestion] | tuple[RaceQuestion, TruthQuestion, RepeatQuestion]


def study_questions(study: Study, address: str = "") -> Questions:
    """Return all that is asked of a study, what is shown first at first."""
    race, truth, repeat = race_question(study, address), truth_question(study, address), repeat_question(study)
    return (race, truth) if repeat is None else (race, truth, repeat)
