"""The program as a window: starts Qt, shows the window, and runs until it is closed."""

import gc
import signal
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from landscape.session.session import Session


def run(session: Session | None = None) -> int:
    """Open the window on ``session`` and return the exit code when it is closed."""
    # A seventh of the start would go into searching what is being loaded for garbage.
    gc.disable()
    from landscape.ui.main_window import MainWindow

    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Landscape")
    application.setStyle("Fusion")
    window = MainWindow(session)
    window.stage.painted.connect(gc.enable)
    window.show()
    # Qt sleeps in its own loop: without a tick, Python would not see Ctrl+C in the terminal before the next event.
    signal.signal(signal.SIGINT, lambda *_: window.close())
    ticking = QTimer(window, interval=200)
    ticking.timeout.connect(lambda: None)
    ticking.start()
    return application.exec()
