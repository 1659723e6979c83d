"""The README's picture, made by the program itself: ``python -m tests.screenshots``."""

import os
import tempfile
import time
from collections.abc import Callable

from landscape.resources import asset

SIZE = (1280, 800)
STEP = 60
"""Where the runs are in the picture."""


def main() -> None:
    """Open the window on the Beale race without a screen, let it settle, and keep what it shows."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSettings

    from landscape.session.files import lesson
    from landscape.ui.app import open_window

    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat)
        settings.setValue("theme", "dark")
        settings.setValue("language", "en")
        window = open_window(lesson("beale-race"), settings)
        window.resize(*SIZE)
        settle(lambda: window.jobs.idle, 3)
        window.player.go(STEP)
        settle(lambda: window.jobs.idle, 1)
        path = asset("screenshots", "window.png")
        path.parent.mkdir(parents=True, exist_ok=True)
        window.grab().save(str(path))
        window.close()
        print(path)


def settle(done: Callable[[], bool], seconds: float) -> None:
    """Handle events for some time, and until nothing more is to come."""
    from PySide6.QtCore import QCoreApplication

    end = time.monotonic() + seconds
    while time.monotonic() < end or not done():
        QCoreApplication.processEvents()


if __name__ == "__main__":
    main()
