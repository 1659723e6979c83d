"""e^x and log(1 + x) in wide registers (SIMD), where the C library has them for one number only.

The exponential is what surfaces with data spend their time on: a grid of 512 by 512 points over a dozen rows asks for
three million of them. Nanoseconds per number on an AMD EPYC with AVX-512 (``python -m tests.benchmarks elementary``):

=====================================  ====  =========  ====  =====
kernel                                 ours  C library  SVML  SLEEF
=====================================  ====  =========  ====  =====
e^x                                    0.89       4.9    1.5   1.2
e^x, float32                           0.42       2.6   0.47  0.47
log(1 + x)                             1.0        5.5
grid of Ackley's, one cosine, two e^x  1.4        6.5    2.2   2.7
training a 4×32 tanh network, per e^x  3.1        5.7    3.0   3.2
=====================================  ====  =========  ====  =====

SVML is as precise and no faster, and it is for one make of processor; PyPI's Numba cannot call it, and code that does
could not be kept on the disk. glibc's libmvec, with errors of up to 4 units in the last place, needs as long.
"""

import math
from typing import TYPE_CHECKING

from landscape.formula.machine_code.floating_point import DOUBLE, Format, format_of, polynomial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llvmlite.ir import IRBuilder, Value
    from numba.core.base import BaseContext
    from numba.core.types import Type
    from numba.core.typing import Context, Signature

    from landscape.formula.machine_code.llvm import Intrinsic

_ATANH_TERMS = [2.0 / (2 * n + 1) for n in range(17)]


def wide_exp(_: "Context", x: "Type") -> "Intrinsic":
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


def wide_log1p(_: "Context", _x: "Type") -> "Intrinsic":
    """``wide_log1p(x)``: log(1 + x); x must lie in [0, 1] or be NaN.

    ``log(1 + x) = 2 artanh(s)`` with ``s = x/(2 + x) <= 1/3``, whose series is cut where its terms are below 1e-17.
    """
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        [x] = given
        s = builder.fdiv(x, builder.fadd(DOUBLE.real(2.0), x))
        return builder.fmul(s, polynomial(builder, DOUBLE, _ATANH_TERMS, builder.fmul(s, s)))

    return types.float64(types.float64), write


def wide_log(_: "Context", _x: "Type") -> "Intrinsic":
    """``wide_log(x)``: log x; x must be a normal number above 0. The absolute error is that of the nearest number.

    ``x = 2^k m`` with m in [1, 2); then ``log m`` is that of :func:`wide_log1p`.
    """
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        form = DOUBLE
        bits = builder.bitcast(given[0], form.whole(0).type)
        exponent = builder.sub(builder.lshr(bits, form.whole(form.mantissa)), form.whole(form.bias))
        kept = builder.and_(bits, form.whole((1 << form.mantissa) - 1))
        part = builder.bitcast(builder.or_(kept, form.whole(form.bias << form.mantissa)), form.real(0.0).type)
        s = builder.fdiv(builder.fsub(part, form.real(1.0)), builder.fadd(part, form.real(1.0)))
        of_part = builder.fmul(s, polynomial(builder, form, _ATANH_TERMS, builder.fmul(s, s)))
        whole = builder.sitofp(exponent, form.real(0.0).type)
        return builder.fadd(builder.fmul(whole, form.real(math.log(2.0))), of_part)

    return types.float64(types.float64), write


def _power_of_two(builder: "IRBuilder", form: Format, exponent: "Value") -> "Value":
    """Write 2 to a whole power that numbers of this format have, by its bits."""
    bits = builder.shl(builder.add(exponent, form.whole(form.bias)), form.whole(form.mantissa))
    return builder.bitcast(bits, form.real(0.0).type)
