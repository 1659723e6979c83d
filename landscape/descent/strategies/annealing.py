"""Simulated annealing: a random walk that takes every step downhill, and some uphill while it is warm."""

import math

from landscape.catalogue.parameters import Parameter
from landscape.descent.strategies.frame import (
    HIGH,
    LEFT,
    LOW,
    OWN,
    RIGHT,
    START_X,
    START_Y,
    WIDTH,
    Array,
    drawn,
    hold,
    normal,
    place,
    value,
)
from landscape.descent.strategies.strategy import StrategyEntry

STRATEGY = StrategyEntry(
    id="annealing",
    titles={"en": "Simulated annealing", "zh": "模拟退火"},
    source="Kirkpatrick, Gelatt & Vecchi 1983, Science 220; Metropolis et al. 1953",
    parameters=(
        Parameter(name="temperature", default=1.0, minimum=1e-6, maximum=1e6, scale="log", symbol="T_0"),
        Parameter(name="cooling", default=0.98, minimum=0.0, maximum=1.0, scale="linear", symbol=r"\alpha"),
        Parameter(name="proposal", default=0.1, minimum=1e-4, maximum=1.0, scale="log", symbol=r"\sigma"),
        Parameter(name="law", default=0.0, minimum=0.0, maximum=3.0, scale="integer", symbol="L"),
    ),
    choices={"law": ("exponential", "linear", "inverse", "logarithmic")},
    columns={"temperature": 1, "worse": 1, "probability": 1, "drawn": 1, "accepted": 1},
    members=lambda _: 2,
    draws=lambda _: 5,
    suited={"temperature": 0.5},
)
"""The temperature falls from T₀ by the ``law``, in the first step by the factor α, ``cooling``, whatever the law; see
:func:`cooled`. A proposal is normal about the present point, with standard deviations of
``proposal`` times the sides of the domain. The population is the present point and what was proposed."""


def cooled(k: float, first: float, ratio: float, law: float) -> float:
    """Return the temperature of step k, 0-based, by the law of this number.

    0, exponential: T₀ αᵏ (Kirkpatrick, Gelatt & Vecchi 1983). 1, linear: T₀ (1 - (1 - α) k), and 0 from where that is
    none. 2, inverse: T₀/(1 + (1/α - 1) k) (Szu & Hartley 1987, Physics Letters A 122). 3, logarithmic:
    T₀/(1 + (1/α - 1) log₂(1 + k)) (Geman & Geman 1984, IEEE Transactions PAMI 6).
    They are compared by Nourani & Andresen 1998, Journal of Physics A 31.
    """
    if law < 0.5:
        return first * math.pow(ratio, k)
    if law < 1.5:
        left = 1.0 - (1.0 - ratio) * k
        return first * left if left > 0.0 else 0.0
    if k < 0.5:
        return first
    if ratio <= 0.0:
        return 0.0
    if law < 2.5:
        return first / (1.0 + (1.0 / ratio - 1.0) * k)
    return first / (1.0 + (1.0 / ratio - 1.0) * math.log(1.0 + k) / math.log(2.0))


def begin(record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:  # noqa: ARG001
    """Stand at the start."""
    x, y = given[START_X], given[START_Y]
    f = value(x, y, calls, told)
    own = hold(0, x, y, f, record, calls)
    record[own], record[own + 1], record[own + 2], record[own + 3], record[own + 4] = given[OWN], 0.0, 1.0, 1.0, 1.0
    place(0, 0, x, y, f, population, calls)
    place(0, 1, x, y, f, population, calls)


def step(k: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:  # noqa: ARG001
    """Propose a point; take it if it is not worse, or else with probability e^(-Δ/T)."""
    row = k * calls[WIDTH]
    x, y, f = record[row], record[row + 1], record[row + 2]
    temperature = cooled(float(k), given[OWN], given[OWN + 1], given[OWN + 3])
    new_x = x + given[OWN + 2] * (given[RIGHT] - given[LEFT]) * normal(k, 0, calls)
    new_y = y + given[OWN + 2] * (given[HIGH] - given[LOW]) * normal(k, 2, calls)
    new_f = value(new_x, new_y, calls, told)
    worse = new_f - f if f < math.inf else -math.inf
    probability = 1.0
    if worse > 0.0:
        probability = math.exp(-worse / temperature) if temperature > 0.0 else 0.0
    chance = drawn(k, 4, calls)
    taken = chance <= probability
    place(k + 1, 1, new_x, new_y, new_f, population, calls)
    if taken:
        x, y, f = new_x, new_y, new_f
    place(k + 1, 0, x, y, f, population, calls)
    own = hold(k + 1, x, y, f, record, calls)
    record[own], record[own + 1], record[own + 2], record[own + 3] = temperature, worse, probability, chance
    record[own + 4] = 1.0 if taken else 0.0


PARTS = (cooled,)
