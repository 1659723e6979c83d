"""One piece of work after the other, for several threads."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from threading import Event
from typing import TypeVar

Piece = TypeVar("Piece")

PATIENCE = 0.02
"""Seconds between two questions whether to stop what is in the middle of a piece."""
MOST = 64
"""Threads; as many as there are cores run at once."""


def share(
    pieces: Iterable[Piece],
    worker: Callable[[], Callable[[Piece], None]],
    threads: int,
    cancelled: Callable[[], bool],
    stop: Callable[[], None] | None = None,
) -> list[Piece]:
    """Have every piece worked at by one of so many threads; return those that were left once ``cancelled`` said yes.

    ``worker`` is called once in each thread, and returns what is called with each of the thread's pieces. ``stop`` is
    called while threads are in the middle of one; what they make of it then is left, too. Without it, they finish it.
    """
    waiting = iter(list(pieces))
    left: list[Piece] = []

    with _watched(cancelled, stop) as stopped:

        def work() -> None:
            do = worker()
            while not cancelled() and (piece := next(waiting, None)) is not None:
                do(piece)
                if stopped.is_set():
                    left.append(piece)

        others = [_pool().submit(work) for _ in range(threads - 1)]
        work()
        for other in others:
            if not other.cancel():
                other.result()
    return [*left, *waiting]


@contextmanager
def _watched(cancelled: Callable[[], bool], stop: Callable[[], None] | None) -> Iterator[Event]:
    """Call ``stop`` if ``cancelled`` says yes meanwhile; yield what tells that."""
    stopped, ended = Event(), Event()
    if stop is None:
        yield stopped
        return

    def watch() -> None:
        while not ended.wait(PATIENCE):
            if cancelled():
                stopped.set()
                stop()
                return

    watching = _pool().submit(watch)
    try:
        yield stopped
    finally:
        ended.set()
        watching.cancel()


@cache
def _pool() -> ThreadPoolExecutor:
    """Return threads that stay: starting one takes as long as many thousand steps, longer on a busy computer."""
    return ThreadPoolExecutor(MOST, thread_name_prefix="descent")
