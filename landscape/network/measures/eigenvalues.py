"""The largest eigenvalue by the method of Lanczos: of a matrix that is only known by its products with vectors."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float64]

_PATIENCE = 0.05
"""Seconds between two questions whether it is cancelled."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Eigenpair:
    """An eigenvalue, and how well it is known."""

    value: float
    vector: Vector
    """Of length 1, read-only."""
    residual: float
    """Norm of A v - λ v: an eigenvalue is at most so far away."""


def largest(
    product: Callable[[Vector], Vector],
    start: Vector,
    tolerance: float = 1e-4,
    most: int = 60,
    cancelled: Callable[[], bool] = lambda: False,
) -> Eigenpair | None:
    """Return the algebraically largest eigenvalue, by the method of Lanczos with full reorthogonalization.

    Power iteration finds the eigenvalue of the largest size, which near a saddle may be a negative one, and takes many
    times as many products where two are close.
    Source: Golub & Van Loan, Matrix Computations, 4th ed., algorithm 10.1.1.

    Args:
        product: Returns A v.
        start: (n,), not 0; the eigenvector of a matrix nearby saves most of the work.
        tolerance: Largest residual, relative to the eigenvalue's size.
        most: Most products.
        cancelled: Asked where the products take long.

    Returns:
        The eigenpair with the residual that was reached. Where a product is not finite, the value is NaN. None once
        ``cancelled`` said yes.
    """
    basis = np.empty((min(most, len(start)), len(start)))
    basis[0] = start / np.linalg.norm(start)
    diagonal: list[float] = []
    beside: list[float] = []
    asked = perf_counter()
    for count in range(1, len(basis) + 1):
        if perf_counter() > asked + _PATIENCE:
            asked = perf_counter()
            if cancelled():
                return None
        newest = product(basis[count - 1])
        if not np.all(np.isfinite(newest)):
            return Eigenpair(value=np.nan, vector=_frozen(basis[0]), residual=np.nan)
        diagonal.append(float(basis[count - 1] @ newest))
        for _ in range(2):  # Once leaves what rounding made of the cancelled digits
            newest = newest - basis[:count].T @ (basis[:count] @ newest)
        left = float(np.linalg.norm(newest))
        values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1))
        residual = left * abs(float(vectors[-1, -1]))
        if residual <= tolerance * max(abs(float(values[-1])), 1e-12) or count == len(basis):
            break
        beside.append(left)
        basis[count] = newest / left
    vector = _frozen(vectors[:, -1] @ basis[:count])
    return Eigenpair(value=float(values[-1]), vector=vector, residual=residual)


def _frozen(vector: Vector) -> Vector:
    vector.flags.writeable = False
    return vector
