"""What takes long while a picture is drawn and needs no painter: done at once, or elsewhere while others go on."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

Apart: TypeAlias = Callable[[Callable[[], None]], Iterator[None]]
"""Has such work done, and yields until it is."""


def at_once(work: Callable[[], None]) -> Iterator[None]:
    """Do it now, without a turn for anybody else."""
    work()
    return iter(())
