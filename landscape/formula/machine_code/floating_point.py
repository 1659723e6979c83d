"""The formats of floating-point numbers, of 32 and of 64 bits, as functions written in LLVM instructions need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llvmlite.ir import IRBuilder, Value
    from numba.core.types import Type


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


DOUBLE = Format(
    bits=64,
    mantissa=52,
    rounder_bits=0x4338000000000000,
    ln2_high=float.fromhex("0x1.62e42fee00000p-1"),
    ln2_low=float.fromhex("0x1.a39ef35793c76p-33"),
    highest=720.0,
    lowest=-760.0,
    terms=14,
)
SINGLE = Format(
    bits=32,
    mantissa=23,
    rounder_bits=0x4B400000,
    ln2_high=float.fromhex("0x1.62e4000000000p-1"),
    ln2_low=float.fromhex("0x1.7f7d1c0000000p-20"),
    highest=90.0,
    lowest=-110.0,
    terms=8,
)


def format_of(x: "Type") -> tuple[Format, "Type"]:
    """Return what is to be known of the numbers of a type, and the type that is computed with for them."""
    from numba import types

    return (SINGLE, types.float32) if x == types.float32 else (DOUBLE, types.float64)


def polynomial(builder: "IRBuilder", form: Format, terms: Sequence[float], x: "Value") -> "Value":
    """Write the sum of ``terms[n] x^n`` by Horner's rule."""
    result = form.real(terms[-1])
    for term in reversed(terms[:-1]):
        result = builder.fadd(builder.fmul(result, x), form.real(term))
    return result
