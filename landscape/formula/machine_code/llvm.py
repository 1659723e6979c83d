"""What LLVM instructions are written with: the fast-math flags, and the type of a Numba intrinsic."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from llvmlite.ir import IRBuilder, Value
    from numba.core.base import BaseContext
    from numba.core.typing import Signature

    Intrinsic: TypeAlias = tuple[Signature, Callable[[BaseContext, IRBuilder, Signature, Sequence[Value]], Value]]
    """What a function that Numba calls while it compiles returns: a signature, and what writes the instructions."""

FLAGS = ("arcp", "contract", "nsz")
"""What the compiler may do beyond IEEE: divide by multiplying, fuse ``a*b + c``, forget the sign of zero.

It may not assume that there is no NaN or infinity: a trajectory that diverges is an outcome.
"""
