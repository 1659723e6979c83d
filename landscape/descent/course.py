"""One run of a strategy from one start: every step kept, with the whole population and all evaluations counted."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.schedules import MOST_STEPS
from landscape.catalogue.strategies import Strategy
from landscape.catalogue.surfaces import Surface
from landscape.descent.noise import keys
from landscape.descent.recorded import CHUNK, Outcome, Trajectory, still
from landscape.descent.strategies import frame
from landscape.descent.strategies.evaluation import gradient_source, value_source
from landscape.descent.strategies.kernels import is_ready as is_loaded
from landscape.descent.strategies.kernels import run_kernel, slopes_kernel
from landscape.descent.strategies.restarts import restart
from landscape.descent.strategies.strategy import StrategyEntry, check, entry_of
from landscape.errors import InputError
from landscape.formula.kernel_cache import is_ready, load

GRADIENT_COST = 2
"""Evaluations that a gradient is counted as: so many does it take by differences, one in each coordinate."""
MOST_NUMBERS = 2**26
"""Kept of a population at most: half a gigabyte."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Course(Trajectory):
    """What happened in n steps of a strategy. All arrays are read-only float64; row 0 is the start.

    ``points`` are where the strategy stands: of a population its best member. A value that is no finite number counts
    as infinite. There are always ``steps + 1`` rows, and no rates.
    """

    population: NDArray[np.float64]
    """(n + 1, members, 2)."""
    values: NDArray[np.float64]
    """(n + 1, members) of the surface."""
    told: Mapping[str, NDArray[np.float64]]
    """What is told of each member, by name: (n + 1, members), or (n + 1, members, m) where it is several numbers."""
    best_points: NDArray[np.float64]
    """(n + 1, 2): the lowest point that was evaluated until then."""
    best: NDArray[np.float64]
    """(n + 1,): the value there."""
    evaluations: NDArray[np.float64]
    """(n + 1,) until then: a value counts 1, a gradient ``GRADIENT_COST``."""
    gradient_evaluations: NDArray[np.float64]
    """(n + 1,): how many gradients are among them."""


def follow(
    surface: Surface,
    strategy: Strategy,
    start: tuple[float, float],
    steps: int = 200,
    seed: int = 0,
    cancelled: Callable[[], bool] = lambda: False,
    inner: Callable[..., Trajectory] | None = None,
) -> Course:
    """Return the course of ``strategy`` on ``surface``.

    Args:
        surface: What is searched.
        strategy: The strategy with its hyper-parameters.
        start: (x, y); of a population that begins all over a box, its centre.
        steps: How many, at least 0.
        seed: Decides all that is random. A step's does not depend on how many steps follow it.
        cancelled: Asked every few milliseconds; once it says yes, the rest of the answer is of no use.
        inner: Descends by the rule that runs inside; needed by the strategies that run one.

    Raises:
        InputError: for a start, number of steps or seed that cannot be used.
    """
    _check(steps, seed)
    strategy = check(strategy)
    entry, values = entry_of(strategy), dict(strategy.values)
    _check_size(entry, values, int(steps))
    made = _Tables.of(surface, strategy, entry, values, start, int(steps), int(seed))
    if inner is not None and entry.runs_rule:
        restart(surface, strategy, made.record, made.population, made.given, int(steps), int(seed), inner)
        return _course(surface, entry, made)
    kernel, piece = run_kernel(strategy), max(1, CHUNK // max(1, surface.rows) // 8)
    for first in range(0, max(steps, 1), piece):
        if cancelled():
            break
        kernel.call(first, min(first + piece, steps), *made.arguments)
    slopes_kernel().call(0, steps, made.record.ctypes.data, made.calls.ctypes.data, made.told.ctypes.data)
    return _course(surface, entry, made)


def is_warm(surface: Surface, strategy: Strategy) -> bool:
    """Tell whether :func:`follow` would begin at once, without compiling."""
    return is_loaded(strategy) and is_ready(value_source(surface)) and is_ready(gradient_source(surface))


def warm(surface: Surface, strategy: Strategy) -> None:
    """Compile what :func:`follow` needs, or load it from the disk."""
    run_kernel(strategy)
    slopes_kernel()
    load(value_source(surface), "surface")
    load(gradient_source(surface), "surface")


def _check(steps: int, seed: int) -> None:
    for name, given, most in (("steps", steps, MOST_STEPS), ("seed", seed, 2**63)):
        if not isinstance(given, Integral) or not 0 <= given <= most:
            raise InputError(
                '"{name}" must be a whole number from {least} to {most}, not {given}',
                name=name, least=0, most=most, given=given,
            )  # fmt: skip


def _check_size(entry: StrategyEntry, values: Mapping[str, float], steps: int) -> None:
    """Refuse a population too large for so many steps before it takes the memory of the whole machine."""
    if (steps + 1) * entry.members(values) * (3 + sum(entry.fields.values())) > MOST_NUMBERS:
        raise InputError("There is not enough memory for so much")


@dataclass(frozen=True, kw_only=True, eq=False)
class _Tables:
    """What a kernel is called with."""

    record: NDArray[np.float64]
    population: NDArray[np.float64]
    work: NDArray[np.float64]
    given: NDArray[np.float64]
    calls: NDArray[np.int64]
    told: NDArray[np.float64]
    held: tuple[Any, ...]
    """What must stay in memory while the kernel runs."""

    @property
    def arguments(self) -> tuple[int, ...]:
        """Where all of it is."""
        arrays = (self.record, self.population, self.work, self.given, self.calls, self.told)
        return tuple(array.ctypes.data for array in arrays)

    @classmethod
    def of(
        cls,
        surface: Surface,
        strategy: Strategy,
        entry: StrategyEntry,
        values: Mapping[str, float],
        start: tuple[float, float],
        steps: int,
        seed: int,
    ) -> "_Tables":
        """Lay out what the steps are written into, with the start in it."""
        width, members = frame.HEAD + sum(entry.columns.values()), entry.members(values)
        breadth = 3 + sum(entry.fields.values())
        kernels = load(value_source(surface), "surface"), load(gradient_source(surface), "surface")
        constants = np.array(surface.kernel_values)
        data = surface.data_array if surface.data else np.empty((0, 0))
        told = np.zeros(frame.TELLING)
        told[frame.LEAST] = math.inf
        told[frame.LEAST_X], told[frame.LEAST_Y] = _point(start)
        addresses = (*(kernel.address for kernel in kernels), told.ctypes.data, constants.ctypes.data, data.ctypes.data)
        head = np.array([*addresses, surface.rows, width, members, breadth], dtype=np.int64)
        given = [*surface.domain[0], *surface.domain[1], *_point(start), *(value for _, value in strategy.values)]
        return cls(
            record=np.zeros((steps + 1, width)),
            population=np.zeros((steps + 1, members, breadth)),
            work=np.zeros(entry.scratch(values) + 1),
            given=np.array(given),
            calls=np.concatenate([head, keys(seed, entry.draws(values)).view(np.int64)]),
            told=told,
            held=(kernels, constants, data),
        )


def _point(start: tuple[float, float]) -> tuple[float, float]:
    try:
        x, y = map(float, start)
    except (TypeError, ValueError):
        raise InputError("A start must be two numbers, x and y, not {given}", given=start) from None
    if not (math.isfinite(x) and math.isfinite(y)):
        raise InputError("A point needs two finite numbers, not {given}", given=start)
    return x, y


def _course(surface: Surface, entry: StrategyEntry, made: _Tables) -> Course:
    record, population = made.record, made.population
    for array in (record, population):
        array.setflags(write=False)
    counted, slopes = record[:, frame.VALUES], record[:, frame.GRADIENTS]
    evaluations = counted + GRADIENT_COST * slopes
    state = _named(entry.columns, record, frame.HEAD)
    rates = state[entry.rate][1:].copy() if entry.rate else np.full(len(record) - 1, np.nan)
    for array in (evaluations, rates):
        array.setflags(write=False)
    return Course(
        points=record[:, 0:2],
        losses=record[:, 2],
        gradients=record[:, frame.SLOPE_X : frame.SLOPE_Y + 1],
        rates=rates,
        state=state,
        outcome=_outcome(surface, record),
        population=population[:, :, :2],
        values=population[:, :, 2],
        told=_named(entry.fields, population, 3),
        best_points=record[:, frame.BEST_X : frame.BEST_Y + 1],
        best=record[:, frame.BEST],
        evaluations=evaluations,
        gradient_evaluations=slopes,
    )


def _named(sizes: Mapping[str, int], numbers: NDArray[np.float64], at: int) -> dict[str, NDArray[np.float64]]:
    """Return parts of the last axis by name, from ``at`` on; one of a single number is without the axis."""
    found = {}
    for name, size in sizes.items():
        found[name] = numbers[..., at] if size == 1 else numbers[..., at : at + size]
        at += size
    return found


def _outcome(surface: Surface, record: NDArray[np.float64]) -> Outcome:
    """Return what became of it: diverged where no value was a finite number."""
    x, y, value = record[-1, :3].tolist()
    (left, right), (low, high) = surface.domain
    if not math.isfinite(value):
        return "diverged"
    if not (left <= x <= right and low <= y <= high):
        return "left"
    first, last = (math.hypot(*record[k, frame.SLOPE_X : frame.SLOPE_Y + 1]) for k in (0, -1))
    return "converged" if last <= still(first) else "finished"
