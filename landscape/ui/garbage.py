"""Garbage collection in the window's thread alone: what Qt has made in a thread must not be destroyed in another.

Python searches for unreachable cycles in whichever thread happens to make the next object, a job's for instance, and
destroys what it finds there, widgets among it. So it is told not to, and a timer of the window searches instead.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from landscape.ui.heap import return_memory

TICK = 50
"""Milliseconds between two looks at how much has been made since the last search."""
LOADED = 2000
"""Milliseconds after which all that stays for good has been loaded."""
QUIET = 3000
"""Milliseconds without anything happening, after which nobody sees that a search of what is old takes a while."""
ALONE = 60_000
"""The same for a search through everything, which takes a tenth of a second: all that was loaded is gone through."""
SLOW = 20
"""Milliseconds after which what a search has found to stay is left out of the next."""
MOST = 20
"""So many times as large as Python would let it become is what is old, before it is searched in any case."""


@contextmanager
def collected_here(parent: QObject, shown: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Search for garbage in this thread only, while its event loop runs; afterwards everything is as it was.

    Args:
        parent: Whose timers these are.
        shown: Returns something else whenever something happens.
    """
    enabled = gc.isenabled()
    gc.disable()
    search = Search(parent, shown)
    try:
        yield
    finally:
        search.end()
        gc.unfreeze()
        if enabled:
            gc.enable()


class Search(QObject):
    """Searches what is new often and what is old rarely, by Python's own thresholds."""

    def __init__(self, parent: QObject, shown: Callable[[], object]) -> None:
        super().__init__(parent)
        self._shown = shown
        self._last: object = None
        self._quiet = QElapsedTimer()
        self._quiet.start()
        self.returned = False
        """Whether memory that is free has gone back to the system, and nothing has happened since."""
        self._searched = False
        self._loaded = QTimer(self, singleShot=True, interval=LOADED)
        # What is loaded by now stays, and searching it would skip three frames.
        self._loaded.timeout.connect(gc.freeze)
        self._loaded.start()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Search as old a generation as has become too large."""
        large = [count / max(most, 1) for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        quiet = self._quiet_for()
        if quiet >= ALONE and not self._searched:
            self._searched = True
            gc.unfreeze()
            _collect_old()
        elif quiet >= QUIET and large[2] > 1:
            _collect_old(SLOW)
        elif large[2] > MOST:
            _collect_old()
        elif large[1] > 1:
            gc.collect(1)
        elif large[0] > 1:
            gc.collect(0)
        elif quiet >= QUIET and not self.returned:
            self.returned = True
            return_memory()

    def end(self) -> None:
        """Search no more."""
        self._timer.stop()
        self._loaded.stop()

    def _quiet_for(self) -> int:
        """Return for how many milliseconds nothing has happened, the pointer included."""
        now = QCursor.pos(), QApplication.mouseButtons(), self._shown()
        if now != self._last:
            self._last = now
            self._quiet.start()
            self.returned = self._searched = False
        return self._quiet.elapsed()


def _collect_old(slow: int = 0) -> None:
    """Search all that is not frozen, and freeze what stays if that took at least ``slow`` milliseconds.

    So a search in the midst of a drag goes through what has come since the last one only; what became garbage among
    the frozen is found when nobody is there.
    """
    clock = QElapsedTimer()
    clock.start()
    gc.collect()
    if clock.elapsed() >= slow:
        gc.freeze()
