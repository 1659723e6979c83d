"""Frames are encoded in a thread of their own, while the next ones are drawn."""

from collections.abc import Callable, Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.export.film import Film

Frame: TypeAlias = NDArray[np.uint8]
AHEAD = 4
"""As many frames may wait: more would only take memory."""
PATIENCE = 0.05
"""Seconds between looks at whether the other side is still there."""


def encoded(film: Film, consume: Callable[[Iterator[Frame]], None]) -> Iterator[int]:
    """Draw the frames of ``film`` here while ``consume`` writes them in another thread; yield how many are drawn."""
    encoder = Encoder(consume)
    try:
        for done, frame in enumerate(film.frames(), start=1):
            encoder.put(frame)
            yield done
        for _ in encoder.finish():
            yield len(film.steps)
    finally:
        encoder.stop()


class _Stopped(Exception):
    """The frames end because nobody wants the file any more."""


class Encoder:
    """Feeds frames to a function that runs in another thread.

    Args:
        consume: Takes an iterator of frames and writes them; an error it raises comes out of :meth:`put` or
            :meth:`finish`.
    """

    def __init__(self, consume: Callable[[Iterator[Frame]], None]) -> None:
        self._frames: Queue[Frame | None] = Queue(AHEAD)
        self._stop = Event()
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, args=(consume,), name="encoder", daemon=True)
        self._thread.start()

    def put(self, frame: Frame | None) -> None:
        """Hand over the next frame, or None after the last; waits while too many are waiting."""
        while True:
            self._check()
            try:
                self._frames.put(frame, timeout=PATIENCE)
                return
            except Full:
                continue

    def finish(self) -> Iterator[None]:
        """Yield until everything is written."""
        self.put(None)
        while self._thread.is_alive():
            self._thread.join(PATIENCE)
            yield
        self._check()

    def stop(self) -> None:
        """Give up and wait until the thread has ended; does nothing after a finish."""
        self._stop.set()
        self._thread.join()

    def _check(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self, consume: Callable[[Iterator[Frame]], None]) -> None:
        try:
            consume(self._waiting())
        except _Stopped:
            pass
        except BaseException as error:  # noqa: BLE001  it is raised again in the thread that draws
            self._error = error

    def _waiting(self) -> Iterator[Frame]:
        while not self._stop.is_set():
            try:
                frame = self._frames.get(timeout=PATIENCE)
            except Empty:
                continue
            if frame is None:
                return
            yield frame
        raise _Stopped
