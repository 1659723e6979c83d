"""Intrinsics of the network's kernels: as plain Python has them, and as LLVM instructions.

The kernels are Python that is compiled for three kinds of numbers (:mod:`landscape.network.kernels.compiler`). What
stands here in Python says what each does, and is compiled itself where the compiler has nothing better. For real
numbers the sums and products are written in wide registers, which a loop over numbers in memory would not keep in
registers: it cannot know that what it writes is not what it reads next.

A complex number stands for a real one and the rate at which it changes: functions are computed of the real part, and
the other is multiplied by the slope. That is the first order, and all there is of a step of 1e-30.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from numpy.typing import NDArray

from landscape.formula.machine_code.exponential import wide_exp
from landscape.formula.machine_code.intrinsics import sqrt
from landscape.formula.machine_code.llvm import FLAGS
from landscape.network.kernels import simd

if TYPE_CHECKING:
    from llvmlite.ir import IRBuilder, Value
    from numba.core.base import BaseContext
    from numba.core.types import Type
    from numba.core.typing import Context, Signature

    from landscape.formula.machine_code.llvm import Intrinsic

Numbers: TypeAlias = NDArray[Any]
Wholes: TypeAlias = NDArray[Any]
Number: TypeAlias = Any
"""Real or complex, of the kernels' size."""

LANES = 1
"""Numbers in a register; the compiler puts the true number here."""
ARGUMENTS = 7
"""Of a compiled update rule."""
GOLDEN, MIXED, MIXED_AGAIN, MASK = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, (1 << 64) - 1
"""Of the hash."""


def real(z: Number) -> Number:
    """Return the real part."""
    return z.real


def lift(value: Number, slope: Number, z: Number) -> Number:
    """Return ``value``, a function's of the real part of ``z``, with the rate that its ``slope`` gives."""
    return complex(value, slope * z.imag) if isinstance(z, complex) else value


def choose(condition: bool, a: Number, b: Number) -> Number:
    """Return ``a`` where the condition holds, else ``b``, without a branch."""
    return a if condition else b


def power(x: Number) -> Number:
    """Return e^x of a real number."""
    return math.exp(x)


def root(x: Number) -> Number:
    """Return the square root of a real number."""
    return math.sqrt(x)


def logarithm(x: float) -> float:
    """Return the natural logarithm of a real number of eight bytes."""
    return math.log(x)


def erf(x: Number) -> Number:
    """Return the error function of a real number."""
    return math.erf(x)


def number(x: Number) -> Number:
    """Return a real number of the kernels' size."""
    return float(x)


def double(x: Number) -> float:
    """Return a real number of eight bytes."""
    return float(x)


def scramble(counter: int) -> int:
    """Return the hash of a counter (SplitMix64), its first 53 bits; see :mod:`landscape.descent.noise`."""
    z = counter * GOLDEN & MASK
    z = (z ^ (z >> 30)) * MIXED & MASK
    z = (z ^ (z >> 27)) * MIXED_AGAIN & MASK
    return (z ^ (z >> 31)) >> 11


def instruct(address: int, memory: Numbers, program: Wholes, place: int) -> None:
    """Call the kernel at an address with its instruction in the program."""
    raise NotImplementedError(address)


def update(address: int, a: int, b: int, c: int, d: int, e: int, f: int, g: int) -> None:
    """Call the compiled rule at an address."""
    raise NotImplementedError(address)


def times(a: Number, b: Number) -> Number:
    """Return a product; of complex numbers without the product of the rates."""
    return a * b


def flush() -> int:
    """Let this thread take numbers that are almost 0 for 0, where the machine can; return how it was before.

    Below 1e-38, a number of four bytes has fewer digits, and operations with it take many times as long. Adam on a relu
    network of four layers, whose gradients are full of them, makes its steps 1.1 times as fast without.
    """
    return 0


def unflush(before: int) -> None:
    """Set that back."""


def dot(a: Numbers, ai: int, b: Numbers, bi: int, count: int) -> Number:
    """Return the sum of the products of two rows of numbers."""
    found = a[ai] * b[bi]
    for n in range(1, count):
        found += a[ai + n] * b[bi + n]
    return found


def total(a: Numbers, ai: int, count: int) -> Number:
    """Return the sum of a row of numbers."""
    found = a[ai]
    for n in range(1, count):
        found += a[ai + n]
    return found


def tile1(
    memory: Numbers, c: int, a: int, _: int, along: int, b: int, columns: int, inner: int, width: int, bias: int,
    rectified: int,
) -> None:  # fmt: skip
    """Write up to ``LANES`` of the ``width`` numbers that are left of a row of a product C = A B.

    ``columns`` is how far apart the rows of B and of C are; the numbers of the row of A are ``along`` apart. The
    number at ``bias`` is added to each; if ``rectified``, 0 stands for what is less.
    """
    for n in range(min(LANES, width)):
        found = memory[a] * memory[b + n]
        for k in range(1, inner):
            found += memory[a + k * along] * memory[b + k * columns + n]
        found += memory[bias]
        memory[c + n] = choose(rectified != 0 and real(found) <= 0.0, 0.0, found)


def tile2(
    memory: Numbers, c: int, a: int, across: int, along: int, b: int, columns: int, inner: int, width: int, bias: int,
    rectified: int,
) -> None:  # fmt: skip
    """Write as much of each of two rows of a product, whose rows in A are ``across`` apart."""
    for row in range(2):
        tile1(
            memory, c + row * columns, a + row * across, across, along, b, columns, inner, width, bias + row, rectified
        )


def tile4(
    memory: Numbers, c: int, a: int, across: int, along: int, b: int, columns: int, inner: int, width: int, bias: int,
    rectified: int,
) -> None:  # fmt: skip
    """Write as much of each of four rows of a product."""
    for row in range(4):
        tile1(
            memory, c + row * columns, a + row * across, across, along, b, columns, inner, width, bias + row, rectified
        )


def tile8(
    memory: Numbers, c: int, a: int, across: int, along: int, b: int, columns: int, inner: int, width: int, bias: int,
    rectified: int,
) -> None:  # fmt: skip
    """Write as much of each of eight rows of a product."""
    for row in range(8):
        tile1(
            memory, c + row * columns, a + row * across, across, along, b, columns, inner, width, bias + row, rectified
        )


PLAIN: tuple[Callable[..., Any], ...] = (dot, total, tile1, tile2, tile4, tile8)
"""What is compiled as it stands here for numbers that are not real."""


def compiled(bytes_of_number: int) -> Mapping[str, object]:
    """Return the intrinsics by name as Numba takes them, for numbers of 4 or 8 bytes, or 16: complex ones."""
    import numpy as np
    from numba.extending import intrinsic

    lanes = simd.width() // bytes_of_number if bytes_of_number < 16 else 1
    written: dict[str, Callable[..., Any]] = {
        "real": _real, "lift": _lift, "choose": _choose, "power": wide_exp, "erf": _erf, "root": sqrt,
        "times": _times, "instruct": _instruct, "update": _update, "flush": _flush, "unflush": _unflush,
        "scramble": _scramble,
    }  # fmt: skip
    if lanes > 1:
        written |= simd.intrinsics(lanes)
    known = {name: intrinsic(one) for name, one in written.items()}
    number = np.float32 if bytes_of_number == 4 else np.float64
    return {**known, "LANES": lanes, "number": number, "double": np.float64, "logarithm": math.log}


def _real(_: "Context", z: "Type") -> "Intrinsic":
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.extract_value(given[0], 0) if z == types.complex128 else given[0]

    return (types.float64 if z == types.complex128 else z)(z), write


def _lift(_: "Context", _value: "Type", _slope: "Type", z: "Type") -> "Intrinsic":
    from numba import types

    def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
        if z != types.complex128:
            return given[0]
        rate = builder.fmul(given[1], builder.extract_value(given[2], 1))
        lifted = builder.insert_value(context.get_constant_undef(z), given[0], 0)
        return builder.insert_value(lifted, rate, 1)

    plain = types.float64 if z == types.complex128 else z
    return z(plain, plain, z), write


def _choose(_: "Context", _condition: "Type", a: "Type", b: "Type") -> "Intrinsic":
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.select(*given)

    chosen = types.complex128 if types.complex128 in (a, b) else types.float64 if types.float64 in (a, b) else a
    return chosen(types.boolean, chosen, chosen), write


def _scramble(_: "Context", _counter: "Type") -> "Intrinsic":
    from llvmlite.ir import Constant, IntType
    from numba import types

    wide = IntType(64)

    def write(_: "BaseContext", builder: "IRBuilder", _s: "Signature", given: "Sequence[Value]") -> "Value":
        z = builder.mul(given[0], Constant(wide, GOLDEN))
        for shift, factor in ((30, MIXED), (27, MIXED_AGAIN)):
            z = builder.mul(builder.xor(z, builder.lshr(z, Constant(wide, shift))), Constant(wide, factor))
        z = builder.xor(z, builder.lshr(z, Constant(wide, 31)))
        return builder.lshr(z, Constant(wide, 11))

    return types.int64(types.int64), write


def _update(
    _: "Context", _address: "Type", _a: "Type", _b: "Type", _c: "Type", _d: "Type", _e: "Type", _f: "Type", _g: "Type"
) -> "Intrinsic":
    from llvmlite.ir import FunctionType, IntType, VoidType
    from numba import types

    kind = FunctionType(VoidType(), [IntType(64)] * ARGUMENTS)

    def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
        builder.call(builder.inttoptr(given[0], kind.as_pointer()), given[1:])
        return context.get_dummy_value()

    return types.void(*[types.int64] * (1 + ARGUMENTS)), write


def _instruct(_: "Context", _address: "Type", memory: "Type", program: "Type", _place: "Type") -> "Intrinsic":
    from llvmlite.ir import FunctionType, VoidType
    from numba import types

    def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
        kind = FunctionType(VoidType(), [value.type for value in given[1:]])
        builder.call(builder.inttoptr(given[0], kind.as_pointer()), given[1:])
        return context.get_dummy_value()

    return types.void(types.int64, memory, program, types.int64), write


def _erf(_: "Context", x: "Type") -> "Intrinsic":
    from llvmlite.ir import DoubleType, FunctionType
    from numba import types
    from numba.core.cgutils import get_or_insert_function

    kind = FunctionType(DoubleType(), [DoubleType()])

    def write(_: "BaseContext", builder: "IRBuilder", _s: "Signature", given: "Sequence[Value]") -> "Value":
        [a] = given
        if x == types.float32:
            a = builder.fpext(a, DoubleType())
        found = builder.call(get_or_insert_function(builder.module, kind, "erf"), [a])
        return builder.fptrunc(found, given[0].type) if x == types.float32 else found

    return x(x), write


def _times(_: "Context", a: "Type", b: "Type") -> "Intrinsic":
    from numba import types

    if types.complex128 not in (a, b):
        kind = types.int64 if isinstance(a, types.Integer) and isinstance(b, types.Integer) else types.float64
    else:
        kind = types.complex128

    def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
        if kind == types.int64:
            return builder.mul(*given)
        if kind == types.float64:
            return builder.fmul(*given, flags=FLAGS)
        (x, dx), (y, dy) = ([builder.extract_value(value, part) for part in (0, 1)] for value in given)
        whole = builder.fmul(x, y, flags=FLAGS)
        rate = builder.fadd(builder.fmul(x, dy, flags=FLAGS), builder.fmul(dx, y, flags=FLAGS), flags=FLAGS)
        product = builder.insert_value(context.get_constant_undef(kind), whole, 0)
        return builder.insert_value(product, rate, 1)

    return kind(kind, kind), write


_FLUSH = 0x8040
"""Of the control register of x86: denormal results are 0 (bit 15), and denormal operands (bit 6)."""


def _flush(_: "Context") -> "Intrinsic":
    from numba import types
    from numba.core import cgutils

    def write(_: "BaseContext", builder: "IRBuilder", _s: "Signature", _g: "Sequence[Value]") -> "Value":
        from llvmlite.ir import Constant, IntType

        if not _is_x86(builder):
            return Constant(IntType(64), 0)
        before = cgutils.alloca_once(builder, IntType(32))
        _control(builder, "st", before)
        changed = cgutils.alloca_once(builder, IntType(32))
        builder.store(builder.or_(builder.load(before), Constant(IntType(32), _FLUSH)), changed)
        _control(builder, "ld", changed)
        return builder.zext(builder.load(before), IntType(64))

    return types.int64(), write


def _unflush(_: "Context", _before: "Type") -> "Intrinsic":
    from numba import types
    from numba.core import cgutils

    def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
        from llvmlite.ir import IntType

        if _is_x86(builder):
            before = cgutils.alloca_once(builder, IntType(32))
            builder.store(builder.trunc(given[0], IntType(32)), before)
            _control(builder, "ld", before)
        return context.get_dummy_value()

    return types.void(types.int64), write


def _is_x86(builder: "IRBuilder") -> bool:
    return str(builder.module.triple).startswith(("x86_64", "i686", "i386"))


def _control(builder: "IRBuilder", direction: str, at: "Value") -> None:
    """Write the loading or storing of the control register from or to an address."""
    from llvmlite.ir import FunctionType, IntType, VoidType
    from numba.core.cgutils import get_or_insert_function

    place = IntType(8).as_pointer()
    kind = FunctionType(VoidType(), [place])
    moved = get_or_insert_function(builder.module, kind, f"llvm.x86.sse.{direction}mxcsr")
    builder.call(moved, [builder.bitcast(at, place)])
