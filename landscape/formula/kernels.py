# NOTE FROM THE LEAD TO ENGINEER B: read /tmp/brief/TO_B.md NOW, before going on; then delete this line.
"""From trees to straight-line instructions with shared parts.

A kernel is a function whose frame (loops, loads, stores) is written by who needs it, and whose arithmetic is emitted
here from trees: for one number, for both parameters of a rule at once (``lanes=2``), or for many points at once.
Loops appear only where ``mean`` and ``sum`` run over rows of data.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from landscape.formula import packs
from landscape.formula.code import Code, literal, shape
from landscape.formula.tree import COMPARISONS, REDUCTIONS, Call, Name, Node, Number, walk

FLAGS = "contract arcp nsz"
"""What the compiler may do beyond IEEE: fuse ``a*b + c``, divide by multiplying, forget the sign of zero.

Products it may also regroup, so that factors which stay the same are multiplied only once; sums never, where that
could lose all digits.
It may not assume that there is no NaN or infinity: a trajectory that diverges is an outcome.
"""

PACK = 8
"""Points that a kernel for many points computes side by side: what the widest registers hold."""

LIBRARY = ("cbrt", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "atan2", "hypot", "log1p")
"""Functions that are called from the C library by name."""
INTRINSICS = ("sqrt", "exp", "log", "log10", "sin", "cos", "pow", "floor", "ceil", "fabs")
"""Functions that LLVM knows; all but the roots and roundings end in the C library too."""

_OPERATORS = {"add": "fadd", "sub": "fsub", "mul": "fmul reassoc", "div": "fdiv"}
_CONDITIONS = {"lt": "olt", "le": "ole", "gt": "ogt", "ge": "oge", "eq": "oeq", "ne": "une"}
_RENAMED = {"abs": "fabs", "norm": "hypot"}
_LARGEST_PRODUCT = 32
"""Whole powers up to this are written as products."""


@dataclass(frozen=True)
class Columns:
    """Where the data of a surface are: names in the order of the rows of the array, its address, and its length."""

    names: tuple[str, ...] = ()
    pointer: str = "%data"
    count: str = "%count"


class Emitter:
    """Writes trees into a function.

    Parameters
    ----------
    code
        The function.
    values
        For every free name that is not a column the value that holds it, of type ``shape(lanes)``.
    lanes
        How many numbers are computed side by side.
    columns
        The data that ``mean`` and ``sum`` run over, at least one row; without data there is one row.
    """

    def __init__(self, code: Code, values: Mapping[str, str], lanes: int = 1, columns: Columns | None = None) -> None:
        self.code = code
        self.lanes = lanes
        self.type = shape(lanes)
        self.columns = columns or Columns()
        self.values = dict(values)
        self._done: dict[Node, str] = {}

    def emit(self, roots: Sequence[Node]) -> list[str]:
        """Write the trees and return the value of each; parts that are equal are computed once."""
        for level in _levels(roots):
            self._reduce([node for node in level if node not in self._done])
        for node in self._pending(roots):
            self._done[node] = self._node(node)
        return [self._number(root) for root in roots]

    def number(self, value: float) -> str:
        """Return a constant."""
        return self.code.splat(literal(value), self.lanes)

    def operation(self, function: str, *operands: str) -> str:
        """Return a function of the language applied to values."""
        if function in _OPERATORS:
            return self.code.value(f"{_OPERATORS[function]} {FLAGS} {self.type} {', '.join(operands)}")
        if function in _COMPOSED:
            return _COMPOSED[function](self, *operands)
        if function == "exp" and self.lanes > 1:
            return packs.exp(self, *operands)
        name = _RENAMED.get(function, function)
        return self._intrinsic(name, *operands) if name in INTRINSICS else self._library(name, *operands)

    def choose(self, condition: str, a: str, b: str) -> str:
        """Return ``a`` where the condition holds, else ``b``, lane by lane."""
        condition_type = shape(self.lanes, "i1")
        return self.code.value(f"select {condition_type} {condition}, {self.type} {a}, {self.type} {b}")

    def compare(self, predicate: str, a: str, b: str) -> str:
        """Return a condition; ``predicate`` as in LLVM's ``fcmp``."""
        return self.code.value(f"fcmp {predicate} {self.type} {a}, {b}")

    def power(self, base: str, exponent: Node) -> str:
        """Return a power: whole ones as products and half ones by the root, as precise and much faster."""
        value = exponent.value if isinstance(exponent, Number) else 0.0
        if value and value.is_integer() and abs(value) <= _LARGEST_PRODUCT:
            product = self._product(base, int(abs(value)))
            return product if value > 0 else self.operation("div", self.number(1.0), product)
        if abs(value) == 0.5:
            root = self.operation("sqrt", base)
            return root if value > 0 else self.operation("div", self.number(1.0), root)
        return self._intrinsic("pow", base, self._number(exponent))

    def _product(self, base: str, exponent: int) -> str:
        result = ""
        while exponent:
            if exponent & 1:
                result = self.operation("mul", result, base) if result else base
            exponent >>= 1
            if exponent:
                base = self.operation("mul", base, base)
        return result

    def _intrinsic(self, name: str, *operands: str) -> str:
        suffix = "f64" if self.lanes == 1 else f"v{self.lanes}f64"
        return self._call(f"@llvm.{name}.{suffix}", self.type, *operands)

    def _call(self, name: str, kind: str, *operands: str) -> str:
        self.code.declarations[f"declare {kind} {name}({', '.join([kind] * len(operands))}) nounwind"] = None
        return self.code.value(f"call {FLAGS} {kind} {name}({', '.join(f'{kind} {value}' for value in operands)})")

    def _library(self, name: str, *operands: str) -> str:
        if self.lanes == 1:
            return self._call(f"@{name}", "double", *operands)
        result = "poison"
        for lane in range(self.lanes):
            parts = [self.code.value(f"extractelement {self.type} {value}, i32 {lane}") for value in operands]
            part = self._call(f"@{name}", "double", *parts)
            result = self.code.value(f"insertelement {self.type} {result}, double {part}, i32 {lane}")
        return result

    def _number(self, node: Node) -> str:
        value = self._done[node]
        if isinstance(node, Call) and node.function in COMPARISONS:
            return self.code.value(f"uitofp {shape(self.lanes, 'i1')} {value} to {self.type}")
        return value

    def _condition(self, node: Node) -> str:
        if isinstance(node, Call) and node.function in COMPARISONS:
            return self._done[node]
        return self.compare("une", self._done[node], self.number(0.0))

    def _node(self, node: Node) -> str:
        if isinstance(node, Number):
            return self.number(node.value)
        if isinstance(node, Name):
            return self.values[node.id]
        if node.function == "where":
            condition, a, b = node.arguments
            return self.choose(self._condition(condition), self._number(a), self._number(b))
        if node.function == "pow":
            return self.power(self._number(node.arguments[0]), node.arguments[1])
        operands = [self._number(argument) for argument in node.arguments]
        if node.function in _CONDITIONS:
            return self.compare(_CONDITIONS[node.function], *operands)
        return self.operation(node.function, *operands)

    def _pending(self, roots: Sequence[Node]) -> list[Node]:
        """Return the nodes under ``roots`` that have no value yet, arguments first, stopping at those that have."""
        return list(_walk_until(roots, self._done))

    def _reduce(self, reductions: Sequence[Call]) -> None:
        """Write one loop over the rows for reductions that do not depend on each other."""
        if not reductions:
            return
        bodies = [node.arguments[0] for node in reductions]
        per_row = _per_row(self._pending(bodies), frozenset(self.columns.names))
        for node in self._pending(bodies):
            if node not in per_row:
                self._done[node] = self._node(node)
        sums = self._row_loop(bodies) if self.columns.names else [self._number(body) for body in bodies]
        for node, total in zip(reductions, sums, strict=True):
            divided = node.function == "mean" and self.columns.names
            self._done[node] = self._mean(total) if divided else total

    def _mean(self, total: str) -> str:
        rows = self.code.value(f"sitofp i64 {self.columns.count} to double")
        return self.operation("div", total, self.code.splat(rows, self.lanes))

    def _row_loop(self, bodies: Sequence[Node]) -> list[str]:
        code = self.code
        before, loop, after = code.block, code.fresh("rows"), code.fresh("done")
        row, next_row = (f"%{code.fresh('row')}" for _ in range(2))
        totals, sums = ([f"%{code.fresh('sum')}" for _ in bodies] for _ in range(2))
        zero = self.number(0.0)
        code.write(f"br label %{loop}")
        outside, known = dict(self._done), dict(code.known)
        code.begin(loop)
        code.write(f"{row} = phi i64 [0, %{before}], [{next_row}, %{loop}]")
        for total, partial in zip(totals, sums, strict=True):
            code.write(f"{total} = phi {self.type} [{zero}, %{before}], [{partial}, %{loop}]")
        self._load_columns(row)
        for node in self._pending(bodies):
            self._done[node] = self._node(node)
        for total, partial, body in zip(totals, sums, bodies, strict=True):
            code.write(f"{partial} = fadd {FLAGS} {self.type} {total}, {self._number(body)}")
        code.write(f"{next_row} = add i64 {row}, 1")
        more = code.effect(f"icmp slt i64 {next_row}, {self.columns.count}")
        code.write(f"br i1 {more}, label %{loop}, label %{after}")
        code.begin(after)
        self._done, code.known = outside, known
        return sums

    def _load_columns(self, row: str) -> None:
        for index, name in enumerate(self.columns.names):
            offset = self.code.value(f"mul i64 {self.columns.count}, {index}")
            position = self.code.effect(f"add i64 {offset}, {row}")
            self.values[name] = self.code.splat(self.code.load(self.columns.pointer, position), self.lanes)


def _neg(emitter: Emitter, a: str) -> str:
    return emitter.code.value(f"fneg {FLAGS} {emitter.type} {a}")


def _least(emitter: Emitter, a: str, b: str, predicate: str = "olt") -> str:
    """Return the smaller, or NaN where either is NaN."""
    chosen = emitter.choose(emitter.compare(predicate, a, b), a, b)
    return emitter.choose(emitter.compare("uno", a, a), a, chosen)


def _most(emitter: Emitter, a: str, b: str) -> str:
    return _least(emitter, a, b, "ogt")


def _relu(emitter: Emitter, a: str) -> str:
    return _most(emitter, a, emitter.number(0.0))


def _sign(emitter: Emitter, a: str) -> str:
    zero = emitter.number(0.0)
    negative = emitter.choose(emitter.compare("olt", a, zero), emitter.number(-1.0), a)
    return emitter.choose(emitter.compare("ogt", a, zero), emitter.number(1.0), negative)


def _decay(emitter: Emitter, a: str) -> str:
    return emitter.operation("exp", _neg(emitter, emitter.operation("abs", a)))


def _sigmoid(emitter: Emitter, a: str) -> str:
    decay, one = _decay(emitter, a), emitter.number(1.0)
    upper = emitter.choose(emitter.compare("oge", a, emitter.number(0.0)), one, decay)
    return emitter.operation("div", upper, emitter.operation("add", one, decay))


def _softplus(emitter: Emitter, a: str) -> str:
    decay = _decay(emitter, a)
    tail = packs.log1p(emitter, decay) if emitter.lanes > 1 else emitter.operation("log1p", decay)
    return emitter.operation("add", _relu(emitter, a), tail)


def _mod(emitter: Emitter, a: str, b: str) -> str:
    """Return the remainder with the sign of the divisor, as NumPy has it."""
    zero = emitter.number(0.0)
    rest = emitter.code.value(f"frem {emitter.type} {a}, {b}")
    product = emitter.code.value(f"fmul {emitter.type} {emitter.operation('sign', rest)}, {b}")
    return emitter.choose(emitter.compare("olt", product, zero), emitter.operation("add", rest, b), rest)


_COMPOSED: Mapping[str, Callable[..., str]] = {
    "neg": _neg, "min": _least, "max": _most, "relu": _relu, "sign": _sign,
    "sigmoid": _sigmoid, "softplus": _softplus, "mod": _mod,
}  # fmt: skip


def _walk_until(roots: Sequence[Node], stop: Mapping[Node, str]) -> Iterator[Node]:
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


def _levels(roots: Sequence[Node]) -> list[list[Call]]:
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
