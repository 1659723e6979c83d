"""Asynchronous successive halving, ASHA: a run goes on while it is among the best third of those that came as far.

Nobody waits for others (Li et al. 2020; the rule that stops instead of promoting, as in Optuna's pruner).
"""

from bisect import insort

import numpy as np

from landscape.search.strategies.asking import Ask, Asking, Plan, rungs
from landscape.search.strategies.halving import FACTOR, LEAST


def asha(plan: Plan) -> Asking:
    """Ask for one run after the other until the budget is spent."""
    ends = rungs(plan.steps, FACTOR, LEAST)
    reached: list[list[float]] = [[] for _ in ends]  # Each in order: a thousand trials are ranked a thousand times.
    left, asked, trial = plan.budget, 0, 0
    while left >= ends[0]:
        units, before, after = plan.draw(1), 0, -1
        for end, rung in zip(ends, reached, strict=True):
            if end - before > left:
                left = 0  # What is left is not enough for the run that is due.
                break
            results = yield Ask(units=units, until=np.array([end]), trial=np.array([trial]), after=np.array([after]))
            left, before, after, asked = left - (end - before), end, asked, asked + 1
            insort(rung, float(results[0]))
            if not _is_among_best(rung, float(results[0])):
                break
        trial += 1


def goes_on(rung: list[float]) -> bool:
    """Tell whether the newest of some results is among the best third, or the best of fewer than three."""
    return _is_among_best(sorted(rung), rung[-1])


def _is_among_best(ranked: list[float], newest: float) -> bool:
    return newest <= ranked[max(len(ranked) // FACTOR, 1) - 1]
