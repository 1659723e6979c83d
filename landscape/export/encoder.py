"""Frames are encoded in a thread of their own, while the next ones are drawn."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from queue import Empty, Full, Queue
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.export.film import Film
from landscape.export.turns import PATIENCE, Stopped, Task, Turns
from landscape.scene.question import Cancelled

Frame: TypeAlias = NDArray[np.uint8]
AHEAD = 4
"""As many frames may wait: more would only take memory."""


def encoded(film: Film, consume: Callable[[Iterator[Frame]], None], *, copied: bool = False) -> Generator[int | None]:
    """Draw the frames of ``film`` here while ``consume`` writes them in another thread; yield how many are drawn.

    Args:
        film: What is drawn.
        consume: Writes it.
        copied: It keeps no frame once it asks for the next, so that others are drawn in the same memory.
    """
    encoder = Encoder(consume, copied=copied)
    try:
        for done, step in enumerate(film.steps.tolist(), start=1):
            over = encoder.written.popleft() if encoder.written else None
            yield from encoder.put((yield from film.drawing(step, over)))
            yield done
        yield from encoder.finish()
    except Stopped:
        yield from encoder.ended()
        raise
    finally:
        encoder.stop()


class Encoder:
    """Feeds frames to a function that runs in another thread.

    Args:
        consume: Takes an iterator of frames and writes them; an error it raises comes out of :meth:`put` or
            :meth:`finish`.
        copied: It keeps no frame once it asks for the next.
    """

    def __init__(self, consume: Callable[[Iterator[Frame]], None], *, copied: bool = False) -> None:
        self.written: deque[Frame] = deque(maxlen=AHEAD if copied else 0)
        """Frames that it needs no more."""
        self._frames: Queue[Frame | None] = Queue(AHEAD)
        self._task = Task(lambda stopped: self._run(consume, stopped), "encoder")

    def put(self, frame: Frame | None) -> Turns[None]:
        """Hand over the next frame, or None after the last; yield while too many are waiting."""
        while True:
            self._task.check()
            try:
                self._frames.put(frame, timeout=PATIENCE)
                return
            except Full:
                yield None

    def finish(self) -> Turns[None]:
        """Yield until everything is written."""
        yield from self.put(None)
        yield from self._task.done()

    def ended(self) -> Turns[None]:
        """Give up, and yield until the thread has ended."""
        yield from self._task.ended()

    def stop(self) -> None:
        """Give up and wait until the thread has ended; does nothing after a finish."""
        self._task.stop()

    def _run(self, consume: Callable[[Iterator[Frame]], None], stopped: Cancelled) -> None:
        try:
            consume(self.waiting(stopped))
        except Stopped:
            return

    def waiting(self, stopped: Cancelled) -> Iterator[Frame]:
        """Yield the frames that are handed over, in the thread that writes them, until the last or until stopped."""
        while not stopped():
            try:
                frame = self._frames.get(timeout=PATIENCE)
            except Empty:
                continue
            if frame is None:
                return
            yield frame
            self.written.append(frame)
        raise Stopped
