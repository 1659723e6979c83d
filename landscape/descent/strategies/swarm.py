"""Particle swarm: particles with a velocity, drawn to the best point of their own and to that of all."""

import math

from landscape.catalogue.parameters import Parameter
from landscape.descent.strategies.frame import (
    HEAD,
    HIGH,
    LEFT,
    LOW,
    MEMBERS,
    OWN,
    RIGHT,
    START_X,
    START_Y,
    WIDTH,
    Array,
    drawn,
    hold,
    member_at,
    place,
    spread,
    value,
)
from landscape.descent.strategies.strategy import StrategyEntry

STRATEGY = StrategyEntry(
    id="swarm",
    titles={"en": "Particle swarm", "zh": "粒子群算法"},
    source="Kennedy & Eberhart 1995; inertia and constants of Clerc & Kennedy 2002",
    parameters=(
        Parameter(name="members", default=20.0, minimum=2.0, maximum=200.0, scale="integer", symbol="N"),
        Parameter(name="box", default=1.0, minimum=1e-3, maximum=2.0, scale="log", symbol="b"),
        Parameter(name="inertia", default=0.7298, minimum=0.0, maximum=1.2, symbol=r"\omega"),
        Parameter(name="own", default=1.49618, minimum=0.0, maximum=4.0, symbol="c_1"),
        Parameter(name="common", default=1.49618, minimum=0.0, maximum=4.0, symbol="c_2"),
    ),
    columns={"leader": 1},
    members=lambda values: max(2, min(10_000, round(values["members"]))),
    fields={"inertia": 2, "own": 2, "common": 2, "best": 3},
    draws=lambda values: 4 * max(2, min(10_000, round(values["members"]))),
)
"""The first particles rest, evenly spread over a ``box`` about the start, in parts of the domain, one at the start. The
velocity that led to a point is the sum of three parts: ``inertia``, to the best point of its ``own``, and to the one
that all have in ``common``. ``leader`` is the particle that found it."""

BOX, INERTIA, TO_OWN, TO_COMMON = OWN + 1, OWN + 2, OWN + 3, OWN + 4


def begin(record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:  # noqa: ARG001
    """Spread the particles over the box."""
    for j in range(calls[MEMBERS]):
        x, y = given[START_X], given[START_Y]
        if j > 0:
            x = spread(0, 4 * j, x, given[BOX] * (given[RIGHT] - given[LEFT]), calls)
            y = spread(0, 4 * j + 1, y, given[BOX] * (given[HIGH] - given[LOW]), calls)
        f = value(x, y, calls, told)
        own = place(0, j, x, y, f, population, calls)
        population[own + 6], population[own + 7], population[own + 8] = x, y, f
    lead(0, population, record, calls)


def step(k: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:  # noqa: ARG001
    """Move every particle, all by the best point that was known before."""
    leader = member_at(k, int(record[k * calls[WIDTH] + HEAD]), calls)
    best_x, best_y = population[leader + 9], population[leader + 10]
    for j in range(calls[MEMBERS]):
        at, new = member_at(k, j, calls), member_at(k + 1, j, calls)
        x, y = population[at], population[at + 1]
        for axis in range(2):
            here, own_best = population[at + axis], population[at + 9 + axis]
            held = population[at + 3 + axis] + population[at + 5 + axis] + population[at + 7 + axis]
            there = best_x if axis == 0 else best_y
            to_own = given[TO_OWN] * drawn(k + 1, 4 * j + axis, calls) * (own_best - here)
            to_common = given[TO_COMMON] * drawn(k + 1, 4 * j + 2 + axis, calls) * (there - here)
            population[new + 3 + axis] = given[INERTIA] * held
            population[new + 5 + axis], population[new + 7 + axis] = to_own, to_common
            moved = here + given[INERTIA] * held + to_own + to_common
            if axis == 0:
                x = moved
            else:
                y = moved
        f = value(x, y, calls, told)
        place(k + 1, j, x, y, f, population, calls)
        better = f < population[at + 11]
        population[new + 9] = x if better else population[at + 9]
        population[new + 10] = y if better else population[at + 10]
        population[new + 11] = f if better else population[at + 11]
    lead(k + 1, population, record, calls)


def lead(k: int, population: Array, record: Array, calls: Array) -> None:
    """Stand at the best point that any particle has found."""
    leader, least = 0, math.inf
    for j in range(calls[MEMBERS]):
        f = population[member_at(k, j, calls) + 11]
        if f < least:
            leader, least = j, f
    at = member_at(k, leader, calls)
    own = hold(k, population[at + 9], population[at + 10], population[at + 11], record, calls)
    record[own] = float(leader)


PARTS = (lead,)
