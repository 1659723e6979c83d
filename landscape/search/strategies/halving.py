"""Successive halving: many short runs, of which the best third goes on, and again (Jamieson & Talwalkar 2016)."""

import numpy as np

from landscape.search.strategies.asking import Ask, Asking, Plan, rungs

FACTOR = 3
"""One in so many goes on ..."""
LEAST = 5
"""... first after so many steps or a few more."""


def halving(plan: Plan) -> Asking:
    """Ask for as many runs as the budget is enough for, and let the best go on from rung to rung."""
    ends = rungs(plan.steps, FACTOR, LEAST)
    counts = sizes(plan.budget, ends)
    units, kept = plan.draw(counts[0]), np.arange(counts[0])
    after, asked = np.full(counts[0], -1), 0
    for end, count in zip(ends, (*counts[1:], 0), strict=True):
        results = yield Ask(units=units[kept], until=np.full(len(kept), end), trial=kept, after=after)
        best = np.sort(np.argsort(results, kind="stable")[:count])
        after, asked = asked + best, asked + len(kept)
        kept = kept[best]


def sizes(budget: int, ends: tuple[int, ...]) -> tuple[int, ...]:
    """Return how many runs reach each rung, the most for which the budget is enough."""

    def reaching(first: int) -> tuple[int, ...]:
        return tuple(max(first // FACTOR**rung, 1) for rung in range(len(ends)))

    def cost(first: int) -> int:
        made = np.diff((0, *ends))
        return int(np.dot(reaching(first), made))

    # A run costs the first rung at the least, so more than this many cannot be paid.
    low, high = 1, max(budget // ends[0], 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if cost(middle) <= budget else (low, middle - 1)
    return reaching(low)
