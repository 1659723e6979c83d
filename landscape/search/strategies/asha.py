"""Asynchronous successive halving, ASHA: a run goes on while it is among the best third of those that came as far.

Nobody waits for others (Li et al. 2020; the rule that stops instead of promoting, as in Optuna's pruner).
"""

import math
from bisect import insort

import numpy as np

from landscape.search.strategies.asking import Ask, Asking, Plan, rungs
from landscape.search.strategies.halving import FACTOR, LEAST


def asha(plan: Plan) -> Asking:
    """Ask for several runs at once, the root of the budget, until it is spent: who ends makes room for a new one.

    What goes on is the same as with one run after the other: those that come as far do so in the order in which they
    began. Only the last ones differ, which the budget cuts.
    """
    ends = rungs(plan.steps, FACTOR, LEAST)
    reached: list[list[float]] = [[] for _ in ends]  # Each in order: a thousand trials are ranked a thousand times.
    room, left, asked, trials = math.isqrt(plan.trials), plan.budget, 0, 0
    units = np.empty((0, plan.dimensions))
    going: list[tuple[int, int, int]] = []
    """The trial, its rung, and its last evaluation; the oldest first."""
    while True:
        costs = [ends[rung] - ends[rung - 1] for _, rung, _ in going]
        while going and sum(costs) > left:
            going, costs, units = going[:-1], costs[:-1], units[:-1]
        left -= sum(costs)
        new = min(room - len(going), left // ends[0])
        left -= new * ends[0]
        units = np.concatenate((units, plan.draw(new)))
        going += [(trial, 0, -1) for trial in range(trials, trials + new)]
        trials += new
        if not going:
            return
        trial, rung, after = (np.array(each) for each in zip(*going, strict=True))
        results = yield Ask(units=units, until=np.array(ends)[rung], trial=trial, after=after)
        good = [_joins(reached[each[1]], result) for each, result in zip(going, results.tolist(), strict=True)]
        kept = [place for place, each in enumerate(going) if good[place] and each[1] + 1 < len(ends)]
        going = [(going[place][0], going[place][1] + 1, asked + place) for place in kept]
        units, asked = units[kept], asked + len(results)


def goes_on(rung: list[float]) -> bool:
    """Tell whether the newest of some results is among the best third, or the best of fewer than three."""
    return _is_among_best(sorted(rung), rung[-1])


def _joins(rung: list[float], result: float) -> bool:
    """Put a result among those in order that came as far, and tell whether its run goes on."""
    insort(rung, result)
    return _is_among_best(rung, result)


def _is_among_best(ranked: list[float], newest: float) -> bool:
    return newest <= ranked[max(len(ranked) // FACTOR, 1) - 1]
