"""The heap of the C library, malloc: one for all threads, and what is free of it goes back to the system."""

import ctypes
from functools import cache
from typing import Any

ONE_HEAP = {-8: 1, -3: 32 * 2**20, -1: 2**30}
"""What ``mallopt`` is told: so many heaps (M_ARENA_MAX); and bytes of a block that stands apart (M_MMAP_THRESHOLD, the
largest that there can be), and of what is free at the end of the heap before it goes back (M_TRIM_THRESHOLD)."""


def use_one_heap() -> None:
    """Have all threads take memory from one heap, where the C library would give each thread its own.

    Whatever each of them has once needed at the most would be kept there, and is in none for the others: some 100 MB
    after an hour, of which :func:`return_memory` gets nothing back. What is free goes back to the system when nobody
    waits for it only: while the heap shrinks and grows, it is locked, and the window would wait for the jobs. To be
    called before there are threads.
    """
    if _library() is not None:
        for what, value in ONE_HEAP.items():
            _library().mallopt(what, value)


def return_memory() -> None:
    """Return to the system what is free among what is used: some 100 MB after an hour, which Linux would keep."""
    if _library() is not None:
        _library().malloc_trim(0)


@cache
def _library() -> Any:  # noqa: ANN401
    """Return the C library; None where it is another one than that of Linux, which has these functions."""
    try:
        library = ctypes.CDLL(None)
        library.mallopt, library.malloc_trim  # noqa: B018
    except (AttributeError, OSError, TypeError):
        return None
    return library
