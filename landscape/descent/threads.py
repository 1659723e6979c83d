"""One piece of work after the other, for several threads."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Piece = TypeVar("Piece")


def share(
    pieces: Iterable[Piece], worker: Callable[[], Callable[[Piece], None]], threads: int, cancelled: Callable[[], bool]
) -> list[Piece]:
    """Have every piece worked at by one of so many threads; return those that were left once ``cancelled`` said yes.

    ``worker`` is called once in each thread, and returns what is called with each of the thread's pieces.
    """
    waiting = iter(list(pieces))

    def work() -> None:
        do = worker()
        while not cancelled() and (piece := next(waiting, None)) is not None:
            do(piece)

    others = [_pool().submit(work) for _ in range(threads - 1)]
    work()
    for other in others:
        if not other.cancel():
            other.result()
    return list(waiting)


@cache
def _pool() -> ThreadPoolExecutor:
    """Return threads that stay: starting one takes as long as many thousand steps, longer on a busy computer."""
    return ThreadPoolExecutor(thread_name_prefix="descent")
