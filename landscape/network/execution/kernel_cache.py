"""The cache of the network's kernels: each compiled when it is first needed, then loaded from the disk."""

import ctypes
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

from landscape.formula.disk_cache import digest, find, settle
from landscape.formula.machine_code.native import Kernel
from landscape.network.kernels import compiler
from landscape.network.kernels.compiler import Kind, compile_kernel, source

_GENERATORS = Path(compiler.__file__).parent
_LOCK = threading.Lock()
_RUN = ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_void_p] * 3)


@cache
def runner(kind: Kind) -> Callable[..., int]:
    """Return the interpreter's ``run``, to be called with the addresses of memory, program and losses."""
    return _RUN(kernel("run", kind).address)


def kernel(name: str, kind: Kind) -> Kernel:
    """Return a kernel; it stays where it is. May be called from any thread."""
    with _LOCK:  # Around the cache: of two made at once it would keep one, and the other's machine code would be freed
        return _kernel(name, kind)


@cache
def _kernel(name: str, kind: Kind) -> Kernel:
    key = _key(name, kind)
    return find(key) or settle(key, compile_kernel(source(name, kind), name, kind))


def _key(name: str, kind: Kind) -> str:
    """Return what a kernel is kept under: its folder's files hold its text, and all else that it is made with."""
    return f"# {name} {kind} {_digest()}"


@cache
def _digest() -> str:
    """Return a hash of all that generates the kernels."""
    return digest(_GENERATORS)
