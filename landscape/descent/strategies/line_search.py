"""Steepest descent with Armijo's line search: as long a step as brings enough, found by halving."""

from landscape.catalogue.parameters import Parameter
from landscape.descent.strategies.frame import (
    FOUND_X,
    FOUND_Y,
    HEAD,
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

STRATEGY = StrategyEntry(
    id="line_search",
    titles={"en": "Line search (Armijo)", "zh": "线搜索 Armijo"},
    source="Armijo 1966; Nocedal & Wright 2006, Algorithm 3.1",
    parameters=(
        Parameter(name="first", default=1.0, minimum=1e-6, maximum=100.0, scale="log", symbol=r"\bar\alpha"),
        Parameter(name="shrinking", default=0.5, minimum=0.01, maximum=0.99, symbol=r"\rho"),
        Parameter(name="sufficient", default=1e-4, minimum=1e-8, maximum=0.99, scale="log", symbol="c"),
    ),
    columns={"alpha": 1, "direction": 2, "slope": 1, "trials": 1, "refused": 1, "refused_loss": 1, "bound": 1},
    rate="alpha",
)
"""Along the direction -∇f, the step length begins at ``first`` and is multiplied by ``shrinking`` until
f(x - α∇f) ≤ f - ``sufficient`` α |∇f|²: the ``bound``. ``refused`` is the last length that was too long, and
``refused_loss`` the value there; both 0 where the first one was taken."""

MOST = 200
"""Lengths that are tried in a step; then it stays where it is."""


def begin(record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:  # noqa: ARG001
    """Stand at the start."""
    x, y = given[START_X], given[START_Y]
    f = value(x, y, calls, told)
    hold(0, x, y, f, record, calls)
    place(0, 0, x, y, f, population, calls)


def step(k: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:  # noqa: ARG001
    """Search downhill for a length that brings enough."""
    row = k * calls[WIDTH]
    x, y, f = record[row], record[row + 1], record[row + 2]
    dx, dy = 0.0, 0.0
    resting = k > 0 and record[row + HEAD] == 0.0
    if not resting and slope(x, y, calls, told):
        dx, dy = -told[FOUND_X], -told[FOUND_Y]
    down = dx * dx + dy * dy
    alpha, trials, refused, refused_f, new_x, new_y, new_f = given[OWN], 0, 0.0, 0.0, x, y, f
    found = False
    while not found and trials < MOST and 0.0 < down < 1e300:
        new_x, new_y = x + alpha * dx, y + alpha * dy
        new_f = value(new_x, new_y, calls, told)
        trials += 1
        found = new_f < f and new_f <= f - given[OWN + 2] * alpha * down
        if not found:
            refused, refused_f = alpha, new_f
            alpha *= given[OWN + 1]
    if not found:
        alpha, new_x, new_y, new_f = 0.0, x, y, f
        down = down if down < 1e300 else 0.0
    own = hold(k + 1, new_x, new_y, new_f, record, calls)
    place(k + 1, 0, new_x, new_y, new_f, population, calls)
    record[own], record[own + 1], record[own + 2], record[own + 3] = alpha, dx, dy, -down
    record[own + 4], record[own + 5], record[own + 6] = float(trials), refused, refused_f
    record[own + 7] = f - given[OWN + 2] * alpha * down


PARTS = ()
