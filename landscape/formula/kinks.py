"""Non-smooth points: where a formula has kinks, jumps and poles of the functions in it.

A *site* is a part of the tree at which that can happen. Told of a ball of points, it is smooth there, has a kink
(continuous, but a derivative jumps or is infinite), jumps (so does the value, or it is infinite), or is undefined on
all of it.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from flint import arb

from landscape.formula.tree import COMPARISONS, REDUCTIONS, Call, Node, Number, call, free_names, walk
from landscape.memory import bounded

SMOOTH, KINK, JUMP, OUTSIDE = range(4)
"""What a site is on a ball of points, the worst last; ``OUTSIDE``: the formula is undefined on all of it."""


def _at_zero(worst: int) -> Callable[[arb], int]:
    return lambda u: SMOOTH if u > 0 or u < 0 else worst


def _at_edge(worst: int) -> Callable[[arb], int]:
    """Return the test of a function that is defined for u >= 0 only."""
    return lambda u: SMOOTH if u > 0 else OUTSIDE if u < 0 else worst


def _power(u: arb, exponent: arb) -> int:
    if exponent.is_integer() and (exponent >= 0 or u > 0 or u < 0):
        return SMOOTH
    if exponent.is_integer():
        return JUMP
    return _at_edge(KINK if exponent > 0 else JUMP)(u)


def _whole(u: arb) -> int:
    return SMOOTH if u.is_finite() and not u.contains_integer() else JUMP


def _tangent(u: arb) -> int:
    return SMOOTH if u.tan().is_finite() else JUMP


def _arc(u: arb) -> int:
    if u < 1 and u > -1:
        return SMOOTH
    return OUTSIDE if u > 1 or u < -1 else KINK


def _inside(u: arb) -> int:
    if u < 1 and u > -1:
        return SMOOTH
    return OUTSIDE if u >= 1 or u <= -1 else JUMP


def _pole(of: Callable[[arb], arb]) -> Callable[[arb], int]:
    """Return the test of a function that is infinite where ``of`` is 0."""
    return lambda u: _at_zero(JUMP)(of(u))


def _left_pole(u: arb) -> int:
    return SMOOTH if u > 0 else _whole(u)


def _past(edge: float, worst: int) -> Callable[[arb], int]:
    """Return the test of a function that is defined from ``edge`` on."""
    return lambda u: _at_edge(worst)(u - edge)


def _truncated(u: arb) -> int:
    return SMOOTH if u < 1 and u > -1 else _whole(u)


def _angle(a: arb, b: arb) -> int:
    return SMOOTH if b > 0 or a > 0 or a < 0 else JUMP


def _length(a: arb, b: arb) -> int:
    return SMOOTH if a > 0 or a < 0 or b > 0 or b < 0 else KINK


def _choice(condition: bool | None, _a: arb, _b: arb) -> int:
    return JUMP if condition is None else SMOOTH


_TESTS: Mapping[str, Callable[..., int]] = {
    "abs": _at_zero(KINK), "relu": _at_zero(KINK), "sign": _at_zero(JUMP), "cbrt": _at_zero(KINK),
    "sqrt": _at_edge(KINK), "log": _at_edge(JUMP), "log10": _at_edge(JUMP), "pow": _power, "asin": _arc, "acos": _arc,
    "div": lambda _a, b: _at_zero(JUMP)(b), "min": lambda a, b: _at_zero(KINK)(a - b),
    "max": lambda a, b: _at_zero(KINK)(a - b), "mod": lambda a, b: _whole(a / b), "floor": _whole, "ceil": _whole,
    "log2": _at_edge(JUMP), "log1p": _past(-1.0, JUMP), "acosh": _past(1.0, KINK), "atanh": _inside,
    "sec": _pole(arb.cos), "csc": _pole(arb.sin), "cot": _pole(arb.sin), "csch": _at_zero(JUMP), "coth": _at_zero(JUMP),
    "gamma": _left_pole, "round": lambda u: _whole(u - 0.5), "trunc": _truncated,
    "tan": _tangent, "atan2": _angle, "norm": _length, "where": _choice,
}  # fmt: skip
FUNCTIONS: Mapping[str, Callable[..., int]] = {f"at_{name}": test for name, test in _TESTS.items()} | {
    f"maybe_{name}": lambda *given, test=test: test(*given) % OUTSIDE for name, test in _TESTS.items()
}
"""Tests by the function that code calls; ``maybe_``: under a ``where``, which may not choose what is undefined."""
SINGULAR = frozenset(
    ("log", "log2", "log10", "log1p", "pow", "div", "tan", "sec", "csc", "cot", "csch", "coth", "atanh", "gamma")
)
"""Functions that can be infinite."""
STEPS = frozenset(("floor", "ceil", "round", "trunc", "mod"))
"""Functions that jump where something is whole: seen on both sides, not where a wave is 0 to the last digit."""
WORST = "worst"
"""The reduction of a test over the rows of data."""


@bounded(64, megabytes=16)
def sites(root: Node, columns: tuple[str, ...] = (), names: tuple[str, ...] = ("x", "y")) -> tuple[Call, ...]:
    """Return the tests of ``root``: calls of ``FUNCTIONS``, under ``WORST`` where they read the ``columns``."""
    chosen = {
        part
        for node in walk((root,))
        if isinstance(node, Call) and node.function == "where"
        for part in walk(node.arguments[1:])
    }
    found = []
    for node in walk((root,)):
        if isinstance(node, Call) and node.function in _TESTS and not _is_harmless(node, names):
            test = Call(("maybe_" if node in chosen else "at_") + node.function, node.arguments)
            found.append(Call(WORST, (test,)) if reads_row(node, columns) else test)
    return tuple(found)


def _is_harmless(node: Call, names: Sequence[str]) -> bool:
    """Tell whether nothing can happen at ``node``: what decides does not depend on the point, or is a whole power."""
    if node.function == "div":
        return free_names(node.arguments[1]).isdisjoint(names)
    if node.function == "pow" and isinstance(node.arguments[1], Number):
        exponent = node.arguments[1].value
        return exponent >= 0 and exponent.is_integer()
    return free_names(*node.arguments).isdisjoint(names)


def reads_row(node: Node, columns: Sequence[str]) -> bool:
    """Tell whether ``node`` differs from row to row: it reads a column outside of ``mean`` and ``sum``."""
    stack: list[Node] = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, Call):
            if part.function not in REDUCTIONS:
                stack.extend(part.arguments)
        elif not isinstance(part, Number) and part.id in columns:
            return True
    return False


def boundary(test: Node) -> Node | None:
    """Return the tree whose zeros are where the function of a test is not smooth; None where those are not lines."""
    inner = test.arguments[0] if isinstance(test, Call) and test.function == WORST else test
    if not isinstance(inner, Call):
        return None
    name, (first, *rest) = inner.function.partition("_")[2], inner.arguments
    if name == "where":
        compared = isinstance(first, Call) and first.function in COMPARISONS
        return call("sub", *first.arguments) if compared and isinstance(first, Call) else first
    make = _BOUNDARIES.get(name)
    return make(first, *rest) if make else None


def is_by_row(test: Node) -> bool:
    """Tell whether a test of :func:`sites` is made for every row of the data."""
    return isinstance(test, Call) and test.function == WORST


def function_of(test: Node) -> str:
    """Return the function of the formula that a test of :func:`sites` is about."""
    inner = test.arguments[0] if isinstance(test, Call) and test.function == WORST else test
    return inner.function.partition("_")[2] if isinstance(inner, Call) else ""


def _wave(u: Node) -> Node:
    """Return a tree that is 0 where ``u`` is whole."""
    return call("sin", call("mul", Number(math.pi), u))


def _left_wave(u: Node) -> Node:
    """Return a tree that is 0 where ``u`` is whole and not above 0."""
    return call("where", call("lt", u, Number(0.5)), _wave(u), Number(1.0))


def _outer_wave(u: Node) -> Node:
    """Return a tree that is 0 where ``u`` is whole and not 0."""
    size = call("abs", u)
    return call("where", call("lt", size, Number(0.5)), Number(1.0), _wave(size))


_BOUNDARIES: Mapping[str, Callable[..., Node]] = {
    **dict.fromkeys(("abs", "relu", "sign", "cbrt", "sqrt", "log", "log2", "log10", "csch", "coth"), lambda u: u),
    "pow": lambda u, _: u, "div": lambda _, u: u, "atan2": lambda u, _: u,
    **dict.fromkeys(("min", "max"), lambda a, b: call("sub", a, b)),
    **dict.fromkeys(("floor", "ceil"), _wave), "mod": lambda a, b: _wave(call("div", a, b)),
    **dict.fromkeys(("asin", "acos", "atanh"), lambda u: call("sub", Number(1.0), call("mul", u, u))),
    **dict.fromkeys(("tan", "sec"), lambda u: call("cos", u)),
    **dict.fromkeys(("csc", "cot"), lambda u: call("sin", u)), "norm": lambda a, b: call("norm", a, b),
    "log1p": lambda u: call("add", u, Number(1.0)), "acosh": lambda u: call("sub", u, Number(1.0)),
    "gamma": _left_wave, "round": lambda u: _wave(call("sub", u, Number(0.5))), "trunc": _outer_wave,
}  # fmt: skip
