"""One run of a rule from one start: every step kept."""

import ctypes
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from numbers import Integral

import numpy as np
from numpy.typing import NDArray

from landscape.arguments import checked
from landscape.catalogue.optimizers import UpdateRule, state_after
from landscape.catalogue.schedule_programs import memory_of
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.strategies import Strategy
from landscape.catalogue.surfaces import Surface
from landscape.descent.kernels import FOLLOWING, HEAD, TRAJECTORY, prototype, trajectory_source
from landscape.descent.noise import batches
from landscape.descent.recorded import CHUNK, Outcome, Trajectory, still
from landscape.descent.stepping import at_start, pair
from landscape.descent.tables import Tables, tables
from landscape.errors import InputError
from landscape.formula.kernel_cache import is_ready, load
from landscape.formula.machine_code.native import Kernel
from landscape.memory import bounded

PIECE = 1 << 22
"""Most numbers of mini-batches that are laid out at once."""
LONG = 10_000
"""More losses than these lie side by side."""

_PROTOTYPE = prototype(TRAJECTORY, ctypes.c_int64)
_FOLLOWING = prototype(FOLLOWING, ctypes.c_int64)


@checked
def descend(
    surface: Surface,
    rule: UpdateRule | Strategy,
    start: tuple[float, float],
    steps: int = 200,
    schedule: Schedule | None = None,
    noise: float = 0.0,
    batch_size: int = 0,
    seed: int = 0,
    cancelled: Callable[[], bool] = lambda: False,
    state: Mapping[str, float | Sequence[float]] | None = None,
    previous: tuple[float, float] | None = None,
) -> Trajectory:
    """Return the trajectory of ``rule`` on ``surface``.

    Args:
        surface: The loss.
        rule: The update rule with its learning rate; or a strategy, which reads neither schedule nor noise and takes
            all data together, unless a rule runs inside.
        start: (x, y).
        steps: How many updates, at least 0.
        schedule: The rate of each step; None: the rule's own throughout.
        noise: Standard deviation of the normal noise added to each component of each gradient that the rule sees.
        batch_size: Rows of data in a mini-batch; 0, or as many as there are: all of them. Without data: ignored.
        seed: Decides the noise and the mini-batches. A step's do not depend on how many steps follow it.
        cancelled: Asked every few milliseconds; once it says yes, the rest of the answer is of no use.
        state: What the rule remembers at the start, by name, such as a velocity: two numbers, or one where the rule
            moves x and y together; what is not named is 0.
        previous: The point before the start, for rules of which it tells what they remember there.

    Returns:
        ``steps + 1`` points. Only where a position or a loss overflows or is undefined are there fewer: the trajectory
        ends at its last finite point (at least the start), with the outcome ``"diverged"``. Otherwise ``"left"`` if
        the last point is outside the domain, ``"converged"`` if the last gradient's norm is at most ``CONVERGED``
        times the greater of 1 and the first one's, else ``"finished"``.

    Raises:
        InputError: for a start, number of steps, noise, batch size or seed that cannot be used.
    """
    if isinstance(rule, Strategy):
        from landscape.descent.course import follow

        inner = partial(descend, schedule=schedule, noise=noise, batch_size=batch_size, cancelled=cancelled)
        return follow(surface, rule, start, steps, seed, cancelled, inner)
    run = _prepare(surface, rule, steps, schedule, float(noise), batch_size, seed)
    begun = _begun(run, rule, start, previous, state or {}) if state or previous is not None else None
    follows = _Following(np.zeros(int(steps)), np.zeros(run.memory)) if run.memory else None
    record, last = _record(run, start, begun, int(steps), follows, cancelled)
    rates = follows.kept() if follows else run.tables.rates
    return _trajectory(surface, run, record[: max(last, 0) + 1], rates, diverged=last < steps)


def is_warm(
    surface: Surface, rule: UpdateRule, noise: float = 0.0, batch_size: int = 0, schedule: Schedule | None = None
) -> bool:
    """Tell whether :func:`descend` would begin at once, without compiling."""
    return is_ready(_source(surface, rule, noise, batch_size, schedule))


def warm(
    surface: Surface, rule: UpdateRule, noise: float = 0.0, batch_size: int = 0, schedule: Schedule | None = None
) -> None:
    """Compile what :func:`descend` needs, or load it from the disk."""
    load(_source(surface, rule, noise, batch_size, schedule), "trajectory")


def _source(surface: Surface, rule: UpdateRule, noise: float, batch_size: int, schedule: Schedule | None) -> str:
    return trajectory_source(pair(surface, rule, schedule=schedule), noise > 0.0, 0 < batch_size < surface.rows)


def _begun(
    run: "_Run",
    rule: UpdateRule,
    start: tuple[float, float],
    previous: tuple[float, float] | None,
    state: Mapping[str, float | Sequence[float]],
) -> list[float]:
    """Return the state at the start as a row of the record holds it."""
    if previous is not None:
        state = dict(state_after(rule, previous, start)) | dict(state)
    return at_start(rule, run.state, state)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Run:
    """A kernel and what it is called with."""

    kernel: Kernel
    call: Callable[..., int]
    tables: Tables
    arguments: tuple[int | None, ...]
    """Where the tables are, the rows of data, and no mini-batches."""
    state: tuple[str, ...]
    lanes: int
    """Numbers that the rule remembers under one name: one, or one for each of x and y."""
    width: int
    """Numbers in a row of the record."""
    rows: int
    room: int
    """Steps that are made at a time."""
    memory: int
    """Numbers that a schedule remembers which reads the loss; 0 for all others."""
    batch_size: int
    seed: int


@dataclass(frozen=True)
class _Following:
    """What a schedule that reads the loss writes and remembers while the steps are made."""

    rates: NDArray[np.float64]
    memory: NDArray[np.float64]

    def kept(self) -> NDArray[np.float64]:
        """Return the rates, which nothing changes any more."""
        self.rates.flags.writeable = False
        return self.rates

    def addresses(self, first: int) -> tuple[int, int]:
        """Return where both are, the rates from step ``first`` on."""
        return self.rates[first:].ctypes.data, self.memory.ctypes.data


@bounded(16, megabytes=64, size=lambda run: run.tables.nbytes)
def _prepare(
    surface: Surface,
    rule: UpdateRule,
    steps: int,
    schedule: Schedule | None,
    noise: float,
    batch_size: int,
    seed: int,
) -> _Run:
    for name, given in (("steps", steps), ("batch_size", batch_size), ("seed", seed)):
        if not isinstance(given, Integral) or given < 0:
            raise InputError('"{name}" must be a whole number of at least 0, not {given}', name=name, given=given)
    if not 0.0 <= noise < math.inf:
        raise InputError('"noise" must be a finite number of at least 0, not {given}', given=noise)
    batched = 0 < batch_size < surface.rows
    both = pair(surface, rule, schedule=schedule)
    kernel = load(trajectory_source(both, noise > 0.0, batched), "trajectory")
    made = tables(surface, rule, steps, schedule, noise, seed)
    arrays = (made.constants, made.coefficients, made.normals, made.shifts, made.data)
    lanes = 1 if rule.planar else 2
    return _Run(
        kernel=kernel,
        call=(_FOLLOWING if both.schedule else _PROTOTYPE)(kernel.address),
        tables=made,
        arguments=(*(array.ctypes.data for array in arrays), surface.rows, None, 0),
        state=both.state,
        lanes=lanes,
        width=HEAD + lanes * len(both.state),  # Also what a schedule switches on in the rule.
        rows=surface.rows,
        room=_room(len(made.data), surface.rows, batch_size if batched else 0),
        memory=2 + len(memory_of(both.schedule)) if both.schedule else 0,
        batch_size=batch_size if batched else 0,
        seed=seed,
    )


def _record(
    run: _Run,
    start: tuple[float, float],
    state: Sequence[float] | None,
    steps: int,
    follows: _Following | None,
    cancelled: Callable[[], bool],
) -> tuple[NDArray[np.float64], int]:
    """Return what the kernel writes, (steps + 1, width), and its last row that is finite, -1 if none is."""
    record = np.empty((steps + 1, run.width))
    try:
        record[0, 0], record[0, 1] = start
    except (TypeError, ValueError):
        raise InputError("A start must be two numbers, x and y, not {given}", given=start) from None
    if run.state:
        record[0, HEAD:] = 0.0 if state is None else state
    if follows or run.batch_size or steps > run.room:
        last = _by_pieces(run, record, steps, follows, cancelled)
    else:
        address = ctypes.addressof(ctypes.c_char.from_buffer(record.data))  # A third of the time of record.ctypes.data
        last = run.call(steps, address, *run.arguments) - 1
    if last < 0:
        record[0, 2:HEAD] = np.nan
    record.setflags(write=False)
    return record, last


def _room(columns: int, rows: int, batch_size: int) -> int:
    """Return how many steps are made at a time: those of milliseconds, and whose mini-batches fit into memory."""
    steps = CHUNK // max(1, rows + batch_size)
    if batch_size:
        steps = min(steps, PIECE // (batch_size * columns))
    return max(1, steps)


def _by_pieces(
    run: _Run,
    record: NDArray[np.float64],
    steps: int,
    follows: _Following | None,
    cancelled: Callable[[], bool],
) -> int:
    """Fill the record, a piece at a time; return its last row that is finite."""
    made = run.tables
    last: int = 0
    for first in range(0, max(steps, 1), run.room):
        if cancelled():
            break
        piece = min(run.room, steps - first)
        batch = _batch(run, piece, first)
        by_step = (made.coefficients[first:], made.normals[first:], made.shifts[first:])
        pointers = [array.ctypes.data for array in (record[first:], made.constants, *by_step, made.data)]
        own = follows.addresses(first) if follows else ()
        last = first - 1 + run.call(piece, *pointers, run.rows, batch.ctypes.data, run.batch_size, *own)
        if last < first + piece:
            break
    return last


def _batch(run: _Run, steps: int, first: int) -> NDArray[np.float64]:
    """Return the mini-batches of so many steps, (steps, columns, batch); nothing without."""
    if not run.batch_size:
        return np.empty(0)
    data = run.tables.data
    chosen = data[:, batches(run.seed, steps, data.shape[1], run.batch_size, first)]
    return np.ascontiguousarray(chosen.swapaxes(0, 1))


def _trajectory(
    surface: Surface, run: _Run, record: NDArray[np.float64], rates: NDArray[np.float64], diverged: bool
) -> Trajectory:
    """Cut the record into what a trajectory holds.

    Only many losses are copied: they are looked at more often than all else, and apart from each other each look takes
    several times as long.
    """
    losses = record[:, 4]
    if len(record) > LONG:
        losses = losses.copy()
        losses.setflags(write=False)
    if run.lanes == 2:
        state = {name: record[:, HEAD + 2 * k : HEAD + 2 * k + 2] for k, name in enumerate(run.state)}
    else:
        state = {name: record[:, HEAD + k] for k, name in enumerate(run.state)}
    return Trajectory(
        points=record[:, 0:2],
        gradients=record[:, 2:4],
        losses=losses,
        rates=rates[: len(record) - 1],
        state=state,
        outcome="diverged" if diverged else _outcome(surface, record[0].tolist(), record[-1].tolist()),
    )


def _outcome(surface: Surface, first: list[float], last: list[float]) -> Outcome:
    x, y, gx, gy = last[:4]
    (left, right), (low, high) = surface.domain
    if not (left <= x <= right and low <= y <= high):
        return "left"
    return "converged" if math.hypot(gx, gy) <= still(math.hypot(first[2], first[3])) else "finished"
