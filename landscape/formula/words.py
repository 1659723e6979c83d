"""The words of the kernels' language that Numba does not have: memory at an address, a choice without a branch..."""

from functools import cache
from typing import Any

FLAGS = ("arcp", "contract", "nsz")
"""What the compiler may do beyond IEEE: divide by multiplying, fuse ``a*b + c``, forget the sign of zero.

It may not assume that there is no NaN or infinity: a trajectory that diverges is an outcome.
"""


@cache
def compiled() -> dict[str, Any]:
    """Return the words by name, for Numba to compile.

    - ``get(address, index)``: the float64 at ``index`` of the array at ``address``.
    - ``put(address, index, value)``: set it.
    - ``choose(condition, a, b)``: ``a`` where the condition holds, else ``b``; both are computed, so that a loop of
      choices can still be done side by side in wide registers.
    - ``times(a, b)``: ``a*b``, which may be regrouped with other products, so that factors which stay the same are
      multiplied only once, and those that are known late last. Sums are never regrouped: that could lose all digits.
    """
    from numba.extending import intrinsic

    return {word.__name__: intrinsic(word) for word in (get, put, choose, times)}


def get(_context: Any, _address: Any, _index: Any) -> Any:
    """Return the signature and the code generator of ``get``."""
    from numba import types

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.load(_element(builder, *arguments))

    return types.float64(types.int64, types.int64), generate


def put(_context: Any, _address: Any, _index: Any, _value: Any) -> Any:
    """Return the signature and the code generator of ``put``."""
    from numba import types

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        builder.store(arguments[2], _element(builder, *arguments[:2]))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.float64), generate


def choose(_context: Any, _condition: Any, _a: Any, _b: Any) -> Any:
    """Return the signature and the code generator of ``choose``."""
    from numba import types

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.select(*arguments)

    return types.float64(types.boolean, types.float64, types.float64), generate


def times(_context: Any, _a: Any, _b: Any) -> Any:
    """Return the signature and the code generator of ``times``."""
    from numba import types

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.fmul(*arguments, flags=(*FLAGS, "reassoc"))

    return types.float64(types.float64, types.float64), generate


def _element(builder: Any, address: Any, index: Any) -> Any:
    from llvmlite import ir

    return builder.gep(builder.inttoptr(address, ir.DoubleType().as_pointer()), [index])
