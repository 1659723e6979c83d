"""The kernel for many starts: where each trajectory ends, since when it is near, and no steps once all converged."""

from landscape.descent.kernels import BLOCK, StepWriter, place, step_together, work_rows
from landscape.descent.stepping import Pair
from landscape.formula.kernels import Code, is_plain
from landscape.formula.lanes import each
from landscape.memory import bounded

SOON, PART = 8, 8
"""Steps between two samples of where the points are: ``SOON``, later a ``PART``-th of the steps made."""

CELLS = 512
"""Columns and rows of the cells that ends are sorted into."""

STOP = 8
"""Which of the limits is 0 as long as steps are to be made."""

CONVERGENCE = (
    "xs", "ys", "since", "cells", "starts", "steps", "rest", "limits", "work",
    "constants", "coefficients", "normals", "data", "count",
)  # fmt: skip


def allows_single(both: Pair) -> bool:
    """Tell whether single precision can be tried: plain arithmetic, the same in every step but for coefficients.

    A rule of the Hessian divides by differences that have no digits left then, and noise is never at rest.
    """
    step = both.step
    trees = (*both.seen(loss=False).values(), *step.moved, *step.state)
    return not both.update.planar and "noise" not in step.reads and not both.columns and is_plain(trees)


def samples(steps: int) -> int:
    """Return how often the points are sampled in so many steps."""
    step = count = 0
    while step < steps:
        count += 1
        step += max(SOON, step // PART)
    return count + 1


@bounded(256, megabytes=16)
def convergence_source(both: Pair, single: bool) -> str:
    """Return the kernel ``convergence``, which moves the points (xs, ys) in place by up to ``steps`` steps.

    ``since`` (starts,) gets the step at which each point was sampled first after it had last been far from its end.
    Of ``limits`` the first two say how far in x and y that is. The next two say what is no motion at
    all: if no point of a block has moved so far between two samples, the block takes no more steps, but never before
    ``rest``. A point that is not finite does not move. The next four are the corner of the cells, and how many there
    are to a unit of x and y: ``cells`` (starts,) gets the number of the one that the end is in, row by row, or
    ``CELLS**2``. The ninth is 0: once it is not, no step follows. Behind it is what each point remembers at its start.
    The number of starts must be a multiple of ``BLOCK``; at ``work`` there is room for :func:`convergence_rows` times
    ``BLOCK`` numbers. The other arguments are those of ``trajectory_source``. With ``single``, all numbers in memory
    have four bytes.

    A block of points takes a step together, so that the compiler computes several side by side in wide registers;
    what they are and remember stays in the nearest memory.
    """
    code = Code(wide=True, single=single)
    writer = StepWriter(code, both)
    limits = [code.load("limits", index) for index in range(8)]
    remembered = [code.load("limits", STOP + 1 + index) for index in range(len(writer.state))]
    begun = ["get(xs, lane)", "get(ys, lane)", *remembered]
    row = code.word * BLOCK
    code.write("block = 0", f"history = work + {row * work_rows(both)}")
    with code.block("while block < starts:"):
        each(code, BLOCK, lambda: code.write(*(f"put({place(row)}, {value})" for row, value in enumerate(begun))))
        each(code, BLOCK, lambda: code.write(*_kept("history", "get(xs, lane)", "get(ys, lane)")))
        code.write("left = steps", "soon = 0", "last = history")
        with code.block("while left > 0:"):
            code.write("step = steps - left")
            writer.begin_step()
            step_together(writer)
            code.write("left -= 1", f"if get(limits, {STOP}) != 0.0:", "    return")
            with code.block("if step >= soon or left == 0:"):
                _sample(code, limits[2:4], row)
        _finish(code, limits[:2], limits[4:], row)
        code.write(f"block += {BLOCK}", *(f"{to} += {row}" for to in ("xs", "ys", "since", "cells")))
    return code.function("convergence", CONVERGENCE, "void")


def convergence_rows(both: Pair, steps: int) -> int:
    """Return how many numbers each point of a block has: what it remembers, and all samples of it."""
    return work_rows(both) + 2 * (samples(steps) + 1)


def _ahead(step: str) -> list[str]:
    """Return the statements that say after how many steps the next sample is; ``max`` would keep Numba's exceptions."""
    return [f"ahead = {step} // {PART}", f"if {step} < {SOON * PART}:", f"    ahead = {SOON}"]


def _kept(row: str, x: str, y: str) -> list[str]:
    return [f"put({row}, lane, {x})", f"put({row}, lane + {BLOCK}, {y})"]


def _sample(code: Code, still: list[str], row: int) -> None:
    """Write how all points of a block are sampled, and compared with where they were before."""

    def sample() -> None:
        code.write(
            f"x = get({place(0)})",
            f"y = get({place(1)})",
            f"moved = (abs(x - get(last, lane)) > {still[0]}) | (abs(y - get(last, lane + {BLOCK})) > {still[1]})",
            "moving += one_if(moved)",
            *_kept("fresh", "x", "y"),
        )

    code.write("moving = 0", f"fresh = last + {2 * row}")
    each(code, BLOCK, sample)
    code.write("last = fresh", *_ahead("step"), "soon = step + ahead")
    code.write("if moving == 0 and step >= rest:", "    left = 0")


def _finish(code: Code, near: list[str], lattice: list[str], row: int) -> None:
    """Write where the points of a block have ended, in which cells, and since when they were near."""

    def sort() -> None:
        code.write(
            f"x = get({place(0)})",
            f"y = get({place(1)})",
            f"column = floor((x - {lattice[0]}) * {lattice[2]})",
            f"line = floor((y - {lattice[1]}) * {lattice[3]})",
            f"inside = (column >= 0.0) & (column < {CELLS}.0) & (line >= 0.0) & (line < {CELLS}.0)",
            "put(xs, lane, x)",
            "put(ys, lane, y)",
            "put(since, lane, 0.0)",
            f"put(cells, lane, choose(inside, line * {CELLS}.0 + column, {CELLS**2}.0))",
        )

    def compare() -> None:
        code.write(
            f"far = (abs(get(fresh, lane) - get(xs, lane)) > {near[0]})"
            f" | (abs(get(fresh, lane + {BLOCK}) - get(ys, lane)) > {near[1]})",
            "put(since, lane, choose(far, clock, get(since, lane)))",
        )

    each(code, BLOCK, sort)
    code.write("fresh = history", "seen = 0", "clock = 1.0")
    with code.block("while fresh < last:"):
        each(code, BLOCK, compare)
        code.write(*_ahead("seen"), "seen += ahead", f"fresh += {2 * row}")
        code.write("clock += ahead")
