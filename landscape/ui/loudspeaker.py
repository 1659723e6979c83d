"""Plays a file of sound by what the system has for it: Qt's own way is in none of the wheels that are installed."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

PLAYERS: Mapping[str, Sequence[Sequence[str]]] = {
    "darwin": [["afplay"]],
    "linux": [["pw-play"], ["paplay"], ["aplay", "-q"]],
}
"""By system, the commands of programs that play the file that is named last; the first that is installed is taken."""
ENDING = 1000
"""Milliseconds in which a program ends that is killed."""


class Loudspeaker(QObject):
    """Plays one file at a time."""

    failed = Signal(str)
    """The name of a program that could not play a file."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._silent = True

    @property
    def possible(self) -> bool:
        """Whether anything is there that can play."""
        return sys.platform == "win32" or _player() is not None

    def play(self, path: Path) -> None:
        """Play a file from its beginning, and nothing else any more."""
        self.stop()
        self._silent = False
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        elif (player := _player()) is not None:
            self._process = process = QProcess(self)
            process.finished.connect(partial(self._ended, process))
            process.errorOccurred.connect(partial(self._ended, process, 1))
            process.start(player[0], [*player[1:], str(path)])

    def stop(self) -> None:
        """Be silent, and return when the program has ended."""
        if self._silent:
            return
        self._silent, process, self._process = True, self._process, None
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(None, 0)
        elif process is not None:
            process.kill()
            process.waitForFinished(ENDING)
            process.deleteLater()

    def _ended(self, process: QProcess, code: int, *_: object) -> None:
        """Tell of a program that ended by itself, and not well."""
        if process is self._process and code:
            self.stop()
            self.failed.emit(process.program())


def _player() -> Sequence[str] | None:
    """Return the command that plays a file which is named after it; None: no such program is installed."""
    return next((command for command in PLAYERS.get(sys.platform, ()) if shutil.which(command[0])), None)
