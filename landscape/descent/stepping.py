"""One step of a rule as trees.

What a step needs that does not depend on where it is (``1 - beta1**t``, ``lr``) is taken out of it and computed once
for all steps with NumPy: these are the step's *coefficients*.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.surfaces import Surface
from landscape.formula.tree import (
    ONE,
    ZERO,
    Call,
    Name,
    Node,
    Program,
    Sharing,
    call,
    evaluate,
    free_names,
    substitute,
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


@bounded(256, megabytes=16)
def step_of(rule: str, zeros: frozenset[str] = frozenset(), apart: frozenset[str] = frozenset()) -> Step:
    """Return the step of a rule given as text, without what the hyper-parameters in ``zeros`` switch off by being 0.

    No coefficient reads all names in ``apart``, if there are any: what does is left in the step.
    """
    bare = UpdateRule(rule)
    assigned = _fold(bare.program, zeros)
    moved = ("x", "y") if bare.planar else ("theta",)
    roots = [assigned.get(name, Name(name)) for name in (*moved, *bare.state)]
    trees, coefficients = _take_out(roots, frozenset(bare.hyper_names), apart)
    return Step(moved=trees[: len(moved)], state=trees[len(moved) :], coefficients=coefficients)


def _fold(program: Program, zeros: frozenset[str]) -> dict[str, Node]:
    """Return what every assigned name holds at the end, as a tree of what was there at the beginning."""
    assigned: dict[str, Node] = dict.fromkeys(zeros, ZERO)
    for name, expression in program.statements:
        assigned[name] = substitute(expression, assigned)
    return assigned


def _take_out(
    roots: Sequence[Node], constants: frozenset[str], apart: frozenset[str]
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
        return _is_timed(node, constants, apart)

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


def _is_timed(node: Node, constants: frozenset[str], apart: frozenset[str]) -> bool:
    names = free_names(node)
    together = bool(apart) and apart <= names
    return bool(names & set(CLOCK)) and names <= constants | set(CLOCK) and not together


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

    @property
    def update(self) -> UpdateRule:
        """The rule, without its values."""
        return UpdateRule(self.rule)

    @property
    def step(self) -> Step:
        """The rule's step."""
        return step_of(self.rule, self.zeros, self.apart)

    def seen(self, loss: bool = True) -> dict[str, Node]:
        """Return by name the trees that a step reads of the surface: ``gx gy``, the Hessian if it is read, the loss."""
        surface = Surface(formula=self.formula, rotation=1.0 if self.transformed else 0.0)
        trees = {"loss": surface.tree} if loss else {}
        trees |= dict(zip(("gx", "gy"), surface.gradient_trees, strict=True))
        if not self.step.reads.isdisjoint(HESSIAN):
            trees |= dict(zip(HESSIAN, surface.hessian_trees, strict=True))
        return trees


def pair(surface: Surface, rule: UpdateRule, apart: frozenset[str] = frozenset()) -> Pair:
    """Return what the kernels of ``rule`` on ``surface`` depend on; those in ``apart`` have no value of their own.

    What is switched off costs nothing, not even to compile; switching it on needs another kernel once.
    """
    values = zip(rule.hyper_names, rule.kernel_values, strict=True)
    zeros = frozenset(name for name, value in values if value == 0.0) - apart
    known = (surface.formula, surface.is_transformed, surface.columns, surface.parameter_names)
    return Pair(rule.rule, zeros, *known, apart)
