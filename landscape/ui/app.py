"""The program as a window: starts Qt, shows the window, and runs until it is closed."""

import gc
import signal
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from landscape.session.session import Session

if TYPE_CHECKING:
    from landscape.ui.main_window import MainWindow

LOADED = 2000
"""Milliseconds after which all that stays for good has been loaded."""


def run(session: Session | None = None) -> int:
    """Open the window on ``session`` and return the exit code when it is closed."""
    window = open_window(session)
    # Qt sleeps in its own loop: without a tick, Python would see Ctrl+C, or that the computer shuts down, too late.
    for kind in (signal.SIGINT, signal.SIGTERM):
        # Not at once: Python may be in the middle of painting.
        signal.signal(kind, lambda *_: QTimer.singleShot(0, window.close))
    ticking = QTimer(window, interval=200)
    ticking.timeout.connect(lambda: None)
    ticking.start()
    code = QApplication.exec()
    # The widgets go while Qt is whole: left to the end of Python, they would go in any order.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return code


def open_window(session: Session | None = None, settings: QSettings | None = None) -> "MainWindow":
    """Start Qt where it does not run yet, and show a window."""
    from landscape.ui.main_window import MainWindow

    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Landscape")
    application.setStyle("Fusion")
    window = MainWindow(session, settings)
    window.show()
    QTimer.singleShot(LOADED, window, collect_again)
    return window


def collect_again() -> None:
    """Search for garbage again, but not among what is loaded by now: it stays, and searching it skips three frames."""
    gc.freeze()
    gc.enable()
