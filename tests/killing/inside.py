"""The program that is killed: edits, saves and closes at random, and tells on standard output what it has done."""

import random
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from landscape.session.descent import edits
from landscape.session.files import load
from landscape.ui.app import open_window

FIRST = 200
"""Steps before the first edit, more than the file has; each edit sets one more."""


class Hand:
    """Works on a file without a pause, and opens it again when it has closed it.

    Args:
        path: The file.
        source: Chooses what is done.
    """

    def __init__(self, path: str, source: random.Random) -> None:
        self._path, self._source, self._steps = path, source, FIRST
        self._window = open_window(load(path), path=path)

    def act(self) -> None:
        """Do the next thing."""
        chance = self._source.random()
        if chance < 0.93:
            self._edit()
        elif chance < 0.98:
            self._save()
        else:
            self._close()

    def _edit(self) -> None:
        self._steps += 1
        assert self._window.edit(edits.set_steps, self._steps) is None
        _tell("edited", self._steps)
        if self._source.random() < 0.2:
            self._window.player.toggle_mark()
        view = self._window.lesson.view
        if view is not None and self._source.random() < 0.2:
            view.course.count(self._source.randrange(3))
            _tell("counted", len(view.course.guesses.counted))

    def _save(self) -> None:
        self._window.files.save()
        # What was closed before it was saved is offered, and not in the file.
        _tell("saved", self._window.history.session.document.last_step)

    def _close(self) -> None:
        """Close without saving: what is not saved is kept, as it is when the program is ended."""
        self._window.close()
        _tell("kept", self._steps)
        self._window.deleteLater()
        self._window = open_window(load(self._path), path=self._path)


def _tell(what: str, steps: int) -> None:
    print(what, steps, time.time(), flush=True)


def main(path: str, seed: str) -> None:
    """Work until somebody ends it."""
    hand = Hand(path, random.Random(seed))
    ticking = QTimer(interval=20)
    ticking.timeout.connect(hand.act)
    ticking.start()
    QApplication.exec()


if __name__ == "__main__":
    # Closing the last window is not the end here.
    QApplication(sys.argv[:1]).setQuitOnLastWindowClosed(False)
    main(*sys.argv[1:])
