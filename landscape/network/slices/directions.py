"""Planes through weight space: random directions with filter normalization, and principal components of a path."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.descent.noise import normals
from landscape.network.layout import Layout

Vector: TypeAlias = NDArray[np.float64]

_ROUNDING = 1e-14
"""Of the largest squared length: a component below is rounding."""
_FIRST = 1 << 40
"""Random numbers of directions begin behind those of all first weights."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Plane:
    """θ(x, y) = origin + x directions[0] + y directions[1]; arrays are read-only."""

    origin: Vector
    """(n,)."""
    directions: NDArray[np.float64]
    """(2, n)."""
    shares: tuple[float, float] | None
    """Of principal components: how much of the path's variance each has, from 0 to 1; None for random directions."""

    def at(self, x: float, y: float) -> Vector:
        """Return θ(x, y)."""
        return np.asarray(self.origin + x * self.directions[0] + y * self.directions[1])

    def slope(self, gradient: Vector) -> Vector:
        """Return the derivatives by x and y, (2,), of what has this gradient (n,)."""
        return np.asarray(self.directions @ gradient)

    def project(self, path: NDArray[np.float64]) -> tuple[NDArray[np.float64], Vector]:
        """Return the nearest points of the plane to a path (k, n), as (k, 2), and how far away they are, (k,)."""
        away = path - self.origin
        points = away @ self.directions.T @ np.linalg.pinv(self.directions @ self.directions.T)
        return np.asarray(points), np.asarray(np.linalg.norm(away - points @ self.directions, axis=1))


def random_plane(layout: Layout, origin: Vector, seed: int = 0, *, size: float | None = None) -> Plane:
    """Return two random directions, filter-normalized: each unit's weights change by as much as they are long.

    Biases, γ, β and lengths stay as they are. Source: Li et al. 2018, arXiv:1712.09913, section 4; as there, what is
    one-dimensional is left out.

    Args:
        layout: Where the weights are in θ.
        origin: θ in the middle of the plane, (n,).
        seed: Other seeds give other directions.
        size: Positive: without filter normalization, every weight changes by size N(0, 1), however long it is.
    """
    directions = np.zeros((2, len(origin)))
    random = normals(seed, len(origin), 2, _FIRST).T
    for layer in layout.layers:
        weights = layer.weights.of(origin)
        for direction, numbers in zip(directions, random, strict=True):
            filters = layer.weights.of(numbers)
            lengths = np.linalg.norm(weights, axis=1) / np.linalg.norm(filters, axis=1)
            layer.weights.of(direction)[...] = (lengths[:, None] if size is None else size) * filters
    return _plane(origin, directions, None)


def common_size(networks: Sequence[tuple[Layout, Vector]]) -> float:
    """Return the root mean square of all weights of some networks, of which each has its layout and its θ."""
    weights = [layer.weights.of(theta).ravel() for layout, theta in networks for layer in layout.layers]
    return float(np.sqrt(np.mean(np.concatenate(weights) ** 2)))


def principal_plane(path: NDArray[np.float64]) -> Plane:
    """Return the plane through the last θ of a path (k, n) that is nearest to all of them.

    Its directions are of length 1 and orthogonal: the first two principal components of the differences to the last
    θ, as Li et al. 2018, section 7; the first point of the path has its coordinates positive. Where a path has fewer
    than two dimensions, a direction has share 0.
    """
    origin = path[-1]
    away = path - origin
    # Of k points in many more dimensions, k × k products have the same components at a fraction of the work.
    squares, mixtures = np.linalg.eigh(away @ away.T)
    squares, mixtures = np.maximum(squares[::-1], 0.0), mixtures[:, ::-1]
    directions, shares = np.zeros((2, path.shape[1])), np.zeros(2)
    for place in range(min(2, len(path))):
        if squares[place] > _ROUNDING * squares[0]:
            directions[place] = mixtures[:, place] @ away / np.sqrt(squares[place])
            shares[place] = squares[place] / np.sum(squares)
    directions *= np.where(directions @ (path[0] - origin) < 0.0, -1.0, 1.0)[:, None]
    return _plane(origin, directions, (float(shares[0]), float(shares[1])))


def _plane(origin: Vector, directions: NDArray[np.float64], shares: tuple[float, float] | None) -> Plane:
    origin = origin.copy()
    for array in (origin, directions):
        array.flags.writeable = False
    return Plane(origin=origin, directions=directions, shares=shares)
