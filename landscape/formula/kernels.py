"""Code generation: from trees to straight-line Python with shared parts, for Numba to compile.

A kernel is a function whose frame (loops, loads, stores) is written by who needs it, and whose arithmetic is written
here from trees. Every value gets a numbered name of the kernel's own (``v1``, ``v2``...), so that nothing that a person
calls a parameter can meet a name in it. Loops appear only where ``mean`` and ``sum`` run over rows of data.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from landscape.formula import special
from landscape.formula.machine_code.compiler import SINGLE
from landscape.formula.tree import COMPARISONS, REDUCTIONS, Call, Name, Node, Number, walk

_INFIX = {
    "add": "+", "sub": "-", "div": "/", "mod": "%",
    "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!=",
}  # fmt: skip
_RENAMED = {"mul": "times", "norm": "hypot", "round": "rint", "gamma": "tgamma"}
_WIDE = frozenset({"exp", "sin", "cos", "tanh"})
"""Functions of the C library that kernels for many points have intrinsics for."""
_LARGEST_PRODUCT = 32
"""Whole powers up to this are written as products."""
_PLAIN = frozenset(
    {"add", "sub", "mul", "div", "neg", "sqrt", "abs", "min", "max", "relu", "sign", "where", "sigmoid", "tan",
     *_WIDE, *COMPARISONS}
)  # fmt: skip


@dataclass
class Code:
    """The text of one kernel under construction."""

    lines: list[str] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    count: int = 0
    depth: int = 1
    wide: bool = False
    """Whether the kernel is for many points side by side."""
    single: bool = False
    """Whether it computes with, and reads and writes, numbers of four bytes; only for trees that :func:`is_plain`."""

    @property
    def word(self) -> int:
        """Bytes of a number."""
        return 4 if self.single else 8

    def write(self, *lines: str) -> None:
        """Write statements at the present depth."""
        self.lines += [f"{'    ' * self.depth}{line}" for line in lines]

    def value(self, expression: str) -> str:
        """Return a name for a pure expression of names that do not change; the same expression is written once."""
        if expression not in self.known:
            self.known[expression] = self.variable(expression)
        return self.known[expression]

    def variable(self, expression: str) -> str:
        """Return a new name that holds the expression as it is here and now, such as what an address holds."""
        self.count += 1
        self.write(f"v{self.count} = {expression}")
        return f"v{self.count}"

    def load(self, address: str, index: int | str) -> str:
        """Return the number at ``index`` of the array at ``address``."""
        return self.variable(f"get({address}, {index})")

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Write what follows under ``head``, such as ``while True:``; what is computed there is known only there."""
        outside = dict(self.known)
        self.write(head)
        self.depth += 1
        yield
        self.depth -= 1
        self.known = outside

    def change(self, names: Sequence[str], values: Sequence[str]) -> None:
        """Give names their new values, all at once."""
        held = [self.variable(value) if value in names else value for value in values]
        self.write(*(f"{name} = {value}" for name, value in zip(names, held, strict=True) if name != value))

    def function(self, name: str, arguments: Sequence[str], result: str) -> str:
        """Return the module: one function of float64 and int64 numbers, addresses among them, with this body.

        Args:
            name: What it is called.
            arguments: Names, all of them int64.
            result: Type of what it returns, ``"int64"`` or ``"void"``.
        """
        signature = f"{result}({', '.join(['int64'] * len(arguments))})"
        head = [SINGLE] if self.single else []
        return "\n".join([*head, f'@kernel("{signature}")', f"def {name}({', '.join(arguments)}):", *self.lines, ""])


@dataclass(frozen=True)
class Columns:
    """Where the data of a surface are: names in the order of the rows of the array, its address, and its length."""

    names: tuple[str, ...] = ()
    address: str = "data"
    count: str = "count"

    def loop(self, code: Code, write: Callable[[Mapping[str, str]], None]) -> None:
        """Write a loop over the rows around what ``write`` writes for one, given what holds its numbers by name."""
        row = code.variable("0")
        with code.block("while True:"):
            places = (f"{index} * {self.count} + {row}" if index else row for index in range(len(self.names)))
            write({name: code.load(self.address, place) for name, place in zip(self.names, places, strict=True)})
            code.write(f"{row} += 1", f"if {row} >= {self.count}:", "    break")


class Emitter:
    """Writes trees into a kernel.

    Args:
        code: The kernel.
        values: For every free name that is not a column the name in the kernel that holds it.
        columns: The data that ``mean`` and ``sum`` run over, at least one row; without data there is one row.
    """

    def __init__(self, code: Code, values: Mapping[str, str], columns: Columns | None = None) -> None:
        self.code = code
        self.columns = columns or Columns()
        self.values = dict(values)
        self._done: dict[Node, str] = {}

    def emit(self, roots: Sequence[Node]) -> list[str]:
        """Write the trees and return what holds the value of each; parts that are equal are computed once."""
        for level in levels(roots):
            self._reduce([node for node in level if node not in self._done])
        self._write(roots)
        return [self._number(root) for root in roots]

    def reduced(self, reduction: Call, total: str) -> None:
        """Take what holds the sum over the rows for the value of a ``sum``, or of a ``mean`` after dividing it."""
        divided = reduction.function == "mean" and self.columns.names
        self._done[reduction] = self.code.value(f"{total} / {self.columns.count}") if divided else total

    def _write(self, roots: Sequence[Node]) -> None:
        for node in _walk_until(roots, self._done):
            self._done[node] = self._node(node)

    def _number(self, node: Node) -> str:
        """Return a value as a number: a comparison is 1 where it holds, else 0."""
        value = self._done[node]
        return self.code.value(f"choose({value}, 1.0, 0.0)") if _is_comparison(node) else value

    def _condition(self, node: Node) -> str:
        value = self._done[node]
        return value if _is_comparison(node) else self.code.value(f"{value} != 0.0")

    def _node(self, node: Node) -> str:
        if isinstance(node, Number):
            return repr(node.value)
        if isinstance(node, Name):
            return self.values[node.id]
        if node.function == "where":
            condition, a, b = node.arguments
            return self.code.value(f"choose({self._condition(condition)}, {self._number(a)}, {self._number(b)})")
        if node.function == "pow":
            return self._power(self._number(node.arguments[0]), node.arguments[1])
        return operation(self.code, node.function, *(self._number(argument) for argument in node.arguments))

    def _power(self, base: str, exponent: Node) -> str:
        """Return a power: whole ones as products and half ones by the root, as precise and much faster."""
        value = exponent.value if isinstance(exponent, Number) else 0.0
        if value and value.is_integer() and abs(value) <= _LARGEST_PRODUCT:
            power = self._product(base, int(abs(value)))
        elif abs(value) == 0.5:
            power = self.code.value(f"sqrt({base})")
        else:
            return self.code.value(f"pow({base}, {self._number(exponent)})")
        return power if value > 0 else self.code.value(f"1.0 / {power}")

    def _product(self, base: str, exponent: int) -> str:
        result = ""
        while exponent:
            if exponent & 1:
                result = self.code.value(f"times({result}, {base})") if result else base
            exponent >>= 1
            if exponent:
                base = self.code.value(f"times({base}, {base})")
        return result

    def _reduce(self, reductions: Sequence[Call]) -> None:
        """Write one loop over the rows for reductions that do not depend on each other."""
        if not reductions:
            return
        bodies = [node.arguments[0] for node in reductions]
        inside = list(_walk_until(bodies, self._done))
        per_row = _per_row(inside, frozenset(self.columns.names))
        self._write([node for node in inside if node not in per_row])
        totals = self._row_loop(bodies) if self.columns.names else [self._number(body) for body in bodies]
        for node, total in zip(reductions, totals, strict=True):
            self.reduced(node, total)

    def _row_loop(self, bodies: Sequence[Node]) -> list[str]:
        totals = [self.code.variable("0.0") for _ in bodies]
        outside = dict(self._done)

        def add(row: Mapping[str, str]) -> None:
            self.values |= row
            self._write(bodies)
            sums = zip(totals, map(self._number, bodies), strict=True)
            self.code.write(*(f"{total} += {value}" for total, value in sums))

        self.columns.loop(self.code, add)
        self._done = outside
        return totals


def operation(code: Code, function: str, *operands: str) -> str:
    """Return a function of the language, other than ``pow`` and ``where``, applied to values."""
    if function in _COMPOSED:
        return code.value(_COMPOSED[function](code, *operands))
    if function in _INFIX:
        return code.value(f"{operands[0]} {_INFIX[function]} {operands[1]}")
    if function in _QUOTIENTS and (code.wide or function != "tan"):
        return code.value(" / ".join(_operand(code, name, *operands) for name in _QUOTIENTS[function]))
    name = f"wide_{function}" if code.wide and function in _WIDE else _RENAMED.get(function, function)
    return code.value(f"{name}({', '.join(operands)})")


_QUOTIENTS = {
    "tan": ("sin", "cos"), "cot": ("cos", "sin"), "sec": ("", "cos"), "csc": ("", "sin"),
    "sech": ("", "cosh"), "csch": ("", "sinh"), "coth": ("", "tanh"),
}  # fmt: skip
"""Functions that are one over another, or over 1; the tangent only where there is no other for many points."""


def _operand(code: Code, function: str, *operands: str) -> str:
    return operation(code, function, *operands) if function else "1.0"


def _neg(_: Code, a: str) -> str:
    return f"-{a}"


def _least(code: Code, a: str, b: str, order: str = "<") -> str:
    """Return the smaller, or NaN where either is NaN."""
    chosen = code.value(f"choose({code.value(f'{a} {order} {b}')}, {a}, {b})")
    return f"choose({code.value(f'{a} != {a}')}, {a}, {chosen})"


def _most(code: Code, a: str, b: str) -> str:
    return _least(code, a, b, ">")


def _relu(code: Code, a: str) -> str:
    return _most(code, a, "0.0")


def _sign(code: Code, a: str) -> str:
    below = code.value(f"choose({code.value(f'{a} < 0.0')}, -1.0, {a})")
    return f"choose({code.value(f'{a} > 0.0')}, 1.0, {below})"


def _decay(code: Code, a: str) -> str:
    size = code.value(f"abs({a})")
    return operation(code, "exp", code.value(f"-{size}"))


def _sigmoid(code: Code, a: str) -> str:
    decay = _decay(code, a)
    above = code.value(f"choose({code.value(f'{a} >= 0.0')}, 1.0, {decay})")
    return f"{above} / {code.value(f'1.0 + {decay}')}"


def _softplus(code: Code, a: str) -> str:
    rest = code.value(f"{'wide_log1p' if code.wide else 'log1p'}({_decay(code, a)})")
    return f"{code.value(_relu(code, a))} + {rest}"


def _gauss(code: Code, a: str) -> str:
    square = code.value(f"{a} * {a}")
    return f"{special.HEIGHT!r} * {operation(code, 'exp', code.value(f'-{square}'))}"


def _polygamma(code: Code, order: str, a: str) -> str:
    """Write the sums of :func:`special.polygamma`."""
    n = int(float(order))
    left = code.value(f"{a} < 0.5")
    y = code.value(f"choose({left}, {code.value(f'1.0 - {a}')}, {a})")
    shifted = (code.value(f"{y} + {float(shift)!r}") for shift in range(special.shifts(n)))
    terms = [_term(code, base, n + 1, special.recurrence_factor(n)) for base in shifted]
    z = code.value(f"{y} + {float(special.shifts(n))!r}")
    terms += [_term(code, z, power, factor) for power, factor in special.asymptotic(n)]
    total = code.value(" + ".join([*terms, *([operation(code, "log", z)] if n == 0 else [])]))
    mirror = _polynomial(code, special.reflected(n), _cotangent(code, a))
    reflection = code.value(f"{(-1.0) ** n!r} * {total} - {math.pi ** (n + 1)!r} * {mirror}")
    return f"choose({left}, {reflection}, {total})"


def _term(code: Code, base: str, power: int, factor: float) -> str:
    """Write ``factor/base**power``."""
    raised = base
    for _ in range(power - 1):
        raised = code.value(f"{raised} * {base}")
    return code.value(f"{factor!r} / {raised}")


def _polynomial(code: Code, terms: Sequence[float], a: str) -> str:
    result = repr(float(terms[-1]))
    for term in reversed(terms[:-1]):
        result = code.value(f"{result} * {a} + {float(term)!r}")
    return result


def _cotangent(code: Code, a: str) -> str:
    """Write cot(pi a), NaN where a is whole."""
    rest = code.value(f"{a} - rint({a})")
    size = code.value(f"abs({rest})")
    sines = (operation(code, "sin", code.value(f"{math.pi!r} * {part}")) for part in (f"(0.5 - {size})", rest))
    return code.value(" / ".join(code.value(f"{sine} * {rest}") for sine in sines))


_COMPOSED: Mapping[str, Callable[..., str]] = {
    "polygamma": _polygamma, "gauss": _gauss,
    "neg": _neg, "min": _least, "max": _most, "relu": _relu, "sign": _sign, "sigmoid": _sigmoid, "softplus": _softplus,
}  # fmt: skip


def is_plain(roots: Sequence[Node]) -> bool:
    """Tell whether kernels for many points can compute the trees with short numbers, without the C library."""
    return all(
        not isinstance(node, Call)
        or node.function in _PLAIN
        or (node.function == "pow" and _is_product(node.arguments[1]))
        for node in walk(roots)
    )


def _is_product(exponent: Node) -> bool:
    value = exponent.value if isinstance(exponent, Number) else 0.0
    return abs(value) == 0.5 or bool(value and value.is_integer() and abs(value) <= _LARGEST_PRODUCT)


def _is_comparison(node: Node) -> bool:
    return isinstance(node, Call) and node.function in COMPARISONS


def _walk_until(roots: Sequence[Node], stop: Mapping[Node, str]) -> Iterator[Node]:
    """Yield the nodes under ``roots`` that have no value yet, arguments first, stopping at those that have."""
    seen: set[Node] = set(stop)
    for root in roots:
        stack = [(root, False)]
        while stack:
            node, expanded = stack.pop()
            if expanded:
                yield node
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                if isinstance(node, Call):
                    stack.extend((argument, False) for argument in reversed(node.arguments))


def _per_row(nodes: Sequence[Node], columns: frozenset[str]) -> set[Node]:
    """Return those of ``nodes`` that have another value in every row."""
    found: set[Node] = set()
    for node in nodes:
        column = isinstance(node, Name) and node.id in columns
        if column or (isinstance(node, Call) and not found.isdisjoint(node.arguments)):
            found.add(node)
    return found


def levels(roots: Sequence[Node]) -> list[list[Call]]:
    """Return the reductions in the trees, those within others first."""
    depth: dict[Node, int] = {}
    levels: list[list[Call]] = []
    for node in walk(roots):
        inner = max((depth[argument] for argument in node.arguments), default=0) if isinstance(node, Call) else 0
        if isinstance(node, Call) and node.function in REDUCTIONS:
            if inner == len(levels):
                levels.append([])
            levels[inner].append(node)
            inner += 1
        depth[node] = inner
    return levels
