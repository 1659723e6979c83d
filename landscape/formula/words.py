"""The words of the kernels' language that Numba does not have: memory at an address, a choice without a branch...

Each is a function that Numba calls while it compiles, with the types of the arguments; it returns the word's signature
and what writes the instructions.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from landscape.formula.circular import wide_cos, wide_sin, wide_tanh
from landscape.formula.exponential import wide_exp, wide_log1p

if TYPE_CHECKING:
    from llvmlite.ir import IRBuilder, Value
    from numba.core.base import BaseContext
    from numba.core.types import Type
    from numba.core.typing import Context, Signature

    Word: TypeAlias = tuple[Signature, Callable[[BaseContext, IRBuilder, Signature, Sequence[Value]], Value]]

FLAGS = ("arcp", "contract", "nsz")
"""What the compiler may do beyond IEEE: divide by multiplying, fuse ``a*b + c``, forget the sign of zero.

It may not assume that there is no NaN or infinity: a trajectory that diverges is an outcome.
"""


@cache
def compiled(short: bool = False) -> dict[str, object]:
    """Return the words by name, as Numba takes them; ``short``: memory holds numbers of four bytes."""
    from numba import types
    from numba.extending import intrinsic

    held = types.float32 if short else types.float64
    memory = {"get": _get(held), "put": _put(held)}
    wide = (wide_exp, wide_log1p, wide_sin, wide_cos, wide_tanh)
    others = (choose, times, one_if, single, sqrt, cbrt, hypot, *wide)
    return {name: intrinsic(word) for name, word in (memory | {word.__name__: word for word in others}).items()}


def _get(held: "Type") -> "Callable[[Context, Type, Type], Word]":
    def get(_: "Context", _address: "Type", _index: "Type") -> "Word":
        """``get(address, index)``: the number at ``index`` of the array at ``address``."""
        from numba import types

        def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
            return builder.load(_element(context, builder, held, *given))

        return held(types.int64, types.int64), write

    return get


def _put(held: "Type") -> "Callable[[Context, Type, Type, Type], Word]":
    def put(_: "Context", _address: "Type", _index: "Type", _value: "Type") -> "Word":
        """``put(address, index, value)``: set that."""
        from numba import types

        def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
            address, index, value = given
            builder.store(value, _element(context, builder, held, address, index))
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, held), write

    return put


def choose(_: "Context", _condition: "Type", a: "Type", b: "Type") -> "Word":
    """``choose(condition, a, b)``: ``a`` where the condition holds, else ``b``.

    Both are computed, so that a loop of choices can still be done side by side in wide registers.
    """
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.select(*given)

    chosen = _shared(a, b)
    return chosen(types.boolean, chosen, chosen), write


def one_if(_: "Context", _condition: "Type") -> "Word":
    """``one_if(condition)``: the whole number 1 where the condition holds, else 0."""
    from numba import types

    def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.zext(given[0], context.get_value_type(types.int64))

    return types.int64(types.boolean), write


def single(_: "Context", _a: "Type") -> "Word":
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


def times(_: "Context", a: "Type", b: "Type") -> "Word":
    """``times(a, b)``: a product that may be regrouped with others.

    So factors that stay the same are multiplied only once, and those that are known late last. Sums are never
    regrouped: that could lose all digits.
    """

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.fmul(*given, flags=(*FLAGS, "reassoc"))

    product = _shared(a, b)
    return product(product, product), write


def sqrt(_: "Context", a: "Type") -> "Word":
    """``sqrt(a)``: the processor's, also of short numbers, for which not every C library has a function."""

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.call(builder.module.declare_intrinsic("llvm.sqrt", [given[0].type]), given)

    root = _shared(a, a)
    return root(root), write


def cbrt(_: "Context", _a: "Type") -> "Word":
    """``cbrt(a)``: the C library's. Numba's handles exceptions, takes longer to compile, and could not be kept."""
    return _c_function("cbrt", 1)


def hypot(_: "Context", _a: "Type", _b: "Type") -> "Word":
    """``hypot(a, b)``: the C library's, for the same reason."""
    return _c_function("hypot", 2)


def _c_function(name: str, arguments: int) -> "Word":
    from llvmlite.ir import DoubleType, FunctionType
    from numba import types
    from numba.core.cgutils import get_or_insert_function

    kind = FunctionType(DoubleType(), [DoubleType()] * arguments)

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.call(get_or_insert_function(builder.module, kind, name), given)

    return types.float64(*[types.float64] * arguments), write


def _element(context: "BaseContext", builder: "IRBuilder", held: "Type", address: "Value", index: "Value") -> "Value":
    return builder.gep(builder.inttoptr(address, context.get_value_type(held).as_pointer()), [index])
