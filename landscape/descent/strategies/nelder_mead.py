"""Nelder–Mead: a triangle that is reflected, expanded, contracted and shrunk on its way downhill."""

from landscape.catalogue.parameters import Parameter
from landscape.descent.strategies.frame import (
    HIGH,
    LEFT,
    LOW,
    OWN,
    RIGHT,
    START_X,
    START_Y,
    Array,
    hold,
    member_at,
    place,
    value,
)
from landscape.descent.strategies.strategy import StrategyEntry

STRATEGY = StrategyEntry(
    id="nelder_mead",
    titles={"en": "Nelder–Mead", "zh": "单纯形法 Nelder–Mead"},
    source="Nelder & Mead 1965, Computer Journal 7; in the form of scipy.optimize",
    parameters=(
        Parameter(name="size", default=0.1, minimum=1e-4, maximum=1.0, scale="log", symbol="s"),
        Parameter(name="reflection", default=1.0, minimum=0.1, maximum=3.0, symbol=r"\rho"),
        Parameter(name="expansion", default=2.0, minimum=1.0, maximum=5.0, symbol=r"\chi"),
        Parameter(name="contraction", default=0.5, minimum=0.01, maximum=0.99, symbol=r"\gamma"),
        Parameter(name="shrinking", default=0.5, minimum=0.01, maximum=0.99, symbol=r"\sigma"),
    ),
    columns={"move": 1, "reflected": 3, "tried": 3, "centroid": 2},
    members=lambda _: 3,
)
"""The first triangle has its right angle at the start and sides of ``size`` times those of the domain. The population
is the triangle, its best corner first; ``reflected`` and ``tried`` are x, y and value of what was looked at."""

MOVES = BEGUN, REFLECTION, EXPANSION, OUTSIDE, INSIDE, SHRINKING = 0, 1, 2, 3, 4, 5
"""What is recorded as ``move``."""
REFLECT, EXPAND, CONTRACT, SHRINK = OWN + 1, OWN + 2, OWN + 3, OWN + 4


def begin(record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:  # noqa: ARG001
    """Evaluate the first triangle."""
    x, y = given[START_X], given[START_Y]
    right, high = given[OWN] * (given[RIGHT] - given[LEFT]), given[OWN] * (given[HIGH] - given[LOW])
    place(0, 0, x, y, value(x, y, calls, told), population, calls)
    place(0, 1, x + right, y, value(x + right, y, calls, told), population, calls)
    place(0, 2, x, y + high, value(x, y + high, calls, told), population, calls)
    settle(0, 0.0, 0.0, 0.0, population, calls, record)


def step(k: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:  # noqa: ARG001
    """Make one move of the triangle."""
    best, good, worst = member_at(k, 0, calls), member_at(k, 1, calls), member_at(k, 2, calls)
    cx = 0.5 * (population[best] + population[good])
    cy = 0.5 * (population[best + 1] + population[good + 1])
    wx, wy = population[worst], population[worst + 1]
    low, middle, high = population[best + 2], population[good + 2], population[worst + 2]
    rho = given[REFLECT]
    rx, ry = (1.0 + rho) * cx - rho * wx, (1.0 + rho) * cy - rho * wy
    reflected = value(rx, ry, calls, told)
    move, away = REFLECTION, -rho
    if reflected < low:
        move, away = EXPANSION, -rho * given[EXPAND]
    elif reflected >= middle:
        outside = reflected < high
        move = OUTSIDE if outside else INSIDE
        away = -rho * given[CONTRACT] if outside else given[CONTRACT]
    tx, ty, tried = rx, ry, reflected
    if move != REFLECTION:
        tx, ty = (1.0 - away) * cx + away * wx, (1.0 - away) * cy + away * wy
        tried = value(tx, ty, calls, told)
    nx, ny, new = tx, ty, tried
    if move == EXPANSION and not tried < reflected:
        move, nx, ny, new = REFLECTION, rx, ry, reflected
    fails = (move == OUTSIDE and tried > reflected) or (move == INSIDE and tried >= high)
    place(k + 1, 0, population[best], population[best + 1], low, population, calls)
    if fails:
        move = SHRINKING
        shrunk(k, 1, good, best, population, given, calls, told)
        shrunk(k, 2, worst, best, population, given, calls, told)
    else:
        place(k + 1, 1, population[good], population[good + 1], middle, population, calls)
        place(k + 1, 2, nx, ny, new, population, calls)
    own = settle(k + 1, cx, cy, float(move), population, calls, record)
    record[own + 1], record[own + 2], record[own + 3] = rx, ry, reflected
    record[own + 4], record[own + 5], record[own + 6] = tx, ty, tried


def shrunk(
    k: int, member: int, corner: int, best: int, population: Array, given: Array, calls: Array, told: Array
) -> None:
    """Draw a corner towards the best one."""
    x = population[best] + given[SHRINK] * (population[corner] - population[best])
    y = population[best + 1] + given[SHRINK] * (population[corner + 1] - population[best + 1])
    place(k + 1, member, x, y, value(x, y, calls, told), population, calls)


def settle(k: int, cx: float, cy: float, move: float, population: Array, calls: Array, record: Array) -> int:
    """Put the corners in order, of equal ones the older first, and stand at the best."""
    first = member_at(k, 0, calls)
    breadth = member_at(k, 1, calls) - first
    for last in (1, 2, 1):
        a, b = first + (last - 1) * breadth, first + last * breadth
        if population[b + 2] < population[a + 2]:
            for index in range(3):
                population[a + index], population[b + index] = population[b + index], population[a + index]
    own = hold(k, population[first], population[first + 1], population[first + 2], record, calls)
    record[own], record[own + 7], record[own + 8] = move, cx, cy
    return own


PARTS = shrunk, settle
