"""One step of a rule as trees.

What a step needs that does not depend on where it is (``1 - beta1**t``, ``lr``) is taken out of it and computed once
for all steps with NumPy: these are the step's *coefficients*.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.optimizers import RATE, UpdateRule, live_state
from landscape.catalogue.programs import folded
from landscape.catalogue.schedules import Schedule, drives
from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError, Listing
from landscape.formula.tree import (
    ONE,
    Call,
    Name,
    Node,
    Sharing,
    call,
    evaluate,
    free_names,
    walk,
)
from landscape.memory import bounded

CLOCK = ("t", "lr")
HESSIAN = ("hxx", "hxy", "hyy")


@dataclass(frozen=True, kw_only=True, eq=False)
class Step:
    """A rule's step: each tree reads what the step is given, the old state, and the coefficients ``step.0``..."""

    moved: tuple[Node, ...]
    """The new theta, or the new x and y."""
    state: tuple[Node, ...]
    names: tuple[str, ...]
    """What the state is called."""
    coefficients: tuple[Node, ...]
    """Trees of ``t``, ``lr`` and hyper-parameters."""

    @property
    def reads(self) -> frozenset[str]:
        """Every name that the step reads."""
        return free_names(*self.moved, *self.state)

    def schedule(
        self, rates: NDArray[np.float64], values: Mapping[str, ArrayLike], first: int = 0
    ) -> NDArray[np.float64]:
        """Return the coefficients of steps from ``first`` on, shape (steps, coefficients), for their rates (steps,).

        A hyper-parameter that a schedule drives has a value for each step.
        """
        known: dict[str, ArrayLike] = {**values, "lr": rates, "t": np.arange(first + 1.0, first + len(rates) + 1.0)}
        columns = evaluate(self.coefficients, known)
        table = np.empty((len(rates), len(columns)))
        for index, column in enumerate(columns):
            table[:, index] = column
        return table


@bounded(256, megabytes=16)
def step_of(
    rule: str,
    zeros: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
    driven: frozenset[str] = frozenset(),
) -> Step:
    """Return the step of a rule given as text, without what the hyper-parameters in ``zeros`` switch off by being 0.

    No coefficient reads all names in ``apart``, if there are any: what does is left in the step. The hyper-parameters
    in ``driven`` have another value in each step, as the rate has.
    """
    bare = UpdateRule(rule)
    assigned = folded(bare.program, zeros)
    moved = ("x", "y") if bare.planar else ("theta",)
    names = live_state(rule, zeros)
    roots = [assigned.get(name, Name(name)) for name in (*moved, *names)]
    trees, coefficients = _take_out(roots, frozenset(bare.hyper_names) - driven, frozenset(CLOCK) | driven, apart)
    return Step(moved=trees[: len(moved)], state=trees[len(moved) :], names=names, coefficients=coefficients)


def _take_out(
    roots: Sequence[Node], constants: frozenset[str], clock: frozenset[str], apart: frozenset[str]
) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Replace the largest parts that depend on the clock, and on nothing else but constants, by coefficients."""
    sharing = Sharing()
    roots = sharing.share(roots)
    found: dict[Node, Name] = {}
    made: dict[Node, Node] = {}

    def coefficient(node: Node) -> Node:
        return found.setdefault(node, Name(f"step.{len(found)}"))

    def live(node: Node) -> Node:
        return coefficient(node) if is_timed(node) else made[node]

    def is_timed(node: Node) -> bool:
        return _is_timed(node, constants, clock, apart)

    one = sharing.keep(ONE)
    for node in walk(roots):
        if is_timed(node):
            continue
        if not isinstance(node, Call):
            made[node] = node
        elif node.function == "div" and is_timed(node.arguments[1]):
            above, below = node.arguments
            made[node] = call("mul", live(above), coefficient(sharing.call("div", one, below)))
        else:
            made[node] = call(node.function, *map(live, node.arguments))
    return tuple(live(root) for root in roots), tuple(found)


def _is_timed(node: Node, constants: frozenset[str], clock: frozenset[str], apart: frozenset[str]) -> bool:
    names = free_names(node)
    together = bool(apart) and apart <= names
    return bool(names & clock) and names <= constants | clock and not together


@dataclass(frozen=True)
class Pair:
    """What the code of a kernel depends on: text, and of the numbers only which hyper-parameters are 0."""

    rule: str
    zeros: frozenset[str]
    formula: str
    transformed: bool
    columns: tuple[str, ...]
    parameters: tuple[str, ...]
    apart: frozenset[str] = frozenset()
    """Hyper-parameters of which each has many values: no coefficient reads all of them."""
    driven: frozenset[str] = frozenset()
    """Hyper-parameters to which the schedule gives another value in each step."""
    schedule: str = ""
    """The lines of a schedule that reads the loss, and so is computed with the steps; empty for all others."""

    @property
    def update(self) -> UpdateRule:
        """The rule, without its values."""
        return UpdateRule(self.rule)

    @property
    def step(self) -> Step:
        """The rule's step."""
        return step_of(self.rule, self.zeros, self.apart, self.driven)

    @property
    def state(self) -> tuple[str, ...]:
        """What the rule remembers, without what is switched off."""
        return live_state(self.rule, self.zeros)

    def seen(self, loss: bool = True) -> dict[str, Node]:
        """Return by name the trees that a step reads of the surface: ``gx gy``, the Hessian if it is read, the loss."""
        surface = Surface(formula=self.formula, rotation=1.0 if self.transformed else 0.0)
        trees = {"loss": surface.tree} if loss else {}
        trees |= dict(zip(("gx", "gy"), surface.gradient_trees, strict=True))
        if not self.step.reads.isdisjoint(HESSIAN):
            trees |= dict(zip(HESSIAN, surface.hessian_trees, strict=True))
        return trees


def pair(
    surface: Surface, rule: UpdateRule, apart: frozenset[str] = frozenset(), schedule: Schedule | None = None
) -> Pair:
    """Return what the kernels of ``rule`` on ``surface`` depend on; those in ``apart`` have no value of their own.

    What is switched off costs nothing, not even to compile; switching it on needs another kernel once. Of a schedule
    only what it drives matters, and its lines where it reads the loss.
    """
    known = (surface.formula, surface.is_transformed, surface.columns, surface.parameter_names)
    if schedule is None or schedule.is_plain:
        return Pair(rule.rule, rule.zeros - apart, *known, apart)
    driven = driven_by(schedule, rule)
    zeros = rule.zeros - apart - driven
    if schedule.follows:
        return Pair(rule.rule, zeros, *known, frozenset((RATE,)), frozenset(), schedule.formula)
    return Pair(rule.rule, zeros, *known, apart, driven)


def at_start(rule: UpdateRule, names: Sequence[str], state: Mapping[str, float | Sequence[float]]) -> list[float]:
    """Return what ``rule`` remembers under ``names`` at the start, one after the other; what ``state`` does not say, 0.

    Names that the rule remembers only when a hyper-parameter is not 0 are taken, and have no effect now.

    Raises:
        InputError: for another name, and for numbers that are not finite, or too few or too many.
    """
    known, size = live_state(rule.rule), 1 if rule.planar else 2
    given: dict[str, list[float]] = {}
    for name, value in state.items():
        if name not in known:
            raise InputError(
                'The rule remembers nothing called "{name}"; allowed are {allowed}', name=name, allowed=Listing(known)
            )
        numbers = np.atleast_1d(np.array(value, dtype=np.float64)).tolist()
        if len(numbers) != size or not all(map(math.isfinite, numbers)):
            raise InputError(
                '"{name}" at the start must be as many finite numbers as the rule remembers: {count}',
                name=name, count=size,
            )  # fmt: skip
        given[name] = numbers
    return [number for name in names for number in given.get(name, [0.0] * size)]


def driven_by(schedule: Schedule | None, rule: UpdateRule) -> frozenset[str]:
    """Return the hyper-parameters of ``rule`` to which ``schedule`` gives another value in each step."""
    name = drives(schedule, rule.hyper_names) if schedule is not None else ""
    return frozenset((name,)) if name else frozenset()


def refuse_following(schedule: Schedule | None) -> None:
    """Refuse a schedule that reads the loss where many runs take their steps together, all at rates known beforehand.

    Raises:
        InputError: says so.
    """
    if schedule is not None and schedule.follows:
        raise InputError("A search needs a schedule whose rates are known beforehand; this one reads the loss")
