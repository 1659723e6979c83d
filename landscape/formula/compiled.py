"""From the Python text of a kernel to machine code, by Numba, with Numba's cache on the disk.

The text is kept in ``user_folder("cache")/kernels``, in a file named by its hash, with Numba's cache beside it; the
folder is named by everything else that the machine code depends on. Nothing kept can be out of date. Where the folder
cannot be used, kernels are compiled anew by each process: it takes about 0.1 s.

Importing Numba takes 0.2 s and its first use as long again, so it is left to the first kernel.
"""

import gc
import hashlib
import inspect
import math
import os
import pickle
import platform
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from landscape.formula import exponential, words
from landscape.resources import user_folder
from landscape.writing import write_text

_FUNCTIONS = (
    "sqrt", "exp", "log", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
    "sinh", "cosh", "tanh", "hypot", "pow", "inf",
)  # fmt: skip
_LOCK = threading.RLock()
_UNREADABLE = (EOFError, pickle.UnpicklingError, ValueError, LookupError, AttributeError, ImportError, TypeError)
"""What reading a damaged cache file ends in."""


LOADED = 256
"""Kernels in memory."""
KEPT = 5_000
"""Kernels on the disk, some 20 kB each: every formula that was ever typed, until it is too many."""


@dataclass(frozen=True, eq=False)
class Kernel:
    """A compiled function, to be called through its address, and what keeps it in memory."""

    address: int
    function: Any


def load(source: str, function: str) -> Kernel:
    """Return the compiled ``function`` of a kernel's text: from memory, from the disk, or compiled now.

    May be called from any thread; two that ask for the same kernel compile it once. The ``LOADED`` last used stay in
    memory; one that is still held by whoever runs it stays as long as that.
    """
    loaded = _loaded()
    with suppress(KeyError):  # Not behind the lock: a kernel that is there must not wait for one that is compiled.
        loaded.move_to_end(source)
        return loaded[source]
    with _LOCK:
        if source not in loaded:
            compiled = _compile(source)[function]
            loaded[source] = Kernel(compiled.address, compiled)
        if len(loaded) > LOADED:
            loaded.popitem(last=False)
        return loaded[source]


def is_ready(source: str) -> bool:
    """Tell whether :func:`load` would answer at once."""
    return source in _loaded()


@cache
def _loaded() -> OrderedDict[str, Kernel]:
    """Return the kernels in memory, the least recently used first."""
    return OrderedDict()


def _compile(source: str) -> dict[str, Any]:
    """Return what the text defines, with the machine code from the disk or left there."""
    with suppress(OSError):
        path = _place(source)
        with suppress(*_UNREADABLE):
            return _execute(source, str(path), keep=True)
        for damaged in (path.parent / "__pycache__").glob(f"{path.stem}*"):
            damaged.unlink()
        return _execute(source, str(path), keep=True)
    return _execute(source, "<kernel>", keep=False)


def _execute(source: str, path: str, keep: bool) -> dict[str, Any]:
    import numba
    import numpy as np

    options = {"cache": keep, "nopython": True, "error_model": "numpy", "fastmath": set(words.FLAGS)}
    names: dict[str, Any] = {"__name__": __name__, "kernel": partial(numba.cfunc, **options), **words.compiled()}
    names |= {name: getattr(math, name) for name in _FUNCTIONS}
    names |= {"floor": np.floor, "ceil": np.ceil, "cbrt": np.cbrt}
    with _no_collecting():
        exec(compile(source, path, "exec"), names)
    return names


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Put off the search for garbage: compiling makes a million objects, and the search takes a quarter of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _place(source: str) -> Path:
    """Return the file of a text, in a folder that can be written to; OSError if there is none."""
    folder = user_folder("cache") / "kernels" / _surroundings()
    _make_room(folder)
    with tempfile.TemporaryFile(dir=folder / "__pycache__"):
        path = folder / f"k_{hashlib.sha256(source.encode()).hexdigest()[:32]}.py"
    if not path.exists() or path.read_text(encoding="utf-8") != source:
        write_text(path, source)
        os.utime(path, (0, 0))  # Numba's cache is for a file of this time: two processes may both have written it
    return path


@cache
def _make_room(folder: Path) -> None:
    """Make the folder, or remove the older half of its kernels if it holds more than ``KEPT``; once per process."""
    beside = folder / "__pycache__"
    beside.mkdir(parents=True, exist_ok=True)
    kept = list(beside.glob("*.nbi"))
    if len(kept) > KEPT:
        for index in sorted(kept, key=lambda file: file.stat().st_mtime)[: len(kept) // 2]:
            name = index.name.partition(".")[0]
            for old in (folder / f"{name}.py", *beside.glob(f"{name}.*")):
                old.unlink(missing_ok=True)


@cache
def _surroundings() -> str:
    """Return a name for all that the machine code depends on besides the text."""
    import llvmlite
    import llvmlite.binding as llvm
    import numba
    import numpy as np

    features = llvm.get_host_cpu_features().flatten()
    versions = (numba.__version__, llvmlite.__version__, np.__version__, platform.python_version())
    computer = (llvm.get_process_triple(), llvm.get_host_cpu_name(), features)
    written = map(inspect.getsource, (words, exponential))
    return hashlib.sha256("\n".join((*versions, *computer, *written)).encode()).hexdigest()[:16]
