"""The kernels of the strategies: compiled of their own modules and the frame, and kept on the disk."""

import ctypes
import inspect
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from landscape.catalogue.strategies import Strategy
from landscape.descent.strategies import frame
from landscape.descent.strategies.strategy import module_of
from landscape.formula.machine_code.native import Compiled, Kernel

_RUN = "qqddddQd"
"""Of the arguments of ``run``; see :func:`~landscape.formula.machine_code.functions.compile_function`."""
_SLOPES = "qqdQd"
_INTRINSIC = ("reach", "uniform")
_EACH = ("STRATEGY", "USES", "PARTS", "begin", "step")
"""Names that each strategy's module has for itself."""
_LOCK = threading.Lock()


@dataclass(frozen=True, eq=False)
class Loaded:
    """A kernel that can be called with whole numbers and addresses."""

    call: Callable[..., None]
    held: Kernel


def run_kernel(given: Strategy) -> Loaded:
    """Return the kernel that makes the steps of a strategy: from memory, from the disk, or compiled now."""
    return _loaded(given.entry)


def is_ready(given: Strategy) -> bool:
    """Tell whether :func:`run_kernel` would answer at once."""
    return given.entry in _memory() and "" in _memory()


def slopes_kernel() -> Loaded:
    """Return the kernel that writes the gradient at each point that was recorded."""
    return _loaded("")


@cache
def _memory() -> dict[str, Loaded]:
    """Return the kernels in memory, by the id of their strategy; the empty one is that of the gradients."""
    return {}


def _loaded(name: str) -> Loaded:
    found = _memory().get(name)
    if found is None:
        with _LOCK:
            found = _memory().get(name) or _memory().setdefault(name, _load(name))
    return found


def run_source(given: Strategy) -> str:
    """Return the text by which the kernel of a strategy is kept on the disk."""
    return _source("run", (frame, *_modules(given.entry)))


def _modules(name: str) -> tuple[ModuleType, ...]:
    """Return the modules of a strategy; the functions of the later ones stand for those of the same names before."""
    own = module_of(Strategy(name))
    return (*getattr(own, "USES", ()), own)


def _load(name: str) -> Loaded:
    if not name:
        return _found("slopes", _SLOPES, (frame,), ())
    modules = _modules(name)
    own = modules[-1]
    return _found("run", _RUN, (frame, *modules), (own.begin, own.step, *_parts(modules)))


def _parts(modules: Sequence[ModuleType]) -> list[Any]:
    return [part for module in reversed(modules) for part in module.PARTS]


def _source(name: str, modules: Sequence[ModuleType]) -> str:
    return "\n".join([f"{name} of", *map(inspect.getsource, modules)])


def _found(name: str, letters: str, modules: Sequence[ModuleType], parts: Sequence[Any]) -> Loaded:
    """Return a function of some modules from the disk, or compile it of their parts and those of the frame."""
    from landscape.formula.disk_cache import find, settle

    source = _source(name, modules)
    kernel = find(source) or settle(source, _compiled(name, letters, modules, parts))
    kinds: list[Any] = [ctypes.c_int64 if letter == "q" else ctypes.c_void_p for letter in letters]
    return Loaded(ctypes.CFUNCTYPE(None, *kinds)(kernel.address), kernel)


def _compiled(name: str, letters: str, modules: Sequence[ModuleType], parts: Sequence[Any]) -> Compiled:
    from landscape.formula.machine_code.functions import compile_function

    whole = ModuleType("strategy")
    for module in modules:
        own = {key: held for key, held in vars(module).items() if not key.startswith("__") and key not in _EACH}
        if any(vars(whole).get(key, held) != held for key, held in own.items()):
            raise NameError(f"{module.__name__} gives a name of the frame another meaning")
        vars(whole).update(own)
    for key in _EACH:
        setattr(whole, key, getattr(modules[-1], key, None))
    return compile_function(whole, name, letters, (*parts, *frame.PARTS), _INTRINSIC)
