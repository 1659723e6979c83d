"""The kernel that runs a rule on a surface and records every step, and what it shares with those for many starts.

All are loops around the same step. The surface is written into the loop rather than called, so that nothing stands
between its arithmetic and the rule's.
"""

import ctypes
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from landscape.descent.stepping import Pair
from landscape.formula.kernels import Code, Columns, Emitter, operation
from landscape.formula.lanes import Lanes, totals
from landscape.memory import bounded

HEAD = 5
"""Numbers in front of the state in a row of the record: x, y, both components of the gradient, and the loss."""
BLOCK = 256
"""Points that take their steps together in the kernels for many starts."""
WORD = 8
"""Bytes of a number."""

TRAJECTORY = (
    "steps", "record", "constants", "coefficients", "normals", "shifts", "data", "count", "batches", "batch",
)  # fmt: skip


def prototype(
    arguments: Sequence[str], result: type[ctypes.c_int64] | None = None
) -> Callable[[int], Callable[..., Any]]:
    """Return what makes a kernel's address a function that can be called, from the names of its arguments.

    All are given as addresses, whole numbers too: ctypes takes half as long for these.
    """
    return ctypes.CFUNCTYPE(result, *[ctypes.c_void_p] * len(arguments))


@bounded(256, megabytes=16)
def trajectory_source(both: Pair, noisy: bool, batched: bool) -> str:
    """Return the kernel ``trajectory``, which makes ``steps`` steps and records every one.

    Its arguments: the number of steps; the record, (steps + 1, HEAD + state) float64, with the position and the state
    at the start in its first row; the constants (the surface's parameters, then the rule's hyper-parameters); the
    coefficients (steps, k); standard normals (steps, 2), read if the rule reads ``noise``; what is added to the
    gradient (steps, 2), read if ``noisy``; the data (columns, count); and if ``batched`` the mini-batches (steps,
    columns, batch). It returns how many rows are written, ending in front of the first in which the position or the
    loss is not finite.
    """
    code = Code()
    writer = StepWriter(code, both)
    width = HEAD + len(writer.state)
    code.write(*(f"{name} = get(record, {place})" for name, place in zip(writer.moving, _places(width), strict=True)))
    code.write("left = steps")
    with code.block("while True:"):
        code.write("step = steps - left")
        seen = writer.see(Columns(both.columns))
        row = code.variable(f"record + {WORD * width} * step")
        held = ["x", "y", seen["gx"], seen["gy"], seen["loss"], *writer.state]
        code.write(*(f"put({row}, {place}, {value})" for place, value in enumerate(held)))
        code.write(f"if not abs(x + y + {seen['loss']}) < inf:", "    return step")
        code.write("if left == 0:", "    return step + 1")
        writer.begin_step()
        code.change(writer.moving, writer.move(_told(writer, seen, noisy, batched)))
        code.write("left -= 1")
    return code.function("trajectory", TRAJECTORY, "int64")


def _places(width: int) -> tuple[int, ...]:
    """Return where a row of the record holds the position and the state."""
    return (0, 1, *range(HEAD, width))


def _told(writer: "StepWriter", seen: dict[str, str], noisy: bool, batched: bool) -> dict[str, str]:
    """Write what the rule is told of the surface: that of a mini-batch, with noise in the gradient."""
    code, columns = writer.code, writer.both.columns
    if batched:
        rows = code.variable(f"batches + {WORD * len(columns)} * batch * step")
        seen = writer.see(Columns(columns, rows, "batch"), loss=False)
    if noisy:
        shifts = zip(("gx", "gy"), writer.row("shifts", 2), strict=True)
        return seen | {name: operation(code, "add", seen[name], shift) for name, shift in shifts}
    return seen


def work_rows(both: Pair) -> int:
    """Return how many numbers each point of a block has: x, y, the state, and totals over the rows of data."""
    axes = 1 if both.update.planar else 2
    return 2 + axes * len(both.update.state) + totals(list(both.seen(loss=False).values()), both.columns)


def place(row: int) -> str:
    """Return where a number of the present point is."""
    return f"work, {BLOCK * row} + lane" if row else "work, lane"


def step_together(writer: "StepWriter") -> None:
    """Write a step of all points of a block."""
    code, both = writer.code, writer.both
    trees = both.seen(loss=False)

    def load() -> dict[str, str]:
        code.write(*(f"{name} = get({place(row)})" for row, name in enumerate(writer.moving)))
        return {"x": "x", "y": "y"}

    def finish(_: Mapping[str, str], roots: Sequence[str]) -> None:
        moved = writer.move(dict(zip(trees, roots, strict=True)))
        code.write(*(f"put({place(row)}, {value})" for row, value in enumerate(moved)))

    Lanes(
        code=code,
        count=BLOCK,
        values=writer.parameters,
        columns=Columns(both.columns),
        load=load,
        room=lambda index: place(len(writer.moving) + index),
    ).emit(list(trees.values()), finish)


class StepWriter:
    """Writes one step of a rule on a surface; its point is at (x, y)."""

    def __init__(self, code: Code, both: Pair) -> None:
        self.code = code
        self.both = both
        self.names = both.update.state
        self.axes = 1 if both.update.planar else 2
        self.state = [f"s{index}" for index in range(len(self.names) * self.axes)]
        """For an elementwise rule that of x and that of y in turn."""
        self.moving = ["x", "y", *self.state]
        self.given: dict[str, str] = {}
        names = (*both.parameters, *both.update.hyper_names)
        values = [code.load("constants", index) for index in range(len(names))]
        self.parameters = dict(zip(names[: len(both.parameters)], values, strict=False))
        self.hyper = dict(zip(names[len(both.parameters) :], values[len(both.parameters) :], strict=True))

    def see(self, columns: Columns, loss: bool = True) -> dict[str, str]:
        """Write the surface and its derivatives at (x, y), over the given rows of data."""
        trees = self.both.seen(loss)
        emitter = Emitter(self.code, {**self.parameters, "x": "x", "y": "y"}, columns)
        return dict(zip(trees, emitter.emit(list(trees.values())), strict=True))

    def begin_step(self) -> None:
        """Write what is the same for all points in the step: the coefficients and the noise."""
        width = len(self.both.step.coefficients)
        self.given = dict(zip((f"step.{k}" for k in range(width)), self.row("coefficients", width), strict=True))
        if "noise" in self.both.step.reads:
            self.given |= dict(zip(("noise.0", "noise.1"), self.row("normals", 2), strict=True))

    def move(self, seen: Mapping[str, str]) -> list[str]:
        """Write the step; return the new x and y, then the new state."""
        given = {**self.given, **self.hyper}
        if "gnorm" in self.both.step.reads:
            given["gnorm"] = self._norm(seen["gx"], seen["gy"])
        if self.axes == 1:
            return self._rule(0, {**given, **seen, "x": "x", "y": "y"})
        by_axis = [
            self._rule(axis, {**given, "theta": theta, "g": seen[slope], "noise": given.get(f"noise.{axis}", "")})
            for axis, (theta, slope) in enumerate((("x", "gx"), ("y", "gy")))
        ]
        return [value for both_axes in zip(*by_axis, strict=True) for value in both_axes]

    def row(self, table: str, width: int) -> list[str]:
        """Write the loading of the step's row of a table."""
        if not width:
            return []
        first = self.code.variable(f"{table} + {self.code.word * width} * step")
        return [self.code.load(first, k) for k in range(width)]

    def _rule(self, axis: int, given: Mapping[str, str]) -> list[str]:
        state = dict(zip(self.names, self.state[axis :: self.axes], strict=True))
        step = self.both.step
        return Emitter(self.code, {**given, **state}).emit([*step.moved, *step.state])

    def _norm(self, gx: str, gy: str) -> str:
        squares = [operation(self.code, "mul", value, value) for value in (gx, gy)]
        return operation(self.code, "sqrt", operation(self.code, "add", *squares))
