"""Work that takes longer than a frame: the only place where the window has threads.

A channel does one kind of work, one job at a time: the running job finishes, and of those that wait only the newest is
kept. That gives live feedback, where cancelling on every move would show nothing until the mouse stops.
"""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import TypeAlias

from PySide6.QtCore import QDeadlineTimer, QEvent, QObject, QThreadPool, Signal

from landscape.errors import forget_frames

log = logging.getLogger(__name__)

Cancelled: TypeAlias = Callable[[], bool]
Work: TypeAlias = Callable[[Cancelled], object]

DRAWING = (QEvent.Type.UpdateRequest, QEvent.Type.LayoutRequest)
"""While these are handled, Qt calls hundreds of our functions."""
PATIENCE = 500
"""Milliseconds in which what is cancelled ends; only what Numba compiles takes longer."""
SWITCH = 5e-4
"""Seconds for which a job may keep the interpreter. Python's own 5 ms are waited out at nearly every call of Qt that
the window makes while a job computes in Python: dozens of them for one picture."""
WORK, WAY = 1e-3, 1e-2
"""Seconds for which a job goes on, and for which at most it then waits, while the window is at work itself."""
_way_is_free = Event()
_way_is_free.set()


@contextmanager
def first() -> Iterator[None]:
    """Have jobs make way, where they ask whether they are cancelled: only one thread at a time computes in Python.

    What Qt calls of ours while it paints or lays out waits for the interpreter at each of hundreds of calls, wherever a
    job has it.
    """
    within = not _way_is_free.is_set()
    _way_is_free.clear()
    try:
        yield
    finally:
        if not within:
            _way_is_free.set()


class Jobs(QObject):
    """The thread pool of one window, and its channels."""

    def __init__(self, parent: QObject, threads: int = 2) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._channels: list[Channel] = []
        self.closed = False
        """Whether nothing is begun or delivered any more."""

    def channel(self, kind: str) -> "Channel":
        """Return a new channel for ``kind``."""
        made = Channel(kind, self._pool, self)
        self._channels.append(made)
        if self.closed:
            made.cancel()
        return made

    def close(self) -> None:
        """Cancel everything and wait a moment for what runs; nothing is begun or delivered any more."""
        self.closed = True
        for channel in self._channels:
            channel.cancel()
        self._pool.waitForDone(QDeadlineTimer(PATIENCE))

    def finish(self) -> None:
        """Wait for what runs, and let it have the interpreter meanwhile: who destroys the threads does not."""
        self._pool.waitForDone()

    @property
    def ended(self) -> bool:
        """Tell whether nothing runs."""
        return self._pool.activeThreadCount() == 0

    @property
    def idle(self) -> bool:
        """Tell whether no channel has anything to do."""
        return not any(channel.busy for channel in self._channels)


class Channel(QObject):
    """One kind of work, one at a time, the newest next."""

    done = Signal(object, object)
    """The job's key and its result, in the window's thread."""
    failed = Signal(object, object)
    """The job's key and the exception, in the window's thread."""
    _finished = Signal(object, object, object)

    def __init__(self, kind: str, pool: QThreadPool, parent: QObject) -> None:
        super().__init__(parent)
        self._kind = kind
        self._pool = pool
        self._since = 0.0
        """When the running job began, or last made way."""
        self._running: object | None = None
        self._waiting: tuple[object, Work] | None = None
        self._closed = False
        self._finished.connect(self._deliver)

    @property
    def busy(self) -> bool:
        """Tell whether a job runs."""
        return self._running is not None

    def submit(self, key: object, work: Work) -> None:
        """Do ``work`` as soon as the running job is done, unless something newer comes; equal keys are one job."""
        if self._closed or key == self._running:
            return
        if self._running is None:
            self._start(key, work)
        else:
            self._waiting = key, work

    def cancel(self) -> None:
        """Drop what waits, tell the running job to stop, and deliver nothing more."""
        self._closed = True
        self._waiting = None

    def _start(self, key: object, work: Work) -> None:
        self._running = key
        self._pool.start(lambda: self._work(key, work))

    def _work(self, key: object, work: Work) -> None:
        """Run in the pool: an exception becomes a value, for the panel that asked."""
        result: object = None
        error: Exception | None = None
        self._since = time.perf_counter()
        try:
            result = work(self._cancelled)
        except Exception as caught:  # noqa: BLE001
            error = forget_frames(caught)
        if not self._closed:
            self._finished.emit(key, result, error)

    def _cancelled(self) -> bool:
        """Answer the running job whether it is cancelled; it makes way meanwhile, where the window is at work."""
        if not (self._closed or _way_is_free.is_set()) and time.perf_counter() > self._since + WORK:
            _way_is_free.wait(WAY)
            self._since = time.perf_counter()
        return self._closed

    def _deliver(self, key: object, result: object, error: Exception | None) -> None:
        self._running = None
        waiting, self._waiting = self._waiting, None
        if self._closed:
            return
        if waiting is not None:
            self._start(*waiting)
        if error is not None:
            log.info("A job of kind %s failed on %s: %s", self._kind, key, error)
            self.failed.emit(key, error)
        else:
            self.done.emit(key, result)
