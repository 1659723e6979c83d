"""The README's pictures, made by the program itself: ``python -m tests.screenshots``."""

import os
import tempfile
import time
from collections.abc import Callable

from landscape.resources import asset

SIZE = (1280, 800)
STEP = 60
"""Where the runs are in the picture."""
NETWORK_STEP = 120
"""Where the networks are: one has learnt the spirals, the other has not yet."""


def main() -> None:
    """Open the window on a race and on two networks without a screen, and keep what it shows when it has settled."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LANDSCAPE_CONFIG"] = folder  # Sessions that were not saved are not told of in a picture.
        take("beale-race", STEP, "window.png")
        take("batch-norm", NETWORK_STEP, "network.png")


def take(name: str, step: int, file: str) -> None:
    """Write the picture of the window with a lesson at a step."""
    from PySide6.QtCore import QSettings

    from landscape.ui.app import open_window
    from tests.untaught import untaught

    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat)
        settings.setValue("theme", "dark")
        settings.setValue("language", "en")
        window = open_window(untaught(name), settings)
        window.resize(*SIZE)
        settle(lambda: window.jobs.idle, 3)
        window.player.go(step)
        settle(lambda: window.jobs.idle, 1)
        path = asset("screenshots", file)
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
