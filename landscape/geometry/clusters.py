"""Clustering of neighbouring points: connected components of grid cells, and points within a distance of each other."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Cell: TypeAlias = tuple[int, int]

_TOGETHER = 1024


def neighbourhood(cell: Cell) -> Iterator[Cell]:
    """Yield a cell of a grid and its eight neighbours."""
    i, j = cell
    for k in range(9):
        yield i + k // 3 - 1, j + k % 3 - 1


def connected(cells: Iterable[Cell], ask: Callable[[], object] = lambda: None) -> list[list[int]]:
    """Return the indices of ``cells`` by connected component; those that touch at a corner are connected.

    ``ask`` is called every few of them, and may raise.
    """
    members: dict[Cell, list[int]] = {}
    for index, cell in enumerate(cells):
        if index % _TOGETHER == 0:
            ask()
        members.setdefault(cell, []).append(index)
    components = []
    while members:
        edge = [next(iter(members))]
        component = members.pop(edge[0])
        while edge:
            ask()
            for cell in neighbourhood(edge.pop()):
                if cell in members:
                    component += members.pop(cell)
                    edge.append(cell)
        components.append(component)
    return components


def within(points: NDArray[np.float64], distance: float) -> list[NDArray[np.intp]]:
    """Return the indices of ``points``, (2, k), in clusters: the first that is in none, and all close to it in x and y.

    Source: the leader algorithm of Hartigan, "Clustering Algorithms", 1975, chapter 3.
    """
    x, y = points
    order = np.argsort(x, kind="stable")
    begins, ends = (np.searchsorted(x[order], x + side) for side in (-distance, distance))
    free, clusters = np.ones(len(x), dtype=bool), []
    for index in range(len(x)):
        if free[index]:
            beside = order[begins[index] : ends[index]]
            cluster = np.sort(beside[free[beside] & (np.abs(y[beside] - y[index]) <= distance)])
            free[cluster] = False
            clusters.append(cluster)
    return clusters


def distinct(points: NDArray[np.float64], resolution: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return of the ``points``, (2, k), one for each cell of a grid with this ``resolution`` in x and y, (2, 1)."""
    _, first = np.unique(np.round(points / resolution), axis=1, return_index=True)
    return np.asarray(points[:, first])
