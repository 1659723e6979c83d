"""A genetic algorithm: of a population of points, the better ones have children between them, and some mutate."""

from landscape.catalogue.parameters import Parameter
from landscape.descent.strategies.frame import (
    HIGH,
    LEFT,
    LOW,
    MEMBERS,
    OWN,
    RIGHT,
    START_X,
    START_Y,
    Array,
    chosen,
    drawn,
    hold,
    member_at,
    normal,
    place,
    spread,
    value,
)
from landscape.descent.strategies.strategy import StrategyEntry

STRATEGY = StrategyEntry(
    id="genetic",
    titles={"en": "Genetic algorithm", "zh": "遗传算法"},
    source="Holland 1975; blend crossover of Eshelman & Schaffer 1993, tournaments of Goldberg & Deb 1991",
    parameters=(
        Parameter(name="members", default=30.0, minimum=2.0, maximum=200.0, scale="integer", symbol="N"),
        Parameter(name="box", default=1.0, minimum=1e-3, maximum=2.0, scale="log", symbol="b"),
        Parameter(name="crossover", default=0.9, minimum=0.0, maximum=1.0, symbol="p_c"),
        Parameter(name="blend", default=0.25, minimum=0.0, maximum=1.0, symbol=r"\alpha"),
        Parameter(name="mutation", default=0.2, minimum=0.0, maximum=1.0, symbol="p_m"),
        Parameter(name="reach", default=0.05, minimum=1e-4, maximum=1.0, scale="log", symbol=r"\sigma"),
    ),
    columns={"mean": 1},
    members=lambda values: max(2, min(10_000, round(values["members"]))),
    fields={"parents": 2, "crossed": 1, "mutated": 1},
    draws=lambda values: 12 * max(2, min(10_000, round(values["members"]))),
)
"""The first population is evenly spread over a ``box`` about the start, in parts of the domain, with one member at the
start. Each parent is the better of two drawn ones; a child lies between both, or beyond by ``blend`` of their distance.
A mutation is normal with standard deviations of ``reach`` times the sides of the domain. The best member lives on."""

BOX, CROSSOVER, BLEND, MUTATION, REACH = OWN + 1, OWN + 2, OWN + 3, OWN + 4, OWN + 5
DRAWS = 12
"""Random numbers of a child."""
NUMBERS = 7
"""Numbers of a member."""


def begin(record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:  # noqa: ARG001
    """Spread the first population over the box."""
    for j in range(calls[MEMBERS]):
        x, y = given[START_X], given[START_Y]
        if j > 0:
            x = spread(0, DRAWS * j, x, given[BOX] * (given[RIGHT] - given[LEFT]), calls)
            y = spread(0, DRAWS * j + 1, y, given[BOX] * (given[HIGH] - given[LOW]), calls)
        own = place(0, j, x, y, value(x, y, calls, told), population, calls)
        population[own], population[own + 1] = float(j), float(j)
    lead(0, population, record, calls)


def step(k: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:  # noqa: ARG001
    """Let the best live on, and have all others replaced by children."""
    best = member_at(k, 0, calls)
    own = place(k + 1, 0, population[best], population[best + 1], population[best + 2], population, calls)
    population[own], population[own + 1] = 0.0, 0.0
    for j in range(1, calls[MEMBERS]):
        channel = DRAWS * j
        a, b = parent(k, channel, population, calls), parent(k, channel + 2, population, calls)
        at_a, at_b = member_at(k, a, calls), member_at(k, b, calls)
        x, y = population[at_a], population[at_a + 1]
        crossed = drawn(k + 1, channel + 4, calls) <= given[CROSSOVER]
        mutated = drawn(k + 1, channel + 7, calls) <= given[MUTATION]
        if crossed:
            x = between(k, channel + 5, x, population[at_b], given[BLEND], calls)
            y = between(k, channel + 6, y, population[at_b + 1], given[BLEND], calls)
        if mutated:
            x += given[REACH] * (given[RIGHT] - given[LEFT]) * normal(k + 1, channel + 8, calls)
            y += given[REACH] * (given[HIGH] - given[LOW]) * normal(k + 1, channel + 10, calls)
        own = place(k + 1, j, x, y, value(x, y, calls, told), population, calls)
        population[own], population[own + 1] = float(a), float(b)
        population[own + 2], population[own + 3] = 1.0 if crossed else 0.0, 1.0 if mutated else 0.0
    lead(k + 1, population, record, calls)


def parent(k: int, channel: int, population: Array, calls: Array) -> int:
    """Return the better of two members that are drawn."""
    a = chosen(k + 1, channel, calls[MEMBERS], calls)
    b = chosen(k + 1, channel + 1, calls[MEMBERS], calls)
    return a if population[member_at(k, a, calls) + 2] <= population[member_at(k, b, calls) + 2] else b


def between(k: int, channel: int, a: float, b: float, blend: float, calls: Array) -> float:
    """Return a number evenly spread between two, and beyond each by a part of their distance."""
    part = (1.0 + 2.0 * blend) * drawn(k + 1, channel, calls) - blend
    return a + part * (b - a)


def lead(k: int, population: Array, record: Array, calls: Array) -> None:
    """Put the best member first, and stand there."""
    first, best, total, count = member_at(k, 0, calls), member_at(k, 0, calls), 0.0, 0.0
    for j in range(calls[MEMBERS]):
        at = member_at(k, j, calls)
        if population[at + 2] < 1e300:
            total += population[at + 2]
            count += 1.0
        if population[at + 2] < population[best + 2]:
            best = at
    if best != first:
        for index in range(NUMBERS):
            population[first + index], population[best + index] = population[best + index], population[first + index]
    own = hold(k, population[first], population[first + 1], population[first + 2], record, calls)
    record[own] = total / count if count > 0.0 else 0.0


PARTS = lead, parent, between
