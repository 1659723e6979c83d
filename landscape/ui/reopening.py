"""Whether the program opens with what was open last, and which file that was."""

from contextlib import suppress

from PySide6.QtCore import QSettings

from landscape.errors import InputError
from landscape.session.session import Session
from landscape.ui.commands import Command
from landscape.ui.settings import remembered

REOPEN, LAST = "reopen", "last"


def reopens(settings: QSettings) -> bool:
    """Tell whether a person wants to go on where the last window was closed."""
    return remembered(settings, REOPEN, "False") == "True"


def reopening_command(settings: QSettings) -> Command:
    """Return what switches that."""
    return Command(run=lambda: settings.setValue(REOPEN, str(not reopens(settings))), checked=lambda: reopens(settings))


def remember_last(settings: QSettings, path: str) -> None:
    """Remember which file was open when a window was closed; empty: what was shown had no file."""
    settings.setValue(LAST, path)


def last_session(settings: QSettings) -> tuple[Session, str] | None:
    """Return what was open last, with its file; None where that is not wanted, or not there any more."""
    path = remembered(settings, LAST, "")
    if path and reopens(settings):
        from landscape.session.files import load

        with suppress(InputError, OSError):
            return load(path), path
    return None
