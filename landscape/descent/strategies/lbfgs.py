"""L-BFGS: Newton's step with a Hessian that is guessed from the last few steps and gradients."""

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
    id="lbfgs",
    titles={"en": "L-BFGS", "zh": "L-BFGS"},
    source="Liu & Nocedal 1989; Nocedal & Wright 2006, Algorithms 7.4 and 7.5",
    parameters=(
        Parameter(name="memory", default=10.0, minimum=1.0, maximum=20.0, scale="integer", symbol="m"),
        Parameter(name="first", default=1.0, minimum=1e-6, maximum=100.0, scale="log", symbol=r"\bar\alpha"),
        Parameter(name="sufficient", default=1e-4, minimum=1e-8, maximum=0.5, scale="log", symbol="c_1"),
        Parameter(name="flat", default=0.9, minimum=1e-3, maximum=0.99, symbol="c_2"),
    ),
    columns={"alpha": 1, "direction": 2, "trials": 1, "interval": 2, "pairs": 1, "scale": 1},
    scratch=lambda _: BEHIND + 5 + 6 * MOST_PAIRS,
    rate="alpha",
)
"""The direction is -H∇f, where H is guessed from the last ``memory`` steps and changes of the gradient; ``pairs`` of
them are known by then, and H begins with ``scale``, the latest step's own. ``first`` is how far the first step goes
that is tried; later ones try α = 1 first."""

MOST_PAIRS = 20
DIRECTION_X, DIRECTION_Y, PAIRS, SCALE, LATEST = BEHIND, BEHIND + 1, BEHIND + 2, BEHIND + 3, BEHIND + 4
HISTORY = BEHIND + 5
"""Steps, changes of the gradient, one over their product, and room for a factor: six numbers each, in turn."""
USES = (wolfe,)


def begin(record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:
    """Stand at the start, with its gradient."""
    x, y = given[START_X], given[START_Y]
    f = value(x, y, calls, told)
    stand(x, y, f, work, calls, told)
    hold(0, x, y, f, record, calls)
    place(0, 0, x, y, f, population, calls)


def step(k: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:
    """Search along the direction, and learn from the step."""
    row = k * calls[WIDTH]
    memory = int(given[OWN])
    memory = MOST_PAIRS if memory > MOST_PAIRS else 1 if memory < 1 else memory
    pairs, scale = work[PAIRS], work[SCALE]
    advance(
        record[row], record[row + 1], record[row + 2], memory, given[OWN + 1], given[OWN + 2], given[OWN + 3],
        work, calls, told,
    )  # fmt: skip
    own = hold(k + 1, work[AT_X], work[AT_Y], work[AT_F], record, calls)
    place(k + 1, 0, work[AT_X], work[AT_Y], work[AT_F], population, calls)
    record[own], record[own + 1], record[own + 2] = work[ALPHA], work[DIRECTION_X], work[DIRECTION_Y]
    record[own + 3], record[own + 4], record[own + 5] = work[TRIALS], work[FROM], work[TO]
    record[own + 6], record[own + 7] = pairs, scale


def stand(x: float, y: float, f: float, work: Array, calls: Array, told: Array) -> None:
    """Begin at a point, with nothing learnt."""
    work[AT_X], work[AT_Y], work[AT_F], work[SLOPE_AT_X], work[SLOPE_AT_Y] = x, y, f, 0.0, 0.0
    if slope(x, y, calls, told):
        work[SLOPE_AT_X], work[SLOPE_AT_Y] = told[FOUND_X], told[FOUND_Y]
    work[RESTING], work[PAIRS], work[SCALE], work[LATEST], work[DIRECTION_X], work[DIRECTION_Y] = (
        0.0,
        0.0,
        1.0,
        0.0,
        0.0,
        0.0,
    )


def advance(
    x: float, y: float, f: float, memory: int, reach: float, enough: float, flat: float,
    work: Array, calls: Array, told: Array,
) -> None:  # fmt: skip
    """Make one step from a point whose gradient is in ``work``."""
    gx, gy = work[SLOPE_AT_X], work[SLOPE_AT_Y]
    aim(gx, gy, memory, work)
    px, py = work[DIRECTION_X], work[DIRECTION_Y]
    if not gx * px + gy * py < 0.0:
        work[PAIRS], work[SCALE] = 0.0, 1.0
        px, py = -gx, -gy
        work[DIRECTION_X], work[DIRECTION_Y] = px, py
    size = math.sqrt(gx * gx + gy * gy)
    first = 1.0
    if work[PAIRS] == 0.0:
        first = reach / size if size > 0.0 else 0.0
    search(x, y, f, gx, gy, px, py, first, enough, flat, work, calls, told)
    if work[ALPHA] == 0.0:
        work[RESTING] = 1.0 if work[PAIRS] == 0.0 else 0.0
        work[PAIRS], work[SCALE] = 0.0, 1.0
        return
    learn(work[AT_X] - x, work[AT_Y] - y, work[SLOPE_AT_X] - gx, work[SLOPE_AT_Y] - gy, memory, work)


def learn(sx: float, sy: float, dx: float, dy: float, memory: int, work: Array) -> None:
    """Remember a step and the change of the gradient, where the surface curves upwards along it."""
    product, change = sx * dx + sy * dy, dx * dx + dy * dy
    if not (product > 1e-300 and change > 0.0 and product / change < 1e100):
        return
    latest = int(work[LATEST]) + 1
    if latest >= memory:
        latest = 0
    at = HISTORY + 6 * latest
    work[at], work[at + 1], work[at + 2], work[at + 3], work[at + 4] = sx, sy, dx, dy, 1.0 / product
    work[LATEST], work[SCALE] = float(latest), product / change
    if work[PAIRS] < memory:
        work[PAIRS] += 1.0


def aim(gx: float, gy: float, memory: int, work: Array) -> None:
    """Work out the direction -H∇f by the two loops over what is remembered."""
    pairs, latest = int(work[PAIRS]), int(work[LATEST])
    qx, qy = gx, gy
    for age in range(pairs):
        at = HISTORY + 6 * (latest - age if latest >= age else latest - age + memory)
        factor = work[at + 4] * (work[at] * qx + work[at + 1] * qy)
        work[at + 5] = factor
        qx -= factor * work[at + 2]
        qy -= factor * work[at + 3]
    qx, qy = work[SCALE] * qx, work[SCALE] * qy
    for index in range(pairs):
        age = pairs - 1 - index
        at = HISTORY + 6 * (latest - age if latest >= age else latest - age + memory)
        factor = work[at + 5] - work[at + 4] * (work[at + 2] * qx + work[at + 3] * qy)
        qx += factor * work[at]
        qy += factor * work[at + 1]
    work[DIRECTION_X], work[DIRECTION_Y] = -qx, -qy


PARTS = stand, advance, learn, aim
