"""The abstract syntax tree of a formula, and what is done with it uncompiled: evaluate, substitute, measure.

A tree is a directed acyclic graph: a part that is used twice is one object held in two places. Nodes compare by
identity, so that nothing here walks a shared part more than once.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.errors import InputError
from landscape.formula import special
from landscape.memory import bounded


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A constant; always a finite float."""

    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A variable, a parameter, a state or a data column: who evaluates the tree decides which."""

    id: str


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A function, operator, comparison or reduction applied to arguments."""

    function: str
    arguments: tuple["Node", ...]


Node: TypeAlias = Number | Name | Call

OPERATORS: Mapping[str, int] = {"add": 2, "sub": 2, "mul": 2, "div": 2, "pow": 2, "neg": 1}
COMPARISONS: Mapping[str, int] = {"lt": 2, "le": 2, "gt": 2, "ge": 2, "eq": 2, "ne": 2}
ELEMENTARY: Mapping[str, int] = {
    **dict.fromkeys(
        (
            "sqrt", "cbrt", "exp", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "sec", "csc", "cot",
            "asin", "acos", "atan", "sinh", "cosh", "tanh", "sech", "csch", "coth", "asinh", "acosh", "atanh",
            "sigmoid", "relu", "softplus", "erf", "erfc", "gamma", "abs", "sign", "floor", "ceil", "round", "trunc",
        ),
        1,
    ),
    **dict.fromkeys(("atan2", "min", "max", "mod", "norm"), 2),
    "where": 3,
}  # fmt: skip
REDUCTIONS: Mapping[str, int] = {"mean": 1, "sum": 1}
INTERNAL: Mapping[str, int] = {"polygamma": 2, "gauss": 1}
"""Functions that only derivatives have: ``polygamma(n, x)`` with a whole n, and ``gauss``, the slope of ``erf``."""
FUNCTIONS: Mapping[str, int] = {**OPERATORS, **COMPARISONS, **ELEMENTARY, **REDUCTIONS}
"""Every function of the language with the number of its arguments, after ``min(a, b, c)`` and the like were folded."""


def _sigmoid(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 1/(1 + e^-x) without overflow for any x."""
    decay = np.exp(-np.abs(x))
    return np.asarray(np.where(x >= 0, 1.0, decay) / (1.0 + decay))


def _softplus(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log(1 + e^x) without overflow for any x."""
    return np.asarray(np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x))))


def _sign(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.sign(x))


_EVALUATE: Mapping[str, Callable[..., NDArray[np.float64]]] = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "pow": np.power, "neg": np.negative,
    "lt": np.less, "le": np.less_equal, "gt": np.greater, "ge": np.greater_equal,
    "eq": np.equal, "ne": np.not_equal,
    "sqrt": np.sqrt, "cbrt": np.cbrt, "exp": np.exp, "expm1": np.expm1,
    "log": np.log, "log2": np.log2, "log10": np.log10, "log1p": np.log1p,
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan,
    "sec": lambda x: 1.0 / np.cos(x), "csc": lambda x: 1.0 / np.sin(x), "cot": lambda x: np.cos(x) / np.sin(x),
    "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "asinh": np.arcsinh, "acosh": np.arccosh, "atanh": np.arctanh,
    "sech": lambda x: 1.0 / np.cosh(x), "csch": lambda x: 1.0 / np.sinh(x), "coth": lambda x: 1.0 / np.tanh(x),
    "sigmoid": _sigmoid, "softplus": _softplus, "erf": special.erf, "erfc": special.erfc, "gamma": special.gamma,
    "polygamma": special.polygamma, "gauss": special.gauss,
    "relu": lambda x: np.maximum(x, 0.0), "abs": np.abs, "sign": _sign,
    "floor": np.floor, "ceil": np.ceil, "round": np.rint, "trunc": np.trunc,
    "atan2": np.arctan2, "min": np.minimum, "max": np.maximum, "mod": np.mod, "norm": np.hypot,
    "where": np.where,
}  # fmt: skip
"""What each function means, in NumPy. Everything compiled must agree with this table."""
_REDUCE: Mapping[str, Callable[..., NDArray[np.float64]]] = {"mean": np.mean, "sum": np.sum}


ZERO = Number(0.0)
ONE = Number(1.0)


def is_number(node: Node, value: float | None = None) -> bool:
    """Tell whether ``node`` is a constant, and where ``value`` is given, that constant."""
    return isinstance(node, Number) and (value is None or node.value == value)


def call(function: str, *arguments: Node) -> Node:
    """Return ``function`` applied to ``arguments``, with constants folded and 0 and 1 simplified away.

    Only simplifications that hold for every finite value are made (``0*x`` is 0, ``x**1`` is x): the tree's value
    stays what IEEE arithmetic gives, to the last rounding.
    """
    if all(isinstance(argument, Number) for argument in arguments) and function not in REDUCTIONS:
        with np.errstate(all="ignore"):
            values = [argument.value for argument in arguments if isinstance(argument, Number)]
            folded = float(_EVALUATE[function](*(np.float64(value) for value in values)))
        if math.isfinite(folded) and function not in COMPARISONS:
            return Number(folded)
    simple = _SIMPLIFY.get(function)
    result = simple(*arguments) if simple else None
    return Call(function, arguments) if result is None else result


def _negated(node: Node) -> Node | None:
    """Return ``b`` where ``node`` is ``-b``."""
    return node.arguments[0] if isinstance(node, Call) and node.function == "neg" else None


def _simple_add(a: Node, b: Node) -> Node | None:
    if is_number(a, 0.0):
        return b
    if is_number(b, 0.0):
        return a
    opposite = _negated(b)
    return None if opposite is None else call("sub", a, opposite)


def _simple_sub(a: Node, b: Node) -> Node | None:
    if is_number(b, 0.0):
        return a
    if is_number(a, 0.0):
        return call("neg", b)
    opposite = _negated(b)
    return None if opposite is None else call("add", a, opposite)


def _simple_mul(a: Node, b: Node) -> Node | None:
    if is_number(a, 0.0) or is_number(b, 0.0):
        return ZERO
    if is_number(a, 1.0):
        return b
    if is_number(b, 1.0):
        return a
    if is_number(a, -1.0):
        return call("neg", b)
    return call("neg", a) if is_number(b, -1.0) else None


def _simple_div(a: Node, b: Node) -> Node | None:
    return a if is_number(b, 1.0) else None


def _simple_pow(a: Node, b: Node) -> Node | None:
    if is_number(b, 1.0):
        return a
    return ONE if is_number(b, 0.0) else None


def _simple_where(_condition: Node, a: Node, b: Node) -> Node | None:
    same = a is b or (isinstance(a, Number) and is_number(b, a.value))
    return a if same else None


def _simple_mean(a: Node) -> Node | None:
    return a if isinstance(a, Number) else None


def _simple_sum(a: Node) -> Node | None:
    return ZERO if is_number(a, 0.0) else None


_SIMPLIFY: Mapping[str, Callable[..., Node | None]] = {
    "add": _simple_add, "sub": _simple_sub, "mul": _simple_mul,
    "div": _simple_div, "pow": _simple_pow, "neg": _negated,
    "where": _simple_where, "mean": _simple_mean, "sum": _simple_sum,
}  # fmt: skip


def walk(roots: Iterable[Node]) -> Iterator[Node]:
    """Yield every node under ``roots`` once, arguments before the call that uses them."""
    seen: set[int] = set()
    for root in roots:
        stack: list[tuple[Node, bool]] = [(root, False)]
        while stack:
            node, expanded = stack.pop()
            if expanded:
                yield node
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                if isinstance(node, Call):
                    stack.extend((argument, False) for argument in reversed(node.arguments))


def free_names(*roots: Node) -> frozenset[str]:
    """Return every name that the trees read."""
    return frozenset(node.id for node in walk(roots) if isinstance(node, Name))


def size(*roots: Node) -> int:
    """Return the number of nodes, each shared part counted once."""
    return sum(1 for _ in walk(roots))


class Sharing:
    """Keeps one node for every structure, so that equal parts of the trees it has seen are one object."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], Node] = {}

    def keep(self, node: Node) -> Node:
        """Return the kept node equal to ``node``, whose arguments must be kept nodes."""
        return self._kept.setdefault(_structure(node), node)

    def call(self, function: str, *arguments: Node) -> Node:
        """Return ``function`` applied to kept ``arguments``, simplified as :func:`call` does, and keep it."""
        return self.keep(call(function, *arguments))

    def share(self, roots: Iterable[Node]) -> tuple[Node, ...]:
        """Return trees equal to ``roots``, made of kept nodes only."""
        roots = tuple(roots)
        kept: dict[Node, Node] = {}
        for node in walk(roots):
            if isinstance(node, Call):
                arguments = tuple(kept[argument] for argument in node.arguments)
                same = all(new is old for new, old in zip(arguments, node.arguments, strict=True))
                kept[node] = self.keep(node if same else Call(node.function, arguments))
            else:
                kept[node] = self.keep(node)
        return tuple(kept[root] for root in roots)


def _structure(node: Node) -> tuple[object, ...]:
    """Return what makes a node equal to another; ``a + b`` equals ``b + a``, as it does in IEEE arithmetic."""
    if isinstance(node, Number):
        return ("number", node.value, math.copysign(1.0, node.value))
    if isinstance(node, Name):
        return ("name", node.id)
    ids = [id(argument) for argument in node.arguments]
    return (node.function, *(sorted(ids) if node.function in ("add", "mul") else ids))


def share(roots: Iterable[Node]) -> tuple[Node, ...]:
    """Return trees equal to ``roots`` in which structurally equal parts are one object."""
    return Sharing().share(roots)


def rebuild(root: Node, replace: Callable[[Node, tuple[Node, ...]], Node]) -> Node:
    """Return the tree with every node replaced by ``replace(node, new_arguments)``, sharing kept."""
    made: dict[int, Node] = {}
    for node in walk((root,)):
        arguments = tuple(made[id(argument)] for argument in node.arguments) if isinstance(node, Call) else ()
        made[id(node)] = replace(node, arguments)
    return made[id(root)]


def substitute(root: Node, replacements: Mapping[str, Node]) -> Node:
    """Return the tree with the names in ``replacements`` replaced, all at once."""

    def replace(node: Node, arguments: tuple[Node, ...]) -> Node:
        if isinstance(node, Name):
            return replacements.get(node.id, node)
        return call(node.function, *arguments) if isinstance(node, Call) else node

    return rebuild(root, replace)


def unreduced_names(root: Node) -> frozenset[str]:
    """Return every name that ``root`` reads outside of ``mean`` and ``sum``: none of them can be a data column."""
    found: set[str] = set()
    seen: set[Node] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Name):
            found.add(node.id)
        elif isinstance(node, Call) and node not in seen and node.function not in REDUCTIONS:
            seen.add(node)
            stack.extend(node.arguments)
    return frozenset(found)


def evaluate(
    roots: Sequence[Node], values: Mapping[str, ArrayLike], columns: Mapping[str, ArrayLike] | None = None
) -> list[NDArray[np.float64]]:
    """Evaluate trees with NumPy: the plain meaning of the language, and the oracle of the compiled kernels.

    Args:
        roots: Trees to evaluate; shared parts are evaluated once.
        values: A number or array for every free name that is not a column; they broadcast against each other.
        columns: Data columns of equal length; ``mean`` and ``sum`` run over their rows. What they are applied to need
            not read a column: ``sum(1)`` is the number of rows. Without columns there is one row.

    Returns:
        One float64 array per root. Overflow and invalid operations give inf and NaN, silently.

    Raises:
        InputError: A root reads a column outside of ``mean`` and ``sum``.
    """
    order = _order(tuple(roots))
    table = {name: np.asarray(column, dtype=np.float64) for name, column in (columns or {}).items()}
    for name in sorted(order.unreduced & table.keys()):
        raise InputError("The data column {name} can only be used inside mean(…) or sum(…)", name=name)
    rows = max((len(column) for column in table.values()), default=1)
    known = {name: np.asarray(value, dtype=np.float64)[..., None] for name, value in values.items()} | table
    results: dict[Node, NDArray[np.float64]] = {}
    with np.errstate(all="ignore"):
        for node, done in order.steps:
            results[node] = _evaluate_node(node, results, known, rows)
            for argument in done:
                del results[argument]
    return [answer[..., 0] if answer.ndim else answer for answer in (results[root] for root in roots)]


PART = 500
"""Bytes of a part of a tree with its place in the order, about."""


@dataclass(frozen=True)
class _Order:
    """In which order the parts of trees are evaluated."""

    steps: tuple[tuple[Node, tuple[Node, ...]], ...]
    """Each part, and which of its arguments nothing needs any more: thousands of arrays would not fit into memory."""
    unreduced: frozenset[str]
    """The names that are read outside of ``mean`` and ``sum``."""


@bounded(64, megabytes=16, size=lambda order: PART * len(order.steps))
def _order(roots: tuple[Node, ...]) -> _Order:
    order = tuple(walk(roots))
    kept, steps = set(roots), []
    for node in reversed(order):
        arguments = dict.fromkeys(node.arguments) if isinstance(node, Call) else {}
        steps.append((node, tuple(argument for argument in arguments if argument not in kept)))
        kept.update(arguments)
    return _Order(tuple(reversed(steps)), frozenset(name for root in roots for name in unreduced_names(root)))


def _evaluate_node(
    node: Node, results: Mapping[Node, NDArray[np.float64]], known: Mapping[str, NDArray[np.float64]], rows: int
) -> NDArray[np.float64]:
    """Return the value of ``node``; the last axis runs over the rows, and has length 1 where they do not matter."""
    if isinstance(node, Number):
        return np.asarray(node.value)
    if isinstance(node, Name):
        return known[node.id]
    arguments = [results[argument] for argument in node.arguments]
    if node.function in REDUCTIONS:
        every = np.broadcast_to(arguments[0], (*arguments[0].shape[:-1], rows))
        return np.asarray(_REDUCE[node.function](every, axis=-1, keepdims=True))
    return np.asarray(_EVALUATE[node.function](*arguments))


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Statements ``name = expression`` in order; a later line sees the names assigned before it."""

    statements: tuple[tuple[str, Node], ...]

    @property
    def assigned(self) -> tuple[str, ...]:
        """Names on the left, in order of their first assignment."""
        return tuple(dict.fromkeys(name for name, _ in self.statements))

    @property
    def state(self) -> tuple[str, ...]:
        """Names that are assigned, and read before their first assignment: what a rule remembers between steps."""
        before: dict[str, None] = {}
        done: set[str] = set()
        assigned = set(self.assigned)
        for name, expression in self.statements:
            before |= dict.fromkeys(sorted((free_names(expression) & assigned) - done))
            done.add(name)
        return tuple(before)
