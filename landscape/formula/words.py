"""The words of the kernels' language that Numba does not have: memory at an address, a choice without a branch...

Each is a function that Numba calls while it compiles, with the types of the arguments; it returns the word's signature
and what writes the instructions.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

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
def compiled() -> dict[str, object]:
    """Return the words by name, as Numba takes them."""
    from numba.extending import intrinsic

    return {word.__name__: intrinsic(word) for word in (get, put, choose, times, cbrt, hypot, wide_exp, wide_log1p)}


def get(_: "Context", _address: "Type", _index: "Type") -> "Word":
    """``get(address, index)``: the float64 at ``index`` of the array at ``address``."""
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.load(_element(builder, *given))

    return types.float64(types.int64, types.int64), write


def put(_: "Context", _address: "Type", _index: "Type", _value: "Type") -> "Word":
    """``put(address, index, value)``: set that."""
    from numba import types

    def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
        address, index, value = given
        builder.store(value, _element(builder, address, index))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.float64), write


def choose(_: "Context", _condition: "Type", _a: "Type", _b: "Type") -> "Word":
    """``choose(condition, a, b)``: ``a`` where the condition holds, else ``b``.

    Both are computed, so that a loop of choices can still be done side by side in wide registers.
    """
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.select(*given)

    return types.float64(types.boolean, types.float64, types.float64), write


def times(_: "Context", _a: "Type", _b: "Type") -> "Word":
    """``times(a, b)``: a product that may be regrouped with others.

    So factors that stay the same are multiplied only once, and those that are known late last. Sums are never
    regrouped: that could lose all digits.
    """
    from numba import types

    def write(_: "BaseContext", builder: "IRBuilder", _signature: "Signature", given: "Sequence[Value]") -> "Value":
        return builder.fmul(*given, flags=(*FLAGS, "reassoc"))

    return types.float64(types.float64, types.float64), write


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


def _element(builder: "IRBuilder", address: "Value", index: "Value") -> "Value":
    from llvmlite.ir import DoubleType

    return builder.gep(builder.inttoptr(address, DoubleType().as_pointer()), [index])
