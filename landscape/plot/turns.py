"""What takes long while a picture is drawn and needs no painter: done at once, or elsewhere while others go on."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

Apart: TypeAlias = Callable[[Callable[[], None]], Iterator[Any]]
"""Has such work done, and yields until it is."""


def at_once(work: Callable[[], None]) -> Iterator[Any]:
    """Do it now, without a turn for anybody else."""
    work()
    return iter(())
