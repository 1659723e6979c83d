"""The sign of a formula, told from a simpler one: by its factors, each of which counts with its own sign.

A ball that holds e^-50 and e^-5 holds 0 as well: its lower end is lost in the rounding of its radius. Without the
factor, the enclosure of ``x*exp(-9*x**2)`` tells its sign however small it is. The product of two wide balls of
positive numbers may hold 0, too: the product of their signs does not.
"""

from collections.abc import Mapping
from functools import reduce
from typing import TypeAlias

from landscape.formula.exact import exact_call
from landscape.formula.tree import ONE, Call, Node, Number, is_number, walk

_POSITIVE = frozenset(("exp", "cosh", "sech", "sigmoid", "softplus", "erfc", "gauss"))
_NEVER_NEGATIVE = _POSITIVE | {"abs", "relu", "sqrt", "norm"}
_Factors: TypeAlias = Mapping[Node, int]
"""Parts of the tree with the powers in which they are factors."""


def same_sign(root: Node) -> Node:
    """Return a tree that is positive, zero and negative where ``root`` is; in ``root``, equal parts are one object."""
    found: dict[Node, tuple[_Factors, Node]] = {}
    for node in walk((root,)):
        parts = [found[argument] for argument in node.arguments] if isinstance(node, Call) else []
        found[node] = _split(node, parts)
    factors, rest = found[root]
    if is_number(rest, 1.0) and list(factors.values()) == [1]:
        return next(iter(factors))
    return reduce(lambda product, part: exact_call("mul", product, part), map(_sign, factors, factors.values()), rest)


def _split(node: Node, parts: list[tuple[_Factors, Node]]) -> tuple[_Factors, Node]:
    """Return the factors of ``node``, and the rest; ``parts`` are those of its arguments."""
    if isinstance(node, Number):
        return {}, node
    if not isinstance(node, Call):
        return {node: 1}, ONE
    match node.function, parts:
        case "neg", [(factors, rest)]:
            return factors, exact_call("neg", rest)
        case "mul", [(first, a), (second, b)]:
            return _product(first, second, 1), exact_call("mul", a, b)
        case "div", [(first, a), (second, b)] if isinstance(b, Number):
            return _product(first, second, -1), exact_call("div", a, b)
        case "pow", [(factors, rest), _] if is_number(rest, 1.0) and (power := _whole(node.arguments[1])):
            return {part: power * times for part, times in factors.items()}, ONE
        case (("add" | "sub"), [(first, a), (second, b)]) if common := _common(first, second):
            own, other = (_times(rest, _product(all_, common, -1)) for all_, rest in ((first, a), (second, b)))
            return common, exact_call(node.function, own, other)
    return {node: 1}, ONE


def _whole(exponent: Node) -> int:
    """Return an exponent that is a whole number above 0; else 0."""
    whole = isinstance(exponent, Number) and exponent.value >= 1 and exponent.value.is_integer()
    return int(exponent.value) if whole and isinstance(exponent, Number) else 0


def _product(first: _Factors, second: _Factors, side: int) -> _Factors:
    """Return the factors of a product, or of a quotient for ``side`` -1."""
    powers = {part: first.get(part, 0) + side * second.get(part, 0) for part in (*first, *second)}
    return {part: power for part, power in powers.items() if power}


def _common(first: _Factors, second: _Factors) -> _Factors:
    """Return the factors of both, in the powers that both have."""
    found = {}
    for part, power in first.items():
        other = second.get(part, 0)
        if power * other > 0:
            found[part] = min(power, other) if power > 0 else max(power, other)
    return found


def _times(node: Node, factors: _Factors) -> Node:
    for part, power in factors.items():
        raised = part if abs(power) == 1 else exact_call("pow", part, Number(float(abs(power))))
        node = exact_call("mul", node, raised) if power > 0 else exact_call("div", node, raised)
    return node


def _sign(factor: Node, power: int) -> Node:
    """Return the sign of a factor in some power: 1 where it is positive everywhere."""
    if isinstance(factor, Call) and _is_positive(factor):
        return ONE
    sign = exact_call("sign", factor)
    return sign if power % 2 else exact_call("pow", sign, Number(2.0))


def never_negative(root: Node) -> bool:
    """Tell whether a formula is, by its form, 0 or more wherever it is defined: an even power, or a sum of such."""
    found: dict[Node, bool] = {}
    for node in walk((root,)):
        found[node] = node.value >= 0 if isinstance(node, Number) else _is_never_negative(node, found)
    return found[root]


def _is_never_negative(node: Node, found: Mapping[Node, bool]) -> bool:
    if not isinstance(node, Call):
        return False
    match node:
        case Call("pow", (_, Number(power))) if power.is_integer() and power % 2 == 0:
            return True
        case Call("mul", (a, b)) if a is b:
            return True
        case Call("add" | "mul" | "div" | "min" | "pow" | "mean" | "sum"):
            return all(found[part] for part in node.arguments)
        case Call("max"):
            return any(found[part] for part in node.arguments)
        case Call("where"):
            return all(found[part] for part in node.arguments[1:])
    return node.function in _NEVER_NEGATIVE


def _is_positive(node: Call) -> bool:
    match node:
        case Call("sub", (Number(1.0), Call("sigmoid"))):
            return True
        case Call("sub", (Number(1.0), Call("pow", (Call("tanh"), Number(2.0))))):
            return True
    return node.function in _POSITIVE
