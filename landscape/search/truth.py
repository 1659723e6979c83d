"""What there was to be found: the whole space on a grid, its best part, and how much each dimension matters.

Computed, not estimated from the trials. Ranks take the place of results, because these may be infinite.
"""

from dataclasses import dataclass

import numpy as np

from landscape.search.spaces import Array, Space

POINTS = {1: (1024,), 2: (160, 160), 3: (28, 28, 28), 4: (13, 13, 13, 13)}
SLOW_POINTS = {1: (24,), 2: (16, 16), 3: (6, 6, 6), 4: (4, 4, 4, 4)}
"""Cells of each dimension, by how many there are; and where every trial takes long."""
GOOD = 0.05


@dataclass(frozen=True, kw_only=True, eq=False)
class Truth:
    """The results at the centres of the cells of a grid over the whole space."""

    results: Array
    """An axis for each dimension; inf where there is none, NaN where it is not known yet."""
    bound: float
    """The largest result of the best twentieth."""
    share: float
    """Which part is at or under it: more than a twentieth where results are alike."""
    importance: tuple[float, ...]
    """Of each dimension: the part of the variance of the ranks that it explains by itself; empty until all is known."""


def cells_of(space: Space, slow: bool = False) -> tuple[int, ...]:
    """Return how many cells each dimension has: of whole numbers and choices no more than there are."""
    most = (SLOW_POINTS if slow else POINTS)[len(space)]
    return tuple(min(one.count, many) if one.count else many for one, many in zip(space, most, strict=True))


def centres(cells: tuple[int, ...]) -> Array:
    """Return the centres of all cells as units, (cells altogether, dimensions), the last dimension fastest."""
    axes = [(np.arange(count) + 0.5) / count for count in cells]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(cells))


def truth_of(results: Array) -> Truth:
    """Return what the results over a whole grid say."""
    flat = np.sort(results[~np.isnan(results)], axis=None)
    bound = float(flat[max(int(np.ceil(GOOD * len(flat))) - 1, 0)]) if len(flat) else np.inf
    whole = len(flat) == results.size
    return Truth(
        results=results,
        bound=bound,
        share=float(np.mean(flat <= bound)) if len(flat) else GOOD,
        importance=importance(ranks(results)) if whole else (),
    )


def ranks(results: Array) -> Array:
    """Return the rank of each result, those that are alike with the mean of theirs, in [0, 1]."""
    _, places, counts = np.unique(results, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    middle = ends - (counts + 1) / 2.0
    found: Array = (middle / max(results.size - 1, 1))[places].reshape(results.shape)
    return found


def importance(values: Array) -> tuple[float, ...]:
    """Return for each axis the part of the variance that its means explain, Var(E[f | x]) / Var(f).

    Nothing varies: 0. What is left to 1 is explained by several together.
    """
    whole = float(values.var())
    axes = range(values.ndim)
    if not whole > 0.0:
        return tuple(0.0 for _ in axes)
    means = (values.mean(axis=tuple(other for other in axes if other != axis)) for axis in axes)
    return tuple(float(mean.var()) / whole for mean in means)
