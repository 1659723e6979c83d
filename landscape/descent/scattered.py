"""Many runs from one start that differ in any number of hyper-parameters: the trials of a search, side by side.

Each is the run of :func:`landscape.descent.trajectory.descend` with its values. They make their steps together, can be
stopped after any, and go on later, also with other values: that is what halving and populations need.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.optimizers import RATE, UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent.kernels import prototype
from landscape.descent.map_kernel import MAP, TILE, divided, kept_row, map_source, tile_rows
from landscape.descent.noise import normals
from landscape.descent.stepping import Pair, pair, refuse_following
from landscape.descent.tables import driven
from landscape.descent.threads import share
from landscape.errors import InputError
from landscape.formula.kernel_cache import is_ready, load
from landscape.formula.tree import evaluate

CHUNK = 2048
"""Runs whose tables are laid out at once, at most ..."""
PIECE = 1 << 20
"""... and numbers in one of these tables: some megabytes, which stay in the cache."""
ALONE = 1 << 18
"""Steps that are made at once, without asking whether to go on."""
_NO_NOISE = np.zeros((0, 4))
_PROTOTYPE = prototype(MAP)

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Scattered:
    """What runs, and which hyper-parameters each run has of its own."""

    surface: Surface
    rule: UpdateRule
    """What it says of the hyper-parameters in ``names`` does not matter."""
    names: tuple[str, ...]
    start: tuple[float, float]
    steps: int
    """Of a whole run: the schedule spans them."""
    schedule: Schedule | None = None
    threshold: float = 0.0
    """The loss that counts as good."""
    noise: float = 0.0
    seed: int = 0
    state: Mapping[str, Sequence[float]] | None = None

    @property
    def both(self) -> Pair:
        """What the kernel depends on."""
        return pair(self.surface, self.bare, schedule=self.schedule)

    @property
    def bare(self) -> UpdateRule:
        """The rule with a value that switches nothing off for each name; InputError where it has no such name."""
        return self.rule.with_values(**dict.fromkeys(self.names, 1.0))


@dataclass(frozen=True, kw_only=True, eq=False)
class Runs:
    """Where some runs are, k of them; not to be changed."""

    numbers: Array
    """(numbers of a run, k): the point, the state, and what is kept of the way."""
    losses: Array
    """(k,): the loss there; inf or NaN where the run diverged on the way."""
    reached: Array
    """(k,): the first step whose loss is at or under the threshold, 0 for the start; inf where none is."""


def check(scattered: Scattered) -> Scattered:
    """Return ``scattered`` if such runs can be made.

    Raises:
        InputError: for a hyper-parameter that the rule does not have, and for a schedule that drives one of those that
            vary.
    """
    for name in sorted(scattered.both.driven & set(scattered.names)):
        raise InputError('The schedule drives "{name}", so that a search cannot vary it', name=name)
    return scattered


def begun(scattered: Scattered, count: int) -> Runs:
    """Return so many runs that stand at the start."""
    both = scattered.both
    numbers = np.zeros((tile_rows(both), count))
    numbers[0], numbers[1] = scattered.start
    numbers[kept_row(both) + 1] = np.inf
    axes = 1 if both.update.planar else 2
    for place, name in enumerate(both.state):
        if scattered.state and name in scattered.state:
            first = 2 + axes * place
            numbers[first : first + axes] = np.array(scattered.state[name], ndmin=1)[:, None]
    return Runs(numbers=numbers, losses=np.full(count, np.nan), reached=np.full(count, np.inf))


def moved(
    scattered: Scattered,
    runs: Runs,
    values: Array,
    done: int,
    steps: int,
    threads: int = 2,
    cancelled: Callable[[], bool] = lambda: False,
) -> Runs:
    """Return the runs after ``steps`` more steps, of which ``done`` were made before.

    Args:
        scattered: What runs.
        runs: Where they are; they stay as they were.
        values: (names, runs): the hyper-parameters from here on.
        done: Steps made before, the same for all.
        steps: At least 0.
        threads: How many run at once.
        cancelled: Asked every few milliseconds; once it says yes, nothing of the answer is of use.
    """
    refuse_following(scattered.schedule)
    count = runs.numbers.shape[1]
    both = scattered.both
    tiles = max(-(-count // TILE), 1)
    work = _tiled(runs.numbers, tiles)
    values = _padded(np.asarray(values, np.float64), tiles)
    piece = max(1, PIECE // (max(1, len(both.step.coefficients)) * TILE))
    for at in range(0, max(steps, 1), piece):
        if not cancelled():
            _move(scattered, work, values, done + at, min(piece, steps - at), threads, cancelled)
    kept = kept_row(both)
    numbers = np.ascontiguousarray(work.transpose(1, 0, 2).reshape(work.shape[1], -1)[:, :count])
    return Runs(numbers=numbers, losses=numbers[kept + 2], reached=numbers[kept + 1])


def chosen(runs: Runs, places: NDArray[np.intp]) -> Runs:
    """Return some of the runs, by their places; one may be taken several times."""
    return Runs(numbers=runs.numbers[:, places], losses=runs.losses[places], reached=runs.reached[places])


def joined(some: Sequence[Runs]) -> Runs:
    """Return all runs, in this order."""
    return Runs(
        numbers=np.concatenate([each.numbers for each in some], axis=1),
        losses=np.concatenate([each.losses for each in some]),
        reached=np.concatenate([each.reached for each in some]),
    )


class Kept:
    """Where many runs came to, by the order in which they did; it has room for as many again before it moves."""

    def __init__(self, scattered: Scattered) -> None:
        self._scattered, self._runs, self._count = scattered, begun(scattered, 0), 0

    def add(self, runs: Runs) -> None:
        """Keep some more."""
        count, room = self._count + runs.losses.size, self._runs.losses.size
        if count > room:
            self._runs = joined([self._runs, begun(self._scattered, 2 * count - room)])
        kept, added = self._runs, slice(self._count, count)
        kept.numbers[:, added], kept.losses[added], kept.reached[added] = runs.numbers, runs.losses, runs.reached
        self._count = count

    def at(self, places: NDArray[np.intp]) -> Runs:
        """Return some of them, by their numbers in that order."""
        return chosen(self._runs, places)


def is_warm(scattered: Scattered) -> bool:
    """Tell whether :func:`moved` would begin at once, without compiling."""
    return is_ready(_source(scattered))


def warm(scattered: Scattered) -> None:
    """Compile what :func:`moved` needs, or load it from the disk."""
    load(_source(scattered), "map")


def _source(scattered: Scattered) -> str:
    return map_source(scattered.both, scattered.names, "", scattered.noise > 0.0)


def _tiled(numbers: Array, tiles: int) -> Array:
    """Return (tiles, numbers of a run, TILE); the last run again and again until it fills its tile."""
    return np.ascontiguousarray(_padded(numbers, tiles).reshape(len(numbers), tiles, TILE).transpose(1, 0, 2))


def _padded(columns: Array, tiles: int) -> Array:
    """Return rows that fill so many tiles."""
    count = columns.shape[1]
    return np.pad(columns, ((0, 0), (0, tiles * TILE - count)), mode="edge" if count else "constant")


def _move(
    scattered: Scattered,
    work: Array,
    values: Array,
    done: int,
    steps: int,
    threads: int,
    cancelled: Callable[[], bool],
) -> None:
    """Make ``steps`` steps of all tiles after those that are done."""
    both, surface = scattered.both, scattered.surface
    kernel = load(_source(scattered), "map")
    call = _PROTOTYPE(kernel.address)
    bare = scattered.bare
    constants = np.array([*surface.kernel_values, *bare.kernel_values, scattered.threshold, float(done), 0.0])
    noisy = scattered.noise > 0.0 or "noise" in both.step.reads
    random = normals(scattered.seed, steps, 4, done) if noisy else _NO_NOISE
    data = surface.data_array if surface.data else np.empty((0, 0))
    rest = [constants, np.ascontiguousarray(random[:, 2:]), scattered.noise * random[:, :2], data]
    known = driven(scattered.schedule, bare, scattered.steps)
    tiles = len(work)
    chunk = max(1, min(CHUNK // TILE, -(-tiles // threads), PIECE // (max(steps, 1) * TILE) or 1))

    def run(first: int) -> None:
        part, own = work[first : first + chunk], values[:, first * TILE : (first + chunk) * TILE]
        by_row, by_column = _tables(scattered, both, known, own, done, steps)
        acrosses = np.ascontiguousarray(own)
        given = [part, np.zeros(1), acrosses, by_row, by_column, *rest]
        addresses = [array.ctypes.data for array in given]
        call(1, len(part), steps, *addresses, surface.rows)

    def stop() -> None:
        constants[-1] = 1.0

    if len(work) <= chunk and len(work) * TILE * steps <= ALONE:  # Done before another thread had begun.
        run(0)
        return

    share(range(0, tiles, chunk), lambda: run, threads, cancelled, stop)


def _tables(
    scattered: Scattered, both: Pair, known: Mapping[str, ArrayLike], values: Array, done: int, steps: int
) -> tuple[Array, Array]:
    """Return the coefficients: (1, steps, k) that are the same for all runs, and (l, steps, runs) that are not."""
    trees = both.step.coefficients
    alike, apart = (tuple(trees[index] for index in part) for part in divided(both, scattered.names))
    own = dict(zip(scattered.names, values, strict=True))
    t = np.arange(done + 1.0, done + steps + 1.0)
    rates = _rates(scattered, own.get(RATE), done, steps)
    fixed: dict[str, ArrayLike] = {
        name: np.asarray(value)[done : done + steps, None] if name in both.driven else value
        for name, value in known.items()
    }
    read: dict[str, ArrayLike] = {**fixed, **own, "t": t[:, None], RATE: rates}
    by_row, by_column = np.empty((1, steps, len(alike))), np.empty((len(apart), steps, values.shape[1]))
    for index, table in enumerate(evaluate(alike, read)):
        by_row[0, :, index] = np.broadcast_to(table, (steps, 1))[:, 0]
    for index, table in enumerate(evaluate(apart, read)):
        by_column[index] = table
    return by_row, by_column


def _rates(scattered: Scattered, own: Array | None, done: int, steps: int) -> Array:
    """Return the learning rates of so many steps: (steps, runs), or (steps, 1) where all have the same."""
    given, schedule = np.array([scattered.rule.lr]) if own is None else own, scattered.schedule
    if schedule is None or (schedule.formula == RATE and not schedule.warmup):
        return np.broadcast_to(given, (steps, len(given)))
    found, places = np.unique(given, return_inverse=True)
    columns = np.stack([schedule.part(lr, scattered.steps, done, steps) for lr in found.tolist()], axis=1)
    return columns[:, places.reshape(-1)]
