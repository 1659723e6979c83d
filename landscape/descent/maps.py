"""What becomes of a run as two of its hyper-parameters vary: many runs from one start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.optimizers import RATE, UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent import trajectory
from landscape.descent.followed import runs_of
from landscape.descent.kernels import prototype
from landscape.descent.map_kernel import MAP, TILE, divided, kept_row, map_source, tile_rows
from landscape.descent.noise import normals
from landscape.descent.stepping import Pair, at_start, driven_by, pair
from landscape.descent.tables import driven
from landscape.descent.threads import share
from landscape.errors import InputError
from landscape.formula.kernel_cache import is_ready, load
from landscape.formula.machine_code.native import Kernel
from landscape.formula.tree import evaluate

CHUNK = 2_000_000
"""Steps that are made between two questions whether to go on: a few milliseconds."""
PIECE = 1 << 20
"""Most numbers of a table of coefficients that are laid out at once: some hundredths of a second."""
_NO_NOISE = np.zeros((0, 4))

_PROTOTYPE = prototype(MAP)

Values = tuple[str, ArrayLike]
"""The name of a hyper-parameter and the values it takes."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcomes:
    """What became of every pixel of a map; row 0 has the first value of ``up``; both read-only."""

    losses: NDArray[np.float64]
    """(rows, columns): the loss after the last step; inf or NaN where the run diverged on the way."""
    steps: NDArray[np.int64]
    """(rows, columns): the first step whose loss is at or under the threshold, 0 for the start; -1 where none is."""


def hyper_map(
    surface: Surface,
    rule: UpdateRule,
    across: Values,
    up: Values,
    start: tuple[float, float],
    steps: int = 200,
    schedule: Schedule | None = None,
    threshold: float = 0.0,
    cancelled: Callable[[], bool] = lambda: False,
    noise: float = 0.0,
    seed: int = 0,
    threads: int = 2,
    state: Mapping[str, float | Sequence[float]] | None = None,
) -> Outcomes:
    """Return what becomes of ``rule`` on ``surface`` for all pairs of values of two of its hyper-parameters.

    Each pixel is the end of :func:`landscape.descent.trajectory.descend` with these values, to rounding (an unstable
    rule may magnify it); all of them feel the same noise.

    Args:
        surface: The loss.
        rule: The update rule; what it says of the two hyper-parameters does not matter.
        across: A hyper-parameter or ``"lr"``, and its values from left to right, (columns,).
        up: Another one, and its values from the bottom up, (rows,).
        start: (x, y).
        steps: At least 0.
        schedule: The rate of each step; None: the rule's own throughout.
        threshold: The loss that counts as good.
        cancelled: Asked every few milliseconds; once it says yes, nothing of the answer is of use.
        noise: Standard deviation of the normal noise added to each component of each gradient that the rule sees.
        seed: Decides the noise.
        threads: How many run at once.
        state: What the rule remembers at the start, as for a trajectory.

    Raises:
        InputError: for a hyper-parameter that the rule does not have, or one that is given twice; for a schedule that
            drives one of the two.
    """
    if schedule is not None and schedule.follows:
        return _followed(surface, rule, across, up, start, steps, schedule, threshold, cancelled, noise, seed, state)
    plan = _plan(surface, rule, across, up, steps, schedule, threshold, noise)
    pixels = _begun(plan, start, at_start(rule, plan.both.state, state or {}))
    for done in range(0, max(steps, 1), plan.piece):
        if cancelled():
            break
        count = min(plan.piece, steps - done)
        random = normals(seed, count, 4, done) if noise > 0.0 or "noise" in plan.both.step.reads else _NO_NOISE
        _move(plan, pixels, done, count, (random[:, 2:], noise * random[:, :2]), threads, cancelled)
    return _outcomes(plan, pixels)


def is_warm(
    surface: Surface, rule: UpdateRule, across: str, up: str, noise: float = 0.0, schedule: Schedule | None = None
) -> bool:
    """Tell whether :func:`hyper_map` would begin at once, without compiling."""
    if schedule is not None and schedule.follows:
        return trajectory.is_warm(surface, rule, noise, schedule=schedule)
    return is_ready(_source(surface, rule, across, up, noise, schedule))


def warm(
    surface: Surface, rule: UpdateRule, across: str, up: str, noise: float = 0.0, schedule: Schedule | None = None
) -> None:
    """Compile what :func:`hyper_map` needs, or load it from the disk."""
    if schedule is not None and schedule.follows:
        trajectory.warm(surface, rule, noise, schedule=schedule)
        return
    load(_source(surface, rule, across, up, noise, schedule), "map")


def _source(surface: Surface, rule: UpdateRule, across: str, up: str, noise: float, schedule: Schedule | None) -> str:
    return map_source(pair(surface, rule, frozenset((across, up)), schedule), (across,), up, noise > 0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Plan:
    """A kernel and what it is called with."""

    kernel: Kernel
    surface: Surface
    both: Pair
    across: str
    up: str
    acrosses: NDArray[np.float64]
    """The values of ``across``, the last one again and again until they fill whole tiles."""
    ups: NDArray[np.float64]
    columns: int
    """Without those that only fill the last tile."""
    rates: NDArray[np.float64] | float
    """The learning rate, or its values where they are on an axis."""
    schedule: Schedule | None
    steps: int
    known: Mapping[str, ArrayLike]
    """The other hyper-parameters; one that the schedule drives with a value for each step."""
    constants: NDArray[np.float64]
    """Those of the kernel, without how many steps were made before, and whether to stop."""
    piece: int
    """So many steps are made before the tables are made anew."""


def _plan(
    surface: Surface,
    rule: UpdateRule,
    across: Values,
    up: Values,
    steps: int,
    schedule: Schedule | None,
    threshold: float,
    noise: float,
) -> _Plan:
    names = _names(rule, across, up, schedule)
    rule = rule.with_values(**dict.fromkeys(names, 1.0))
    acrosses, ups = (np.array(values, dtype=np.float64, ndmin=1) for _, values in (across, up))
    columns = len(acrosses)
    acrosses = np.pad(acrosses, (0, -columns % TILE), mode="edge")
    rated = next((values for name, values in zip(names, (acrosses, ups), strict=True) if name == RATE), None)
    both = pair(surface, rule, frozenset(names), schedule)
    return _Plan(
        kernel=load(_source(surface, rule, *names, noise, schedule), "map"),
        surface=surface,
        both=both,
        across=names[0],
        up=names[1],
        acrosses=acrosses,
        ups=ups,
        columns=columns,
        rates=rule.lr if rated is None else rated,
        schedule=schedule,
        steps=steps,
        known=driven(schedule, rule, steps),
        constants=np.array([*surface.kernel_values, *rule.kernel_values, threshold]),
        piece=max(1, PIECE // (max(1, len(both.step.coefficients)) * max(len(acrosses), len(ups)))),
    )


def _names(rule: UpdateRule, across: Values, up: Values, schedule: Schedule | None) -> tuple[str, str]:
    """Return the names of the two hyper-parameters, if they can vary."""
    names = (across[0], up[0])
    if names[0] == names[1]:
        raise InputError("A map needs two different hyper-parameters, not {name} twice", name=names[0])
    for name in driven_by(schedule, rule) & set(names):
        raise InputError('The schedule drives "{name}", so that a map cannot vary it', name=name)
    return names


def _followed(
    surface: Surface,
    rule: UpdateRule,
    across: Values,
    up: Values,
    start: tuple[float, float],
    steps: int,
    schedule: Schedule,
    threshold: float,
    cancelled: Callable[[], bool],
    noise: float,
    seed: int,
    state: Mapping[str, float | Sequence[float]] | None,
) -> Outcomes:
    """Return the same for a schedule that reads the loss: one pixel after the other."""
    names = _names(rule, across, up, schedule)
    acrosses, ups = (np.array(values, dtype=np.float64, ndmin=1).tolist() for _, values in (across, up))
    losses, reached = np.full(len(ups) * len(acrosses), np.nan), np.full(len(ups) * len(acrosses), -1, dtype=np.int64)
    pixels = ({names[0]: one, names[1]: other} for other in ups for one in acrosses)
    runs = runs_of(surface, rule, pixels, start, steps, schedule, noise, seed, state, cancelled)
    for place, run in enumerate(runs):
        losses[place] = np.inf if run.outcome == "diverged" else run.losses[-1]
        good = np.flatnonzero(run.losses <= threshold)
        reached[place] = good[0] if len(good) else -1
    for array in (losses, reached):
        array.flags.writeable = False
    shape = (len(ups), len(acrosses))
    return Outcomes(losses=losses.reshape(shape), steps=reached.reshape(shape))


def _rates(plan: _Plan, done: int, steps: int, cancelled: Callable[[], bool]) -> NDArray[np.float64]:
    """Return the rates of so many steps, one row for each of several learning rates."""
    given, schedule = np.asarray(plan.rates), plan.schedule
    if schedule is None or (schedule.formula == RATE and not schedule.warmup):
        return np.broadcast_to(given[..., None], (*given.shape, steps))
    rows = np.zeros((given.size, steps))
    for row, lr in zip(rows, given.reshape(-1).tolist(), strict=True):
        if cancelled():
            break
        row[:] = schedule.part(lr, plan.steps, done, steps)
    return rows.reshape(*given.shape, steps)


def _begun(plan: _Plan, start: tuple[float, float], remembered: Sequence[float]) -> NDArray[np.float64]:
    """Return the pixels at the start, (rows, tiles, numbers of a pixel, TILE)."""
    pixels = np.zeros((len(plan.ups), len(plan.acrosses) // TILE, tile_rows(plan.both), TILE))
    pixels[:, :, 0], pixels[:, :, 1] = start
    pixels[:, :, kept_row(plan.both) + 1] = np.inf
    pixels[:, :, 2 : 2 + len(remembered)] = np.array(remembered)[:, None]
    return pixels


def _move(
    plan: _Plan,
    pixels: NDArray[np.float64],
    done: int,
    steps: int,
    random: tuple[NDArray[np.float64], NDArray[np.float64]],
    threads: int,
    cancelled: Callable[[], bool],
) -> None:
    """Make ``steps`` steps after those that are done; ``random`` is what the rule reads and what the gradient gets."""
    by_row, by_column = _tables(plan, done, steps, cancelled)
    rows, tiles = pixels.shape[:2]
    data = plan.surface.data_array if plan.surface.data else np.empty((0, 0))
    constants = np.append(plan.constants, (float(done), 0.0))
    tables = [by_column, constants, *map(np.ascontiguousarray, random), data]
    rest = (*(table.ctypes.data for table in tables), plan.surface.rows)
    call = _PROTOTYPE(plan.kernel.address)
    most = max(1, min(-(-rows // (2 * threads)), CHUNK // (len(plan.acrosses) * max(steps, 1))))
    pieces = -(-rows // (most * threads)) * threads  # As many for each thread: the last one would have all others wait.
    chunk = -(-rows // pieces)

    def work(first: int) -> None:
        count = min(chunk, rows - first)
        here = (pixels[first:], plan.ups[first:], plan.acrosses, by_row[first:])
        work, ups, acrosses, own = (part.ctypes.data for part in here)
        call(count, tiles, steps, work, ups, acrosses, own, *rest)

    def stop() -> None:
        constants[-1] = 1.0

    share(range(0, rows, chunk), lambda: work, threads, cancelled, stop)


def _tables(
    plan: _Plan, done: int, steps: int, cancelled: Callable[[], bool]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the coefficients of so many steps: (rows, steps, k) along the rows, and (l, steps, columns)."""
    trees = plan.both.step.coefficients
    of_row, of_column = (tuple(trees[index] for index in part) for part in divided(plan.both, (plan.across,)))
    t, rates = np.arange(done + 1.0, done + steps + 1.0), _rates(plan, done, steps, cancelled)
    by_row = np.empty((len(plan.ups), steps, len(of_row)))
    known = {name: np.asarray(value)[..., done : done + steps] if name in plan.both.driven else value
             for name, value in plan.known.items()}  # fmt: skip
    for index, table in enumerate(evaluate(of_row, {**known, plan.up: plan.ups[:, None], "t": t, "lr": rates})):
        by_row[:, :, index] = table
    by_column = np.empty((len(of_column), steps, len(plan.acrosses)))
    own = {plan.across: plan.acrosses, "t": t[:, None]}
    own["lr"] = rates.T if plan.across == RATE else rates[..., :, None]
    own |= {name: np.asarray(known[name])[:, None] for name in plan.both.driven}
    for index, table in enumerate(evaluate(of_column, {**known, **own})):
        by_column[index] = table
    return by_row, by_column


def _outcomes(plan: _Plan, pixels: NDArray[np.float64]) -> Outcomes:
    kept = kept_row(plan.both)
    first, losses = (pixels[:, :, row].reshape(len(plan.ups), -1)[:, : plan.columns] for row in (kept + 1, kept + 2))
    steps = np.where(np.isfinite(first), first, -1.0).astype(np.int64)
    losses = np.ascontiguousarray(losses)
    for array in (losses, steps):
        array.flags.writeable = False
    return Outcomes(losses=losses, steps=steps)
