"""What is not shown yet is loaded in a job while the window comes to rest, so that it opens at once later."""

from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

import landscape
from landscape.session.workspaces import WORKSPACES, session_part
from landscape.translation import LANGUAGES, translation
from landscape.ui.jobs import Cancelled
from landscape.ui.workspaces import ui_part

if TYPE_CHECKING:
    from landscape.ui.main_window import MainWindow

SOON = 1000
"""Milliseconds after the first picture: before a person has found what to open."""
LIBRARIES = ("msgspec", "ziamath", "PIL.PngImagePlugin")
"""What our own modules load only when they need it."""


def load_soon(window: "MainWindow") -> None:
    """Load the other workspaces and the dialogs once the window is there."""
    channel = window.jobs.channel("modules")
    QTimer.singleShot(SOON, window, lambda: channel.submit("modules", _load))


def _load(cancelled: Cancelled) -> None:
    """Import one module after the other, the other workspaces first; then what they open with, and all sentences."""
    first = (each for workspace in WORKSPACES for each in ui_part(workspace).modules)
    rest = (each.name for each in walk_packages(landscape.__path__, "landscape.") if not each.name.endswith("__main__"))
    for name in (*first, *LIBRARIES, *rest):
        if cancelled():
            return
        import_module(name)
    for workspace in WORKSPACES:
        session_part(workspace).new()
    for language in LANGUAGES:
        translation(language)
