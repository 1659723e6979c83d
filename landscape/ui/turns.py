"""Long work of the window's own thread, such as drawing what is exported: a piece at each turn of its events."""

from collections.abc import Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

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

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Generator[Any, None, Any] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)

    @property
    def busy(self) -> bool:
        """Whether there is work that has not ended."""
        return self._work is not None

    def start(self, work: Generator[Any, None, Any]) -> None:
        """Begin with some work, in place of any before."""
        self.close()
        self._work = work
        self._timer.start()

    def stop(self) -> None:
        """Have the work end as soon as its threads do; until then it is busy."""
        if self._work is not None:
            self._advance(self._work, Stopped())

    def close(self) -> None:
        """End the work here and now, and tell nothing."""
        work, self._work = self._work, None
        self._timer.stop()
        if work is not None:
            work.close()

    def _next(self) -> None:
        if self._work is not None:
            self._advance(self._work, None)

    def _advance(self, work: Generator[Any, None, Any], stop: Stopped | None) -> None:
        try:
            told = next(work) if stop is None else work.throw(stop)
        except StopIteration as end:
            self.close()
            self.done.emit(end.value)
        except Stopped:
            self.close()
            self.stopped.emit()
        except InputError as error:
            self.close()
            self.failed.emit(error)
        except BaseException:
            self.close()
            raise
        else:
            self.told.emit(told)
