"""Interval extensions of the functions of the language: every result holds all values that the function takes there.

A ball is python-flint's ``arb``, a midpoint and a radius; its arithmetic rounds outwards (Johansson 2017, "Arb:
efficient arbitrary-precision midpoint-radius interval arithmetic"). A ball that is not finite (``NaN``, ``[+/- inf]``)
means "could be anything"; comparisons with it are never decided. Where a function is undefined on part of its
argument, the result holds the values on the rest.
"""

from collections.abc import Callable, Mapping

from flint import arb

from landscape.formula.special import recurrence_factor, reflected

ZERO, ONE, TWO, MINUS_ONE = arb(0), arb(1), arb(2), arb(-1)
UNIT = arb(0, 1)
ANYTHING = arb(0, float("inf"))
UNDEFINED = arb("nan")
_WIDE = arb(0.1)
_FOUR, _MINUS_FOUR, _HALF, _QUARTER = arb(4), arb(-4), arb(0.5), arb(0.25)
_STEEP, _LOOSE = 4, 0.1
"""From this power on, and from this relative radius of the result on, a power is computed by its ends."""
_WHOLE = 1_000_000
"""Whole powers up to this are products."""


def ends(f: Callable[[arb], arb], x: arb) -> arb:
    """Return the enclosure of a monotone function: what lies between its values at the ends."""
    return f(x.lower()).union(f(x.upper()))


def square(x: arb) -> arb:
    """Return x², which is not negative."""
    product = x * x
    return product if product > ZERO else product.nonnegative_part()


def whole_power(x: arb, exponent: int) -> arb:
    """Return ``x**exponent`` by products: arb's own power of a ball around 0 goes through the logarithm and fails."""
    if exponent < 0:
        return ONE / whole_power(x, -exponent)
    if exponent >= _STEEP and exponent * float(x.rad()) > _LOOSE * abs(float(x.mid())):
        return _wide_power(x, exponent)
    return _product(x, exponent)


def _product(x: arb, exponent: int) -> arb:
    if exponent < 2:
        return x if exponent else ONE
    result = square(_product(x, exponent // 2))
    return result * x if exponent % 2 else result


def _wide_power(x: arb, exponent: int) -> arb:
    """Return the same by its ends: products of a ball with itself lose the lower one."""
    low, high = _product(x.lower(), exponent), _product(x.upper(), exponent)
    if exponent % 2 or x > 0 or x < 0:
        return low.union(high)
    return ZERO.union(low.max(high)).nonnegative_part()


def power(x: arb, exponent: arb) -> arb:
    """Return ``x**exponent``; whole exponents for every x, others for x >= 0 only."""
    if exponent.is_integer() and abs(exponent) <= _WHOLE:
        return whole_power(x, int(exponent.unique_fmpz()))
    if x > 0:
        return (exponent * x.log()).exp()
    if x < 0 and exponent.is_exact():
        return UNDEFINED
    if not (exponent > 0 and exponent.is_exact() and x.is_finite()):
        return ANYTHING
    top = x.upper()
    return ZERO.union((exponent * top.log()).exp()) if top > 0 else ZERO


def sqrt(x: arb) -> arb:
    """Return the root of what is not negative in x."""
    if x > 0:
        return x.sqrt()
    if not x.is_finite():
        return ANYTHING
    top = x.upper()
    return ZERO.union(top.sqrt()) if top >= 0 else UNDEFINED


def _positive_cbrt(x: arb) -> arb:
    return x.root(3) if x > 0 else ZERO


def cbrt(x: arb) -> arb:
    """Return the real cube root, of either sign."""
    if x > 0:
        return x.root(3)
    if x < 0:
        return -(-x).root(3)
    return (-_positive_cbrt(-x.lower())).union(_positive_cbrt(x.upper())) if x.is_finite() else ANYTHING


def log(x: arb) -> arb:
    """Return the logarithm; unbounded where x reaches 0."""
    if x > 0:
        return x.log()
    return UNDEFINED if x <= 0 else ANYTHING


def log10(x: arb) -> arb:
    """Return the logarithm to base 10."""
    return log(x) / arb.const_log10()


def tanh(x: arb) -> arb:
    """Return tanh; by its ends where arb's own formula would lose the bounds."""
    return ends(arb.tanh, x) if x.rad() > _WIDE else x.tanh()


def _point_sigmoid(x: arb) -> arb:
    return ONE / (ONE + (-x).exp())


def sigmoid(x: arb) -> arb:
    """Return 1/(1 + e^-x)."""
    return ends(_point_sigmoid, x) if x.rad() > _FOUR else ONE / (ONE + (-x).exp())


def _point_softplus(x: arb) -> arb:
    return x.exp().log1p() if x < 0 else x + (-x).exp().log1p()


def softplus(x: arb) -> arb:
    """Return log(1 + e^x)."""
    return ends(_point_softplus, x) if x.rad() > _WIDE else _point_softplus(x)


def sinh(x: arb) -> arb:
    """Return sinh; by its ends where arb's own formula would lose the bounds."""
    return ends(arb.sinh, x) if x.rad() > _WIDE else x.sinh()


def cosh(x: arb) -> arb:
    """Return cosh; by its ends where arb's own formula would lose the bounds."""
    return ends(arb.cosh, magnitude(x)) if x.rad() > _WIDE else x.cosh()


def _monotone(f: Callable[[arb], arb]) -> Callable[[arb], arb]:
    """Return the enclosure of a function that rises or falls everywhere: by its ends where arb's own is loose."""
    return lambda x: ends(f, x) if x.rad() > _WIDE else f(x)


def sec(x: arb) -> arb:
    """Return 1/cos(x)."""
    return ONE / x.cos()


def csc(x: arb) -> arb:
    """Return 1/sin(x)."""
    return ONE / x.sin()


def cot(x: arb) -> arb:
    """Return cos(x)/sin(x), which falls from each pole to the next."""
    poles = csc(x)
    return ends(arb.cot, x) if poles.is_finite() else ANYTHING


def sech(x: arb) -> arb:
    """Return 1/cosh(x)."""
    return ONE / cosh(x)


def csch(x: arb) -> arb:
    """Return 1/sinh(x)."""
    return ONE / sinh(x)


def coth(x: arb) -> arb:
    """Return 1/tanh(x)."""
    return ONE / tanh(x)


def acosh(x: arb) -> arb:
    """Return acosh of what is not below 1."""
    if x < ONE:
        return UNDEFINED
    return arb.acosh(x.lower().max(ONE)).union(arb.acosh(x.upper().max(ONE))) if x.is_finite() else ANYTHING


def atanh(x: arb) -> arb:
    """Return atanh of what lies between -1 and 1; unbounded where x reaches one of them."""
    if x >= ONE or x <= -ONE:
        return UNDEFINED
    return ends(arb.atanh, x) if x < ONE and x > -ONE else ANYTHING


def gauss(x: arb) -> arb:
    """Return 2/sqrt(pi) e^(-x²)."""
    return TWO / arb.const_sqrt_pi() * (-square(x)).exp()


def log2(x: arb) -> arb:
    """Return the logarithm to base 2."""
    return log(x) / arb.const_log2()


def log1p(x: arb) -> arb:
    """Return log(1 + x); unbounded where x reaches -1."""
    if x > -ONE:
        return x.log1p()
    return UNDEFINED if x <= -ONE else ANYTHING


def nearest(x: arb) -> arb:
    """Return the nearest whole number, of two as near either."""
    return (x - _HALF).ceil().union((x + _HALF).floor()) if x.is_finite() else ANYTHING


def trunc(x: arb) -> arb:
    """Return x without what is behind the point."""
    if x >= 0:
        return x.floor()
    if x <= 0 or not x.is_finite():
        return x.ceil()
    return x.lower().ceil().union(x.upper().floor())


_LOWEST_GAMMA = arb("1.46163214496836234 +/- 1e-17"), arb("0.88560319441088870 +/- 1e-17")
"""Where the gamma function has its minimum to the right of 0, and its value there (OEIS A030169, A030171)."""


def _positive_gamma(x: arb) -> arb:
    where, value = _LOWEST_GAMMA
    sides = ends(arb.gamma, x)
    return sides if x > where or x < where else sides.union(value)


def gamma(x: arb) -> arb:
    """Return the gamma function; to the left of 0 by reflection, unbounded where x reaches a pole."""
    if x > 0:
        return _positive_gamma(x)
    if not x.is_finite() or x.contains_integer():
        return UNDEFINED if x.is_integer() else ANYTHING
    return arb.pi() / (x.sin_pi() * _positive_gamma(ONE - x))


def _positive_polygamma(order: int, x: arb) -> arb:
    def at(end: arb) -> arb:
        return arb(recurrence_factor(order)) * arb(order + 1).zeta(end) if order else end.digamma()

    return ends(at, x)


def polygamma(order: arb, x: arb) -> arb:
    """Return the polygamma function of a whole order, which rises or falls to the right of 0; else by reflection."""
    n = int(order.unique_fmpz())
    if x > 0:
        return _positive_polygamma(n, x)
    if not x.is_finite() or x.contains_integer():
        return UNDEFINED if x.is_integer() else ANYTHING
    mirrored = _positive_polygamma(n, ONE - x)
    return (-mirrored if n % 2 else mirrored) - _cotangent_slope(n, ends(arb.cot_pi, x))


def _cotangent_slope(order: int, cotangent: arb) -> arb:
    """Return the derivative of pi cot(pi x): a polynomial of the cotangent, even or odd, by Horner's rule."""
    result = ZERO
    for term in reversed(reflected(order)[(order + 1) % 2 :: 2]):
        result = result * square(cotangent) + term
    return (result if order % 2 else result * cotangent) * arb.pi() ** (order + 1)


def sech2(x: arb, tanh_x: arb) -> arb:
    """Return 1 - tanh(x)²; far out without the cancellation that makes it 0 from x = 19 on."""
    if x > TWO or x < -TWO:
        return _FOUR * _tail((x + x) if x < 0 else -(x + x))
    return ONE - square(tanh_x)


def _tail(x: arb) -> arb:
    """Return sigmoid(x)*(1 - sigmoid(x)) for x < 0."""
    small = x.exp()
    return small / square(ONE + small)


def bell(x: arb, sigmoid_x: arb) -> arb:
    """Return s*(1 - s) for s = sigmoid(x), without the cancellation far out."""
    if x > _FOUR or x < _MINUS_FOUR:
        return _tail(x if x < 0 else -x)
    return _QUARTER - square(sigmoid_x - _HALF)


def magnitude(x: arb) -> arb:
    """Return abs(x), never negative."""
    if x > 0:
        return x
    return -x if x < 0 else abs(x).nonnegative_part()


def sign(x: arb) -> arb:
    """Return -1, 0 or 1, or all between where x is not decided."""
    if x > ZERO:
        return ONE
    if x < ZERO:
        return MINUS_ONE
    return ZERO if x.is_zero() else UNIT


def relu(x: arb) -> arb:
    """Return max(x, 0)."""
    return x if x > 0 else x.nonnegative_part()


def _clipped(x: arb) -> arb:
    return x.max(-ONE).min(ONE)


def asin(x: arb) -> arb:
    """Return asin of what lies in [-1, 1]."""
    if x > 1 or x < -1:
        return UNDEFINED
    return arb.asin(_clipped(x.lower())).union(arb.asin(_clipped(x.upper()))) if x.is_finite() else ANYTHING


def acos(x: arb) -> arb:
    """Return acos of what lies in [-1, 1]."""
    return arb.pi() / TWO - asin(x)


def norm(a: arb, b: arb) -> arb:
    """Return sqrt(a² + b²)."""
    return sqrt(square(a) + square(b))


def cosine(a: arb, norm_ab: arb) -> arb:
    """Return a/sqrt(a² + b²), which is between -1 and 1; all between where both may be 0."""
    return _clipped(a / norm_ab) if norm_ab > 0 else UNIT


def mod(a: arb, b: arb) -> arb:
    """Return a - floor(a/b)*b, with the sign of b."""
    count = (a / b).floor()
    if count.is_exact() and count.is_finite():
        return a - count * b
    return ZERO.union(b)


def less(a: arb, b: arb) -> bool | None:
    """Tell whether a < b for all values, for none (False), or not the same for all (None)."""
    return True if a < b else False if a >= b else None


def less_equal(a: arb, b: arb) -> bool | None:
    """Tell whether a <= b, as :func:`less` does."""
    return True if a <= b else False if a > b else None


def equal(a: arb, b: arb) -> bool | None:
    """Tell whether a == b, as :func:`less` does."""
    return True if a == b else False if a != b else None


def unequal(a: arb, b: arb) -> bool | None:
    """Tell whether a != b, as :func:`less` does."""
    return True if a != b else False if a == b else None


def truth(x: "arb | bool | None") -> bool | None:
    """Tell whether a condition holds: a comparison's own answer, or a number that is not 0."""
    return unequal(x, ZERO) if isinstance(x, arb) else x


def as_number(condition: bool | None) -> arb:
    """Return a comparison as 1, 0, or all between."""
    return ZERO.union(ONE) if condition is None else ONE if condition else ZERO


def where(condition: bool | None, a: arb, b: arb) -> arb:
    """Return the chosen branch, or both where the condition is not decided."""
    return a.union(b) if condition is None else a if condition else b


FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "power": power, "whole_power": whole_power, "square": square, "sqrt": sqrt, "cbrt": cbrt, "log": log,
    "log10": log10, "tanh": tanh, "sigmoid": sigmoid, "softplus": softplus, "sech2": sech2, "bell": bell,
    "abs": magnitude, "sign": sign, "relu": relu, "asin": asin, "acos": acos, "norm": norm, "cosine": cosine,
    "mod": mod,
    "where": where, "lt": less, "le": less_equal, "gt": lambda a, b: less(b, a), "ge": lambda a, b: less_equal(b, a),
    "eq": equal, "ne": unequal, "truth": truth, "as_number": as_number,
    "exp": arb.exp, "expm1": _monotone(arb.expm1), "log1p": log1p, "log2": log2,
    "sin": arb.sin, "cos": arb.cos, "tan": arb.tan, "atan": arb.atan, "sec": sec, "csc": csc, "cot": cot,
    "sinh": sinh, "cosh": cosh, "sech": sech, "csch": csch, "coth": coth,
    "asinh": _monotone(arb.asinh), "acosh": acosh, "atanh": atanh,
    "erf": _monotone(arb.erf), "erfc": _monotone(arb.erfc), "gamma": gamma, "polygamma": polygamma, "gauss": gauss,
    "floor": arb.floor, "ceil": arb.ceil, "round": nearest, "trunc": trunc, "atan2": arb.atan2, "min": arb.min,
    "max": arb.max,
}  # fmt: skip
"""By the name that generated code calls them; the four operations and ``neg`` are balls' own."""
