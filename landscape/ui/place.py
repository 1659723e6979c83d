"""Where the window is on the screen, and how large its text is."""

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from landscape.ui.sizes import POINTS

WIDTH, HEIGHT = 1440, 900
"""Of a window that was never moved, where the screen has the room."""
TITLE = 40
"""Lines that are left to the bar that the window system puts above a window: how high it is, is known too late."""
GEOMETRY = "geometry"


def set_font(window: QWidget, scale: float = 1.0) -> None:
    """Use the system's font, in a size that can be read from the second row."""
    font = QApplication.font()
    font.setPointSizeF(POINTS * scale)
    QApplication.setFont(font)
    window.setFont(font)


def remember_place(window: QWidget, settings: QSettings) -> None:
    """Remember where the window is."""
    settings.setValue(GEOMETRY, window.saveGeometry())


def restore_place(window: QWidget, settings: QSettings) -> None:
    """Put the window where it was last."""
    geometry = settings.value(GEOMETRY)
    if not isinstance(geometry, QByteArray) or not window.restoreGeometry(geometry):
        room = window.screen().availableGeometry().size()
        window.resize(min(WIDTH, room.width()), min(HEIGHT, room.height() - TITLE))
