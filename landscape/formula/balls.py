"""Interval arithmetic: from trees to functions of balls, rigorous enclosures of a formula on whole boxes at once.

The trees become one straight-line Python function, in which shared parts are computed once. Its text is made of
numbered variables and the names of :mod:`enclosures` only; nothing that a person wrote is in it.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from flint import arb, ctx

from landscape.formula import enclosures, kinks
from landscape.formula.tree import COMPARISONS, PART, REDUCTIONS, Call, Name, Node, Number, is_number, rebuild, share
from landscape.memory import bounded

Rows: TypeAlias = Sequence[tuple[arb, ...]]
Enclosure: TypeAlias = Callable[[Sequence[arb], Rows], tuple[arb, ...]]
"""From the values of the names and the rows of the data to one enclosure per tree."""

PRECISION = 53
"""Bits of the midpoints, but where :func:`precision` asks for more."""
_OPERATORS = {"add": "+", "sub": "-", "mul": "*", "div": "/"}
_LOOPS = {*REDUCTIONS, kinks.WORST}
_CONSTANT_BITS = 600
"""Bits of constants that are computed from others once: more than any search asks for."""
_SCOPE: dict[str, object] = {
    f"f_{name}": function for name, function in {**enclosures.FUNCTIONS, **kinks.FUNCTIONS}.items()
}
_LOCK = threading.RLock()


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Compute with midpoints of so many bits. The precision is the process's: one thread at a time.

    What another thread computes meanwhile becomes slower, not wrong.
    """
    with _LOCK:
        before, ctx.prec = ctx.prec, bits
        try:
            yield
        finally:
            ctx.prec = before


def _bytes(enclose: Any) -> int:  # noqa: ANN401  (of what a function is made, its type does not tell)
    """Return about how much memory a function that was made here takes, with its trees."""
    return PART * len(enclose.__code__.co_varnames)


@bounded(256, megabytes=16, size=_bytes)
def enclosure(roots: tuple[Node, ...], names: tuple[str, ...], columns: tuple[str, ...] = ()) -> Enclosure:
    """Return the function that encloses ``roots``.

    Args:
        roots: Trees; also the tests of :func:`kinks.sites`, whose answers are whole numbers.
        names: Every free name that is not a column, in the order in which the values will be given.
        columns: Data columns, in the order of the values in a row.

    Returns:
        ``enclose(values, rows)``: for every root a ball that holds its value at all points of ``values``, or is not
        finite. Without columns give one empty row.
    """
    writer = _Writer(share(_steadied(root) for root in roots), names, columns)
    with precision(_CONSTANT_BITS):
        text = writer.text()
    made: dict[str, Enclosure] = {}
    exec(compile(text, "<enclosure>", "exec"), _SCOPE | writer.constants, made)
    return made["enclose"]


def _steadied(root: Node) -> Node:
    """Return the tree with slopes written so that their enclosures are not lost.

    That of ``norm`` is between -1 and 1 also where it jumps. Those of ``tanh`` and ``sigmoid``,
    ``1 - tanh(u)**2`` and ``s*(1 - s)`` with s = sigmoid(u), lose all digits where they are small, and each holds its
    argument twice, which makes an enclosure wide.
    """

    def replace(node: Node, arguments: tuple[Node, ...]) -> Node:
        if not isinstance(node, Call):
            return node
        new = Call(node.function, arguments)
        match new:
            case Call("sub", (Number(1.0), Call("sigmoid", (u,)))):
                return Call("sigmoid", (Call("neg", (u,)),))
            case Call("sub", (Number(1.0), Call("pow", (Call("tanh", u), Number(2.0))))):
                return Call("sech2", (*u, Call("tanh", u)))
            case Call("div", (u, Call("norm", (v, w)) as length)) if u is v or u is w:
                return Call("cosine", (u, length))
            case Call("mul", (Call("sigmoid", (u,)), Call("sigmoid", (Call("neg", (v,)),)))) if u is v:
                return Call("bell", (u, Call("sigmoid", (u,))))
        return new

    return rebuild(root, replace)


class _Writer:
    """Writes the function: what does not differ from row to row first, then a loop for each level of reductions."""

    def __init__(self, roots: tuple[Node, ...], names: Sequence[str], columns: Sequence[str]) -> None:
        self.roots = roots
        self.columns = {name: f"c{index}" for index, name in enumerate(columns)}
        self.constants: dict[str, object] = {"zero": arb(0)}
        self._names = {name: f"a{index}" for index, name in enumerate(names)}
        self._lines: list[str] = []
        self._indent = "    "
        self._count = 0
        self._rowwise = frozenset(self._row_nodes())
        self._fixed: set[Node] = set()
        """Constants, and what was computed from them."""

    def text(self) -> str:
        """Return the function's source."""
        known: dict[Node, str] = {}
        for loops in self._levels():
            self._write([node.arguments[0] for node in loops], known, rowwise=False)
            self._loop(loops, known)
        self._write(self.roots, known, rowwise=False)
        results = "".join(f"{self._plain(known, root)}, " for root in self.roots)
        head = ["def enclose(values, rows):"]
        if self._names:
            head.append(f"    {', '.join(self._names.values())}, = values")
        return "\n".join([*head, *self._lines, f"    return ({results})"])

    def _row_nodes(self) -> Iterator[Node]:
        rowwise: set[Node] = set()
        for node in _walk(self.roots, {}):
            name = isinstance(node, Name) and node.id in self.columns
            inner = isinstance(node, Call) and node.function not in _LOOPS and not rowwise.isdisjoint(node.arguments)
            if name or inner:
                rowwise.add(node)
                yield node

    def _levels(self) -> list[list[Call]]:
        """Return the reductions over rows, those that need no other first."""
        depth: dict[Node, int] = {}
        levels: dict[int, list[Call]] = {}
        for node in _walk(self.roots, {}):
            below = max((depth[part] for part in node.arguments), default=0) if isinstance(node, Call) else 0
            loop = isinstance(node, Call) and node.function in _LOOPS and node.arguments[0] in self._rowwise
            depth[node] = below + loop
            if loop and isinstance(node, Call):
                levels.setdefault(below, []).append(node)
        return [levels[level] for level in sorted(levels)]

    def _loop(self, loops: list[Call], known: dict[Node, str]) -> None:
        """Write one loop over the rows for the reductions of a level."""
        for node in loops:
            known[node] = self._line("0" if node.function == kinks.WORST else "zero")
        self._lines.append(f"    for {''.join(f'{name}, ' for name in self.columns.values())} in rows:")
        self._indent = " " * 8
        inside = dict(known)
        self._write([node.arguments[0] for node in loops], inside, rowwise=True)
        for node in loops:
            total, part = known[node], self._plain(inside, node.arguments[0])
            sum_ = f"max({total}, {part})" if node.function == kinks.WORST else f"{total} + {part}"
            self._lines.append(f"{self._indent}{total} = {sum_}")
        self._indent = "    "
        for node in loops:
            if node.function == "mean":
                self._lines.append(f"    {known[node]} = {known[node]} / len(rows)")

    def _write(self, roots: Sequence[Node], known: dict[Node, str], rowwise: bool) -> None:
        for node in _walk(roots, known):
            if rowwise or node not in self._rowwise:
                known[node] = self._node(node, known)

    def _node(self, node: Node, known: dict[Node, str]) -> str:
        if isinstance(node, Number):
            self._fixed.add(node)
            return self._named(arb(node.value))
        if isinstance(node, Name):
            return self.columns[node.id] if node.id in self.columns else self._names[node.id]
        text = self._call(node, known)
        return self._constant(node, text) or self._line(text)

    def _constant(self, node: Call, text: str) -> str:
        """Return the name of what a function of constants is, computed here; nothing where it is no constant ball."""
        if node.function in _LOOPS or not all(argument in self._fixed for argument in node.arguments):
            return ""
        value = eval(text, dict(_SCOPE) | self.constants)
        if not isinstance(value, arb):
            return ""
        self._fixed.add(node)
        return self._named(value)

    def _named(self, value: arb) -> str:
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def _call(self, node: Call, known: dict[Node, str]) -> str:
        values = [self._plain(known, argument) for argument in node.arguments]
        name = node.function
        if name == "mul" and values[0] == values[1]:
            return _square(values[0])
        if name in _OPERATORS:
            return f"{values[0]} {_OPERATORS[name]} {values[1]}"
        if name == "neg":
            return f"-{values[0]}"
        if name in _LOOPS:
            return f"{values[0]} * len(rows)" if name == "sum" else values[0]
        if name == "pow":
            return self._power(node, values)
        if name in ("where", "at_where", "maybe_where"):
            values[0] = f"f_truth({known[node.arguments[0]]})"
        return f"f_{name}({', '.join(values)})"

    def _power(self, node: Call, values: list[str]) -> str:
        exponent = node.arguments[1]
        if is_number(exponent, 2.0):
            return _square(values[0])
        if is_number(exponent, 3.0):
            return f"({_square(values[0])}) * {values[0]}"
        if isinstance(exponent, Number) and exponent.value.is_integer() and abs(exponent.value) <= 64:
            return f"f_whole_power({values[0]}, {int(exponent.value)})"
        return f"f_power({', '.join(values)})"

    def _plain(self, known: dict[Node, str], node: Node) -> str:
        """Return the variable of ``node`` as a ball, also where it is a comparison."""
        compared = isinstance(node, Call) and node.function in COMPARISONS
        return f"f_as_number({known[node]})" if compared else known[node]

    def _line(self, value: str) -> str:
        self._count += 1
        self._lines.append(f"{self._indent}v{self._count} = {value}")
        return f"v{self._count}"


def _square(value: str) -> str:
    """Return what computes :func:`enclosures.square` of a variable, without a call: most products are squares."""
    return f"p if (p := {value} * {value}) > zero else p.nonnegative_part()"


def _walk(roots: Sequence[Node], known: dict[Node, str]) -> Iterator[Node]:
    """Yield what is not yet known under ``roots``, arguments first; what is known is not entered."""
    seen: set[Node] = set()
    stack: list[tuple[Node, bool]] = [(root, False) for root in reversed(roots)]
    while stack:
        node, expanded = stack.pop()
        if expanded:
            yield node
        elif node not in seen and node not in known:
            seen.add(node)
            stack.append((node, True))
            if isinstance(node, Call):
                stack.extend((argument, False) for argument in reversed(node.arguments))
