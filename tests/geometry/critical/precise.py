"""A surface in 120 digits, by its own meaning of each function: values, derivatives by differences, Newton's method.

It shares the tree with the program and nothing else: no derivative, kernel or enclosure of it.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeAlias

from flint import arb, ctx, fmpz

from landscape.catalogue.surfaces import Surface
from landscape.formula.tree import REDUCTIONS, Call, Name, Node, Number, walk

BITS = 400
_STEP = arb(2) ** -130
"""Of the differences, as a part of the domain's size: their error is its square."""
_SETTLED = arb(2) ** -220
_STEPS = 40
Value: TypeAlias = Callable[[Any, Any], Any]
Place: TypeAlias = tuple[Any, Any]


class Zero(NamedTuple):
    """A zero of the gradient."""

    x: float
    y: float
    kind: str
    place: Place
    """With many digits."""


@contextmanager
def many_digits() -> Iterator[None]:
    """Compute with ``BITS`` meanwhile."""
    before = ctx.prec
    ctx.prec = BITS
    try:
        yield
    finally:
        ctx.prec = before


def _power(base: Any, exponent: Any) -> Any:
    if exponent.is_exact() and exponent.is_integer() and abs(exponent) < 2**20:
        whole = int(float(exponent))
        return _whole_power(base, whole) if whole >= 0 else 1 / _whole_power(base, -whole)
    if base == 0:
        return arb(0) if exponent > 0 else arb("nan")
    return base**exponent if base > 0 else arb("nan")


def _whole_power(base: Any, exponent: int) -> Any:
    """Return the power by multiplication: flint's own has none of a ball that holds 0."""
    product = arb(1)
    for bit in f"{exponent:b}":
        product = product * product * (base if bit == "1" else 1)
    return product


def _cbrt(value: Any) -> Any:
    return value if value == 0 else (abs(value) ** (arb(1) / 3)) * value.sgn()


def _softplus(value: Any) -> Any:
    return (1 + value.exp()).log() if value < 0 else value + (1 + (-value).exp()).log()


def _trunc(value: Any) -> Any:
    return value.floor() if value > 0 else value.ceil()


def _round(value: Any) -> Any:
    low = value.floor()
    rest = value - low
    if rest == arb(0.5):
        return low if int(low.unique_fmpz() or fmpz(0)) % 2 == 0 else low + 1
    return low if rest < 0.5 else low + 1


MEANING: Mapping[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
    "neg": lambda a: -a, "pow": _power, "sqrt": lambda a: a.sqrt(), "cbrt": _cbrt, "exp": lambda a: a.exp(),
    "log": lambda a: a.log(), "log10": lambda a: a.log() / arb(10).log(), "sin": lambda a: a.sin(),
    "cos": lambda a: a.cos(), "tan": lambda a: a.tan(), "asin": lambda a: a.asin(), "acos": lambda a: a.acos(),
    "atan": lambda a: a.atan(), "sinh": lambda a: a.sinh(), "cosh": lambda a: a.cosh(), "tanh": lambda a: a.tanh(),
    "sigmoid": lambda a: 1 / (1 + (-a).exp()), "relu": lambda a: a if a > 0 else arb(0), "softplus": _softplus,
    "abs": abs, "sign": lambda a: a.sgn(), "floor": lambda a: a.floor(), "ceil": lambda a: a.ceil(),
    "atan2": lambda a, b: arb.atan2(a, b), "min": lambda a, b: a if a < b else b, "max": lambda a, b: a if a > b else b,
    "mod": lambda a, b: a - b * (a / b).floor(), "norm": lambda a, b: (a * a + b * b).sqrt(),
    "hypot": lambda a, b: (a * a + b * b).sqrt(), "where": lambda c, a, b: a if c else b,
    "round": _round, "trunc": _trunc, "erf": lambda a: a.erf(), "gamma": lambda a: a.gamma(),
    "expm1": lambda a: a.expm1(), "log1p": lambda a: a.log1p(), "log2": lambda a: a.log() / arb(2).log(),
    "sec": lambda a: 1 / a.cos(), "csc": lambda a: 1 / a.sin(), "cot": lambda a: a.cos() / a.sin(),
    "sech": lambda a: 1 / a.cosh(), "csch": lambda a: 1 / a.sinh(), "coth": lambda a: a.cosh() / a.sinh(),
    "asinh": lambda a: a.asinh(), "acosh": lambda a: a.acosh(), "atanh": lambda a: a.atanh(),
    "erfc": lambda a: a.erfc(),
    "lt": lambda a, b: a < b, "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b,
}  # fmt: skip


def value_of(surface: Surface) -> Value:
    """Return the surface as a function of two numbers of flint; to be called within :func:`many_digits`."""
    order = tuple(walk((surface.tree,)))
    names = dict(zip(surface.parameter_names, map(arb, surface.kernel_values), strict=True))
    columns = {name: tuple(map(arb, column)) for name, column in surface.data}
    rows = max(surface.rows, 1)

    def value(x: Any, y: Any) -> Any:
        known = {"x": x, "y": y, **names}
        made: dict[Node, Any] = {}
        for node in order:
            made[node] = _made(node, made, known, columns, rows)
        answer = made[order[-1]]
        return _plain(answer[0] if isinstance(answer, tuple) else answer)

    return value


def _made(node: Node, made: dict[Node, Any], known: dict[str, Any], columns: dict[str, Any], rows: int) -> Any:
    """Return the value of a part: a number, or a tuple of one for each row."""
    if isinstance(node, Number):
        return arb(node.value)
    if isinstance(node, Name):
        return columns[node.id] if node.id in columns else known[node.id]
    arguments = [made[argument] for argument in node.arguments]
    if isinstance(node, Call) and node.function in REDUCTIONS:
        [inner] = arguments
        total = sum(map(_plain, inner), arb(0)) if isinstance(inner, tuple) else _plain(inner) * rows
        return total / rows if node.function == "mean" else total
    meaning = MEANING[node.function]
    if any(isinstance(argument, tuple) for argument in arguments):
        every = [argument if isinstance(argument, tuple) else (argument,) * rows for argument in arguments]
        return tuple(meaning(*row) for row in zip(*every, strict=True))
    return meaning(*arguments)


def _plain(value: Any) -> Any:
    return arb(int(value)) if isinstance(value, bool) else value


def derivatives(value: Value, x: Any, y: Any, size: Place) -> tuple[Place, tuple[Any, Any, Any]]:
    """Return the gradient and the second derivatives xx, xy, yy, by differences."""
    h, k = size[0] * _STEP, size[1] * _STEP
    at = {(i, j): value(x + i * h, y + j * k) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    slope = ((at[1, 0] - at[-1, 0]) / (2 * h), (at[0, 1] - at[0, -1]) / (2 * k))
    xx = (at[1, 0] - 2 * at[0, 0] + at[-1, 0]) / (h * h)
    yy = (at[0, 1] - 2 * at[0, 0] + at[0, -1]) / (k * k)
    xy = (at[1, 1] - at[1, -1] - at[-1, 1] + at[-1, -1]) / (4 * h * k)
    return tuple(part.mid() for part in slope), tuple(part.mid() for part in (xx, xy, yy))  # type: ignore[return-value]


def refined(
    value: Value,
    x: float,
    y: float,
    size: tuple[float, float],
    singular: float = 2.0**-80,
    roughly: float = 0.0,
) -> "Zero | None":
    """Return the zero of the gradient that Newton's method finds near (x, y), and its kind; None where it finds none.

    The kind is ``degenerate`` where the Hessian is singular: then it is a point of a curve or region of zeros. Where
    one eigenvalue is less than ``singular`` of the other, steps are made along the other's direction alone. Where the
    steps come to no end, a slope of ``roughly`` of the second derivatives is taken for none.
    """
    with many_digits():
        scale = (arb(size[0]), arb(size[1]))
        place = (arb(x), arb(y))
        for _ in range(3 * _STEPS if roughly else _STEPS):
            slope, curvature = derivatives(value, *place, scale)
            if not all(part.is_finite() for part in (*slope, *curvature)):
                return None
            # In units of the domain, in which both directions are alike.
            u, v = slope[0] * scale[0], slope[1] * scale[1]
            second = (curvature[0] * scale[0] ** 2, curvature[1] * scale[0] * scale[1], curvature[2] * scale[1] ** 2)
            largest = max(*map(abs, second))
            if max(abs(u), abs(v)) <= largest * _SETTLED:
                kind = "degenerate" if _vanishes(value, place, scale, curvature) else _kind(second)
                return Zero(float(place[0]), float(place[1]), kind, place)
            step = _step(second, u, v, singular)
            if step is None or max(abs(step[0]), abs(step[1])) > 1:
                return None
            place = ((place[0] - step[0] * scale[0]).mid(), (place[1] - step[1] * scale[1]).mid())
        near = max(abs(u), abs(v)) <= largest * roughly
        return Zero(float(place[0]), float(place[1]), "degenerate", place) if near else None


def _vanishes(value: Value, place: Place, scale: Place, curvature: tuple[Any, Any, Any]) -> bool:
    """Tell whether the second derivatives are 0: what remains is the error of the differences, four times as large
    for steps twice as long.
    """
    _, wider = derivatives(value, *place, (2 * scale[0], 2 * scale[1]))
    return bool(max(*map(abs, wider)) > 2 * max(*map(abs, curvature)))


def _step(second: tuple[Any, Any, Any], u: Any, v: Any, singular: float) -> Place | None:
    """Return Newton's step, or where the Hessian is all but singular, that across the curve of zeros."""
    xx, xy, yy = second
    determinant, largest = xx * yy - xy * xy, max(*map(abs, second))
    if abs(determinant) > largest**2 * singular:
        return (yy * u - xy * v) / determinant, (xx * v - xy * u) / determinant
    trace = xx + yy
    if abs(trace) <= largest * singular:
        return None
    # The eigenvector of the larger eigenvalue, all but the trace.
    a, b = (xx, xy) if abs(xx) > abs(yy) else (xy, yy)
    along = (a * u + b * v) / ((a * a + b * b) * trace)
    return along * a, along * b


def _kind(second: tuple[Any, Any, Any]) -> str:
    xx, xy, yy = second
    determinant, largest = xx * yy - xy * xy, max(*map(abs, second))
    if abs(determinant) <= largest**2 * arb(2) ** -100:
        return "degenerate"
    return "saddle" if determinant < 0 else "minimum" if xx > 0 else "maximum"


def holds_minimum(
    value: Value, x: float, y: float, half: tuple[float, float], samples: int = 64, edges: bool = False
) -> bool:
    """Tell whether the surface is lower at (x, y) than all around the rectangle of these half sides about it.

    Then there is a local minimum inside, or the surface is not continuous there. Around it the surface is looked at
    in ``samples`` points, and between those beside the lowest one as closely as numbers allow.
    """
    with many_digits():
        middle = value(arb(x), arb(y))

        def above(t: float) -> Any:
            u, v = _around(t)
            height = value(arb(x) + arb(half[0]) * u, arb(y) + arb(half[1]) * v) - middle
            return height if height.is_finite() or not edges else arb(1)

        heights = [above(index / samples) for index in range(samples)]
        if not all(height.is_finite() and height > 0 for height in heights):
            return False
        lowest = sorted(range(samples), key=lambda index: float(heights[index]))[:4]
        return all(_lowest(above, (index - 1) / samples, (index + 1) / samples) > 0 for index in lowest)


def _around(t: float) -> tuple[float, float]:
    """Return the place of a point of the square's border, t from 0 to 1."""
    side, along = divmod(4 * (t % 1.0), 1.0)
    return ((2 * along - 1, -1.0), (1.0, 2 * along - 1), (1 - 2 * along, 1.0), (-1.0, 1 - 2 * along))[int(side) % 4]


def _lowest(height: Callable[[float], Any], first: float, last: float) -> Any:
    """Return about the lowest value between two places, by golden section."""
    part = (math.sqrt(5) - 1) / 2
    low = arb("inf")
    for _ in range(60):
        inner = (last - part * (last - first), first + part * (last - first))
        values = [height(t) for t in inner]
        if not all(value.is_finite() for value in values):
            return arb("-inf")
        low = min(low, *values)
        first, last = (first, inner[1]) if values[0] < values[1] else (inner[0], last)
    return low
