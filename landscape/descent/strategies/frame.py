"""The frame of every strategy's kernel: the loop over its steps, evaluations that are counted, and random numbers.

What is here is plain Python that Numba compiles. A strategy's own module has ``begin`` and ``step``, which write a row
of the record and the population each, and ``PARTS``: the functions that these call, each only those after it. All are
given the same arguments:

- ``record``: rows of ``calls[WIDTH]`` numbers: those of ``HEAD``, then what the strategy tells of the step;
- ``population``: rows of ``calls[MEMBERS]`` members: x, y and value each, then what is told of each;
- ``work``: what the strategy remembers besides;
- ``given``: the box, the start, then its hyper-parameters from ``OWN`` on;
- ``calls``: where the surface's kernels are, how long rows are, and the keys of the random numbers;
- ``told``: what an evaluation is asked and told, the best point until now, and how many evaluations there were.

A value that is no finite number counts as infinite: worse than any other.
"""

import math
from typing import Any, TypeAlias

Array: TypeAlias = Any
"""In a kernel: the address of an array."""

BEST_X, BEST_Y, BEST, VALUES, GRADIENTS, SLOPE_X, SLOPE_Y = 3, 4, 5, 6, 7, 8, 9
HEAD = 10
"""Numbers in front of a row: x, y, value, the best point until now and its value, evaluations until now of values and
of gradients, and the gradient."""

VALUE, GRADIENT, TOLD, CONSTANTS, DATA, ROWS, WIDTH, MEMBERS, BREADTH = 0, 1, 2, 3, 4, 5, 6, 7, 8
KEYS = 9
"""The first of the keys in ``calls``, one for each random number of a step."""

LEFT, RIGHT, LOW, HIGH, START_X, START_Y = 0, 1, 2, 3, 4, 5
OWN = 6
"""The first of the hyper-parameters in ``given``."""

ASKED_X, ASKED_Y, FOUND, FOUND_X, FOUND_Y, LEAST_X, LEAST_Y, LEAST, COUNTED, COUNTED_SLOPES = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
)
TELLING = 10
"""Numbers in ``told``."""
FARTHEST = 1e100
"""No point is farther out in either coordinate."""


def run(
    first: int, last: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array
) -> None:
    """Make the steps from ``first`` to before ``last``; in front of step 0 write the row of the start."""
    if first == 0:
        begin(record, population, work, given, calls, told)
        close_row(0, record, calls, told)
    for k in range(first, last):
        step(k, record, population, work, given, calls, told)
        close_row(k + 1, record, calls, told)


def slopes(first: int, last: int, record: Array, calls: Array, told: Array) -> None:
    """Write the gradient into each row from ``first`` to ``last``; it is for looking at, and not counted."""
    for k in range(first, last + 1):
        row = k * calls[WIDTH]
        told[ASKED_X], told[ASKED_Y] = record[row], record[row + 1]
        reach(calls[GRADIENT], calls[TOLD], calls[CONSTANTS], calls[DATA], calls[ROWS])
        record[row + SLOPE_X], record[row + SLOPE_Y] = told[FOUND_X], told[FOUND_Y]


def begin(
    record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array
) -> None:  # pragma: no cover
    """Write the row of the start; the strategy's own stands in its place."""


def step(
    k: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array
) -> None:  # pragma: no cover
    """Write row ``k + 1`` of row ``k``; the strategy's own stands in its place."""


def reach(function: int, told: int, constants: int, data: int, rows: int) -> None:
    """Call the kernel at an address; the compiler has an instruction for it."""
    raise NotImplementedError


def uniform(key: int, counter: int) -> float:
    """Return a random number in (0, 1], that of ``landscape.descent.noise``; the compiler has instructions for it."""
    raise NotImplementedError


def close_row(k: int, record: Array, calls: Array, told: Array) -> None:
    """Write what is known of every row."""
    row = k * calls[WIDTH]
    record[row + BEST_X], record[row + BEST_Y], record[row + BEST] = told[LEAST_X], told[LEAST_Y], told[LEAST]
    record[row + VALUES], record[row + GRADIENTS] = told[COUNTED], told[COUNTED_SLOPES]


def value(x: float, y: float, calls: Array, told: Array) -> float:
    """Return the surface at a point, and count it."""
    told[ASKED_X], told[ASKED_Y] = x, y
    reach(calls[VALUE], calls[TOLD], calls[CONSTANTS], calls[DATA], calls[ROWS])
    told[COUNTED] += 1.0
    f: float = told[FOUND]
    if not (abs(f) < math.inf and abs(x) <= FARTHEST and abs(y) <= FARTHEST):
        return math.inf
    if f < told[LEAST]:
        told[LEAST_X], told[LEAST_Y], told[LEAST] = x, y, f
    return f


def slope(x: float, y: float, calls: Array, told: Array) -> bool:
    """Evaluate the gradient at a point, and count it: ``told`` holds it; tell whether it is one of finite numbers."""
    told[ASKED_X], told[ASKED_Y] = x, y
    reach(calls[GRADIENT], calls[TOLD], calls[CONSTANTS], calls[DATA], calls[ROWS])
    told[COUNTED_SLOPES] += 1.0
    size: float = abs(told[FOUND_X]) + abs(told[FOUND_Y])
    return size < math.inf


def hold(k: int, x: float, y: float, f: float, record: Array, calls: Array) -> int:
    """Write where the strategy is after ``k`` steps; return where the numbers of its own begin in the row."""
    row: int = k * calls[WIDTH]
    record[row], record[row + 1], record[row + 2] = x, y, f
    return row + HEAD


def place(k: int, member: int, x: float, y: float, f: float, population: Array, calls: Array) -> int:
    """Write a member of the population after ``k`` steps; return where the numbers of its own begin."""
    at = member_at(k, member, calls)
    population[at], population[at + 1], population[at + 2] = x, y, f
    return at + 3


def member_at(k: int, member: int, calls: Array) -> int:
    """Return where a member of the population begins after ``k`` steps."""
    at: int = calls[BREADTH] * (k * calls[MEMBERS] + member)
    return at


def chosen(k: int, channel: int, count: int, calls: Array) -> int:
    """Return a whole number from 0 to before ``count``, all as likely."""
    index = int(drawn(k, channel, calls) * count)
    return index if index < count else count - 1


def spread(k: int, channel: int, centre: float, side: float, calls: Array) -> float:
    """Return a number evenly spread over a side about its centre."""
    return centre + side * (drawn(k, channel, calls) - 0.5)


def drawn(k: int, channel: int, calls: Array) -> float:
    """Return the random number in (0, 1] of a channel in step ``k``."""
    return uniform(calls[KEYS + channel], k)


def normal(k: int, channel: int, calls: Array) -> float:
    """Return a standard normal by the method of Box and Muller, of this channel and the next."""
    radius = math.sqrt(-2.0 * math.log(drawn(k, channel, calls)))
    return radius * math.cos(2.0 * math.pi * drawn(k, channel + 1, calls))


PARTS = close_row, hold, place, member_at, normal, spread, chosen, drawn, slope, value
"""What others call; each only what comes after it."""
