"""Functions for several numbers side by side, where the C library has them for one number only.

The exponential is what surfaces with data spend their time on: a grid of 512 by 512 points over a dozen rows asks for
three million of them. Written out for a whole register it takes a fifth of the time.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from landscape.formula.code import shape

if TYPE_CHECKING:
    from landscape.formula.kernels import Emitter

_ROUNDER = 1.5 * 2.0**52
"""Added to a small number it leaves the nearest whole number in the lowest bits."""
_ROUNDER_BITS = 0x4338000000000000
_LN2_HIGH = float.fromhex("0x1.62e42fee00000p-1")
_LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
"""ln 2 in two parts, of which the first has room for an exact product with any exponent (Cody & Waite 1980)."""
_EXP_TERMS = [1.0 / math.factorial(n) for n in range(14)]
_ATANH_TERMS = [2.0 / (2 * n + 1) for n in range(17)]


def exp(emitter: "Emitter", x: str) -> str:
    """Write e^x for every lane, within 2 units in the last place; 0, infinity and NaN where they are due.

    ``x = k ln 2 + r`` with whole k and ``|r| <= ln 2 / 2``; then ``e^x = 2^k e^r``, with Taylor's polynomial of degree
    13 for ``e^r``, whose error is below 4e-18. 2^k is multiplied on in two steps: it may itself be too large or small.
    """
    x = emitter.choose(emitter.compare("ogt", x, emitter.number(720.0)), emitter.number(720.0), x)
    x = emitter.choose(emitter.compare("olt", x, emitter.number(-760.0)), emitter.number(-760.0), x)
    rounder = emitter.number(_ROUNDER)
    lifted = emitter.operation("add", emitter.operation("mul", x, emitter.number(1.0 / math.log(2.0))), rounder)
    k = emitter.operation("sub", lifted, rounder)
    rest = emitter.operation("sub", x, emitter.operation("mul", k, emitter.number(_LN2_HIGH)))
    rest = emitter.operation("sub", rest, emitter.operation("mul", k, emitter.number(_LN2_LOW)))
    whole = _integers(emitter, "sub", _bits(emitter, lifted), _ROUNDER_BITS)
    half = _integers(emitter, "ashr", whole, 1)
    other = emitter.code.value(f"sub {shape(emitter.lanes, 'i64')} {whole}, {half}")
    result = _polynomial(emitter, _EXP_TERMS, rest)
    for exponent in (half, other):
        # Without leave to regroup: the product of the two factors alone could overflow.
        result = emitter.code.value(f"fmul {emitter.type} {result}, {_power_of_two(emitter, exponent)}")
    return result


def log1p(emitter: "Emitter", x: str) -> str:
    """Write log(1 + x) for every lane; x must lie in [0, 1] or be NaN.

    ``log(1 + x) = 2 artanh(s)`` with ``s = x/(2 + x) <= 1/3``, whose series is cut where its terms are below 1e-17.
    """
    s = emitter.operation("div", x, emitter.operation("add", emitter.number(2.0), x))
    return emitter.operation("mul", s, _polynomial(emitter, _ATANH_TERMS, emitter.operation("mul", s, s)))


def _polynomial(emitter: "Emitter", terms: Sequence[float], x: str) -> str:
    """Write the sum of ``terms[n] x^n`` by Horner's rule."""
    result = emitter.number(terms[-1])
    for term in reversed(terms[:-1]):
        result = emitter.operation("add", emitter.operation("mul", result, x), emitter.number(term))
    return result


def _power_of_two(emitter: "Emitter", exponent: str) -> str:
    """Write 2 to a whole power between -1022 and 1023, by its bits."""
    shifted = _integers(emitter, "shl", _integers(emitter, "add", exponent, 1023), 52)
    return emitter.code.value(f"bitcast {shape(emitter.lanes, 'i64')} {shifted} to {emitter.type}")


def _bits(emitter: "Emitter", value: str) -> str:
    return emitter.code.value(f"bitcast {emitter.type} {value} to {shape(emitter.lanes, 'i64')}")


def _integers(emitter: "Emitter", operation: str, value: str, constant: int) -> str:
    """Write an integer operation with the same constant in every lane."""
    everywhere = emitter.code.splat(str(constant), emitter.lanes, "i64")
    return emitter.code.value(f"{operation} {shape(emitter.lanes, 'i64')} {value}, {everywhere}")
