"""Simulated annealing from many starts at once, side by side in wide registers: where each walk ends."""

import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.strategies import Strategy
from landscape.catalogue.surfaces import Surface
from landscape.descent.kernels import BLOCK, prototype
from landscape.descent.noise import keys
from landscape.descent.strategies.annealing import cooled
from landscape.descent.strategies.strategy import check
from landscape.descent.threads import share
from landscape.errors import InputError
from landscape.formula.kernel_cache import load
from landscape.formula.kernels import Code, Columns
from landscape.formula.lanes import Lanes, each, totals
from landscape.memory import bounded

ARGUMENTS = (
    "steps", "block", "work", "constants", "spread", "temperatures", "data", "count",
    "key0", "key1", "key2",
)  # fmt: skip
CHANNELS = 3
"""Random numbers of a step."""
X, Y, F, BEST_X, BEST_Y, BEST, NEW_X, NEW_Y, ROWS = range(9)
"""Rows of a block: where each walk is, its best, and what it proposes; how many there are before those for totals."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Annealed:
    """What became of every walk; all arrays are read-only."""

    points: NDArray[np.float64]
    """(n, 2): where it ended."""
    losses: NDArray[np.float64]
    """(n,) there; infinite where the surface has no value."""
    best_points: NDArray[np.float64]
    """(n, 2): the lowest point that it saw."""
    best: NDArray[np.float64]
    """(n,) there."""


def anneal(
    surface: Surface,
    strategy: Strategy,
    starts: ArrayLike,
    steps: int,
    seed: int = 0,
    cancelled: Callable[[], bool] = lambda: False,
) -> Annealed:
    """Return where annealing ends from each of some starts (n, 2).

    Step k of walk j takes the random numbers of step ``j*2**32 + k`` of ``seed``: all walks are independent. Both
    coordinates of a proposal are made of two of them, where a single run takes four.

    Raises:
        InputError: for another strategy, and for starts or a number of steps that cannot be used.
    """
    strategy = check(strategy)
    if strategy.entry != "annealing":
        raise InputError('Many starts are those of "annealing", not of "{name}"', name=strategy.entry)
    begun = np.asarray(starts, dtype=np.float64)
    if begun.ndim != 2 or begun.shape[1] != 2 or not np.isfinite(begun).all() or steps < 0:
        raise InputError("Starts are rows of two finite numbers, and steps at least 0")
    values = dict(strategy.values)
    work = _work(surface, begun)
    sides = np.ptp(np.array(surface.domain), axis=1)
    law = values["temperature"], values["cooling"], values["law"]
    temperatures = np.array([cooled(float(step), *law) for step in range(steps)])
    tables = np.array(surface.kernel_values), values["proposal"] * sides, temperatures, surface.data_array
    addresses = [table.ctypes.data for table in tables]
    kernel = load(_source_of(surface), "anneal")
    call = prototype(ARGUMENTS)(kernel.address)
    own = keys(seed, CHANNELS).view(np.int64).tolist()

    def walk(block: int) -> None:
        call(steps, block, work[block].ctypes.data, *addresses, surface.rows, *own)

    share(range(len(work)), lambda: walk, os.cpu_count() or 1, cancelled)
    ended = work[:, :ROWS].swapaxes(0, 1).reshape(ROWS, -1)[:, : len(begun)]
    x, y, f, best_x, best_y, best, _, _ = ended
    found = Annealed(points=np.stack((x, y), 1), losses=f, best_points=np.stack((best_x, best_y), 1), best=best)
    for array in (found.points, found.losses, found.best_points, found.best):
        array.setflags(write=False)
    return found


def _work(surface: Surface, starts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the walks at their starts, (blocks, rows, BLOCK); the last block is filled up with the last start."""
    room = ROWS + totals([surface.tree], surface.columns)
    blocks = max(1, -(-len(starts) // BLOCK))
    filled = np.resize(starts if len(starts) else np.zeros((1, 2)), (blocks * BLOCK, 2)).T
    losses = surface.value(*filled)
    losses = np.where(np.isfinite(losses), losses, np.inf)
    work = np.zeros((blocks, room, BLOCK))
    for rows in ((X, Y, F), (BEST_X, BEST_Y, BEST)):
        for row, numbers in zip(rows, (*filled, losses), strict=True):
            work[:, row] = numbers.reshape(blocks, BLOCK)
    return work


def _source_of(surface: Surface) -> str:
    return _source(surface.formula, surface.is_transformed, surface.columns, surface.parameter_names)


@bounded(64, megabytes=16)
def _source(formula: str, transformed: bool, columns: tuple[str, ...], parameters: tuple[str, ...]) -> str:
    """Return the kernel ``anneal``, which makes ``steps`` steps of all walks of a block."""
    bare = Surface(formula=formula, rotation=1.0 if transformed else 0.0)
    code = Code(wide=True)
    values = {name: code.load("constants", index) for index, name in enumerate(parameters)}
    across, up = code.load("spread", 0), code.load("spread", 1)
    code.write("left = steps")
    with code.block("while left > 0:"):
        code.write("step = steps - left")
        temperature = code.load("temperatures", "step")
        each(code, BLOCK, lambda: _propose(code, across, up))
        Lanes(
            code=code,
            count=BLOCK,
            values=values,
            columns=Columns(columns),
            load=lambda: {"x": code.load(*_place(NEW_X)), "y": code.load(*_place(NEW_Y))},
            room=lambda index: ", ".join(_place(ROWS + index)),
        ).emit([bare.tree], lambda point, roots: _take(code, point["x"], point["y"], roots[0], temperature))
        code.write("left -= 1")
    return code.function("anneal", ARGUMENTS, "void")


def _place(row: int) -> tuple[str, str]:
    return "work", f"{BLOCK * row} + lane"


def _random(code: Code, channel: int) -> str:
    return code.variable(f"uniform(key{channel}, (block * {BLOCK} + lane) * {1 << 32} + step)")


def _propose(code: Code, across: str, up: str) -> None:
    """Write a proposal: both normals that Box and Muller make of two numbers, about the present point."""
    log = code.variable(f"-2.0 * wide_log({_random(code, 0)})")
    radius = code.variable(f"sqrt(choose({log} > 0.0, {log}, 0.0))")
    angle = code.variable(f"{2.0 * np.pi!r} * {_random(code, 1)}")
    for row, new, side, part in ((X, NEW_X, across, "wide_cos"), (Y, NEW_Y, up, "wide_sin")):
        here = code.load(*_place(row))
        code.write(f"put({', '.join(_place(new))}, {here} + {side} * {radius} * {part}({angle}))")


def _take(code: Code, x: str, y: str, f: str, temperature: str) -> None:
    """Write whether a proposal is taken, and whether it is the best."""
    value = code.variable(f"choose(abs({f}) < inf, {f}, inf)")
    held = [code.load(*_place(row)) for row in (X, Y, F)]
    risen = code.variable(f"choose({value} > {held[2]}, ({held[2]} - {value}) / {temperature}, 0.0)")
    taken = code.variable(f"{_random(code, 2)} <= wide_exp({risen})")
    better = code.variable(f"{value} < get({', '.join(_place(BEST))})")
    for row, new, old in zip((X, Y, F), (x, y, value), held, strict=True):
        code.write(f"put({', '.join(_place(row))}, choose({taken}, {new}, {old}))")
    for row, new in zip((BEST_X, BEST_Y, BEST), (x, y, value), strict=True):
        place = ", ".join(_place(row))
        code.write(f"put({place}, choose({better}, {new}, get({place})))")
