"""Tab goes through a window and its dialogs as the eye does: from the left and from above, block by block."""

import gc
from collections.abc import Callable
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayoutItem,
    QLineEdit,
    QScrollArea,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from landscape.session.files import lesson
from landscape.ui.focus import focus_order
from landscape.ui.layouts import Side
from landscape.ui.lesson.panel import LessonPanel
from landscape.ui.menu_row import MenuRow
from landscape.ui.timeline import TimelinePanel
from tests.brief import in_front
from tests.ui.conftest import Person
from tests.ui.finding import find

BLOCKS = (Side, MenuRow, TimelinePanel, LessonPanel)
SLACK = 4
"""Pixels by which what stands in a line may be higher or lower."""
DIALOGS = ("gallery", "export", "edit-lesson")


def block(widget: QWidget) -> QWidget:
    """Return the panel that a control is in; the window for what is on the stage."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, BLOCKS) and not above.isWindow():
        above = above.parentWidget()
    assert above is not None
    return above


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


def is_read_before(first: QWidget, second: QWidget) -> bool:
    """Tell whether the eye comes to one before the other: it is above, in the same line at the left, or around it."""
    one, other = place(first), place(second)
    below = other.top() >= one.bottom() - SLACK
    beside = other.left() >= one.right() - SLACK and other.bottom() > one.top()
    return below or beside or one.contains(other) or other.contains(one)


def walked(window: QWidget, way: Qt.Key) -> tuple[list[QWidget], list[tuple[QWidget, QWidget]]]:
    """Press Tab once around; return what had the keyboard, and the pairs in one block that are out of order."""
    found: list[QWidget] = []
    wrong = []
    for _ in range(400):
        QTest.keyClick(QApplication.focusWidget() or window, way)
        here = QApplication.focusWidget()
        assert here is not None
        if found and here is found[0]:
            return found, wrong
        if found and block(here) is block(found[-1]):
            pair = (found[-1], here) if way == Qt.Key.Key_Tab else (here, found[-1])
            if not is_read_before(*pair):
                wrong.append(pair)
        found.append(here)
    raise AssertionError("Tab comes to no end")


def reachable(window: QWidget) -> set[QWidget]:
    """Return what can have the keyboard by Tab."""
    tab = Qt.FocusPolicy.TabFocus
    return {
        each
        for each in window.findChildren(QWidget)
        if each.window() is window and each.isVisible() and each.isEnabled() and each.focusProxy() is None
        and (each.focusPolicy() & tab) == tab
    }  # fmt: skip


def check(window: QWidget) -> list[QWidget]:
    window.activateWindow()
    found, wrong = walked(window, Qt.Key.Key_Tab)
    # A dialog is one block, in which Tab comes back to the beginning.
    top = min(found, key=lambda each: (place(each).top() // 8, place(each).left()))
    assert [(one, other) for one, other in wrong if other is not top] == []
    assert {each for each in reachable(window) if not isinstance(each, QScrollArea)} <= set(found)
    return found


@pytest.mark.parametrize("shown", ["descent", "network", "search", "lesson"])
def test_tab_follows_the_eye_in_every_workspace_and_beside_a_lesson(open_window: Callable[..., Person], shown) -> None:
    session = lesson("d2l-momentum") if shown == "lesson" else in_front(shown)
    window = open_window(session, size=(1600, 900)).window
    found = check(window)
    blocks = [each for each, _ in groupby(found, block)]
    assert len(set(blocks)) >= (6 if shown == "lesson" else 4)
    # Each is entered once; that where the walk began may be entered again at its end.
    assert len(blocks) <= len(set(blocks)) + 1
    lefts = [place(each).left() for each in blocks if isinstance(each, Side)]
    assert sum(other < one for one, other in pairwise([*lefts, lefts[0]])) == 1


def test_shift_tab_goes_the_way_back(person) -> None:
    there, _ = walked(person.window, Qt.Key.Key_Tab)
    back, wrong = walked(person.window, Qt.Key.Key_Backtab)
    assert wrong == []
    start = there.index(back[0])
    assert back == [there[start - index] for index in range(len(there))]


@pytest.mark.parametrize("name", DIALOGS)
def test_tab_follows_the_eye_in_every_dialog(person, name: str) -> None:
    person.window._commands.run(name)  # noqa: SLF001
    person.settle()
    [dialog] = [each for each in person.window.findChildren(QDialog) if each.isVisible()]
    assert len(check(dialog)) > 1
    dialog.close()


def test_tab_follows_the_eye_in_the_dialog_of_a_table(person, tmp_path: Path) -> None:
    table, panel = tmp_path / "measured.csv", person.panels.surface
    table.write_text("t;y\n0,5;1,5\n1;2\n", encoding="utf-8")
    panel.read(str(table))
    person.qtbot.waitUntil(lambda: panel.table.dialog is not None, timeout=20_000)
    assert len(check(panel.table.dialog)) > 3
    panel.table.dialog.close()


def test_what_tab_comes_to_is_scrolled_into_sight(open_window) -> None:
    window = open_window(size=(1280, 620)).window
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        side = block(here)
        if isinstance(side, Side):
            assert side.viewport().rect().contains(QRect(here.mapTo(side.viewport(), QPoint()), here.size()).center())


@pytest.mark.parametrize(("symbol", "told"), [("κ", "condition number"), ("2/λmax", "gradient descent")])
def test_what_a_symbol_means_is_shown_where_tab_comes_to_it(person, symbol: str, told: str) -> None:
    label = find(person.panels.here, QLabel, symbol)
    for _ in range(100):
        QTest.keyClick(QApplication.focusWidget() or person.window, Qt.Key.Key_Tab)
        if label.hasFocus():
            break
    assert told in QToolTip.text()
    assert QToolTip.text() == label.toolTip()
    QToolTip.hideText()


def test_tab_asks_layouts_for_none_of_their_items(qtbot) -> None:
    """Python would keep them when Qt has deleted them, and take what Qt makes at the same place for one of them."""
    window = QWidget()
    qtbot.addWidget(window)
    stack, inner, grid = QVBoxLayout(window), QHBoxLayout(), QGridLayout()
    stack.addLayout(grid)
    stack.addLayout(inner)
    fields = [QLineEdit() for _ in range(5)]
    for field in fields[2:4]:
        inner.addWidget(field)
    inner.addStretch(1)
    grid.addWidget(fields[1], 1, 0)
    grid.addWidget(fields[0], 0, 0)
    stack.addWidget(fields[4])
    window.show()
    qtbot.waitExposed(window)
    before = sum(issubclass(type(each), QLayoutItem) for each in gc.get_objects())
    assert focus_order(window) == fields
    assert sum(issubclass(type(each), QLayoutItem) for each in gc.get_objects()) == before
