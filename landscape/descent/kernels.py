"""The kernel that runs a rule on a surface and records every step, and what it shares with those for many starts.

All are loops around the same step. The surface is written into the loop rather than called, so that nothing stands
between its arithmetic and the rule's.
"""

import ctypes
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from landscape.catalogue.schedule_programs import (
    LOSS,
    MOMENTUM,
    RATE,
    known_names,
    memory_of,
    schedule_driven,
    trees_of,
)
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


FOLLOWING = (*TRAJECTORY, "rates", "memory")
"""Those of the kernel that computes a schedule with the steps."""


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

    Where the schedule reads the loss, two arguments follow: where the rates are written, (steps,), and what the
    schedule remembers: the number of the first step, the loss in front of the step before it, and the names. Its own
    numbers are behind the hyper-parameters: how many steps warm up, and what its lines read.
    """
    code = Code()
    writer = StepWriter(code, both)
    width = HEAD + len(writer.state)
    code.write(*(f"{name} = get(record, {place})" for name, place in zip(writer.moving, _places(width), strict=True)))
    follower = FollowerWriter(writer) if both.schedule else None
    code.write("left = steps")
    with code.block("while True:"):
        code.write("step = steps - left")
        seen = writer.see(Columns(both.columns))
        row = code.variable(f"record + {WORD * width} * step")
        held = ["x", "y", seen["gx"], seen["gy"], seen["loss"], *writer.state]
        code.write(*(f"put({row}, {place}, {value})" for place, value in enumerate(held)))
        code.write(f"if not abs(x + y + {seen['loss']}) < inf:", "    return step")
        with code.block("if left == 0:"):
            code.write(*(follower.kept() if follower else ()), "return step + 1")
        writer.begin_step()
        if follower:
            writer.given |= follower.follow(seen["loss"])
        code.change(writer.moving, writer.move(_told(writer, seen, noisy, batched)))
        code.write("left -= 1")
    return code.function("trajectory", FOLLOWING if both.schedule else TRAJECTORY, "int64")


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
    return 2 + axes * len(both.state) + totals(list(both.seen(loss=False).values()), both.columns)


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
        self.names = both.state
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


class FollowerWriter:
    """Writes the lines of a schedule that reads the loss, once in each step."""

    def __init__(self, writer: StepWriter) -> None:
        self.code, both = writer.code, writer.both
        self._trees = trees_of(both.schedule)
        self._names = memory_of(both.schedule)
        self._memory = ["clock", "told", *(f"m{index}" for index in range(len(self._names)))]
        self._driven = schedule_driven(both.schedule, both.update.hyper_names)
        behind = len(writer.parameters) + len(writer.hyper)
        self._warmup, *values = (
            self.code.load("constants", behind + index) for index in range(1 + len(known_names(both.schedule)))
        )
        self._known = dict(zip(known_names(both.schedule), values, strict=True))
        self.code.write(*(f"{name} = get(memory, {place})" for place, name in enumerate(self._memory)))

    def kept(self) -> list[str]:
        """Return what keeps what is remembered, for the steps that follow later."""
        return [f"put(memory, {place}, {name})" for place, name in enumerate(self._memory)]

    def follow(self, loss: str) -> dict[str, str]:
        """Write the rate of the step; return what the rule is given, by name."""
        code, warmup = self.code, self._warmup
        told = code.variable(f"choose(clock < 1.0, {loss}, told)")
        t = code.variable(f"choose(clock < {warmup}, 0.0, clock - {warmup})")
        held = dict(zip(self._names, self._memory[2:], strict=True))
        roots = Emitter(code, {**self._known, **held, "t": t, LOSS: told}).emit(list(self._trees.values()))
        found = dict(zip(self._trees, roots, strict=True))
        share = code.variable(f"choose(clock < {warmup}, (clock + 1.0) / {warmup}, 1.0)")
        rate = operation(code, "mul", found[RATE], share)
        code.write(f"put(rates, step, {rate})")
        new = [code.variable(f"choose(clock < {warmup}, 0.0, {found[name]})") for name in self._names]
        code.change(self._memory, ["clock + 1.0", loss, *new])
        return {"lr": rate, **({self._driven: found[MOMENTUM]} if self._driven else {})}
