"""Coordinate descent: along x, then along y, each time as far down as it goes."""

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
    id="coordinate",
    titles={"en": "Coordinate descent", "zh": "坐标下降法"},
    source="Wright 2015, arXiv:1502.04759, Algorithm 1 in turn, with a line search",
    parameters=(
        Parameter(name="first", default=1.0, minimum=1e-6, maximum=100.0, scale="log", symbol=r"\bar\alpha"),
        Parameter(name="sufficient", default=1e-4, minimum=1e-8, maximum=0.5, scale="log", symbol="c_1"),
        Parameter(name="flat", default=1e-3, minimum=1e-9, maximum=0.9, scale="log", symbol="c_2"),
    ),
    columns={"alpha": 1, "axis": 1, "partial": 1, "trials": 1, "interval": 2},
    scratch=lambda _: BEHIND + 2,
    rate="alpha",
)
"""``axis`` is 0 for x and 1 for y, in turn; ``partial`` is the derivative along it, and ``alpha`` how far the step goes
in units of it. ``first`` is how far the first step goes that is tried; later ones begin with the last one's length."""

LENGTHS = BEHIND
USES = (wolfe,)


def begin(record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:
    """Stand at the start, with its gradient."""
    x, y = given[START_X], given[START_Y]
    f = value(x, y, calls, told)
    work[SLOPE_AT_X], work[SLOPE_AT_Y] = 0.0, 0.0
    if slope(x, y, calls, told):
        work[SLOPE_AT_X], work[SLOPE_AT_Y] = told[FOUND_X], told[FOUND_Y]
    work[LENGTHS], work[LENGTHS + 1] = 0.0, 0.0
    hold(0, x, y, f, record, calls)
    place(0, 0, x, y, f, population, calls)


def step(k: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:
    """Search along one axis."""
    row, axis = k * calls[WIDTH], k % 2
    gx, gy = work[SLOPE_AT_X], work[SLOPE_AT_Y]
    partial = gx if axis == 0 else gy
    px, py = (-gx, 0.0) if axis == 0 else (0.0, -gy)
    first = work[LENGTHS + axis]
    if not first > 0.0:
        first = given[OWN] / abs(partial) if partial != 0.0 else 0.0
    search(
        record[row], record[row + 1], record[row + 2], gx, gy, px, py, first, given[OWN + 1], given[OWN + 2],
        work, calls, told,
    )  # fmt: skip
    work[LENGTHS + axis] = work[ALPHA]
    if k > 0 and work[LENGTHS] == 0.0 and work[LENGTHS + 1] == 0.0:
        work[RESTING] = 1.0
    own = hold(k + 1, work[AT_X], work[AT_Y], work[AT_F], record, calls)
    place(k + 1, 0, work[AT_X], work[AT_Y], work[AT_F], population, calls)
    record[own], record[own + 1], record[own + 2] = work[ALPHA], float(axis), partial
    record[own + 3], record[own + 4], record[own + 5] = work[TRIALS], work[FROM], work[TO]


PARTS = ()
