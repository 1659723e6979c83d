"""e^x and log(1 + x) for several numbers side by side, where the C library has them for one number only.

The exponential is what surfaces with data spend their time on: a grid of 512 by 512 points over a dozen rows asks for
three million of them. Written out, a loop of them is computed in wide registers in a fifth of the time.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llvmlite.ir import IRBuilder, Value
    from numba.core.base import BaseContext
    from numba.core.types import Type
    from numba.core.typing import Context, Signature

    from landscape.formula.words import Word


@dataclass(frozen=True, kw_only=True)
class Format:
    """What is to be known of the numbers of so many bits."""

    bits: int
    mantissa: int
    rounder_bits: int
    """Of 1.5 times 2 to the power of ``mantissa``: added to a small number it leaves the nearest whole number in the
    lowest bits."""
    ln2_high: float
    ln2_low: float
    """ln 2 in two parts, of which the first has room for an exact product with any exponent (Cody & Waite 1980)."""
    highest: float
    lowest: float
    """Beyond these, e^x is infinite or 0."""
    terms: int

    @property
    def rounder(self) -> float:
        """1.5 times 2 to the power of ``mantissa``."""
        return 1.5 * 2.0**self.mantissa

    @property
    def bias(self) -> int:
        """Of the exponent."""
        return (1 << (self.bits - self.mantissa - 2)) - 1

    def whole(self, value: int) -> "Value":
        """Return a whole number of as many bits."""
        from llvmlite.ir import Constant, IntType

        return Constant(IntType(self.bits), value)

    def real(self, value: float) -> "Value":
        """Return a number."""
        from llvmlite.ir import Constant, DoubleType, FloatType

        return Constant(FloatType() if self.bits == 32 else DoubleType(), value)


_DOUBLE = Format(
    bits=64,
    mantissa=52,
    rounder_bits=0x4338000000000000,
    ln2_high=float.fromhex("0x1.62e42fee00000p-1"),
    ln2_low=float.fromhex("0x1.a39ef35793c76p-33"),
    highest=720.0,
    lowest=-760.0,
    terms=14,
)
_SINGLE = Format(
    bits=32,
    mantissa=23,
    rounder_bits=0x4B400000,
    ln2_high=float.fromhex("0x1.62e4000000000p-1"),
    ln2_low=float.fromhex("0x1.7f7d1c0000000p-20"),
    highest=90.0,
    lowest=-110.0,
    terms=8,
)
_ATANH_TERMS = [2.0 / (2 * n + 1) for n in range(17)]


def format_of(x: "Type") -> tuple[Format, "Type"]:
    """Return what is to be known of the numbers of a type, and the type that is computed with for them."""
    from numba import types

    return (_SINGLE, types.float32) if x == types.float32 else (_DOUBLE, types.float64)


def wide_exp(_: "Context", x: "Type") -> "Word":
    """``wide_exp(x)``: e^x within 2 units in the last place; 0, infinity and NaN where they are due.

    ``x = k ln 2 + r`` with whole k and ``|r| <= ln 2 / 2``; then ``e^x = 2^k e^r``, with Taylor's polynomial of degree
    13 for ``e^r``, whose error is below 4e-18; for numbers of four bytes of degree 7, 6e-9. 2^k is multiplied on in two
    steps: it may itself be too large or small.
    """
    form, number = format_of(x)

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return exponential(builder, form, *given)

    return number(number), write


def exponential(builder: "IRBuilder", form: Format, x: "Value") -> "Value":
    """Write e^x."""
    for order, bound in ((">", form.real(form.highest)), ("<", form.real(form.lowest))):
        x = builder.select(builder.fcmp_ordered(order, x, bound), bound, x)
    lifted = builder.fadd(builder.fmul(x, form.real(1.0 / math.log(2.0))), form.real(form.rounder))
    k = builder.fsub(lifted, form.real(form.rounder))
    rest = builder.fsub(x, builder.fmul(k, form.real(form.ln2_high)))
    rest = builder.fsub(rest, builder.fmul(k, form.real(form.ln2_low)))
    whole = builder.sub(builder.bitcast(lifted, form.whole(0).type), form.whole(form.rounder_bits))
    half = builder.ashr(whole, form.whole(1))
    result = polynomial(builder, form, [1.0 / math.factorial(n) for n in range(form.terms)], rest)
    for exponent in (half, builder.sub(whole, half)):
        result = builder.fmul(result, _power_of_two(builder, form, exponent))
    return result


def wide_log1p(_: "Context", _x: "Type") -> "Word":
    """``wide_log1p(x)``: log(1 + x); x must lie in [0, 1] or be NaN.

    ``log(1 + x) = 2 artanh(s)`` with ``s = x/(2 + x) <= 1/3``, whose series is cut where its terms are below 1e-17.
    """
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        [x] = given
        s = builder.fdiv(x, builder.fadd(_DOUBLE.real(2.0), x))
        return builder.fmul(s, polynomial(builder, _DOUBLE, _ATANH_TERMS, builder.fmul(s, s)))

    return types.float64(types.float64), write


def polynomial(builder: "IRBuilder", form: Format, terms: Sequence[float], x: "Value") -> "Value":
    """Write the sum of ``terms[n] x^n`` by Horner's rule."""
    result = form.real(terms[-1])
    for term in reversed(terms[:-1]):
        result = builder.fadd(builder.fmul(result, x), form.real(term))
    return result


def _power_of_two(builder: "IRBuilder", form: Format, exponent: "Value") -> "Value":
    """Write 2 to a whole power that numbers of this format have, by its bits."""
    bits = builder.shl(builder.add(exponent, form.whole(form.bias)), form.whole(form.mantissa))
    return builder.bitcast(bits, form.real(0.0).type)
