"""Keys go where a window system would send them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
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
