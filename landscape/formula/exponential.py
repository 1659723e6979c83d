"""e^x and log(1 + x) for several numbers side by side, where the C library has them for one number only.

The exponential is what surfaces with data spend their time on: a grid of 512 by 512 points over a dozen rows asks for
three million of them. Written out, a loop of them is computed in wide registers in a fifth of the time.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llvmlite.ir import IRBuilder, Value
    from numba.core.base import BaseContext
    from numba.core.types import Type
    from numba.core.typing import Context, Signature

    from landscape.formula.words import Word

_ROUNDER = 1.5 * 2.0**52
"""Added to a small number it leaves the nearest whole number in the lowest bits."""
_ROUNDER_BITS = 0x4338000000000000
_LN2_HIGH = float.fromhex("0x1.62e42fee00000p-1")
_LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
"""ln 2 in two parts, of which the first has room for an exact product with any exponent (Cody & Waite 1980)."""
_EXP_TERMS = [1.0 / math.factorial(n) for n in range(14)]
_ATANH_TERMS = [2.0 / (2 * n + 1) for n in range(17)]


def wide_exp(_: "Context", _x: "Type") -> "Word":
    """``wide_exp(x)``: e^x within 2 units in the last place; 0, infinity and NaN where they are due.

    ``x = k ln 2 + r`` with whole k and ``|r| <= ln 2 / 2``; then ``e^x = 2^k e^r``, with Taylor's polynomial of degree
    13 for ``e^r``, whose error is below 4e-18. 2^k is multiplied on in two steps: it may itself be too large or small.
    """
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        [x] = given
        for order, bound in ((">", 720.0), ("<", -760.0)):
            x = builder.select(builder.fcmp_ordered(order, x, _real(bound)), _real(bound), x)
        lifted = builder.fadd(builder.fmul(x, _real(1.0 / math.log(2.0))), _real(_ROUNDER))
        k = builder.fsub(lifted, _real(_ROUNDER))
        rest = builder.fsub(x, builder.fmul(k, _real(_LN2_HIGH)))
        rest = builder.fsub(rest, builder.fmul(k, _real(_LN2_LOW)))
        whole = builder.sub(builder.bitcast(lifted, _whole(0).type), _whole(_ROUNDER_BITS))
        half = builder.ashr(whole, _whole(1))
        result = _polynomial(builder, _EXP_TERMS, rest)
        for exponent in (half, builder.sub(whole, half)):
            result = builder.fmul(result, _power_of_two(builder, exponent))
        return result

    return types.float64(types.float64), write


def wide_log1p(_: "Context", _x: "Type") -> "Word":
    """``wide_log1p(x)``: log(1 + x); x must lie in [0, 1] or be NaN.

    ``log(1 + x) = 2 artanh(s)`` with ``s = x/(2 + x) <= 1/3``, whose series is cut where its terms are below 1e-17.
    """
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        [x] = given
        s = builder.fdiv(x, builder.fadd(_real(2.0), x))
        return builder.fmul(s, _polynomial(builder, _ATANH_TERMS, builder.fmul(s, s)))

    return types.float64(types.float64), write


def _polynomial(builder: "IRBuilder", terms: Sequence[float], x: "Value") -> "Value":
    """Write the sum of ``terms[n] x^n`` by Horner's rule."""
    result = _real(terms[-1])
    for term in reversed(terms[:-1]):
        result = builder.fadd(builder.fmul(result, x), _real(term))
    return result


def _power_of_two(builder: "IRBuilder", exponent: "Value") -> "Value":
    """Write 2 to a whole power between -1022 and 1023, by its bits."""
    bits = builder.shl(builder.add(exponent, _whole(1023)), _whole(52))
    return builder.bitcast(bits, _real(0.0).type)


def _real(value: float) -> "Value":
    from llvmlite.ir import Constant, DoubleType

    return Constant(DoubleType(), value)


def _whole(value: int) -> "Value":
    from llvmlite.ir import Constant, IntType

    return Constant(IntType(64), value)
