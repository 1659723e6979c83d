"""A picture of another size, or in other colours, that is drawn in a turn of its own.

All that a window shows is painted anew with it, and that is enough for one turn; until the next one, what was drawn
before is shown, stretched.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPainter

from landscape.plot.pace import FRAME
from landscape.plot.projection import Frame


class OwnTurn:
    """Tells when to draw.

    Args:
        owner: Whose picture it is: there is no turn once it is gone.
        paint: Has it painted soon.
    """

    def __init__(self, owner: QObject, paint: Callable[[], None]) -> None:
        self._paint = paint
        self._shape: object = None
        """Size and colours that it was last drawn in."""
        self._has_come = False
        # By then all has found its place, and what would be overtaken is not drawn at all.
        self._timer = QTimer(owner, singleShot=True, interval=FRAME)
        self._timer.timeout.connect(self._come)

    def is_to_come(self, shape: object) -> bool:
        """Tell whether a picture of this size and in these colours is to be drawn later, and not now."""
        if shape == self._shape:
            return False
        if self._has_come:
            self._has_come, self._shape = False, shape
            return False
        if not self._timer.isActive():
            self._timer.start()
        return True

    def _come(self) -> None:
        self._has_come = True
        self._paint()


def stretch(painter: QPainter, width: int, height: int, frame: Frame) -> None:
    """Have a picture of this size, and what is painted over it, fill a frame of perhaps another size."""
    if (width, height) != (frame.width, frame.height):
        painter.scale(frame.width / width, frame.height / height)
