"""The kernels that run a rule on a surface: every step of one start, or the ends of many starts.

Both are loops around the same step. The surface is written into the loop rather than called, so that nothing stands
between its arithmetic and the rule's; a pair is compiled in about 10 ms.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from landscape.descent.stepping import Pair
from landscape.formula.code import Code, literal, shape
from landscape.formula.kernels import PACK, Columns, Emitter

HEAD = 5
"""Numbers in front of the state in a row of the record: x, y, both components of the gradient, and the loss."""
BLOCK = 128
"""Points that take their steps together in the kernel for many starts."""

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
    mover.begin_step()
    moved = mover.move(_told(mover, seen, noisy, batched))
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
    """Return the module whose ``ends`` moves the points (xs, ys) in place by ``steps`` steps.

    Their number must be a multiple of ``PACK``. The other arguments are those of :func:`trajectory_source`.

    A block of points takes a step together, pack by pack: what they are and remember stays in the nearest memory, and
    the packs do not wait for each other.
    """
    code = Code()
    mover = _Mover(code, both, PACK)
    work = code.effect(f"alloca [{max(1, len(mover.state)) * BLOCK} x double], align 64")
    code.write("%idle = icmp sle i64 %steps, 0", "br i1 %idle, label %finish, label %block")
    code.begin("block")
    code.write("%first = phi i64 [0, %entry], [%then, %moved]", "%left = sub i64 %starts, %first")
    code.write(f"%few = icmp slt i64 %left, {BLOCK}", f"%size = select i1 %few, i64 %left, i64 {BLOCK}")
    code.declarations["declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)"] = None
    code.write(f"call void @llvm.memset.p0.i64(ptr {work}, i8 0, i64 {len(mover.state) * BLOCK * 8}, i1 false)")
    mine = [code.effect(f"getelementptr double, ptr {pointer}, i64 %first") for pointer in ("%xs", "%ys")]
    mine += [code.effect(f"getelementptr double, ptr {work}, i64 {k * BLOCK}") for k in range(len(mover.state))]
    code.write("br label %step.begin")
    code.begin("step.begin")
    code.write("%step = phi i64 [0, %block], [%next, %step.end]")
    mover.begin_step()
    code.write("br label %pack")
    code.begin("pack")
    top = len(code.lines)
    mover.x, mover.y, *mover.state = (code.load(pointer, "%lane", PACK) for pointer in mine)
    for value, pointer in zip(mover.move(mover.see(Columns(both.columns))), mine, strict=True):
        code.store(value, pointer, "%lane", PACK)
    code.lines.insert(top, f"  %lane = phi i64 [0, %step.begin], [%next.lane, %{code.block}]")
    code.write(f"%next.lane = add i64 %lane, {PACK}", "%more.lanes = icmp slt i64 %next.lane, %size")
    code.write("br i1 %more.lanes, label %pack, label %step.end")
    code.begin("step.end")
    code.write("%next = add i64 %step, 1", "%more = icmp slt i64 %next, %steps")
    code.write("br i1 %more, label %step.begin, label %moved")
    code.begin("moved")
    code.write(f"%then = add i64 %first, {BLOCK}", "%again = icmp slt i64 %then, %starts")
    code.write("br i1 %again, label %block, label %finish")
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
        self.x, self.y = "%x", "%y"
        self.state = [f"%state{index}" for index in range(len(self.names) * self.axes)]
        """For an elementwise rule that of x and that of y in turn."""
        self.given: dict[str, str] = {}
        hyper = both.update.hyper_names
        values = [code.splat(code.load("%constants", k), lanes) for k in range(len(both.parameters) + len(hyper))]
        self.parameters = dict(zip(both.parameters, values, strict=False))
        self.hyper = dict(zip(hyper, values[len(both.parameters) :], strict=True))

    def see(self, columns: Columns) -> dict[str, str]:
        """Write the surface and its derivatives at (x, y), over the given rows of data."""
        trees = self.both.trees
        emitter = Emitter(self.code, {**self.parameters, "x": self.x, "y": self.y}, self.lanes, columns)
        return dict(zip(trees, emitter.emit(list(trees.values())), strict=True))

    def begin_step(self) -> None:
        """Write what is the same for all points in step ``%step``: the coefficients and the noise."""
        width = len(self.both.step.coefficients)
        self.given = dict(zip((f"step.{k}" for k in range(width)), self._row("%coefficients", width), strict=True))
        if "noise" in self.both.step.reads:
            self.given |= dict(zip(("noise.0", "noise.1"), self._row("%normals", 2), strict=True))

    def move(self, seen: Mapping[str, str]) -> list[str]:
        """Write the step; return the new x and y, then the new state."""
        given = {**self.given, **self.hyper}
        if "gnorm" in self.both.step.reads:
            given["gnorm"] = self._norm(seen["gx"], seen["gy"])
        if self.axes == 1:
            return self._rule(0, {**given, **seen, "x": self.x, "y": self.y})
        by_axis = [
            self._rule(axis, {**given, "theta": position, "g": seen[slope], "noise": given.get(f"noise.{axis}", "")})
            for axis, (position, slope) in enumerate(((self.x, "gx"), (self.y, "gy")))
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

    def _row(self, table: str, width: int) -> list[str]:
        """Write the loading of row ``%step`` of a table, in every lane."""
        first = self.code.effect(f"mul i64 %step, {width}")
        row = self.code.effect(f"getelementptr double, ptr {table}, i64 {first}")
        return [self.code.splat(self.code.load(row, k), self.lanes) for k in range(width)]

    def _norm(self, gx: str, gy: str) -> str:
        emitter = Emitter(self.code, {}, self.lanes)
        squares = [emitter.operation("mul", value, value) for value in (gx, gy)]
        return emitter.operation("sqrt", emitter.operation("add", *squares))
