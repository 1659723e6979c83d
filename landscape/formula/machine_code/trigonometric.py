"""Sine, cosine and hyperbolic tangent in wide registers (SIMD).

A surface of waves spends its time on them: the C library, asked for one number after the other, takes ten times as
long as the arithmetic of a step. Nanoseconds per number on an AMD EPYC with AVX-512 (``python -m tests.benchmarks
elementary``):

=====================================  ====  =========  ====  =====
kernel                                 ours  C library  SVML  SLEEF
=====================================  ====  =========  ====  =====
sin x                                   1.4       9.2    3.0   1.5
sin x, float32                         0.76       2.9   0.70  0.72
tanh x                                  1.6        11    5.9   3.8
tanh x, float32                        0.66        12    3.4   1.7
grid of Rastrigin's, one cosine         1.7       9.9    2.9   2.8
basins of Rastrigin's, two sines       0.70       2.6   0.96  0.92
=====================================  ====  =========  ====  =====

glibc's libmvec, with errors of up to 4 units in the last place, has the sine in 0.84 ns; in the map of basins that is
no difference.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from landscape.formula.machine_code.exponential import exponential
from landscape.formula.machine_code.floating_point import Format, format_of, polynomial

if TYPE_CHECKING:
    from llvmlite.ir import IRBuilder, Value
    from numba.core.base import BaseContext
    from numba.core.types import Type
    from numba.core.typing import Context, Signature

    from landscape.formula.machine_code.llvm import Intrinsic

_QUARTERS = {
    64: ("0x1.921fb54442d18p+0", "0x1.1a62633145c07p-54", "-0x1.f1976b7ed8fbcp-110"),
    32: ("0x1.921fb60000000p+0", "-0x1.777a5c0000000p-25", "-0x1.ee59da0000000p-50"),
}
"""pi / 2 in three parts, by the bits of the numbers."""
_SINE = (
    -1.66666666666666324348e-01, 8.33333333332248946124e-03, -1.98412698298579493134e-04,
    2.75573137070700676789e-06, -2.50507602534068634195e-08, 1.58969099521155010221e-10,
)  # fmt: skip
_COSINE = (
    4.16666666666666019037e-02, -1.38888888888741095749e-03, 2.48015872894767294178e-05,
    -2.75573143513906633035e-07, 2.08757232129817482790e-09, -1.13596475577881948265e-11,
)  # fmt: skip
"""Of ``(sin r / r - 1) / r^2`` and of ``(cos r - 1 + r^2 / 2) / r^4`` in powers of ``r^2``, for ``|r| <= pi / 4``
(Sun's fdlibm, 1993)."""
_TANH = (-1.61468768441708447952e3, -9.92877231001918586564e1, -9.64399179425052238628e-1)
_TANH_BELOW = (4.84406305325125486048e3, 2.23548839060100448583e3, 1.12811678491632931402e2, 1.0)
"""Of ``(tanh x / x - 1) / x^2`` as a quotient in powers of ``x^2``, for ``|x| <= 0.625`` (Moshier's Cephes, 1989)."""


def wide_sin(_: "Context", x: "Type") -> "Intrinsic":
    """``wide_sin(x)``: the sine to the last digit; NaN beyond :func:`_farthest`."""
    return _circular(x, 0)


def wide_cos(_: "Context", x: "Type") -> "Intrinsic":
    """``wide_cos(x)``: the cosine, likewise."""
    return _circular(x, 1)


def wide_tanh(_: "Context", x: "Type") -> "Intrinsic":
    """``wide_tanh(x)``: the hyperbolic tangent to the last digits."""
    form, number = format_of(x)

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        [x] = given
        one, two, size = form.real(1.0), form.real(2.0), _size(builder, x)
        power = exponential(builder, form, builder.fmul(two, size))
        far = builder.fsub(one, builder.fdiv(two, builder.fadd(power, one)))
        far = builder.select(builder.fcmp_ordered("<", x, form.real(0.0)), builder.fneg(far), far)
        square = builder.fmul(x, x)
        above, below = (polynomial(builder, form, terms, square) for terms in (_TANH, _TANH_BELOW))
        near = builder.fadd(x, builder.fmul(builder.fmul(x, square), builder.fdiv(above, below)))
        return builder.select(builder.fcmp_ordered("<=", size, form.real(0.625)), near, far)

    return number(number), write


def _size(builder: "IRBuilder", x: "Value") -> "Value":
    return builder.call(builder.module.declare_intrinsic("llvm.fabs", [x.type]), [x])


def _farthest(form: Format) -> float:
    """Return up to where neighbours are at most 1/16 apart: 3e14, for numbers of four bytes 5e5.

    Beyond it k, in :func:`_reduced`, would not be right, and what a wave is there says little.
    """
    return 2.0 ** (form.mantissa - 4)


def _circular(x: "Type", turned: int) -> "Intrinsic":
    """Return the intrinsic for the sine of x and so many right angles."""
    form, number = format_of(x)

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        [x] = given
        x = builder.select(
            builder.fcmp_ordered("<=", _size(builder, x), form.real(_farthest(form))), x, form.real(float("nan"))
        )
        quarter, rest, lost = _reduced(builder, form, x)
        quarter = builder.add(quarter, form.whole(turned))
        upright = _is_set(builder, form, quarter, 1)
        result = builder.select(upright, _cosine(builder, form, rest, lost), _sine(builder, form, rest, lost))
        return builder.select(_is_set(builder, form, quarter, 2), builder.fneg(result), result)

    return number(number), write


def _is_set(builder: "IRBuilder", form: Format, whole: "Value", bit: int) -> "Value":
    return builder.icmp_unsigned("!=", builder.and_(whole, form.whole(bit)), form.whole(0))


def _reduced(builder: "IRBuilder", form: Format, x: "Value") -> tuple["Value", "Value", "Value"]:
    """Write ``x = k pi/2 + r``: return k, whole, and r as the sum of a number and a much smaller one.

    What is left after the first part of pi/2 is exact, for k times it is rounded only with the difference (Cody & Waite
    1980; with a fused product, Boldo, Daumas & Li 2009). What the second part loses is kept: near a multiple of pi/2
    it is all that counts.
    """
    first, second, third = (form.real(float.fromhex(part)) for part in _QUARTERS[form.bits])
    lifted = builder.fma(x, form.real(0.6366197723675814), form.real(form.rounder))
    k = builder.fsub(lifted, form.real(form.rounder))
    back = builder.fneg(k)
    left = builder.fma(back, first, x)
    taken = builder.fmul(k, second, flags=("nsz",))  # Not fused with what it is added to: what it loses is known.
    missed = builder.fma(back, second, taken)
    rest = builder.fsub(left, taken)
    part = builder.fsub(rest, left)
    lost = builder.fsub(builder.fsub(left, builder.fsub(rest, part)), builder.fadd(taken, part))
    lost = builder.fma(back, third, builder.fadd(lost, missed))
    quarter = builder.bitcast(lifted, form.whole(0).type)
    return quarter, rest, lost


def _sine(builder: "IRBuilder", form: Format, rest: "Value", lost: "Value") -> "Value":
    """Write sin(rest + lost): ``rest`` itself is added last, so that it is rounded only once."""
    square = builder.fmul(rest, rest)
    bend = builder.fmul(builder.fmul(square, rest), polynomial(builder, form, _SINE, square))
    tilt = builder.fmul(builder.fmul(square, lost), form.real(-0.5))
    return builder.fadd(rest, builder.fadd(bend, builder.fadd(lost, tilt)))


def _cosine(builder: "IRBuilder", form: Format, rest: "Value", lost: "Value") -> "Value":
    """Write cos(rest + lost): what ``1 - rest^2 / 2`` loses is added again."""
    one = form.real(1.0)
    square = builder.fmul(rest, rest)
    half = builder.fmul(square, form.real(0.5))
    bulk = builder.fsub(one, half)
    bend = builder.fmul(builder.fmul(square, square), polynomial(builder, form, _COSINE, square))
    small = builder.fsub(bend, builder.fmul(rest, lost))
    return builder.fadd(bulk, builder.fadd(builder.fsub(builder.fsub(one, bulk), half), small))
