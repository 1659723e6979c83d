"""Newton's step on a surface: to the stationary point of the local quadratic, or the zero of the local plane."""

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.geometry.curvature import eigenvalues, eigenvectors

Array: TypeAlias = NDArray[np.float64]


def newton_step(gradient: Iterable[Any], entries: Iterable[Any]) -> tuple[Any, Any]:
    """Return -H⁻¹g by Cramer's rule, for arrays or balls; infinite or NaN where the Hessian xx, xy, yy is singular."""
    (gx, gy), (xx, xy, yy) = gradient, entries
    determinant = xx * yy - xy * xy
    return (xy * gy - yy * gx) / determinant, (xy * gx - xx * gy) / determinant


def shortest_newton_step(
    gradient: Array, entries: Array, *, rank: float = 1e-9, saddle_free: bool = False
) -> tuple[Array, Array]:
    """Return the shortest step to a stationary point of the local quadratic, -H⁺g, which a valley leaves its way.

    Args:
        gradient: (2, k).
        entries: The Hessians xx, xy, yy, (k, 3).
        rank: An eigenvalue of at most this part of the larger one counts as 0: no step is made along its axis.
        saddle_free: Each curvature counts without its sign, so that every step leads downhill: saddle-free Newton
            (Dauphin et al. 2014, arXiv:1406.2572, Algorithm 1).

    Returns:
        The steps, (2, k), and the eigenvalues, (k, 2).
    """
    values = eigenvalues(entries)
    with np.errstate(all="ignore"):
        axes = eigenvectors(entries)
        least = rank * np.abs(values).max(axis=-1)
        step = np.zeros_like(gradient)
        for index in (0, 1):
            value, axis = values[:, index], axes[:, index].T
            part = step_along(gradient, axis, np.abs(value) if saddle_free else value)
            step += np.where(np.abs(value) > least, part, 0.0) * axis
    return step, values


def step_along(gradient: Any, axis: Any, curvature: Any) -> Any:  # noqa: ANN401
    """Return how far Newton's step goes along a unit eigenvector of the Hessian, whose eigenvalue is ``curvature``."""
    return -(gradient[0] * axis[0] + gradient[1] * axis[1]) / curvature


def step_to_zero(value: Array, gradient: Array) -> Array:
    """Return the shortest step, (2, k), to the line on which the plane through ``value`` with this gradient is 0."""
    steepness = np.hypot(gradient[0], gradient[1])  # Not its square, which may be no ordinary number
    return np.asarray(-value / steepness * (gradient / steepness))
