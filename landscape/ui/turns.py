"""Long work of the window's own thread, such as drawing what is exported: a piece at each turn of its events."""

from collections.abc import Callable, Generator
from contextlib import suppress
from time import monotonic
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from landscape.errors import InputError
from landscape.export.turns import Stopped


class ByTurns(QObject):
    """Does one work after the other by turns: the window answers between two of its pieces."""

    told = Signal(object)
    """What the work yields."""
    done = Signal(object)
    """What came of it."""
    failed = Signal(object)
    """The mistake that ended it."""
    stopped = Signal()
    """It has ended because it was to stop."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._work: Generator[Any, None, Any] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self.go_on)

    @property
    def busy(self) -> bool:
        """Whether there is work that has not ended."""
        return self._work is not None

    def start(self, work: Generator[Any, None, Any]) -> None:
        """Begin with some work, in place of any before."""
        self.leave()
        self._work = work
        self._timer.start()

    def stop(self) -> None:
        """Have the work end as soon as its threads do; until then it is busy."""
        if self._work is not None:
            self._advance(self._work, Stopped())

    def leave(self, then: Callable[[], object] = lambda: None) -> None:
        """Stop, tell nothing more, and wait for nothing: the work goes on alone until its threads have ended.

        That needs this no more, which may be destroyed. ``then`` is called at the end; at once, where there is no work.
        """
        work, self._work = self._work, None
        self._timer.stop()
        if work is None:
            then()
            return
        alone = ByTurns(QCoreApplication.instance())
        alone.done.connect(alone.deleteLater)
        alone.start(_ending(work, then))
        alone.go_on()

    def go_on(self) -> None:
        """Do the next piece."""
        if self._work is not None:
            self._advance(self._work, None)

    def _close(self) -> None:
        self._work = None
        self._timer.stop()

    def _advance(self, work: Generator[Any, None, Any], stop: Stopped | None) -> None:
        try:
            told = next(work) if stop is None else work.throw(stop)
        except StopIteration as end:
            self._close()
            self.done.emit(end.value)
        except Stopped:
            self._close()
            self.stopped.emit()
        except InputError as error:
            self._close()
            self.failed.emit(error)
        except BaseException:
            self._close()
            raise
        else:
            self.told.emit(told)


def ended_within(seconds: float) -> bool:
    """Go on for so long at the most with what was left to end alone, and tell whether all of it has."""
    application, limit = QCoreApplication.instance(), monotonic() + seconds
    works = application.findChildren(ByTurns) if application is not None else []
    while (busy := [work for work in works if work.busy]) and monotonic() < limit:
        for work in busy:
            work.go_on()
    return not busy


def _ending(work: Generator[Any, None, Any], then: Callable[[], object]) -> Generator[None]:
    """Go on with work that nobody wants until its threads have ended; what goes wrong meanwhile nobody is told."""
    with suppress(Stopped, StopIteration, InputError):
        work.throw(Stopped())
        while True:
            yield
            next(work)
    then()
