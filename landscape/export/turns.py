"""Long work by turns: what draws yields after each piece, and whoever waits for a thread yields meanwhile.

So one thread, that of the window, can do it between its events: in Qt only the thread that made a plot may draw it.
"""

from collections.abc import Callable, Generator
from threading import Event, Thread
from typing import Generic, TypeAlias, TypeVar

from landscape.errors import forget_frames
from landscape.scene.question import Cancelled

Result = TypeVar("Result")
Turns: TypeAlias = Generator[int | None, None, Result]
"""Work that yields whenever something else may have its turn, and returns what came of it.

It yields how many frames are done, or None where no more are than before.
"""

PATIENCE = 0.01
"""Seconds between looks at whether the other thread is there yet."""


class Stopped(Exception):
    """Nobody wants the result any more. Thrown into work by turns, it makes that end as soon as its threads have."""


def finished(work: Turns[Result]) -> Result:
    """Return what comes of some work, without turns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: Result = end.value
            return found


def in_thread(work: Callable[[Cancelled], Result], frames: Callable[[], int | None] = lambda: None) -> Turns[Result]:
    """Do ``work`` in a thread of its own, and yield how many ``frames`` are done until it is.

    What it raises comes out here, in the thread that waits. Stopped or closed, this tells it so and waits for it.
    """
    task = Task(work, "export")
    try:
        for _ in task.done():
            yield frames()
    except Stopped:
        yield from task.ended()
        raise
    finally:
        task.stop()
    return task.result()


class Task(Generic[Result]):
    """Work in a thread of its own. A result or an error is let go of as soon as it is told."""

    def __init__(self, work: Callable[[Cancelled], Result], name: str) -> None:
        self._stop = Event()
        self._results: list[Result] = []
        self._errors: list[BaseException] = []
        self._thread = Thread(target=self._run, args=(work,), name=name, daemon=True)
        self._thread.start()

    def done(self) -> Turns[None]:
        """Yield until the work is done; raise what it raised."""
        while self._thread.is_alive():
            self._thread.join(PATIENCE)
            yield None
        self.check()

    def ended(self) -> Turns[None]:
        """Tell the work to stop, and yield until it has."""
        self._stop.set()
        while self._thread.is_alive():
            self._thread.join(PATIENCE)
            yield None

    def stop(self) -> None:
        """Tell the work to stop, and wait until it has; does nothing once it is done."""
        self._stop.set()
        self._thread.join()

    def check(self) -> None:
        """Raise what the work raised."""
        if self._errors:
            raise self._errors.pop()

    def result(self) -> Result:
        """Return what came of the work."""
        return self._results.pop()

    def _run(self, work: Callable[[Cancelled], Result]) -> None:
        try:
            self._results.append(work(self._stop.is_set))
        except BaseException as error:  # noqa: BLE001  it is raised again in the thread that waits
            # Its frames would keep what the waiting thread made, and end it wherever garbage is searched for.
            self._errors.append(forget_frames(error))
