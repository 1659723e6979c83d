"""The program as a window: starts Qt, shows the window, and runs until it is closed."""

import signal
import sys
import time
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from landscape.session.session import Session
from landscape.ui.garbage import collected_here
from landscape.ui.heap import use_one_heap
from landscape.ui.reopening import last_session, reopens
from landscape.ui.settings import open_settings
from landscape.writing import leave

if TYPE_CHECKING:
    from landscape.ui.main_window import MainWindow

BUSY, LONGEST = 1.2, 5.0
"""Seconds of computing, and by the clock, after which a window that was told to end and does not is left behind."""
PATIENCE = 0.5
"""Seconds in which an export that is cancelled ends; only what Numba compiles takes longer."""
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run(session: Session | None = None, path: str = "") -> int:
    """Open the window on ``session``, as it is in the file at ``path``, and return the exit code when it is closed."""
    window = open_window(session, path=path)
    if session is None and not reopens(window.settings):
        from landscape.ui.welcome import offer_lessons, welcome

        welcome(window)
        offer_lessons(window)
    for kind in SIGNALS:
        signal.signal(kind, lambda *_: _end(window))
    # Qt sleeps in its own loop: without a tick, Python would see Ctrl+C, or that the computer shuts down, too late.
    ticking = QTimer(window, interval=200)
    ticking.timeout.connect(lambda: None)
    ticking.start()
    with collected_here(window, lambda: (id(window.history.session), window.player.step)):
        code = QApplication.exec()
    for kind in SIGNALS:
        signal.signal(kind, lambda *_: leave(code))
    if not (window.jobs.ended and _exports_ended()):
        leave(code)
    # The widgets go while Qt is whole: left to the end of Python, they would go in any order.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return code


def _exports_ended() -> bool:
    """Wait a moment for what was being exported when the window was closed; tell whether all of it has ended."""
    from landscape.ui.turns import ended_within

    return ended_within(PATIENCE)


def _end(window: "MainWindow") -> None:
    """Close the window soon: not at once, Python may be in the middle of painting."""

    def end() -> None:
        window.end()
        QApplication.exit(0)

    Thread(target=_insist, args=(window,), daemon=True).start()
    QTimer.singleShot(0, end)


def _insist(window: "MainWindow") -> None:
    """Leave after a while although the window's thread is busy, and keep what is not saved."""
    computed, began = time.process_time(), time.monotonic()
    while time.process_time() - computed < BUSY and time.monotonic() - began < LONGEST:
        time.sleep(0.05)
    window.files.keep_from_elsewhere()
    leave(0)


def open_window(session: Session | None = None, settings: QSettings | None = None, path: str = "") -> "MainWindow":
    """Start Qt where it does not run yet, and show a window; ``path`` is the file that ``session`` was read from."""
    from landscape.ui.loading import load_soon
    from landscape.ui.main_window import MainWindow

    use_one_heap()
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Landscape")
    application.setStyle("Fusion")
    settings = settings or open_settings()
    last = last_session(settings) if session is None else None
    goes_on = session is None and last is None and reopens(settings)
    if last is not None:
        session, path = last
    window = MainWindow(session, settings)
    window.offers.goes_on = goes_on
    if path:
        window.files.begin(path)
    window.show()
    load_soon(window)
    return window
