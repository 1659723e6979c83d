"""When a window is painted that changes as a whole: in the turn of the event loop after the change, not in the same."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget


def paint_later(window: QWidget) -> None:
    """Have all of a window painted in a turn of its own: changing it, and placing what is in it, is enough for one."""
    window.setUpdatesEnabled(False)
    # Not after 0 milliseconds: Qt would call it in this turn.
    QTimer.singleShot(1, window, lambda: paint_now(window))


def paint_now(window: QWidget) -> None:
    """Paint all of a window that was not to be painted for a while.

    Where it was resized or uncovered meanwhile, Qt takes it to be asked for already, and does not paint it when asked.
    """
    window.setUpdatesEnabled(True)
    window.repaint()
