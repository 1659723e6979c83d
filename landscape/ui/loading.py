"""What is not shown yet is loaded in a job while the window comes to rest, so that it opens at once later."""

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from landscape.session.workspaces import WORKSPACES, session_part
from landscape.ui.jobs import Cancelled
from landscape.ui.workspaces import ui_part

if TYPE_CHECKING:
    from landscape.ui.main_window import MainWindow

SOON = 1000
"""Milliseconds after the first picture: before a person has found what to open."""
LATER = (
    *(f"landscape.ui.dialogs.{name}" for name in ("export", "keys", "about", "file")),
    "landscape.ui.hall.presenter",
)
"""What is opened from every workspace."""


def load_soon(window: "MainWindow") -> None:
    """Load the other workspaces and the dialogs once the window is there."""
    channel = window.jobs.channel("modules")
    QTimer.singleShot(SOON, window, lambda: channel.submit("modules", _load))


def _load(cancelled: Cancelled) -> None:
    """Import one module after the other, and what a workspace opens with."""
    for name in (*(each for workspace in WORKSPACES for each in ui_part(workspace).modules), *LATER):
        if cancelled():
            return
        import_module(name)
    for workspace in WORKSPACES:
        session_part(workspace).new()
