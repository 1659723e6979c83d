"""Grid search: every combination of a few values of each dimension, in a random order."""

import math

import numpy as np

from landscape.search.strategies.asking import Array, Asking, Plan, whole_runs


def grid(plan: Plan) -> Asking:
    """Ask for the points of the finest grid that the budget is enough for."""
    units = grid_points(plan.counts, plan.trials)
    yield whole_runs(plan, units[plan.random.permutation(len(units))])


def grid_points(counts: tuple[int, ...], trials: int) -> Array:
    """Return at most ``trials`` points, (k, dimensions): the first dimension has the most values.

    Values run from end to end, in equal steps of the scale; those of whole numbers and choices are as many as there
    are, at most.
    """
    sides = grid_sides(counts, trials)
    axes = [_ticks(side, count) for side, count in zip(sides, counts, strict=True)]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(counts))


def grid_sides(counts: tuple[int, ...], trials: int) -> tuple[int, ...]:
    """Return how many values each dimension gets: as even as can be, and one more where there is room."""
    sides = [1] * len(counts)
    growing = set(range(len(counts)))
    while growing:
        place = min(growing, key=lambda index: (sides[index], index))
        full = 0 < counts[place] <= sides[place]
        if full or math.prod(sides) // sides[place] * (sides[place] + 1) > trials:
            growing.discard(place)
        else:
            sides[place] += 1
    return tuple(sides)


def _ticks(side: int, count: int) -> Array:
    if count:
        chosen = np.round(np.linspace(0, count - 1, side)) if side > 1 else np.array([(count - 1) // 2])
        return (chosen + 0.5) / count
    return np.linspace(0.0, 1.0, side) if side > 1 else np.array([0.5])
