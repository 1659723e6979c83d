"""From plain Python functions to machine code: for kernels that are not generated as text."""

from collections.abc import Sequence
from types import FunctionType, ModuleType
from typing import Any

from landscape.formula.machine_code.compiler import uncollected
from landscape.formula.machine_code.intrinsics import compiled as instructions
from landscape.formula.machine_code.llvm import FLAGS
from landscape.formula.machine_code.native import Compiled, compiled


def compile_function(
    module: ModuleType, name: str, arguments: str, parts: Sequence[Any], intrinsic: Sequence[str] = ()
) -> Compiled:
    """Return a function of a module, compiled for arguments of these types.

    Args:
        module: Where it is; it may read the module's constants.
        name: Of the function.
        arguments: A letter for each: q a whole number, x a real one; and for the address of an array of numbers f and d
            (4 and 8 bytes), Q (whole ones of 8 bytes), u and b (4 bytes and 1, not negative).
        parts: Functions of the module that others call, each only those after it.
        intrinsic: Names of those functions for which the compiler has instructions.
    """
    from numba import njit, types

    named = {"q": types.int64, "x": types.float64, "f": types.CPointer(types.float32)}
    named |= {"d": types.CPointer(types.float64), "Q": types.CPointer(types.int64)}
    named |= {"u": types.CPointer(types.uint32), "b": types.CPointer(types.uint8)}
    signature = types.void(*[named[letter] for letter in arguments])
    known = dict(vars(module))
    known |= {each: written for each, written in instructions().items() if each in intrinsic}
    with uncollected():
        part_of = njit(forceinline=True, error_model="numpy", fastmath=set(FLAGS))
        for part in reversed(parts):
            known[part.__name__] = part_of(FunctionType(part.__code__, known))
        whole = compiled(signature, nopython=True, error_model="numpy", fastmath=set(FLAGS))
        return whole(FunctionType(known[name].__code__, known))
