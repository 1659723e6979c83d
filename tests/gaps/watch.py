"""A watch over the event loop: wall time and processor time of the window's thread between two of its turns."""

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

TICK = 1
"""Milliseconds between two looks: as long as the loop turns, gaps are about as short."""


COUNTING = 0.011
"""Seconds in which the processor that all limits are about counts to a million: a slower one may take longer."""


def slowness() -> float:
    """Return how many times as long as that processor this one takes, now and beside all else that goes on; at least 1.

    A virtual machine is given more or less of a processor from one second to the next, and takes that for its own time.
    """
    begin = time.thread_time()
    for _ in range(1_000_000):
        pass
    return max(1.0, (time.thread_time() - begin) / COUNTING)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """What passed between two turns, in seconds."""

    wall: float
    busy: float
    """Processor time of the window's own thread: a busy machine, or a job that holds the interpreter, adds nothing."""


NO_GAP = Gap(wall=0.0, busy=0.0)


class Watch(QObject):
    """Keeps every gap between two turns of the loop of the thread that made it."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self._last = (0.0, 0.0)
        self._timer = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    @property
    def running(self) -> bool:
        """Whether it looks."""
        return self._timer.isActive()

    def start(self) -> None:
        """Look from now on."""
        self._last = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        """Look no more; what has not ended by now counts as far as it went."""
        self._tick()
        self._timer.stop()

    @property
    def longest(self) -> Gap:
        """The gap that took longest."""
        return max(self.gaps, key=lambda gap: gap.wall, default=NO_GAP)

    @property
    def busiest(self) -> float:
        """The most processor time that the window's thread took in one turn."""
        return max((gap.busy for gap in self.gaps), default=0.0)

    def _tick(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self.gaps.append(Gap(wall=now[0] - self._last[0], busy=now[1] - self._last[1]))
        self._last = now
