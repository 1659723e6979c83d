"""The kernel for many starts that tells besides the ends when each start has come to rest, and stops when all have."""

from functools import lru_cache

from landscape.descent.kernels import BLOCK, Mover, place, step_together, work_rows
from landscape.descent.stepping import Pair
from landscape.formula.kernels import Code, is_plain
from landscape.formula.lanes import each

SOON, PART = 8, 8
"""Steps between two looks at where the points are: ``SOON``, later a ``PART``-th of the steps made."""

CELLS = 512
"""Columns and rows of the cells that ends are sorted into."""

ARRIVALS = (
    "xs", "ys", "since", "cells", "starts", "steps", "rest", "limits", "work",
    "constants", "coefficients", "normals", "data", "count",
)  # fmt: skip


def is_short(both: Pair) -> bool:
    """Tell whether numbers of four bytes can be tried: plain arithmetic, the same in every step but for coefficients.

    A rule of the Hessian divides by differences that have no digits left then, and noise is never at rest.
    """
    step = both.step
    trees = (*both.seen(loss=False).values(), *step.moved, *step.state)
    return not both.update.planar and "noise" not in step.reads and not both.columns and is_plain(trees)


@lru_cache(maxsize=256)
def arrivals_source(both: Pair, single: bool) -> str:
    """Return the kernel ``arrivals``, which moves the points (xs, ys) in place by up to ``steps`` steps.

    ``since`` (starts,) gets the step from which on each point stayed near where it was then. Of ``limits``, eight
    numbers, the first two say how far away in x and y is not near. The next two say what is no motion at all: if no
    point of a block has moved so far between two looks, the block takes no more steps, but never before ``rest``.
    A point that is not finite does not move. The next four are the corner of the cells, and how many there are to a
    unit of x and y: ``cells`` (starts,) gets the number of the one that the end is in, row by row, or ``CELLS**2``.
    The other arguments are those of the kernel ``ends``, with room for
    :func:`arrival_rows` at ``work``. With ``single``, all numbers in memory have four bytes.
    """
    code = Code(wide=True, single=single)
    mover = Mover(code, both)
    limits = [code.load("limits", index) for index in range(8)]
    begun = ["get(xs, lane)", "get(ys, lane)", *["0.0"] * len(mover.state)]
    watched = work_rows(both)
    code.write("block = 0")
    with code.block("while block < starts:"):
        each(code, BLOCK, lambda: code.write(*(f"put({place(row)}, {value})" for row, value in enumerate(begun))))
        for row, value in enumerate((*begun[:2] * 2, "0.0"), watched):
            each(code, BLOCK, lambda row=row, value=value: code.write(f"put({place(row)}, {value})"))  # type: ignore[misc]
        code.write("left = steps", "soon = 0", "clock = 0.0")
        with code.block("while left > 0:"):
            code.write("step = steps - left")
            mover.begin_step()
            step_together(mover)
            code.write("left -= 1", "clock += 1.0")
            with code.block("if step >= soon or left == 0:"):
                _look(code, watched, limits)
                code.write(f"soon = step + max({SOON}, step // {PART})")
        each(code, BLOCK, lambda: _finish(code, watched, limits[4:]))
        code.write(f"block += {BLOCK}", *(f"{to} += {code.word * BLOCK}" for to in ("xs", "ys", "since", "cells")))
    return code.function("arrivals", ARRIVALS, "void")


def arrival_rows(both: Pair) -> int:
    """Return how many numbers each point of a block has."""
    return work_rows(both) + 5


def _finish(code: Code, watched: int, lattice: list[str]) -> None:
    """Write what became of a point, and which cell it is in."""
    code.write(
        f"x = get({place(0)})",
        f"y = get({place(1)})",
        f"column = floor((x - {lattice[0]}) * {lattice[2]})",
        f"row = floor((y - {lattice[1]}) * {lattice[3]})",
        f"inside = (column >= 0.0) & (column < {CELLS}.0) & (row >= 0.0) & (row < {CELLS}.0)",
        "put(xs, lane, x)",
        "put(ys, lane, y)",
        f"put(since, lane, get({place(watched + 4)}))",
        f"put(cells, lane, choose(inside, row * {CELLS}.0 + column, {CELLS**2}.0))",
    )


def _look(code: Code, watched: int, limits: list[str]) -> None:
    """Write a look at all points of a block: where each is against its last place of rest, and against the last look.

    ``watched`` is the row of the place of rest; those of the last look and of the step of the rest follow.
    """
    code.write("moving = 0")

    def look() -> None:
        names = ("x", "y", "ax", "ay", "px", "py", "since_then")
        rows = (0, 1, *range(watched, watched + 5))
        code.write(*(f"{name} = get({place(row)})" for name, row in zip(names, rows, strict=True)))
        code.write(
            f"away = (abs(x - ax) > {limits[0]}) | (abs(y - ay) > {limits[1]})",
            f"put({place(watched)}, choose(away, x, ax))",
            f"put({place(watched + 1)}, choose(away, y, ay))",
            f"put({place(watched + 4)}, choose(away, clock, since_then))",
            f"moving += one_if((abs(x - px) > {limits[2]}) | (abs(y - py) > {limits[3]}))",
            f"put({place(watched + 2)}, x)",
            f"put({place(watched + 3)}, y)",
        )

    each(code, BLOCK, look)
    code.write("if moving == 0 and step >= rest:", "    left = 0")
