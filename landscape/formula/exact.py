"""Exact constants: trees in which numbers are put together only where the result is the very number."""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction

from landscape.formula.tree import REDUCTIONS, Call, Node, Number, call

_EXACT: Mapping[str, Callable[..., Fraction]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "neg": operator.neg,
}  # fmt: skip


def exact_call(function: str, *arguments: Node) -> Node:
    """Return ``function`` applied to ``arguments``, simplified as :func:`tree.call` does, without any rounding."""
    constant = all(isinstance(argument, Number) for argument in arguments) and function not in REDUCTIONS
    if constant and not _is_exact(function, arguments):
        return Call(function, arguments)
    return call(function, *arguments)


def _is_exact(function: str, arguments: tuple[Node, ...]) -> bool:
    """Tell whether a function of constants is the number to which it is folded."""
    values = [argument.value for argument in arguments if isinstance(argument, Number)]
    exact, folded = _EXACT.get(function), call(function, *arguments)
    if exact is None or not isinstance(folded, Number) or (function == "div" and values[1] == 0.0):
        return False
    return exact(*map(Fraction, values)) == Fraction(folded.value)
