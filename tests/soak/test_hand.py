"""Keys go where a window system would send them."""

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from tests.soak.hand import Hand

K = Qt.Key


class Listening(QWidget):
    """Remembers the keys that it was told of."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


class Fleeting(QWidget):
    """Is gone once the mouse is over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.resize(50, 50)

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:
        self.setParent(None)
        self.deleteLater()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.DeferredDelete.value)


def test_the_mouse_moves_on_where_a_widget_was_that_is_gone(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    fleeting = Fleeting(window)
    window.show()
    qtbot.waitExposed(window)
    Hand().hover(fleeting, [QPoint(10, 10), QPoint(20, 20), QPoint(30, 30)])
    assert not shiboken6.isValid(fleeting)


def test_a_menu_gets_the_keys_of_the_window_below_until_one_of_them_closes_it(qtbot) -> None:
    """Alt does, and the menu is gone: what follows goes to the window, and not to what was there."""
    window = Listening()
    qtbot.addWidget(window)
    window.show()
    menu = QMenu(window)
    menu.aboutToHide.connect(menu.deleteLater)
    for text in ("before", "after"):
        menu.addAction(text)
    menu.popup(window.pos())
    hand = Hand()
    hand.key(menu, K.Key_Down)
    assert menu.activeAction().text() == "before"
    assert not window.keys
    hand.key(menu, K.Key_A, Qt.KeyboardModifier.AltModifier)
    assert window.keys == [K.Key_A]
