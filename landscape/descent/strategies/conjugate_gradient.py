"""Nonlinear conjugate gradients: each direction keeps a part of the one before (Polak and Ribière)."""

import math

from landscape.catalogue.parameters import Parameter
from landscape.descent.strategies import wolfe
from landscape.descent.strategies.frame import (
    FOUND_X,
    FOUND_Y,
    OWN,
    START_X,
    START_Y,
    WIDTH,
    Array,
    hold,
    place,
    slope,
    value,
)
from landscape.descent.strategies.strategy import StrategyEntry
from landscape.descent.strategies.wolfe import (
    ALPHA,
    AT_F,
    AT_X,
    AT_Y,
    BEHIND,
    FROM,
    RESTING,
    SLOPE_AT_X,
    SLOPE_AT_Y,
    TO,
    TRIALS,
    search,
)

STRATEGY = StrategyEntry(
    id="conjugate_gradient",
    titles={"en": "Conjugate gradients", "zh": "共轭梯度法"},
    source="Polak & Ribière 1969; Nocedal & Wright 2006, Algorithm 5.4 with equation 5.45",
    parameters=(
        Parameter(name="first", default=1.0, minimum=1e-6, maximum=100.0, scale="log", symbol=r"\bar\alpha"),
        Parameter(name="sufficient", default=1e-4, minimum=1e-8, maximum=0.5, scale="log", symbol="c_1"),
        Parameter(name="flat", default=0.1, minimum=1e-6, maximum=0.99, scale="log", symbol="c_2"),
    ),
    columns={"alpha": 1, "direction": 2, "beta": 1, "trials": 1, "interval": 2, "restarted": 1},
    scratch=lambda _: BEHIND + 5,
    rate="alpha",
)
"""The direction is -∇f + β times the one before, with β = max(0, ∇f·(∇f - ∇f before)/|∇f before|²); where that leads
uphill it begins again with -∇f. ``first`` is how far the first step goes that is tried; later ones begin with
the length that promises the same decrease as the step before."""

DIRECTION_X, DIRECTION_Y, LENGTH, DOWN, BETA = BEHIND, BEHIND + 1, BEHIND + 2, BEHIND + 3, BEHIND + 4
USES = (wolfe,)


def begin(record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:
    """Stand at the start, with its gradient."""
    x, y = given[START_X], given[START_Y]
    f = value(x, y, calls, told)
    work[SLOPE_AT_X], work[SLOPE_AT_Y] = 0.0, 0.0
    if slope(x, y, calls, told):
        work[SLOPE_AT_X], work[SLOPE_AT_Y] = told[FOUND_X], told[FOUND_Y]
    work[DIRECTION_X], work[DIRECTION_Y] = -work[SLOPE_AT_X], -work[SLOPE_AT_Y]
    work[LENGTH], work[DOWN], work[BETA] = 0.0, 0.0, 0.0
    hold(0, x, y, f, record, calls)
    place(0, 0, x, y, f, population, calls)


def step(k: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:
    """Search along the direction, and turn it."""
    row = k * calls[WIDTH]
    x, y, f = record[row], record[row + 1], record[row + 2]
    gx, gy, px, py = work[SLOPE_AT_X], work[SLOPE_AT_Y], work[DIRECTION_X], work[DIRECTION_Y]
    down = gx * px + gy * py
    first = work[LENGTH] * work[DOWN] / down if work[LENGTH] > 0.0 and down < 0.0 else 0.0
    if not 0.0 < first < 1e300:
        size = math.sqrt(gx * gx + gy * gy)
        first = given[OWN] / size if size > 0.0 else 0.0
    search(x, y, f, gx, gy, px, py, first, given[OWN + 1], given[OWN + 2], work, calls, told)
    own = hold(k + 1, work[AT_X], work[AT_Y], work[AT_F], record, calls)
    place(k + 1, 0, work[AT_X], work[AT_Y], work[AT_F], population, calls)
    record[own], record[own + 1], record[own + 2] = work[ALPHA], px, py
    record[own + 4], record[own + 5], record[own + 6] = work[TRIALS], work[FROM], work[TO]
    record[own + 3] = work[BETA]
    record[own + 7] = 1.0 if k > 0 and work[BETA] == 0.0 else 0.0
    if work[ALPHA] == 0.0 and work[BETA] == 0.0:
        work[RESTING] = 1.0
    turn(gx, gy, px, py, work)
    work[LENGTH], work[DOWN] = work[ALPHA], down


def turn(gx: float, gy: float, px: float, py: float, work: Array) -> None:
    """Work out the next direction, of the gradient before and the direction before."""
    nx, ny = work[SLOPE_AT_X], work[SLOPE_AT_Y]
    size = gx * gx + gy * gy
    beta = (nx * (nx - gx) + ny * (ny - gy)) / size if size > 0.0 else 0.0
    if not 0.0 < beta < 1e100 or work[ALPHA] == 0.0:
        beta = 0.0
    dx, dy = beta * px - nx, beta * py - ny
    if not dx * nx + dy * ny < 0.0:
        beta, dx, dy = 0.0, -nx, -ny
    work[DIRECTION_X], work[DIRECTION_Y], work[BETA] = dx, dy, beta


PARTS = (turn,)
