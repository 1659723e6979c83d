"""The list of the critical points beside the map, as a person uses it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTableView

from tests.ui.finding import find


def list_of(person) -> QTableView:
    return find(person.panels.critical, QTableView, "Critical points")


def place(table: QTableView, row: int) -> QPoint:
    """Return where a row is in the viewport of its list."""
    return table.visualRect(table.model().index(row, 1)).center()


def click_row(person, row: int) -> None:
    table = list_of(person)
    person.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place(table, row))
