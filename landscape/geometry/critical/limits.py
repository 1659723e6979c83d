"""The limits of a search: how long it may take, and whether anybody still wants what it finds."""

import math
import time
from collections.abc import Callable
from typing import TypeAlias

Ask: TypeAlias = Callable[[], None]
"""Raises :class:`Spent` once nothing more is to be computed; asked between any two pieces of work."""

_PATIENCE = 1e-3
"""Seconds between two questions whether it is cancelled."""


class Spent(Exception):
    """The time is over, or somebody cancelled: what is known by now is the answer."""


class Limits:
    """The time that a search may take, and who may cancel it; without a limit until there is one."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self.is_cancelled = False
        self.is_spent = False
        """Whether something was not computed any more."""
        self._cancelled = cancelled
        self._asked = -math.inf
        self._until = math.inf

    def allow(self, seconds: float) -> None:
        """Allow so many seconds besides those allowed before: who took too many leaves fewer to those after."""
        self._until = seconds + (time.perf_counter() if math.isinf(self._until) else self._until)

    def ask(self) -> None:
        """Raise :class:`Spent` once the time is over or someone cancelled; that is asked once a millisecond."""
        now = time.perf_counter()
        if now >= self._asked + _PATIENCE:
            self._asked = now
            self.is_cancelled = self.is_cancelled or self._cancelled()
        if self.is_cancelled or now > self._until:
            self.is_spent = True
            raise Spent


def never() -> None:
    """Let everything be computed."""
