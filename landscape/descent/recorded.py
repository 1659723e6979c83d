"""What a run leaves behind: every step, and what became of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Outcome: TypeAlias = Literal["finished", "converged", "diverged", "left"]

CONVERGED = 1e-6
"""A trajectory has converged when the gradient is this small, relative to the first one where that is above 1."""
CHUNK = 1 << 16
"""Most evaluations of a row of data between two questions whether to go on."""


def still(first: float) -> float:
    """Return the largest norm of a gradient that counts as none, by that at the start; not finite where f has none."""
    return CONVERGED * max(1.0, first) if math.isfinite(first) else CONVERGED


@dataclass(frozen=True, kw_only=True, eq=False)
class Trajectory:
    """What happened in n steps. All arrays are read-only float64; row 0 is the start."""

    points: NDArray[np.float64]
    """(n + 1, 2)."""
    losses: NDArray[np.float64]
    """(n + 1,) of all the data, without noise."""
    gradients: NDArray[np.float64]
    """(n + 1, 2) of all the data, without noise."""
    rates: NDArray[np.float64]
    """(n,): the learning rate of each step."""
    state: Mapping[str, NDArray[np.float64]]
    """What the rule remembers after each step, initially what the start brings, or 0: (n + 1, 2), one column per
    parameter; (n + 1,) where the rule moves x and y together."""
    outcome: Outcome
