"""What is in front is what takes the keys: of two windows that can be seen, the one that is active."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from tests.soak.targets import front, windows


class Hall(QWidget):
    """A window beside the other, as that of a lecture is."""


def test_a_lecture_is_in_front_until_one_turns_to_the_window(qtbot) -> None:
    desk, hall = QWidget(), Hall()
    for each in (desk, hall):
        qtbot.addWidget(each)
        each.show()
        qtbot.waitExposed(each)
    hall.activateWindow()
    qtbot.waitUntil(hall.isActiveWindow)
    assert front(desk) is hall
    assert windows() == [hall, desk]
    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    assert front(desk) is desk


def test_a_dialog_is_in_front_of_both(qtbot) -> None:
    desk, hall = QWidget(), Hall()
    for each in (desk, hall):
        qtbot.addWidget(each)
        each.show()
        qtbot.waitExposed(each)
    asking = QDialog(desk)
    asking.open()
    qtbot.waitExposed(asking)
    hall.activateWindow()
    assert front(desk) is asking


def test_a_tip_is_no_window_that_one_turns_to(qtbot) -> None:
    tip = QWidget(None, Qt.WindowType.ToolTip)
    qtbot.addWidget(tip)
    tip.show()
    qtbot.waitExposed(tip)
    assert not windows()
