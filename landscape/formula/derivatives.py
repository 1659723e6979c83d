"""Symbolic differentiation: exact derivatives of a tree, again as trees.

Where a function has a kink, the derivative is PyTorch's: 0 for ``abs`` and ``relu`` at 0, half of each side where the
arguments of ``min`` and ``max`` are equal, the branch taken for ``where``; ``sign``, ``floor``, ``ceil``, ``round`` and
``trunc`` have derivative 0, and ``norm`` has derivative 0 at the origin. Everything else follows IEEE arithmetic: the
derivative of ``sqrt(x)`` at 0 is infinite.

Value, gradient and Hessian share their common parts, so that compiled code computes each once.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from landscape.formula.exact import exact_call
from landscape.formula.mistakes import FormulaError
from landscape.formula.tree import (
    COMPARISONS,
    ONE,
    ZERO,
    Call,
    Name,
    Node,
    Number,
    Sharing,
    is_number,
    size,
    walk,
)

PARTS = 5000
"""Most nodes of a derivative, shared parts counted once."""


def gradient(node: Node, names: tuple[str, ...] = ("x", "y")) -> tuple[Node, ...]:
    """Return the first derivatives of ``node``, one for each of ``names``.

    They share parts among themselves, and with ``node`` where its equal parts are already one object.

    Raises :class:`FormulaError` where they have more than ``PARTS`` nodes together.
    """
    calculus = _Calculus()
    [root] = calculus.share((node,))
    return _within_budget(tuple(calculus.differentiate(root, name) for name in names))


def hessian(node: Node, names: tuple[str, str] = ("x", "y")) -> tuple[Node, Node, Node]:
    """Return the second derivatives ``(fxx, fxy, fyy)`` of ``node``.

    Raises :class:`FormulaError` where they have more than ``PARTS`` nodes together.
    """
    calculus = _Calculus()
    [root] = calculus.share((node,))
    x, y = names
    fx, fy = _within_budget(tuple(calculus.differentiate(root, name) for name in names))
    fxx, fxy, fyy = (calculus.differentiate(fx, x), calculus.differentiate(fx, y), calculus.differentiate(fy, y))
    _within_budget((fxx, fxy, fyy))
    return fxx, fxy, fyy


ALONG = ("along.x", "along.y")
"""Names of the direction in :func:`directional`; the dot keeps them apart from every name in a formula."""


def directional(node: Node) -> Node:
    """Return the derivative of ``node`` along the direction ``ALONG``, without any rounding.

    Along the line on which a kink lies, the derivative of what bends there is exactly 0 wherever the line is straight.
    """
    calculus = _ExactCalculus()
    [root] = calculus.share((node,))
    [found] = _within_budget((calculus.differentiate(root, dict(zip(("x", "y"), ALONG, strict=True))),), 2 * PARTS)
    return found


def exact_derivatives(node: Node) -> tuple[tuple[Node, Node], tuple[Node, Node, Node]]:
    """Return the first and second derivatives by x and y, ``(fx, fy)`` and ``(fxx, fxy, fyy)``, without any rounding.

    Constants are only put together where the result is the very number, and ``log(10)`` stays what it says. So the
    second ones *are* the derivatives of the first ones, whatever precision they are computed with.

    Raises :class:`FormulaError` where they have far more than ``PARTS`` nodes together.
    """
    calculus = _ExactCalculus()
    [root] = calculus.share((node,))
    fx, fy = calculus.differentiate(root, "x"), calculus.differentiate(root, "y")
    second = calculus.differentiate(fx, "x"), calculus.differentiate(fx, "y"), calculus.differentiate(fy, "y")
    _within_budget(second, 2 * PARTS)
    return (fx, fy), second


def _within_budget(roots: tuple[Node, ...], parts: int = PARTS) -> tuple[Node, ...]:
    count = size(*roots)
    if count > parts:
        raise FormulaError(
            "The derivative of the formula has {count} parts; at most {limit} are allowed", count=count, limit=parts
        )
    return roots


def _factored(node: Node) -> tuple[Node, Node | None]:
    """Return ``(c, b)`` where ``node`` is a constant ``c`` times ``b``, else the node itself and None."""
    if isinstance(node, Call) and node.function == "mul" and isinstance(node.arguments[0], Number):
        factor, rest = node.arguments
        return factor, rest
    return node, None


class _Calculus(Sharing):
    """Arithmetic on shared nodes, simplified a little further than :func:`tree.call` does."""

    def number(self, value: float) -> Node:
        return self.keep(Number(value))

    def add(self, a: Node, b: Node) -> Node:
        return self.mul(self.number(2.0), a) if a is b else self.call("add", a, b)

    def sub(self, a: Node, b: Node) -> Node:
        return ZERO if a is b else self.call("sub", a, b)

    def neg(self, a: Node) -> Node:
        return self.call("neg", a)

    def mul(self, a: Node, b: Node) -> Node:
        """Return ``a*b`` with the sign and the constant factor in front, so that products of them meet and fold."""
        if isinstance(b, Number):
            a, b = b, a
        for first, second in ((a, b), (b, a)):
            if isinstance(first, Call) and first.function == "neg":
                return self.neg(self.mul(first.arguments[0], second))
        for first, second in ((a, b), (b, a)):
            factor, rest = _factored(first)
            if rest is not None and isinstance(second, Number):
                return self.call("mul", self.call("mul", factor, second), rest)
            if rest is not None:
                return self.mul(factor, self.mul(rest, second))
        return self.square(a) if a is b else self.call("mul", a, b)

    def div(self, a: Node, b: Node) -> Node:
        if isinstance(a, Call) and a.function == "neg":
            return self.neg(self.div(a.arguments[0], b))
        return self.call("div", a, b)

    def power(self, a: Node, exponent: Node) -> Node:
        """Return ``a**exponent``, by a root or a quotient where that is the same."""
        if is_number(exponent, 0.5):
            return self.call("sqrt", a)
        if is_number(exponent, -0.5):
            return self.div(ONE, self.call("sqrt", a))
        return self.div(ONE, a) if is_number(exponent, -1.0) else self.call("pow", a, exponent)

    def square(self, a: Node) -> Node:
        return self.call("pow", a, self.number(2.0))

    def where(self, comparison: str, a: Node, b: Node, yes: Node, no: Node) -> Node:
        return self.call("where", self.call(comparison, a, b), yes, no)

    def differentiate(self, root: Node, by: str | Mapping[str, str]) -> Node:
        """Return the derivative of ``root``, a tree of kept nodes, by a name, or by names along their directions."""
        slopes = {by: ONE} if isinstance(by, str) else {name: self.keep(Name(along)) for name, along in by.items()}
        found: dict[Node, Node] = {}
        for node in walk((root,)):
            if not isinstance(node, Call):
                found[node] = self.keep(slopes.get(node.id, ZERO) if isinstance(node, Name) else ZERO)
                continue
            inner = tuple(found[argument] for argument in node.arguments)
            constant = all(is_number(part, 0.0) for part in inner)
            found[node] = self.keep(ZERO) if constant else _RULES[node.function](self, node, inner)
        return found[root]


class _ExactCalculus(_Calculus):
    """The same without the rounding of folded constants."""

    def call(self, function: str, *arguments: Node) -> Node:
        """Return ``function`` applied to kept ``arguments``; constants are folded where that is exact."""
        return self.keep(exact_call(function, *arguments))


_Rule: TypeAlias = Callable[[_Calculus, Call, tuple[Node, ...]], Node]
"""From a call and the derivatives of its arguments to its own derivative."""


def _add(c: _Calculus, _: Call, inner: tuple[Node, ...]) -> Node:
    return c.add(*inner)


def _sub(c: _Calculus, _: Call, inner: tuple[Node, ...]) -> Node:
    return c.sub(*inner)


def _neg(c: _Calculus, _: Call, inner: tuple[Node, ...]) -> Node:
    return c.neg(*inner)


def _mul(c: _Calculus, node: Call, inner: tuple[Node, ...]) -> Node:
    (a, b), (da, db) = node.arguments, inner
    return c.add(c.mul(da, b), c.mul(a, db))


def _div(c: _Calculus, node: Call, inner: tuple[Node, ...]) -> Node:
    da, db = inner
    return c.div(c.sub(da, c.mul(node, db)), node.arguments[1])


def _pow(c: _Calculus, node: Call, inner: tuple[Node, ...]) -> Node:
    (a, b), (da, db) = node.arguments, inner
    if isinstance(b, Number):
        return c.mul(c.mul(b, c.power(a, c.call("sub", b, ONE))), da)
    by_base = c.mul(c.mul(b, c.call("pow", a, c.sub(b, ONE))), da)
    if is_number(db, 0.0):
        return by_base
    growth = c.mul(node, c.call("log", a))
    safe = growth if isinstance(a, Number) else c.where("eq", a, c.keep(ZERO), c.keep(ZERO), growth)
    return c.add(by_base, c.mul(safe, db))


def _sign(c: _Calculus, _: Call, __: tuple[Node, ...]) -> Node:
    return c.keep(ZERO)


def _atan2(c: _Calculus, node: Call, inner: tuple[Node, ...]) -> Node:
    (a, b), (da, db) = node.arguments, inner
    return c.div(c.sub(c.mul(b, da), c.mul(a, db)), c.add(c.square(a), c.square(b)))


def _extreme(c: _Calculus, node: Call, inner: tuple[Node, ...]) -> Node:
    (a, b), (da, db) = node.arguments, inner
    half = c.number(0.5)
    tie = c.add(c.mul(half, da), c.mul(half, db))
    first, second = ("lt", "gt") if node.function == "min" else ("gt", "lt")
    return c.where(first, a, b, da, c.where(second, a, b, db, tie))


def _mod(c: _Calculus, node: Call, inner: tuple[Node, ...]) -> Node:
    (a, b), (da, db) = node.arguments, inner
    return c.sub(da, c.mul(c.call("floor", c.div(a, b)), db))


def _norm(c: _Calculus, node: Call, inner: tuple[Node, ...]) -> Node:
    # Quotients first: a*da overflows where the norm itself does not.
    (a, b), (da, db) = node.arguments, inner
    slope = c.add(c.mul(c.div(a, node), da), c.mul(c.div(b, node), db))
    return c.where("eq", node, c.keep(ZERO), c.keep(ZERO), slope)


def _where(c: _Calculus, node: Call, inner: tuple[Node, ...]) -> Node:
    return c.call("where", node.arguments[0], *inner[1:])


def _relu(c: _Calculus, node: Call, inner: tuple[Node, ...]) -> Node:
    return c.where("gt", node.arguments[0], c.keep(ZERO), inner[0], c.keep(ZERO))


def _reduction(c: _Calculus, node: Call, inner: tuple[Node, ...]) -> Node:
    return c.call(node.function, *inner)


def _polygamma(c: _Calculus, node: Call, inner: tuple[Node, ...]) -> Node:
    order, argument = node.arguments
    return c.mul(c.call("polygamma", c.call("add", order, ONE), argument), inner[1])


def _times(slope: Callable[[_Calculus, Node, Node], Node]) -> _Rule:
    """Return the chain rule for a function of one argument with ``slope(c, argument, function value)``."""
    return lambda c, node, inner: c.mul(slope(c, node.arguments[0], node), inner[0])


def _over(slope: Callable[[_Calculus, Node, Node], Node]) -> _Rule:
    """Return the chain rule for a function of one argument with slope ``1/slope(c, argument, function value)``."""
    return lambda c, node, inner: c.div(inner[0], slope(c, node.arguments[0], node))


_RULES: Mapping[str, _Rule] = {
    "add": _add, "sub": _sub, "neg": _neg, "mul": _mul, "div": _div, "pow": _pow,
    **dict.fromkeys(("sign", "floor", "ceil", "round", "trunc", *COMPARISONS), _sign),
    "sqrt": _over(lambda c, _u, f: c.mul(c.number(2.0), f)),
    "cbrt": _over(lambda c, _u, f: c.mul(c.number(3.0), c.square(f))),
    "exp": _times(lambda _c, _u, f: f),
    "expm1": _times(lambda c, u, _f: c.call("exp", u)),
    "log": _over(lambda _c, u, _f: u),
    "log1p": _over(lambda c, u, _f: c.add(ONE, u)),
    "log2": _over(lambda c, u, _f: c.mul(c.call("log", c.number(2.0)), u)),
    "log10": _over(lambda c, u, _f: c.mul(c.call("log", c.number(10.0)), u)),
    "sin": _times(lambda c, u, _f: c.call("cos", u)),
    "cos": _times(lambda c, u, _f: c.neg(c.call("sin", u))),
    "tan": _times(lambda c, _u, f: c.add(ONE, c.square(f))),
    "sec": _times(lambda c, u, f: c.mul(f, c.call("tan", u))),
    "csc": _times(lambda c, u, f: c.neg(c.mul(f, c.call("cot", u)))),
    "cot": _times(lambda c, _u, f: c.neg(c.add(ONE, c.square(f)))),
    "asin": _over(lambda c, u, _f: c.call("sqrt", c.sub(ONE, c.square(u)))),
    "acos": _over(lambda c, u, _f: c.neg(c.call("sqrt", c.sub(ONE, c.square(u))))),
    "atan": _over(lambda c, u, _f: c.add(ONE, c.square(u))),
    "sinh": _times(lambda c, u, _f: c.call("cosh", u)),
    "cosh": _times(lambda c, u, _f: c.call("sinh", u)),
    "tanh": _times(lambda c, _u, f: c.sub(ONE, c.square(f))),
    "sech": _times(lambda c, u, f: c.neg(c.mul(f, c.call("tanh", u)))),
    "csch": _times(lambda c, u, f: c.neg(c.mul(f, c.call("coth", u)))),
    "coth": _times(lambda c, u, _f: c.neg(c.square(c.call("csch", u)))),
    "asinh": _over(lambda c, u, _f: c.call("sqrt", c.add(ONE, c.square(u)))),
    "acosh": _over(lambda c, u, _f: c.call("sqrt", c.sub(c.square(u), ONE))),
    "atanh": _over(lambda c, u, _f: c.sub(ONE, c.square(u))),
    "erf": _times(lambda c, u, _f: c.call("gauss", u)),
    "erfc": _times(lambda c, u, _f: c.neg(c.call("gauss", u))),
    "gauss": _times(lambda c, u, f: c.mul(c.number(-2.0), c.mul(u, f))),
    "gamma": _times(lambda c, u, f: c.mul(f, c.call("polygamma", c.keep(ZERO), u))),
    "polygamma": _polygamma,
    "sigmoid": _times(lambda c, _u, f: c.mul(f, c.sub(ONE, f))),
    "softplus": _times(lambda c, u, _f: c.call("sigmoid", u)),
    "abs": _times(lambda c, u, _f: c.call("sign", u)),
    "relu": _relu, "atan2": _atan2, "min": _extreme, "max": _extreme, "mod": _mod, "norm": _norm, "where": _where,
    "mean": _reduction, "sum": _reduction,
}  # fmt: skip
