"""The cache of kernels in memory: loaded from the disk cache, or else compiled and kept there.

Compiling one takes about 0.1 s, the first 0.5 s more; from the disk it is a millisecond.
"""

import threading
from collections import OrderedDict
from contextlib import suppress
from functools import cache

from landscape.formula.disk_cache import find, settle
from landscape.formula.machine_code.compiler import compile_kernel
from landscape.formula.machine_code.native import Kernel

LOADED = 128
"""Kernels in memory ..."""
TEXTS = 4 * 2**20
"""... and letters of all their texts: the code of a kernel is up to five times as long as its text."""
_FIRST = """
@kernel("int64(int64, int64, int64)")
def first(steps, record, constants):
    rate = get(constants, 0)
    x = get(record, 0)
    left = steps
    while True:
        step = steps - left
        row = record + 8 * step
        put(row, 0, x)
        if not abs(x + 1.0) < inf:
            return step
        if left == 0:
            return step + 1
        slope = times(2.0, x) - 1.0
        sign = choose(slope > 0.0, 1.0, choose(slope < 0.0, -1.0, slope))
        x = x - times(rate, sign) / (sqrt(times(x, x)) + 1.0)
        left -= 1
"""
"""A kernel as small as one can be that has all that those of runs have."""
_LOCK = threading.Lock()


def load(source: str, function: str) -> Kernel:
    """Return the compiled ``function`` of a kernel's text: from memory, from the disk, or compiled now.

    May be called from any thread; two that ask for the same kernel compile it once. The last used stay in memory,
    ``LOADED`` and no more than have ``TEXTS``; one that is still held by whoever runs it stays as long as that.
    """
    loaded = _loaded()
    with suppress(KeyError):  # Not behind the lock: a kernel that is there must not wait for one that is compiled.
        loaded.move_to_end(source)
        return loaded[source]
    with _LOCK:
        if source not in loaded:
            loaded[source] = find(source) or settle(source, compile_kernel(source, function))
        while len(loaded) > LOADED or (len(loaded) > 1 and sum(map(len, loaded)) > TEXTS):
            loaded.popitem(last=False)
        return loaded[source]


@cache
def prepare() -> None:
    """Load what compiles kernels, and use it once: the first text that is compiled then takes no longer than others."""
    compile_kernel(_FIRST, "first")


def is_ready(source: str) -> bool:
    """Tell whether :func:`load` would answer at once."""
    return source in _loaded()


@cache
def _loaded() -> OrderedDict[str, Kernel]:
    """Return the kernels in memory, the least recently used first."""
    return OrderedDict()
