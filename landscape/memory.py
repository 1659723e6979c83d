"""Caches bounded in bytes, each by itself and all together: what is returned is kept until it takes too much."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache, wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
R = TypeVar("R")
MEGABYTE = 2**20
NUMBER = 32
"""Bytes of one of Python's numbers, about."""
PLAIN = frozenset({float, int, bool, str, bytes, type(None)})
"""Types of what holds nothing else."""
FEW = 8
"""What is longer and begins with a number is a column of numbers, which nobody walks through."""


class Budget:
    """How many megabytes several caches may take together; each is known by what empties it."""

    def __init__(self, megabytes: int) -> None:
        self._most = megabytes * MEGABYTE
        self._held: Counter[Callable[[], None]] = Counter()
        self._lock = Lock()

    def add(self, empty: Callable[[], None], new: int, most: int) -> None:
        """Make room for so many bytes that are new in a cache, which may have ``most`` by itself.

        Where it would be too much with all that was new before in this cache, it is emptied; where it would be too much
        for all caches together, those that hold most are.
        """
        emptied = []
        with self._lock:
            if self._held[empty] + new > most:
                emptied.append(empty)
                self._held[empty] = 0
            while self._held.total() + new > self._most and self._held.total():
                [(largest, _)] = self._held.most_common(1)
                emptied.append(largest)
                self._held[largest] = 0
            self._held[empty] += new
        for each in emptied:
            each()


TOGETHER = Budget(32)
"""Of all caches: a session of 8 runs of 100,000 steps takes 26 of it."""


def bounded(
    entries: int, megabytes: int, size: Callable[[Any], int] | None = None, budget: Budget = TOGETHER
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that keeps up to so many results of a function, as long as they are not too large together.

    A result that is found again costs what it costs in ``functools.lru_cache``, which this is. Whatever is new is
    measured, together with its arguments, and all that was new before is let go where it would be too much with it. So
    there is never more than ``megabytes``, nor in all caches more than is in the budget, and beside it the last result.
    May be called from any thread.

    Args:
        entries: So many results at most.
        megabytes: So much memory at most.
        size: Returns the bytes of a result, where walking through all of it would take longer than making it.
        budget: What this cache has to share with others.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def measuring(*arguments: P.args, **named: P.kwargs) -> R:
            result = function(*arguments, **named)
            new = size(result) if size is not None else bytes_of((arguments, named, result))
            budget.add(cached.cache_clear, new, megabytes * MEGABYTE)
            return result

        cached = lru_cache(maxsize=entries)(measuring)
        return cached  # type: ignore[return-value]

    return decorate


def bytes_of(value: object) -> int:
    """Return about how much memory a value takes: arrays, pictures, texts, and all that is in them.

    What is held in two places counts once.
    """
    size, seen, waiting = 0, set[int](), [value]
    while waiting:
        one = waiting.pop()
        if type(one) in PLAIN:
            size += sys.getsizeof(one)
        elif id(one) not in seen:
            seen.add(id(one))
            size += _own(one)
            waiting.extend(_parts(one))
    return size


def _own(value: object) -> int:
    """Return the bytes of a value without what it holds."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    picture: Any = getattr(value, "sizeInBytes", None)
    if picture is not None:
        return int(picture())
    return sys.getsizeof(value) + (len(value) * NUMBER if _is_column(value) else 0)  # type: ignore[arg-type]


def _parts(value: object) -> Iterable[object]:
    """Return what a value holds."""
    kind: Any = type(value)
    names = _names(kind)
    if names:
        return [getattr(value, name) for name in names]
    if isinstance(value, (tuple, list, set, frozenset)):
        return () if _is_column(value) else value
    return (*value.keys(), *value.values()) if isinstance(value, Mapping) else ()


def _is_column(value: object) -> bool:
    return isinstance(value, (tuple, list)) and len(value) > FEW and isinstance(value[0], (float, int))


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return the fields of a dataclass; none for every other class."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
