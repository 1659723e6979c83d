"""Machine code of one function, made by Numba but kept by none of its engines: what is dropped is freed.

Numba puts all that it compiles into one engine, which keeps it until the process ends: 0.1 MB of each kernel. Here its
compiler stops in front of that, and what it has made is written as a file of the linker's.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from llvmlite.binding import ModuleRef, TargetMachine

C_FUNCTIONS = frozenset(
    {"exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "pow", "fmod", "cbrt", "hypot", "sin", "cos", "tan",
     "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "sqrt", "erf", "erfc",
     "tgamma", "memset", "memcpy", "memmove"}
)  # fmt: skip
"""What machine code may call and be kept: the C library is in every process."""

FINDING = "get_call_type"
"""How Numba calls the method that finds the types of a call."""
REMEMBERED = 1024
"""Calls whose types are remembered."""


@dataclass(frozen=True, eq=False)
class Kernel:
    """A compiled function, to be called through its address, and what keeps it in memory."""

    address: int
    held: Any


@dataclass(frozen=True)
class Machine:
    """A kernel as a file of the linker's."""

    symbol: str
    """What the function is called in it."""
    code: bytes


@dataclass(frozen=True, eq=False)
class Compiled:
    """A function that is compiled, but not in memory yet."""

    machine: Machine | None
    """What outlives the process; None where there is no such thing.

    That is so where it calls what only a running Numba has, as for the handling of exceptions; and where Numba, of
    which this asks what it does not promise to answer, has changed.
    """
    by_numba: Any

    def kernel(self) -> Kernel:
        """Have Numba put it into memory, where it stays."""
        self.by_numba.compile()
        address: int = self.by_numba.address
        return Kernel(address, self.by_numba)


def compiled(signature: object, **options: object) -> Callable[[FunctionType], Compiled]:
    """Return what compiles a function, as ``numba.cfunc`` does, for arguments of these types."""
    from numba.core.ccallback import CFunc
    from numba.core.sigutils import normalize_signature

    def compiling(function: FunctionType) -> Compiled:
        made = CFunc(function, normalize_signature(signature), locals={}, options=options)
        return Compiled(_machine(made), made)

    return compiling


def _machine(made: Any) -> Machine | None:  # noqa: ANN401
    """Do what Numba does up to where it would hand the code to its engine."""
    with suppress(AttributeError, ImportError, RuntimeError, TypeError, ValueError), _frugal():
        result = made._compile_uncached()
        library, module = result.library, result.library._final_module
        for linked in dict.fromkeys(library._linking_libraries):
            module.link_in(linked._get_module_for_linking(), preserve=True)
        library._optimize_final_module()
        module.verify()
        outside = [value.name for value in (*module.functions, *module.global_variables) if value.is_declaration]
        if all(name.startswith("llvm.") or name in C_FUNCTIONS for name in outside):
            return Machine(result.fndesc.llvm_cfunc_wrapper_name, written(library._codegen._tm, module))
    return None


def written(target: "TargetMachine", module: "ModuleRef") -> bytes:
    """Return a module that is done as a file of the linker's."""
    code: bytes = target.emit_object(module)
    return code


@contextmanager
def _frugal() -> Iterator[None]:
    """Have Numba compile without what would stay for ever, the passes of an optimizer for every function it calls.

    What it finds out about operations on numbers, a fifth of its time, is remembered from one kernel to the next.
    """
    from numba.core.compiler_lock import global_compiler_lock
    from numba.core.registry import cpu_target
    from numba.core.types.functions import BaseFunction

    _free_passes()
    with global_compiler_lock:
        codegen = cpu_target.target_context.codegen()
        kept, finding = codegen._library_class, BaseFunction.get_call_type
        codegen._library_class, codegen._pass_builder = _library(), _pass_builder
        setattr(BaseFunction, FINDING, _remembering())
        try:
            yield
        finally:
            codegen._library_class = kept
            del codegen._pass_builder
            setattr(BaseFunction, FINDING, finding)


@cache
def _library() -> type:
    """Return Numba's library of functions that are compiled together, which optimizes those that have a body."""
    from numba.core.codegen import JITCodeLibrary

    class Library(JITCodeLibrary):  # type: ignore[misc]
        def _optimize_functions(self, ll_module: "ModuleRef") -> None:
            ll_module.data_layout = self._codegen._data_layout
            for function in ll_module.functions:
                if not function.is_declaration:
                    passes, builder = self._codegen._function_pass_manager()
                    passes.run(function, builder)

    return Library


@cache
def _remembering() -> Callable[..., Any]:
    """Return how Numba finds the types of a call, with those remembered that are calls with numbers alone."""
    from numba.core.types import Boolean, Float, Integer
    from numba.core.types.functions import BaseFunction

    plain, find = (Boolean, Float, Integer), BaseFunction.get_call_type
    known: dict[Any, Any] = {}

    def remembering(function: Any, context: Any, args: tuple[Any, ...], kws: Any) -> Any:  # noqa: ANN401
        if kws or not all(isinstance(each, plain) for each in args):
            return find(function, context, args, kws)
        if (function, args) not in known:
            if len(known) >= REMEMBERED:
                known.clear()
            known[function, args] = find(function, context, args, kws)
        return known[function, args]

    return remembering


@cache
def _pass_builder(**options: object) -> Any:  # noqa: ANN401
    """Return what makes lists of passes with these options, one for all kernels.

    Numba makes one for each list, and what it tells of the passes, ``PassInstrumentationCallbacks``, llvmlite never
    frees: 1.4 kB a list, some 7 kB a kernel.
    """
    from numba.core.registry import cpu_target

    codegen = cpu_target.target_context.codegen()
    return type(codegen)._pass_builder(codegen, **options)


@cache
def _free_passes() -> None:
    """Have llvmlite free the passes of its optimizer, 0.5 MB for each kernel.

    It means to. But of the two classes that a list of passes is derived from, the one that frees nothing comes first.
    """
    with suppress(ImportError, AttributeError):
        from llvmlite.binding import newpassmanagers as passes
        from llvmlite.binding.ffi import ObjectRef

        for kind in (passes.ModulePassManager, passes.FunctionPassManager):
            if kind._dispose is ObjectRef._dispose:
                kind._dispose = passes.NewPassManager._dispose
