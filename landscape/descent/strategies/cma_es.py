"""CMA-ES: samples of a normal distribution whose mean, width and shape are learnt from the better half of them."""

import math

from landscape.catalogue.parameters import Parameter
from landscape.descent.strategies.frame import (
    HEAD,
    HIGH,
    LEAST,
    LEAST_X,
    LEAST_Y,
    LEFT,
    LOW,
    MEMBERS,
    OWN,
    RIGHT,
    START_X,
    START_Y,
    WIDTH,
    Array,
    hold,
    member_at,
    normal,
    place,
    value,
)
from landscape.descent.strategies.strategy import StrategyEntry

STRATEGY = StrategyEntry(
    id="cma_es",
    titles={"en": "CMA-ES", "zh": "协方差矩阵自适应 CMA-ES"},
    source="Hansen 2016, arXiv:1604.00772, equations 41 to 56",
    parameters=(
        Parameter(name="sigma", default=0.2, minimum=1e-4, maximum=1.0, scale="log", symbol=r"\sigma_0"),
        Parameter(name="members", default=6.0, minimum=4.0, maximum=100.0, scale="integer", symbol=r"\lambda"),
    ),
    columns={"mean": 2, "sigma": 1, "covariance": 3, "width_path": 2, "path": 2, "stalled": 1},
    members=lambda values: max(4, min(10_000, round(values["members"]))),
    fields={"weight": 1},
    draws=lambda values: 4 * max(4, min(10_000, round(values["members"]))),
    scratch=lambda values: 8 + 3 * max(4, min(10_000, round(values["members"]))),
)
"""The mean begins at the start, with a standard deviation of ``sigma`` times the sides of the domain. In each step as
many ``members`` are drawn from the distribution N(mean, sigma² covariance); ``covariance`` is xx, xy, yy. They are
recorded in the order of their values, with the weight that each has in the covariance. ``stalled`` tells whether the
width grows so fast that ``path`` waits (hσ = 0)."""

MU_EFFECTIVE, RANK_ONE, RANK_MU, OF_WIDTH, DAMPING, OF_PATH, WEIGHT_SUM = 0, 1, 2, 3, 4, 5, 6
"""Where constants are in ``work``."""
WEIGHTS = 8
EXPECTED = 1.2542727427188626
"""Length of a standard normal vector in two dimensions, as the paper approximates it."""
WIDEST = 1e32
SMALLEST = 1e-60
"""Bounds of sigma, and of the eigenvalues of the covariance."""


def begin(record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:
    """Put the mean at the start; its constants follow from the number of members alone."""
    prepare(calls[MEMBERS], work)
    x, y = given[START_X], given[START_Y]
    f = value(x, y, calls, told)
    for j in range(calls[MEMBERS]):
        place(0, j, x, y, f, population, calls)
    across, up = given[RIGHT] - given[LEFT], given[HIGH] - given[LOW]
    own = hold(0, x, y, f, record, calls)
    record[own], record[own + 1] = x, y
    record[own + 2] = given[OWN] * math.sqrt(across * up)
    record[own + 3], record[own + 4], record[own + 5] = across / up, 0.0, up / across


def prepare(count: int, work: Array) -> None:
    """Work out the weights and the rates of learning (equations 49 to 56)."""
    half = count // 2
    first, first_squares, last, last_squares, above, below = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for j in range(count):
        weight = math.log(0.5 * (count + 1.0)) - math.log(j + 1.0)
        work[WEIGHTS + j] = weight
        if j < half:
            first += weight
            first_squares += weight * weight
        else:
            last += weight
            last_squares += weight * weight
        if weight > 0.0:
            above += weight
        else:
            below -= weight
    mu = first * first / first_squares
    one = 2.0 / (3.3 * 3.3 + mu)
    rank = 2.0 * (mu - 2.0 + 1.0 / mu) / (16.0 + mu)
    if rank > 1.0 - one - 1e-8:
        rank = 1.0 - one - 1e-8
    alpha = 1.0 + one / rank
    other = 1.0 + 2.0 * (last * last / last_squares) / (mu + 2.0)
    if other < alpha:
        alpha = other
    other = (1.0 - one - rank) / (2.0 * rank)
    if other < alpha:
        alpha = other
    total = 0.0
    for j in range(count):
        weight = work[WEIGHTS + j]
        work[WEIGHTS + j] = weight / above if weight >= 0.0 else alpha * weight / below
        total += work[WEIGHTS + j]
    root = math.sqrt((mu - 1.0) / 3.0) - 1.0
    work[MU_EFFECTIVE], work[RANK_ONE], work[RANK_MU], work[WEIGHT_SUM] = mu, one, rank, total
    work[OF_WIDTH] = (mu + 2.0) / (mu + 7.0)
    work[DAMPING] = 1.0 + 2.0 * (root if root > 0.0 else 0.0) + work[OF_WIDTH]
    work[OF_PATH] = (4.0 + 0.5 * mu) / (6.0 + mu)


def step(k: int, record: Array, population: Array, work: Array, given: Array, calls: Array, told: Array) -> None:  # noqa: ARG001
    """Draw members, and learn from them."""
    at, count = k * calls[WIDTH] + HEAD, calls[MEMBERS]
    x, y, sigma = record[at], record[at + 1], record[at + 2]
    a, b, c = record[at + 3], record[at + 4], record[at + 5]
    # The eigenvalues, and the axis of the larger one.
    apart = math.sqrt(0.25 * (a - c) * (a - c) + b * b)
    large, small = 0.5 * (a + c) + apart, 0.5 * (a + c) - apart
    angle = 0.5 * math.atan2(2.0 * b, a - c)
    cos, sin = math.cos(angle), math.sin(angle)
    large = math.sqrt(large if large > SMALLEST else SMALLEST)
    small = math.sqrt(small if small > SMALLEST else SMALLEST)
    deviations = WEIGHTS + count
    for j in range(count):
        u = large * normal(k, 4 * j, calls)
        v = small * normal(k, 4 * j + 2, calls)
        dx, dy = cos * u - sin * v, sin * u + cos * v
        new_x, new_y = x + sigma * dx, y + sigma * dy
        sink(k + 1, j, new_x, new_y, value(new_x, new_y, calls, told), dx, dy, deviations, population, work, calls)
    mean_x, mean_y, spread_a, spread_b, spread_c = 0.0, 0.0, 0.0, 0.0, 0.0
    for j in range(count):
        dx, dy, weight = work[deviations + 2 * j], work[deviations + 2 * j + 1], work[WEIGHTS + j]
        if j < count // 2:
            mean_x += weight * dx
            mean_y += weight * dy
        if weight < 0.0:
            p, q = (cos * dx + sin * dy) / large, (cos * dy - sin * dx) / small
            weight *= 2.0 / (p * p + q * q + 1e-8)
        population[member_at(k + 1, j, calls) + 3] = weight
        spread_a += weight * dx * dx
        spread_b += weight * dx * dy
        spread_c += weight * dy * dy
    # The path of the width, in the coordinates in which the distribution is round.
    p, q = (cos * mean_x + sin * mean_y) / large, (cos * mean_y - sin * mean_x) / small
    rate = work[OF_WIDTH]
    pull = math.sqrt(rate * (2.0 - rate) * work[MU_EFFECTIVE])
    sx = (1.0 - rate) * record[at + 6] + pull * (cos * p - sin * q)
    sy = (1.0 - rate) * record[at + 7] + pull * (sin * p + cos * q)
    length = math.sqrt(sx * sx + sy * sy)
    grown = sigma * math.exp(rate / work[DAMPING] * (length / EXPECTED - 1.0))
    past = 1.0 - math.pow(1.0 - rate, 2.0 * (k + 2.0))
    stalled = not length / math.sqrt(past) < (1.4 + 2.0 / 3.0) * EXPECTED
    rate = work[OF_PATH]
    pull = 0.0 if stalled else math.sqrt(rate * (2.0 - rate) * work[MU_EFFECTIVE])
    px = (1.0 - rate) * record[at + 8] + pull * mean_x
    py = (1.0 - rate) * record[at + 9] + pull * mean_y
    one, rank = work[RANK_ONE], work[RANK_MU]
    kept = 1.0 - one - rank * work[WEIGHT_SUM] + (one * rate * (2.0 - rate) if stalled else 0.0)
    own = hold(k + 1, told[LEAST_X], told[LEAST_Y], told[LEAST], record, calls)
    record[own], record[own + 1] = x + sigma * mean_x, y + sigma * mean_y
    record[own + 2] = grown if grown < WIDEST else WIDEST
    record[own + 3] = kept * a + one * px * px + rank * spread_a
    record[own + 4] = kept * b + one * px * py + rank * spread_b
    record[own + 5] = kept * c + one * py * py + rank * spread_c
    record[own + 6], record[own + 7], record[own + 8], record[own + 9] = sx, sy, px, py
    record[own + 10] = 1.0 if stalled else 0.0


def sink(
    k: int, count: int, x: float, y: float, f: float, dx: float, dy: float, deviations: int,
    population: Array, work: Array, calls: Array,
) -> None:  # fmt: skip
    """Put a member among the ``count`` before it, in the order of their values."""
    j = count
    while j > 0 and f < population[member_at(k, j - 1, calls) + 2]:
        before = member_at(k, j - 1, calls)
        place(k, j, population[before], population[before + 1], population[before + 2], population, calls)
        work[deviations + 2 * j] = work[deviations + 2 * j - 2]
        work[deviations + 2 * j + 1] = work[deviations + 2 * j - 1]
        j -= 1
    place(k, j, x, y, f, population, calls)
    work[deviations + 2 * j], work[deviations + 2 * j + 1] = dx, dy


PARTS = prepare, sink
