"""Has the picture of what is looked at put on the clipboard, in turns in which the window answers."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from landscape.scene.answers import Answers
from landscape.session.session import Session

if TYPE_CHECKING:
    from landscape.ui.turns import ByTurns


class Copying(QObject):
    """Copies one picture at a time; ``tell`` is called with what went wrong."""

    def __init__(self, parent: QObject, tell: Callable[[Exception], object]) -> None:
        super().__init__(parent)
        self._tell = tell
        self._turns: ByTurns | None = None

    def copy(self, session: Session, answers: Answers, options: Mapping[str, object]) -> None:
        """Copy the picture of a session."""
        from landscape.ui.clipboard import copying_picture
        from landscape.ui.turns import ByTurns

        if self._turns is None:
            self._turns = ByTurns(self)
            self._turns.failed.connect(self._tell)
        self._turns.start(copying_picture(session, answers, options))  # type: ignore[arg-type]

    def leave(self) -> None:
        """Copy nothing any more."""
        if self._turns is not None:
            self._turns.leave()
