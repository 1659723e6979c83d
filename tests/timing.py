"""Time that a call takes: the shortest of a few, because a busy computer only ever adds to it."""

import time
from collections.abc import Callable


def soon(call: Callable[[], object], seconds: float, tries: int = 3) -> bool:
    """Return whether ``call`` takes at most ``seconds`` of processor time in one of ``tries``."""
    return any(_taken(call) <= seconds for _ in range(tries))


def _taken(call: Callable[[], object]) -> float:
    begin = time.process_time()
    call()
    return time.process_time() - begin
