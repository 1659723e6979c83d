"""The same search with many seeds: the best trial after each part of the budget, and how often it is a good one."""

from collections.abc import Sequence

import numpy as np

from landscape.search.spaces import Array
from landscape.search.trials import History


def best_so_far(history: History, trials: int, steps: int) -> Array:
    """Return the least result within one, two, ... ``trials`` whole runs' steps, (trials,); inf before the first."""
    budgets = np.arange(1, trials + 1) * steps
    least = np.minimum.accumulate(history.results) if len(history.results) else np.empty(0)
    known = np.searchsorted(history.spent, budgets, side="right")
    return np.append(least, np.inf)[np.where(known > 0, known - 1, -1)]


def best_of_all(histories: Sequence[History], trials: int, steps: int) -> Array:
    """Return the same of several searches, (searches, trials)."""
    return np.stack([best_so_far(history, trials, steps) for history in histories])


def quartiles(best: Array) -> tuple[Array, Array, Array]:
    """Return the lower quartile, the median and the upper quartile over the searches, (trials,) each; may be inf.

    They are results that there were: none is between two.
    """
    ordered = np.sort(best, axis=0)
    places = [round(share * (len(best) - 1)) for share in (0.25, 0.5, 0.75)]
    low, middle, high = (ordered[place] for place in places)
    return low, middle, high


def share_of_hits(best: Array, bound: float) -> Array:
    """Return the share of the searches whose best result is at or under ``bound``, (trials,)."""
    share: Array = (best <= bound).mean(axis=0)
    return share


def chance(share: float, trials: int) -> Array:
    """Return the chance that one of n draws is among the best ``share``: 1 − (1 − share)ⁿ, n from 1 on, (trials,)."""
    found: Array = 1.0 - np.power(1.0 - share, np.arange(1.0, trials + 1.0))
    return found
