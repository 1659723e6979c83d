"""All keys, and what the mouse does."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from landscape.translation import Translation
from landscape.ui.actions import Action, key_text
from landscape.ui.context import Context
from landscape.ui.dialogs.dialog import Dialog
from landscape.ui.layouts import GRID, caption, column, heading, row
from landscape.ui.words import button


class KeysDialog(Dialog):
    """Shown by F1."""

    def __init__(self, parent: QWidget, context: Context, actions: Iterable[Action]) -> None:
        super().__init__(parent, context, context.say("Keys and mouse"))
        say = context.say
        keys = [(", ".join(map(key_text, action.keys)), action.title) for action in actions if action.keys]
        close = button(say("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        tables = row(
            column(heading(say("Keys")), _table(keys), None),
            column(heading(say("Mouse")), _table(mouse(say)), None),
            spacing=5 * GRID,
        )
        margins = (3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(column(tables, row(None, close), spacing=2 * GRID, margins=margins))


def mouse(say: Translation) -> tuple[tuple[str, str], ...]:
    """Return what the mouse does on the stage and on the controls."""
    return (
        (say("Drag a ring"), say("moves a start, and its paths follow")),
        (say("Shift + drag"), say("moves it along one axis")),
        (say("Ctrl + drag"), say("moves all starts")),
        (say("Tab, then arrows"), say("moves a start; with Shift ten times as far")),
        (say("Double-click"), say("puts all starts there")),
        (say("Wheel"), say("zooms at the pointer, or adjusts a slider")),
        (say("Drag the map"), say("pans")),
        (say("Drag a curve"), say("goes to that step")),
        (say("Drag the map of two hyper-parameters"), say("sets the run's hyper-parameters")),
        (say("Double-click a slider"), say("resets it")),
    )


def _table(lines: Sequence[tuple[str, str]]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(6)
    for index, (key, meaning) in enumerate(lines):
        grid.addWidget(QLabel(key), index, 0)
        grid.addWidget(caption(meaning), index, 1)
    grid.setColumnStretch(1, 1)
    return table
