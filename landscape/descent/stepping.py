# NOTE FROM THE LEAD TO ENGINEER B: read /tmp/brief/TO_B.md NOW, before going on; then delete this line.
"""One step of a rule as trees, and the kernel that makes all the steps of a trajectory.

What a step needs that does not depend on where it is (``1 - beta1**t``, ``lr``) is taken out of it and computed once
for all steps with NumPy: these are the step's *coefficients*.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.surfaces import Surface
from landscape.formula.code import Code, literal, shape
from landscape.formula.kernels import Columns, Emitter
from landscape.formula.syntax import canonical
from landscape.formula.tree import ONE, Call, Name, Node, Program, call, evaluate, free_names, substitute, walk

CLOCK = ("t", "lr")
HESSIAN = ("hxx", "hxy", "hyy")
HEAD = 5
"""Numbers in front of the state in a row of the record: x, y, both components of the gradient, and the loss."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Step:
    """A rule's step: each tree reads what the step is given, the old state, and the coefficients ``step.0``..."""

    moved: tuple[Node, ...]
    """The new theta, or the new x and y."""
    state: tuple[Node, ...]
    coefficients: tuple[Node, ...]
    """Trees of ``t``, ``lr`` and hyper-parameters."""

    @property
    def reads(self) -> frozenset[str]:
        """Every name that the step reads."""
        return free_names(*self.moved, *self.state)

    def schedule(self, rates: NDArray[np.float64], values: Mapping[str, float]) -> NDArray[np.float64]:
        """Return the coefficients of every step, shape (steps, coefficients), for the rates (steps,)."""
        known: dict[str, ArrayLike] = {**values, "lr": rates, "t": np.arange(1.0, len(rates) + 1.0)}
        columns = evaluate(self.coefficients, known)
        table = np.empty((len(rates), len(columns)))
        for index, column in enumerate(columns):
            table[:, index] = column
        return table


@lru_cache(maxsize=256)
def step_of(rule: str) -> Step:
    """Return the step of a rule given as text."""
    bare = UpdateRule(rule)
    assigned = _fold(bare.program)
    moved = ("x", "y") if bare.planar else ("theta",)
    roots = [assigned.get(name, Name(name)) for name in (*moved, *bare.state)]
    trees, coefficients = _take_out(roots, frozenset(bare.hyper_names))
    return Step(moved=trees[: len(moved)], state=trees[len(moved) :], coefficients=coefficients)


def _fold(program: Program) -> dict[str, Node]:
    """Return what every assigned name holds at the end, as a tree of what was there at the beginning."""
    assigned: dict[str, Node] = {}
    for name, expression in program.statements:
        assigned[name] = substitute(expression, assigned)
    return assigned


def _take_out(roots: Sequence[Node], constants: frozenset[str]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Replace the largest parts that depend on the clock, and on nothing else but constants, by coefficients."""
    found: dict[str, tuple[Name, Node]] = {}
    made: dict[Node, Node] = {}

    def coefficient(node: Node) -> Node:
        key = canonical(node)
        if key not in found:
            found[key] = (Name(f"step.{len(found)}"), node)
        return found[key][0]

    def live(node: Node) -> Node:
        return coefficient(node) if _is_timed(node, constants) else made[node]

    for node in walk(roots):
        if _is_timed(node, constants):
            continue
        if not isinstance(node, Call):
            made[node] = node
        elif node.function == "div" and _is_timed(node.arguments[1], constants):
            above, below = node.arguments
            made[node] = call("mul", live(above), coefficient(call("div", ONE, below)))
        else:
            made[node] = call(node.function, *map(live, node.arguments))
    return tuple(live(root) for root in roots), tuple(node for _, node in found.values())


def _is_timed(node: Node, constants: frozenset[str]) -> bool:
    names = free_names(node)
    return bool(names & set(CLOCK)) and names <= constants | set(CLOCK)


@dataclass(frozen=True)
class Pair:
    """What the code of a kernel depends on: all of it text, none of the numbers."""

    rule: str
    formula: str
    transformed: bool
    columns: tuple[str, ...]
    parameters: tuple[str, ...]

    @property
    def surface(self) -> Surface:
        """A surface with these trees."""
        return Surface(formula=self.formula, rotation=1.0 if self.transformed else 0.0)

    @property
    def hyper_names(self) -> tuple[str, ...]:
        """The hyper-parameters; their values follow those of the parameters in a kernel's constants."""
        return UpdateRule(self.rule).hyper_names


def pair(surface: Surface, rule: UpdateRule) -> Pair:
    """Return what the kernels of ``rule`` on ``surface`` depend on."""
    return Pair(rule.rule, surface.formula, surface.is_transformed, surface.columns, surface.parameter_names)


def load_constants(code: Code, both: Pair, lanes: int, rule_lanes: int) -> tuple[dict[str, str], dict[str, str]]:
    """Write the loading of the constants; return the surface's and the rule's by name, in every lane."""
    values = [code.load("%constants", index) for index in range(len(both.parameters) + len(both.hyper_names))]
    surface = {name: code.splat(value, lanes) for name, value in zip(both.parameters, values, strict=False)}
    own = values[len(both.parameters) :]
    return surface, {name: code.splat(value, rule_lanes) for name, value in zip(both.hyper_names, own, strict=True)}


def surface_trees(both: Pair, step: Step, loss: bool) -> dict[str, Node]:
    """Return by name the trees that a step needs of the surface."""
    surface = both.surface
    trees: dict[str, Node] = {"loss": surface.tree} if loss else {}
    trees |= dict(zip(("gx", "gy"), surface.gradient_trees, strict=True))
    if not step.reads.isdisjoint(HESSIAN):
        trees |= dict(zip(HESSIAN, surface.hessian_trees, strict=True))
    return trees


def load_coefficients(code: Code, step: Step, index: str, lanes: int) -> dict[str, str]:
    """Write the loading of the coefficients of step ``index``, in every lane."""
    width = len(step.coefficients)
    if not width:
        return {}
    first = code.effect(f"mul i64 {index}, {width}")
    row = code.effect(f"getelementptr double, ptr %coefficients, i64 {first}")
    return {f"step.{column}": code.splat(code.load(row, column), lanes) for column in range(width)}


TRAJECTORY = (
    "i64 @trajectory(i64 %steps, ptr noalias %record, ptr noalias %constants, ptr noalias %coefficients, "
    "ptr noalias %normals, ptr noalias %shifts, ptr noalias %data, i64 %count, ptr noalias %batches, i64 %batch)"
)


@lru_cache(maxsize=256)
def trajectory_source(both: Pair, noisy: bool, batched: bool) -> str:
    """Return the module whose ``trajectory`` makes ``steps`` steps and records every one.

    Its arguments: the number of steps; the record, (steps + 1, HEAD + state) float64, with the position and the state
    at the start in its first row; the constants of the pair; the coefficients (steps, k); standard normals (steps, 2),
    read if the rule reads ``noise``; what is added to the gradient (steps, 2), read if ``noisy``; the data (columns,
    count); and if ``batched`` the mini-batches (steps, columns, batch). It returns how many rows are written, ending
    in front of the first in which the position or the loss is not finite.
    """
    return _Trajectory(both, noisy, batched).source()


class _Trajectory:
    """Writes one trajectory kernel."""

    def __init__(self, both: Pair, noisy: bool, batched: bool) -> None:
        self.code = Code()
        self.both = both
        self.noisy = noisy
        self.batched = batched
        self.rule = UpdateRule(both.rule)
        self.step = step_of(both.rule)
        self.lanes = 1 if self.rule.planar else 2
        self.moving = [f"%moving{index}" for index in range(len(self.step.moved))]
        self.state = [f"%state{index}" for index in range(len(self.step.state))]

    def source(self) -> str:
        code = self.code
        self.parameters, self.hyper = load_constants(code, self.both, 1, self.lanes)
        places = [index * self.lanes for index in range(len(self.moving))]
        places += [HEAD + index * self.lanes for index in range(len(self.state))]
        firsts = [code.load("%record", place, self.lanes) for place in places]
        code.write("br label %loop")
        code.begin("loop")
        top = len(code.lines)
        seen = self._surface(Columns(self.both.columns), loss=True)
        self._record(seen)
        self._stop_or_go_on(seen["loss"])
        moved = self._step(seen)
        code.write("%next = add i64 %step, 1", "br label %loop")
        phis = ["  %step = phi i64 [0, %entry], [%next, %" + code.block + "]"]
        for name, first, then in zip([*self.moving, *self.state], firsts, moved, strict=True):
            phis.append(f"  {name} = phi {shape(self.lanes)} [{first}, %entry], [{then}, %{code.block}]")
        code.lines[top:top] = phis
        code.begin("stop")
        code.write("ret i64 %step")
        code.begin("finish")
        code.write("%rows = add i64 %step, 1", "ret i64 %rows")
        return code.module(TRAJECTORY)

    def _join(self, values: Sequence[str]) -> list[str]:
        """Return x and y (or the components of the gradient) in the form that the rule takes them."""
        if self.lanes == 1:
            return list(values)
        first = self.code.value(f"insertelement <2 x double> poison, double {values[0]}, i32 0")
        return [self.code.value(f"insertelement <2 x double> {first}, double {values[1]}, i32 1")]

    def _point(self) -> list[str]:
        if self.lanes == 1:
            return self.moving
        return [self.code.value(f"extractelement <2 x double> {self.moving[0]}, i32 {lane}") for lane in range(2)]

    def _surface(self, columns: Columns, loss: bool) -> dict[str, str]:
        """Write the surface and its derivatives where the trajectory is, over the given rows of data."""
        x, y = self._point()
        trees = surface_trees(self.both, self.step, loss)
        emitter = Emitter(self.code, {**self.parameters, "x": x, "y": y}, columns=columns)
        return dict(zip(trees, emitter.emit(list(trees.values())), strict=True))

    def _record(self, seen: Mapping[str, str]) -> None:
        code, width = self.code, HEAD + len(self.state) * self.lanes
        first = code.effect(f"mul i64 %step, {width}")
        row = code.effect(f"getelementptr double, ptr %record, i64 {first}")
        position = 0
        for value in [*self.moving, *self._join([seen["gx"], seen["gy"]])]:
            code.store(value, row, position, self.lanes)
            position += self.lanes
        code.store(seen["loss"], row, position)
        for index, value in enumerate(self.state):
            code.store(value, row, HEAD + index * self.lanes, self.lanes)

    def _stop_or_go_on(self, loss: str) -> None:
        scalar = Emitter(self.code, {})
        sizes = [scalar.operation("abs", value) for value in (*self._point(), loss)]
        total = scalar.operation("add", scalar.operation("add", sizes[0], sizes[1]), sizes[2])
        finite = scalar.compare("olt", total, literal(float("inf")))
        code = self.code
        code.write(f"br i1 {finite}, label %finite, label %stop")
        code.begin("finite")
        code.write("%last = icmp eq i64 %step, %steps", "br i1 %last, label %finish, label %go")
        code.begin("go")

    def _step(self, seen: Mapping[str, str]) -> list[str]:
        """Write the step and return where it leads and the new state."""
        if self.batched:
            size = self.code.effect(f"mul i64 %batch, {len(self.both.columns)}")
            first = self.code.effect(f"mul i64 %step, {size}")
            rows = self.code.effect(f"getelementptr double, ptr %batches, i64 {first}")
            seen = self._surface(Columns(self.both.columns, rows, "%batch"), loss=False)
        emitter = Emitter(self.code, self._given(seen), self.lanes)
        return emitter.emit([*self.step.moved, *self.step.state])

    def _given(self, seen: Mapping[str, str]) -> dict[str, str]:
        code, lanes = self.code, self.lanes
        gradient = self._gradient([seen["gx"], seen["gy"]])
        given = load_coefficients(code, self.step, "%step", lanes) | self.hyper
        given |= dict(zip(self.rule.state, self.state, strict=True))
        if "gnorm" in self.step.reads:
            given["gnorm"] = code.splat(norm(Emitter(code, {}), *gradient), lanes)
        joined = self._join(gradient)
        if self.rule.planar:
            return given | {**seen, "x": self.moving[0], "y": self.moving[1], "gx": joined[0], "gy": joined[1]}
        if "noise" in self.step.reads:
            given["noise"] = code.load("%normals", code.effect("mul i64 %step, 2"), 2)
        return given | {"theta": self.moving[0], "g": joined[0]}

    def _gradient(self, exact: list[str]) -> list[str]:
        """Return the gradient that the rule is told."""
        if not self.noisy:
            return exact
        first = self.code.effect("mul i64 %step, 2")
        row = self.code.effect(f"getelementptr double, ptr %shifts, i64 {first}")
        adder = Emitter(self.code, {})
        return [adder.operation("add", value, self.code.load(row, index)) for index, value in enumerate(exact)]


def norm(emitter: Emitter, gx: str, gy: str) -> str:
    """Write the norm of the gradient."""
    squares = [emitter.operation("mul", value, value) for value in (gx, gy)]
    return emitter.operation("sqrt", emitter.operation("add", *squares))
