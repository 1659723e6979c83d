"""The kernel of a map of two hyper-parameters: every pixel is a run of its own, many side by side.

What a step needs that depends on the clock and on one of the two hyper-parameters is in tables: one for the rows of the
map, one for its columns. What depends on both is computed in the pixel. Where any number of hyper-parameters have
another value in each column, there is one row.
"""

from collections.abc import Mapping, Sequence

from landscape.descent.kernels import BLOCK, WORD, StepWriter
from landscape.descent.stepping import Pair
from landscape.formula.kernels import Code, Columns, operation
from landscape.formula.lanes import Lanes, totals
from landscape.formula.tree import free_names
from landscape.memory import bounded

TILE = BLOCK
"""Pixels of a row that take their steps together; the columns of a map are a multiple of it."""
KEPT = 3
"""Numbers of each pixel besides its point and its state: NaN once it is lost, its first good step, and its loss."""
_KEPT = ("lost", "first")
"""Those of them that a step changes."""

MAP = (
    "rows", "tiles", "steps", "work", "ups", "acrosses", "by_row", "by_column",
    "constants", "normals", "shifts", "data", "count",
)  # fmt: skip


@bounded(256, megabytes=16)
def map_source(both: Pair, across: tuple[str, ...], up: str, noisy: bool) -> str:
    """Return the kernel ``map``, which moves the pixels in ``work`` on by ``steps`` steps.

    Its arguments: the number of rows of the map, of tiles in a row, and of steps; the pixels, (rows, tiles,
    :func:`tile_rows`, TILE); the values of ``up`` (rows,) and of each of ``across`` (k, tiles * TILE); the coefficients
    that depend on none of ``across``, (rows, steps, k), and those that do, (l, steps, tiles * TILE); the constants,
    behind them the threshold, how many steps were made before, and 0: once it is another number, no step follows; the
    rest as for a trajectory.
    """
    code = Code(wide=True)
    writer = StepWriter(code, both)
    behind = len(writer.parameters) + len(writer.hyper)
    limits, stop = [code.load("constants", behind + index) for index in (0, 1)], behind + 2
    code.write("row = 0")
    with code.block("while row < rows:"):
        if up in writer.hyper:
            writer.hyper[up] = code.load("ups", "row")
        code.write("tile = 0")
        with code.block("while tile < tiles:"):
            code.write("left = steps", f"clock = {limits[1]}")
            with code.block("while left > 0:"):
                code.write("step = steps - left")
                _step(writer, across, limits[0], noisy)
                code.write("left -= 1", "clock += 1.0", f"if get(constants, {stop}) != 0.0:", "    return")
            _final_loss(writer, limits[0])
            code.write("tile += 1", f"work += {WORD * TILE * tile_rows(both)}")
        code.write("row += 1")
    return code.function("map", MAP, "void")


def divided(both: Pair, across: tuple[str, ...]) -> tuple[list[int], list[int]]:
    """Return which coefficients of the step are the same along a row of the map, and which depend on ``across``."""
    places: tuple[list[int], list[int]] = ([], [])
    for index, tree in enumerate(both.step.coefficients):
        places[not free_names(tree).isdisjoint(across)].append(index)
    return places


def kept_row(both: Pair) -> int:
    """Return the first of the ``KEPT`` rows of a tile; the point and the state lie before them."""
    return 2 + (1 if both.update.planar else 2) * len(both.state)


def tile_rows(both: Pair) -> int:
    """Return how many numbers each pixel has."""
    return kept_row(both) + KEPT + totals(list(both.seen().values()), both.columns)


def _step(writer: StepWriter, across: tuple[str, ...], threshold: str, noisy: bool) -> None:
    """Write a step of all pixels of a tile."""
    code, both = writer.code, writer.both
    trees = both.seen()
    given, tables = _given(writer, across)
    shifts = dict(zip(("gx", "gy"), writer.row("shifts", 2), strict=True)) if noisy else {}
    rows = [(name, place) for place, name in enumerate(across) if name in writer.hyper]
    values = {name: code.variable(f"acrosses + {WORD * TILE} * (tiles * {place} + tile)") for name, place in rows}

    def finish(_: Mapping[str, str], roots: Sequence[str]) -> None:
        seen = dict(zip(trees, roots, strict=True))
        _check_loss(writer, seen["loss"], threshold)
        writer.given = given | {name: code.variable(f"get({table}, lane)") for name, table in tables.items()}
        writer.hyper |= {name: code.variable(f"get({row}, lane)") for name, row in values.items()}
        seen |= {name: operation(code, "add", seen[name], shift) for name, shift in shifts.items()}
        moved = (*writer.move(seen), *_KEPT)
        code.write(*(f"put({_place(row)}, {value})" for row, value in enumerate(moved)))

    _lanes(writer, [*writer.moving, *_KEPT]).emit(list(trees.values()), finish)


def _given(writer: StepWriter, across: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """Write what is the same for all pixels of a tile in the step; return it, and where each pixel has its own."""
    code = writer.code
    rowwise, columnwise = divided(writer.both, across)
    given: dict[str, str] = {}
    if rowwise:
        first = code.variable(f"by_row + {WORD * len(rowwise)} * (row * steps + step)")
        given |= {f"step.{k}": code.load(first, place) for place, k in enumerate(rowwise)}
    if "noise" in writer.both.step.reads:
        given |= zip(("noise.0", "noise.1"), writer.row("normals", 2), strict=True)
    tables = {
        f"step.{k}": code.variable(f"by_column + {WORD * TILE} * (tiles * ({place} * steps + step) + tile)")
        for place, k in enumerate(columnwise)
    }
    return given, tables


def _final_loss(writer: StepWriter, threshold: str) -> None:
    """Write what becomes of the losses of a tile where its pixels are now."""
    kept = kept_row(writer.both)

    def finish(_: Mapping[str, str], roots: Sequence[str]) -> None:
        _check_loss(writer, roots[0], threshold)
        values = (*_KEPT, f"{roots[0]} + lost")
        writer.code.write(*(f"put({_place(kept + row)}, {value})" for row, value in enumerate(values)))

    _lanes(writer, [*writer.moving, *_KEPT]).emit([writer.both.seen()["loss"]], finish)


def _lanes(writer: StepWriter, names: Sequence[str]) -> Lanes:
    """Return what writes trees for the pixels of a tile, of whose numbers those with ``names`` are loaded."""
    code, both = writer.code, writer.both

    def load() -> dict[str, str]:
        code.write(*(f"{name} = get({_place(row)})" for row, name in enumerate(names)))
        return {"x": "x", "y": "y"}

    first = kept_row(both) + KEPT
    return Lanes(
        code=code,
        count=TILE,
        values=writer.parameters,
        columns=Columns(both.columns),
        load=load,
        room=lambda index: _place(first + index),
    )


def _check_loss(writer: StepWriter, loss: str, threshold: str) -> None:
    """Write whether a pixel is lost, which it stays, and whether its loss is at or under the threshold at last."""
    code = writer.code
    size = code.variable(f"x + y + {loss}")
    code.write(f"lost += {size} - {size}")
    now = code.variable(f"choose({loss} + lost <= {threshold}, clock, inf)")
    code.write(f"first = choose({now} < first, {now}, first)")


def _place(row: int) -> str:
    """Return where a number of the present pixel is."""
    return f"work, {TILE * row} + lane" if row else "work, lane"
