"""Basin hopping: thrown to somewhere near, downhill from there, and then taken or refused as in annealing."""

import math

from landscape.catalogue.parameters import Parameter
from landscape.descent.strategies import lbfgs, wolfe
from landscape.descent.strategies.frame import (
    COUNTED,
    COUNTED_SLOPES,
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
    place,
    spread,
    value,
)
from landscape.descent.strategies.lbfgs import advance, stand
from landscape.descent.strategies.strategy import StrategyEntry
from landscape.descent.strategies.wolfe import AT_F, AT_X, AT_Y, SLOPE_AT_X, SLOPE_AT_Y

STRATEGY = StrategyEntry(
    id="basin_hopping",
    titles={"en": "Basin hopping", "zh": "盆地跳跃"},
    source="Wales & Doye 1997, Journal of Physical Chemistry A 101; in the form of scipy.optimize",
    parameters=(
        Parameter(name="temperature", default=1.0, minimum=1e-6, maximum=1e6, scale="log", symbol="T"),
        Parameter(name="hop", default=0.2, minimum=1e-3, maximum=1.0, scale="log", symbol="h"),
        Parameter(name="local", default=50.0, minimum=1.0, maximum=500.0, scale="integer", symbol="n"),
    ),
    columns={"thrown": 3, "landed": 3, "worse": 1, "probability": 1, "drawn": 1, "accepted": 1, "local": 1, "spent": 1},
    members=lambda _: 3,
    draws=lambda _: 3,
    suited={"temperature": 0.02},
    scratch=lambda _: lbfgs.STRATEGY.scratch({}),
)
"""A hop throws the point evenly over ``hop`` times the sides of the domain about it, and goes downhill from there by
L-BFGS, in at most ``local`` steps. Where it lands is taken with probability e^(-Δ/T). The population is the point,
where it was ``thrown`` to, and where that ``landed``. ``local`` is how many steps that took, and ``spent`` how many
evaluations, a gradient counted twice."""

STILL = 1e-9
"""A descent ends where the gradient is this small, relative to the first one where that is above 1."""
PAIRS_KEPT = 10
USES = (wolfe, lbfgs)


def begin(record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:
    """Go downhill from the start."""
    x, y = given[START_X], given[START_Y]
    steps = land(x, y, value(x, y, calls, told), int(given[OWN + 2]), work, calls, told)
    x, y, f = work[AT_X], work[AT_Y], work[AT_F]
    own = hold(0, x, y, f, record, calls)
    for member in range(3):
        place(0, member, x, y, f, population, calls)
    for part in (own, own + 3):
        record[part], record[part + 1], record[part + 2] = x, y, f
    record[own + 7], record[own + 8], record[own + 9], record[own + 10] = 1.0, 1.0, 1.0, float(steps)
    record[own + 11] = told[COUNTED] + 2.0 * told[COUNTED_SLOPES]


def step(k: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:
    """Hop once."""
    row = k * calls[WIDTH]
    x, y, f = record[row], record[row + 1], record[row + 2]
    before = told[COUNTED] + 2.0 * told[COUNTED_SLOPES]
    tx = spread(k, 0, x, 2.0 * given[OWN + 1] * (given[RIGHT] - given[LEFT]), calls)
    ty = spread(k, 1, y, 2.0 * given[OWN + 1] * (given[HIGH] - given[LOW]), calls)
    tf = value(tx, ty, calls, told)
    steps = land(tx, ty, tf, int(given[OWN + 2]), work, calls, told)
    lx, ly, lf = work[AT_X], work[AT_Y], work[AT_F]
    worse = lf - f if f < math.inf else -math.inf
    probability = 1.0
    if worse > 0.0:
        probability = math.exp(-worse / given[OWN]) if given[OWN] > 0.0 else 0.0
    chance = drawn(k, 2, calls)
    taken = chance <= probability
    if taken:
        x, y, f = lx, ly, lf
    own = hold(k + 1, x, y, f, record, calls)
    place(k + 1, 0, x, y, f, population, calls)
    place(k + 1, 1, tx, ty, tf, population, calls)
    place(k + 1, 2, lx, ly, lf, population, calls)
    record[own], record[own + 1], record[own + 2] = tx, ty, tf
    record[own + 3], record[own + 4], record[own + 5] = lx, ly, lf
    record[own + 6], record[own + 7], record[own + 8] = worse, probability, chance
    record[own + 9], record[own + 10] = 1.0 if taken else 0.0, float(steps)
    record[own + 11] = told[COUNTED] + 2.0 * told[COUNTED_SLOPES] - before


def land(x: float, y: float, f: float, most: int, work: Array, calls: Array, told: Array) -> int:
    """Go downhill from a point; return in how many steps."""
    stand(x, y, f, work, calls, told)
    steep = math.sqrt(work[SLOPE_AT_X] * work[SLOPE_AT_X] + work[SLOPE_AT_Y] * work[SLOPE_AT_Y])
    still = STILL * (steep if steep > 1.0 else 1.0)
    steps, moving = 0, f < math.inf
    while moving and steps < most and steep > still:
        before = work[AT_F]
        advance(work[AT_X], work[AT_Y], before, PAIRS_KEPT, 1.0, 1e-4, 0.9, work, calls, told)
        steep = math.sqrt(work[SLOPE_AT_X] * work[SLOPE_AT_X] + work[SLOPE_AT_Y] * work[SLOPE_AT_Y])
        moving = work[AT_F] < before
        steps += 1
    return steps


PARTS = (land,)
