"""Special functions in NumPy: error function, gamma function, and polygamma functions for the latter's derivatives.

``polygamma(n, x)`` is the derivative of order n of the digamma function ``psi = gamma'/gamma``. To the right of 1/2 it
is computed by its recurrence and its asymptotic series (Abramowitz & Stegun 1964, 6.4.6 and 6.4.11), to the left of it
by reflection, 6.4.7. ``kernels`` writes the same sums as compiled code, with the coefficients from here.
"""

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

HEIGHT = 2.0 / math.sqrt(math.pi)
"""Of the bell curve whose integral is the error function."""
_BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798)
"""B2, B4 ... B18."""


def _gamma(x: float) -> float:
    try:
        return math.gamma(x)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.copysign(math.inf, x) if x == 0.0 else math.nan


def _pointwise(function: Callable[[float], float]) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Return a function of numbers as a function of arrays."""
    each = np.frompyfunc(function, 1, 1)
    return lambda x: np.asarray(each(x), dtype=np.float64)


erf = _pointwise(math.erf)
erfc = _pointwise(math.erfc)
gamma = _pointwise(_gamma)
"""NaN at the whole numbers below 0, infinite at 0."""


def gauss(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``2/sqrt(pi)*exp(-x**2)``, the derivative of the error function."""
    return np.asarray(HEIGHT * np.exp(-x * x))


def shifts(order: int) -> int:
    """Return how many steps of the recurrence lead to where the asymptotic series is good to the last digits."""
    return 14 + 2 * order


def recurrence_factor(order: int) -> float:
    """Return c of ``psi_n(x) = psi_n(x + 1) + c/x**(n + 1)``."""
    return (-1.0) ** (order + 1) * math.factorial(order)


@lru_cache(maxsize=64)
def asymptotic(order: int) -> tuple[tuple[int, float], ...]:
    """Return ``(p, c)`` of the terms ``c/z**p`` of the series for large z; for order 0, log z is one more."""
    sign = (-1.0) ** (order + 1)
    terms = [(order, sign * math.factorial(order - 1))] if order else []
    terms.append((order + 1, sign * math.factorial(order) / 2))
    for half, number in enumerate(_BERNOULLI, start=1):
        power = 2 * half + order
        terms.append((power, sign * number * math.factorial(power - 1) / math.factorial(2 * half)))
    return tuple(terms)


@lru_cache(maxsize=64)
def reflected(order: int) -> tuple[int, ...]:
    """Return the derivative of cot(u) of this order as a polynomial of c = cot(u), constant first: c' = -1 - c**2."""
    terms = [0, 1]
    for _ in range(order):
        slope = [power * term for power, term in enumerate(terms)][1:]
        terms = [-a - b for a, b in zip([*slope, 0, 0], [0, 0, *slope], strict=True)]
    return tuple(terms)


def polygamma(order: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the polygamma function of a whole order that is the same for all x; NaN at its poles 0, -1, -2 ..."""
    n = int(order.flat[0])
    left = x < 0.5
    y = np.where(left, 1.0 - x, x)
    total = np.zeros_like(y)
    for shift in range(shifts(n)):
        total += recurrence_factor(n) / (y + shift) ** (n + 1)
    z = y + shifts(n)
    for power, factor in asymptotic(n):
        total += factor / z**power
    if n == 0:
        total += np.log(z)
    rest = x - np.rint(x)
    above, below = np.sin(np.pi * (0.5 - np.abs(rest))), np.sin(np.pi * rest)
    with np.errstate(invalid="ignore"):
        cotangent = above * rest / (below * rest)
    mirror = np.zeros_like(y)
    for term in reversed(reflected(n)):
        mirror = mirror * cotangent + term
    return np.asarray(np.where(left, (-1.0) ** n * total - np.pi ** (n + 1) * mirror, total))
