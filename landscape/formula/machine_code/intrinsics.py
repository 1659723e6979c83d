"""Numba intrinsics: what kernels call that Numba does not have, such as memory at an address or branchless choice.

Each is a function that Numba calls while it compiles, with the types of the arguments; it returns a signature and what
writes the instructions.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from landscape.formula.machine_code.exponential import wide_exp, wide_log, wide_log1p
from landscape.formula.machine_code.llvm import FLAGS
from landscape.formula.machine_code.trigonometric import wide_cos, wide_sin, wide_tanh

if TYPE_CHECKING:
    from llvmlite.ir import IRBuilder, Value
    from numba.core.base import BaseContext
    from numba.core.types import Type
    from numba.core.typing import Context, Signature

    from landscape.formula.machine_code.llvm import Intrinsic


_LIBRARY = ("expm1", "log2", "asinh", "acosh", "atanh", "erf", "erfc", "tgamma")
"""Functions of the C library that Numba does not have, or has in its own way."""


@cache
def compiled(short: bool = False) -> dict[str, object]:
    """Return the intrinsics by name, as Numba takes them; ``short``: memory holds numbers of four bytes."""
    from numba import types
    from numba.extending import intrinsic

    held = types.float32 if short else types.float64
    memory = {"get": _get(held), "put": _put(held)}
    wide = (wide_exp, wide_log, wide_log1p, wide_sin, wide_cos, wide_tanh)
    others = (choose, times, one_if, single, sqrt, rint, trunc, cbrt, hypot, reach, uniform, *wide)
    library = {name: _unary(name) for name in _LIBRARY}
    named = memory | library | {one.__name__: one for one in others}
    return {name: intrinsic(one) for name, one in named.items()}


def _get(held: "Type") -> "Callable[[Context, Type, Type], Intrinsic]":
    def get(_: "Context", _address: "Type", _index: "Type") -> "Intrinsic":
        """``get(address, index)``: the number at ``index`` of the array at ``address``."""
        from numba import types

        def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
            return builder.load(_element(context, builder, held, *given))

        return held(types.int64, types.int64), write

    return get


def _put(held: "Type") -> "Callable[[Context, Type, Type, Type], Intrinsic]":
    def put(_: "Context", _address: "Type", _index: "Type", _value: "Type") -> "Intrinsic":
        """``put(address, index, value)``: set that."""
        from numba import types

        def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
            address, index, value = given
            builder.store(value, _element(context, builder, held, address, index))
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, held), write

    return put


def choose(_: "Context", _condition: "Type", a: "Type", b: "Type") -> "Intrinsic":
    """``choose(condition, a, b)``: ``a`` where the condition holds, else ``b``.

    Both are computed, so that a loop of choices can still be done side by side in wide registers.
    """
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.select(*given)

    chosen = _shared(a, b)
    return chosen(types.boolean, chosen, chosen), write


def one_if(_: "Context", _condition: "Type") -> "Intrinsic":
    """``one_if(condition)``: the whole number 1 where the condition holds, else 0."""
    from numba import types

    def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.zext(given[0], context.get_value_type(types.int64))

    return types.int64(types.boolean), write


def single(_: "Context", _a: "Type") -> "Intrinsic":
    """``single(a)``: the number of four bytes nearest to ``a``."""
    from numba import types

    def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.fptrunc(given[0], context.get_value_type(types.float32))

    return types.float32(types.float64), write


def _shared(a: "Type", b: "Type") -> "Type":
    """Return the type of what is made of two numbers: short only if both are."""
    from numba import types

    shared: Type = types.float32 if a == b == types.float32 else types.float64
    return shared


def reach(
    _: "Context", _function: "Type", _told: "Type", _constants: "Type", _data: "Type", _count: "Type"
) -> "Intrinsic":
    """``reach(function, told, constants, data, count)``: call the kernel at an address; it returns nothing."""
    from llvmlite.ir import FunctionType, IntType, VoidType
    from numba import types

    kind = FunctionType(VoidType(), [IntType(64)] * 4)

    def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
        builder.call(builder.inttoptr(given[0], kind.as_pointer()), given[1:])
        return context.get_dummy_value()

    return types.void(*[types.int64] * 5), write


def uniform(_: "Context", _key: "Type", _counter: "Type") -> "Intrinsic":
    """``uniform(key, counter)``: a random number in (0, 1]: the hash of the sum of both (SplitMix64), 53 bits of it."""
    from llvmlite.ir import DoubleType, IntType
    from numba import types

    word, real = IntType(64), DoubleType()

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        z = builder.mul(builder.add(*given), word(0x9E3779B97F4A7C15))
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            z = builder.mul(builder.xor(z, builder.lshr(z, word(shift))), word(factor))
        z = builder.xor(z, builder.lshr(z, word(31)))
        whole = builder.add(builder.lshr(z, word(11)), word(1))
        return builder.fmul(builder.uitofp(whole, real), real(2.0**-53))

    return types.float64(types.int64, types.int64), write


def times(_: "Context", a: "Type", b: "Type") -> "Intrinsic":
    """``times(a, b)``: a product that may be regrouped with others.

    So factors that stay the same are multiplied only once, and those that are known late last. Sums are never
    regrouped: that could lose all digits.
    """

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.fmul(*given, flags=(*FLAGS, "reassoc"))

    product = _shared(a, b)
    return product(product, product), write


def sqrt(_: "Context", a: "Type") -> "Intrinsic":
    """``sqrt(a)``: the processor's, also of short numbers, for which not every C library has a function."""

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.call(builder.module.declare_intrinsic("llvm.sqrt", [given[0].type]), given)

    root = _shared(a, a)
    return root(root), write


def rint(_: "Context", _a: "Type") -> "Intrinsic":
    """``rint(a)``: the nearest whole number, of two as near the even one."""
    return _rounded("llvm.rint")


def trunc(_: "Context", _a: "Type") -> "Intrinsic":
    """``trunc(a)``: without what is behind the point."""
    return _rounded("llvm.trunc")


def _rounded(name: str) -> "Intrinsic":
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.call(builder.module.declare_intrinsic(name, [given[0].type]), given)

    return types.float64(types.float64), write


def _unary(name: str) -> "Callable[[Context, Type], Intrinsic]":
    def function(_: "Context", _a: "Type") -> "Intrinsic":
        return _c_function(name, 1)

    return function


def cbrt(_: "Context", _a: "Type") -> "Intrinsic":
    """``cbrt(a)``: the C library's. Numba's handles exceptions, takes longer to compile, and could not be kept."""
    return _c_function("cbrt", 1)


def hypot(_: "Context", _a: "Type", _b: "Type") -> "Intrinsic":
    """``hypot(a, b)``: the C library's, for the same reason."""
    return _c_function("hypot", 2)


def _c_function(name: str, arguments: int) -> "Intrinsic":
    from llvmlite.ir import DoubleType, FunctionType
    from numba import types
    from numba.core.cgutils import get_or_insert_function

    kind = FunctionType(DoubleType(), [DoubleType()] * arguments)

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.call(get_or_insert_function(builder.module, kind, name), given)

    return types.float64(*[types.float64] * arguments), write


def _element(context: "BaseContext", builder: "IRBuilder", held: "Type", address: "Value", index: "Value") -> "Value":
    return builder.gep(builder.inttoptr(address, context.get_value_type(held).as_pointer()), [index])
