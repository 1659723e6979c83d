"""Scrambled Sobol points: as random, but with no gaps and no heaps (Sobol 1967; scrambled as Matoušek 1998).

Direction numbers of Joe & Kuo 2008; the same points as ``scipy.stats.qmc.Sobol`` for the same random numbers.
"""

import numpy as np
from numpy.typing import NDArray

from landscape.search.strategies.asking import Array, Asking, Plan, whole_runs

BITS = 30
POLYNOMIALS = (1, 3, 7, 11)
"""Primitive polynomials of each dimension, as bits; the first dimension has none of its own."""
INITIAL = ((1,), (1,), (1, 3), (1, 3, 1))


def sobol(plan: Plan) -> Asking:
    """Ask for a scrambled sequence."""
    yield whole_runs(plan, sobol_points(plan.dimensions, plan.trials, plan.random))


def sobol_points(dimensions: int, count: int, random: np.random.Generator | None = None) -> Array:
    """Return the first points of the sequence, (count, dimensions) in [0, 1), scrambled where ``random`` is given."""
    directions = np.stack([_directions(place) for place in range(dimensions)])
    at = np.zeros(dimensions, np.uint64)
    if random is not None:
        shift = random.integers(2, size=(dimensions, BITS), dtype=np.uint32).astype(np.uint64)
        at = shift @ (np.uint64(1) << np.arange(BITS, dtype=np.uint64))
        lower = np.tril(random.integers(2, size=(dimensions, BITS, BITS), dtype=np.uint32))
        directions = _scrambled(directions, lower.astype(np.uint64))
    points = np.empty((count, dimensions))
    for index in range(count):
        points[index] = at / 2.0**BITS
        # Gray code: the next point differs by the direction of the lowest bit of the index that is 0.
        at = at ^ directions[:, ((index + 1) & -(index + 1)).bit_length() - 1]
    return points


def _directions(place: int) -> NDArray[np.uint64]:
    """Return the direction numbers of a dimension, (BITS,)."""
    polynomial, initial = POLYNOMIALS[place], INITIAL[place]
    degree = polynomial.bit_length() - 1
    numbers = [1] * BITS if not degree else list(initial)
    for index in range(len(numbers), BITS):
        new = numbers[index - degree] ^ (numbers[index - degree] << degree)
        for step in range(1, degree):
            if polynomial >> (degree - step) & 1:
                new ^= numbers[index - step] << step
        numbers.append(new)
    return np.array([number << (BITS - 1 - index) for index, number in enumerate(numbers)], np.uint64)


def _scrambled(directions: NDArray[np.uint64], lower: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the directions multiplied, bit by bit from the highest on, by a random lower triangular matrix."""
    places = np.arange(BITS - 1, -1, -1, dtype=np.uint64)
    lower = lower.copy()
    lower[:, np.arange(BITS), np.arange(BITS)] = 1
    bits = directions[:, :, None] >> places & np.uint64(1)
    mixed = np.einsum("dij,dkj->dki", lower, bits) & np.uint64(1)
    scrambled: NDArray[np.uint64] = (mixed << places).sum(axis=2, dtype=np.uint64)
    return scrambled
