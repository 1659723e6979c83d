"""What stands beside the map follows it by turns: no move of the mouse waits for more than one of them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from landscape.ui.jobs import first

TURN = 25
"""Milliseconds from one turn to the next: the map itself is drawn at every move."""


class Following(QObject):
    """Has those who are to follow do so one at a turn, in the order in which they came."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[Callable[[], object]] = []
        self._turn = QTimer(self, singleShot=True, interval=TURN)
        self._turn.timeout.connect(self._next)

    @property
    def due(self) -> bool:
        """Whether anyone still waits."""
        return bool(self._waiting)

    def soon(self, follow: Callable[[], object], *, often: bool = False) -> None:
        """Call ``follow`` when its turn comes, once however often it is asked for until then.

        Who is to follow ``often`` comes right behind the next one: every second turn is theirs.
        """
        if follow in self._waiting:
            return
        self._waiting.insert(1 if often else len(self._waiting), follow)
        if not self._turn.isActive():
            self._turn.start()

    @first()
    def _next(self) -> None:
        follow = self._waiting.pop(0)
        if self._waiting:
            self._turn.start()
        follow()
