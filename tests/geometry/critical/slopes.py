"""The slopes of a surface on a tiny square, by forward differentiation in balls: whether they may be 0 there.

A slope of 1e-180 beside one of 1 is told from 0, as by no differences.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flint import arb

from landscape.catalogue.surfaces import Surface
from landscape.formula.tree import COMPARISONS, REDUCTIONS, Call, Name, Node, Number, walk
from tests.geometry.critical.precise import MEANING, many_digits

_RADIUS = arb(2) ** -190
"""Half a side of the square, as a part of the domain."""
_SLOPES: Mapping[str, Callable[[Any, Any], Any]] = {
    "neg": lambda a, r: arb(-1), "sqrt": lambda a, r: 1 / (2 * r), "cbrt": lambda a, r: 1 / (3 * r * r),
    "exp": lambda a, r: r, "log": lambda a, r: 1 / a, "log10": lambda a, r: 1 / (a * arb(10).log()),
    "sin": lambda a, r: a.cos(), "cos": lambda a, r: -a.sin(), "tan": lambda a, r: 1 + r * r,
    "asin": lambda a, r: 1 / (1 - a * a).sqrt(), "acos": lambda a, r: -1 / (1 - a * a).sqrt(),
    "atan": lambda a, r: 1 / (1 + a * a), "sinh": lambda a, r: a.cosh(), "cosh": lambda a, r: a.sinh(),
    "tanh": lambda a, r: 1 / (a.cosh() * a.cosh()), "sigmoid": lambda a, r: r / (1 + a.exp()),
    "relu": lambda a, r: arb(1) if a > 0 else arb(0), "softplus": lambda a, r: 1 / (1 + (-a).exp()),
    "abs": lambda a, r: a.sgn(), "erf": lambda a, r: 2 * (-a * a).exp() / arb.pi().sqrt(),
    "gamma": lambda a, r: r * a.digamma(),
    "expm1": lambda a, r: a.exp(), "log1p": lambda a, r: 1 / (1 + a), "log2": lambda a, r: 1 / (a * arb(2).log()),
    "sec": lambda a, r: a.sin() / a.cos() ** 2, "csc": lambda a, r: -a.cos() / a.sin() ** 2,
    "cot": lambda a, r: -1 / a.sin() ** 2, "sech": lambda a, r: -a.sinh() / a.cosh() ** 2,
    "csch": lambda a, r: -a.cosh() / a.sinh() ** 2, "coth": lambda a, r: -1 / a.sinh() ** 2,
    "asinh": lambda a, r: 1 / (1 + a * a).sqrt(), "acosh": lambda a, r: 1 / (a * a - 1).sqrt(),
    "atanh": lambda a, r: 1 / (1 - a * a), "erfc": lambda a, r: -2 * (-a * a).exp() / arb.pi().sqrt(),
    **dict.fromkeys(("sign", "floor", "ceil", "round", "trunc"), lambda a, r: arb(0)),
}  # fmt: skip
_PARTIAL: Mapping[str, Callable[[Any, Any, Any], tuple[Any, Any]]] = {
    "add": lambda a, b, r: (arb(1), arb(1)), "sub": lambda a, b, r: (arb(1), arb(-1)), "mul": lambda a, b, r: (b, a),
    "div": lambda a, b, r: (1 / b, -a / (b * b)), "norm": lambda a, b, r: (a / r, b / r),
    "hypot": lambda a, b, r: (a / r, b / r), "atan2": lambda a, b, r: (b / (a * a + b * b), -a / (a * a + b * b)),
    "mod": lambda a, b, r: (arb(1), -(a / b).floor()),
    "min": lambda a, b, r: (arb(int(a < b)), arb(int(not a < b))),
    "max": lambda a, b, r: (arb(int(a > b)), arb(int(not a > b))),
    "pow": lambda a, b, r: (b * MEANING["pow"](a, b - 1), r * a.log()),
}  # fmt: skip


def may_vanish(surface: Surface, place: tuple[Any, Any], size: tuple[float, float]) -> bool:
    """Tell whether both slopes may be 0 within a tiny square about a place; without data only, else yes."""
    if surface.data:
        return True
    with many_digits():
        x = _Part(arb(place[0]) + arb(0, 1) * size[0] * _RADIUS, arb(1), arb(0))
        y = _Part(arb(place[1]) + arb(0, 1) * size[1] * _RADIUS, arb(0), arb(1))
        known = {"x": x, "y": y}
        values = dict(zip(surface.parameter_names, map(arb, surface.kernel_values), strict=True))
        made: dict[Node, Any] = {}
        for node in (order := tuple(walk((surface.tree,)))):
            if isinstance(node, Number):
                made[node] = _Part(arb(node.value), arb(0), arb(0))
            elif isinstance(node, Name):
                made[node] = known.get(node.id) or _Part(values[node.id], arb(0), arb(0))
            else:
                made[node] = _made(node, [made[argument] for argument in node.arguments])
        found = made[order[-1]]
        return bool(found.value.is_finite()) and all(part.contains(0) for part in (found.by_x, found.by_y))


class _Part:
    """A value and its slopes."""

    def __init__(self, value: Any, by_x: Any, by_y: Any) -> None:
        self.value, self.by_x, self.by_y = value, by_x, by_y


def _made(node: Call, parts: list[Any]) -> Any:
    if node.function in REDUCTIONS:
        return parts[0]
    if node.function == "where":
        return parts[1] if parts[0] else parts[2]
    values = [part.value for part in parts]
    result = MEANING[node.function](*values)
    if node.function in COMPARISONS:
        return result
    if len(parts) == 1:
        slopes: tuple[Any, ...] = (_SLOPES[node.function](values[0], result),)
    else:
        slopes = _PARTIAL[node.function](*values, result)
    return _Part(result, _total(slopes, [part.by_x for part in parts]), _total(slopes, [part.by_y for part in parts]))


def _total(slopes: tuple[Any, ...], inner: list[Any]) -> Any:
    """Return the sum of the products; what does not change counts for nothing, whatever its slope."""
    return sum((slope * part for slope, part in zip(slopes, inner, strict=True) if not part.is_zero()), arb(0))
