"""The kernels that run a rule on a surface: every step of one start, or the ends of many starts.

Both are loops around the same step. The surface is written into the loop rather than called, so that nothing stands
between its arithmetic and the rule's; a pair is compiled in about 10 ms.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from landscape.descent.stepping import Pair
from landscape.formula.code import Code, literal, shape
from landscape.formula.kernels import Columns, Emitter, lanes_for

HEAD = 5
"""Numbers in front of the state in a row of the record: x, y, both components of the gradient, and the loss."""

_ARRAYS = "ptr noalias %constants, ptr noalias %coefficients, ptr noalias %normals, "
TRAJECTORY = (
    "i64 @trajectory(i64 %steps, ptr noalias %record, " + _ARRAYS + "ptr noalias %shifts, "
    "ptr noalias %data, i64 %count, ptr noalias %batches, i64 %batch)"
)
ENDS = (
    "void @ends(ptr noalias %xs, ptr noalias %ys, i64 %starts, i64 %steps, "
    + _ARRAYS
    + "ptr noalias %data, i64 %count)"
)


@lru_cache(maxsize=256)
def trajectory_source(both: Pair, noisy: bool, batched: bool) -> str:
    """Return the module whose ``trajectory`` makes ``steps`` steps and records every one.

    Its arguments: the number of steps; the record, (steps + 1, HEAD + state) float64, with the position and the state
    at the start in its first row; the constants (the surface's parameters, then the rule's hyper-parameters); the
    coefficients (steps, k); standard normals (steps, 2), read if the rule reads ``noise``; what is added to the
    gradient (steps, 2), read if ``noisy``; the data (columns, count); and if ``batched`` the mini-batches (steps,
    columns, batch). It returns how many rows are written, ending in front of the first in which the position or the
    loss is not finite.
    """
    code = Code()
    mover = _Mover(code, both, 1)
    width = HEAD + len(mover.state)
    firsts = [code.load("%record", place) for place in (0, 1, *range(HEAD, width))]
    code.write("br label %loop")
    code.begin("loop")
    top = len(code.lines)
    seen = mover.see(Columns(both.columns))
    first = code.effect(f"mul i64 %step, {width}")
    row = code.effect(f"getelementptr double, ptr %record, i64 {first}")
    for place, value in enumerate(["%x", "%y", seen["gx"], seen["gy"], seen["loss"], *mover.state]):
        code.store(value, row, place)
    code.write(f"br i1 {_is_finite(code, 'loss', seen)}, label %finite, label %stop")
    code.begin("finite")
    code.write("%last = icmp eq i64 %step, %steps", "br i1 %last, label %finish, label %go")
    code.begin("go")
    told = _told(mover, seen, noisy, batched)
    moved = mover.move(told)
    code.write("%next = add i64 %step, 1", "br label %loop")
    code.lines[top:top] = mover.phis("entry", firsts, moved)
    code.begin("stop")
    code.write("ret i64 %step")
    code.begin("finish")
    code.write("%rows = add i64 %step, 1", "ret i64 %rows")
    return code.module(TRAJECTORY)


def _is_finite(code: Code, quantity: str, seen: Mapping[str, str]) -> str:
    """Write the question whether the position and a quantity are all finite."""
    scalar = Emitter(code, {})
    sizes = [scalar.operation("abs", value) for value in ("%x", "%y", seen[quantity])]
    total = scalar.operation("add", scalar.operation("add", sizes[0], sizes[1]), sizes[2])
    return scalar.compare("olt", total, literal(float("inf")))


def _told(mover: "_Mover", seen: dict[str, str], noisy: bool, batched: bool) -> dict[str, str]:
    """Write what the rule is told of the surface: that of a mini-batch, with noise in the gradient."""
    code, columns = mover.code, mover.both.columns
    if batched:
        size = code.effect(f"mul i64 %batch, {len(columns)}")
        first = code.effect(f"mul i64 %step, {size}")
        rows = code.effect(f"getelementptr double, ptr %batches, i64 {first}")
        seen = mover.see(Columns(columns, rows, "%batch"))
    if noisy:
        first = code.effect("mul i64 %step, 2")
        shift = code.effect(f"getelementptr double, ptr %shifts, i64 {first}")
        adder = Emitter(code, {})
        shifted = {name: adder.operation("add", seen[name], code.load(shift, k)) for k, name in enumerate(("gx", "gy"))}
        return seen | shifted
    return seen


@lru_cache(maxsize=256)
def ends_source(both: Pair) -> str:
    """Return the module whose ``ends`` moves the points (xs, ys) in place by ``steps`` steps, many side by side.

    Their number must be a multiple of ``kernels.WIDE``. The other arguments are those of :func:`trajectory_source`.
    """
    step = both.step
    lanes = lanes_for([*both.trees.values(), *step.moved, *step.state])
    code = Code()
    mover = _Mover(code, both, lanes)
    zero = code.splat(literal(0.0), lanes)
    code.write("%idle = icmp sle i64 %steps, 0", "br i1 %idle, label %finish, label %pack")
    code.begin("pack")
    code.write("%first = phi i64 [0, %entry], [%then, %stored]")
    starts = [code.load(pointer, "%first", lanes) for pointer in ("%xs", "%ys")]
    code.write("br label %loop")
    code.begin("loop")
    top = len(code.lines)
    moved = mover.move(mover.see(Columns(both.columns)))
    code.write("%next = add i64 %step, 1", "%more = icmp slt i64 %next, %steps")
    code.lines[top:top] = mover.phis("pack", [*starts, *[zero] * len(mover.state)], moved)
    code.write("br i1 %more, label %loop, label %stored")
    code.begin("stored")
    code.store(moved[0], "%xs", "%first", lanes)
    code.store(moved[1], "%ys", "%first", lanes)
    code.write(f"%then = add i64 %first, {lanes}", "%again = icmp slt i64 %then, %starts")
    code.write("br i1 %again, label %pack, label %finish")
    code.begin("finish")
    code.write("ret void")
    return code.module(ENDS)


class _Mover:
    """Writes one step of a rule on a surface, for one point or for several side by side."""

    def __init__(self, code: Code, both: Pair, lanes: int) -> None:
        self.code = code
        self.both = both
        self.lanes = lanes
        self.names = both.update.state
        self.axes = 1 if both.update.planar else 2
        self.state = [f"%state{index}" for index in range(len(self.names) * self.axes)]
        """For an elementwise rule that of x and that of y in turn."""
        hyper = both.update.hyper_names
        values = [code.splat(code.load("%constants", k), lanes) for k in range(len(both.parameters) + len(hyper))]
        self.parameters = dict(zip(both.parameters, values, strict=False))
        self.hyper = dict(zip(hyper, values[len(both.parameters) :], strict=True))

    def see(self, columns: Columns) -> dict[str, str]:
        """Write the surface and its derivatives at (x, y), over the given rows of data."""
        trees = self.both.trees
        emitter = Emitter(self.code, {**self.parameters, "x": "%x", "y": "%y"}, self.lanes, columns)
        return dict(zip(trees, emitter.emit(list(trees.values())), strict=True))

    def move(self, seen: Mapping[str, str]) -> list[str]:
        """Write the step; return the new x and y, then the new state."""
        given = self._coefficients() | self.hyper
        if "gnorm" in self.both.step.reads:
            given["gnorm"] = self._norm(seen["gx"], seen["gy"])
        if self.axes == 1:
            return self._rule(0, {**given, **seen, "x": "%x", "y": "%y"})
        by_axis = [
            self._rule(axis, {**given, **self._noise(axis), "theta": position, "g": seen[slope]})
            for axis, (position, slope) in enumerate((("%x", "gx"), ("%y", "gy")))
        ]
        return [value for both_axes in zip(*by_axis, strict=True) for value in both_axes]

    def phis(self, before: str, firsts: Sequence[str], moved: Sequence[str]) -> list[str]:
        """Return the head of the loop: what the step begins with, the first time and every other time."""
        again = self.code.block
        kind = shape(self.lanes)
        lines = [f"  %step = phi i64 [0, %{before}], [%next, %{again}]"]
        for name, first, then in zip(["%x", "%y", *self.state], firsts, moved, strict=True):
            lines.append(f"  {name} = phi {kind} [{first}, %{before}], [{then}, %{again}]")
        return lines

    def _rule(self, axis: int, given: Mapping[str, str]) -> list[str]:
        state = dict(zip(self.names, self.state[axis :: self.axes], strict=True))
        step = self.both.step
        return Emitter(self.code, {**given, **state}, self.lanes).emit([*step.moved, *step.state])

    def _coefficients(self) -> dict[str, str]:
        width = len(self.both.step.coefficients)
        first = self.code.effect(f"mul i64 %step, {width}")
        row = self.code.effect(f"getelementptr double, ptr %coefficients, i64 {first}")
        return {f"step.{k}": self.code.splat(self.code.load(row, k), self.lanes) for k in range(width)}

    def _noise(self, axis: int) -> dict[str, str]:
        if "noise" not in self.both.step.reads:
            return {}
        first = self.code.effect("mul i64 %step, 2")
        row = self.code.effect(f"getelementptr double, ptr %normals, i64 {first}")
        return {"noise": self.code.splat(self.code.load(row, axis), self.lanes)}

    def _norm(self, gx: str, gy: str) -> str:
        emitter = Emitter(self.code, {}, self.lanes)
        squares = [emitter.operation("mul", value, value) for value in (gx, gy)]
        return emitter.operation("sqrt", emitter.operation("add", *squares))
