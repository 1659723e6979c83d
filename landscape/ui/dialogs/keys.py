"""All keys by menu, made from the actions, and what the mouse does."""

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from landscape.translation import Translation
from landscape.ui.actions import Action, Menu, key_text
from landscape.ui.context import Context
from landscape.ui.dialogs.dialog import Dialog
from landscape.ui.layouts import GRID, caption, column, heading, row
from landscape.ui.words import button

Lines: TypeAlias = Sequence[tuple[str, str]]
"""A key, or what the mouse does, and what comes of it."""
COLUMNS, HEAD = 3, 1.5
"""How many columns there are; how many lines a heading takes."""
WORDY, WIDEST = 22, 190
"""Letters from which on a key is written in several lines; pixels that one takes at most."""


class KeysDialog(Dialog):
    """Shown by F1 and by a question mark: the keys of each menu, in text that the last row can read."""

    def __init__(self, parent: QWidget, context: Context, bar: Sequence[Menu]) -> None:
        super().__init__(parent, context, context.say("Keys and mouse"))
        self.setProperty("role", "poster")
        say = context.say
        close = button(say("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        groups = [(menu.title, keyed) for menu in bar if (keyed := _keyed(menu))]
        stacks = [_stack(part) for part in _balanced([*groups, (say("Mouse"), mouse(say))])]
        tables = row(*stacks, spacing=5 * GRID)
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


def _keyed(menu: Menu) -> Lines:
    """Return the keys of a menu, and what each does."""
    actions = [item for item in menu.items if isinstance(item, Action) and item.keys]
    return [(", ".join(map(key_text, action.keys)), action.title) for action in actions]


def _balanced(groups: Sequence[tuple[str, Lines]]) -> list[Sequence[tuple[str, Lines]]]:
    """Return the groups in columns, in their order, of which the highest is as low as can be."""

    def split(cuts: Sequence[int]) -> list[Sequence[tuple[str, Lines]]]:
        return [groups[begin:end] for begin, end in pairwise((0, *cuts, len(groups)))]

    def height(cuts: Sequence[int]) -> float:
        return max(sum(len(lines) + HEAD for _, lines in part) for part in split(cuts))

    return split(min(combinations(range(1, len(groups)), COLUMNS - 1), key=height))


def _stack(groups: Sequence[tuple[str, Lines]]) -> QVBoxLayout:
    parts: list[QWidget | None] = []
    for title, lines in groups:
        parts += [heading(title), _table(lines)]
    return column(*parts, None, spacing=GRID)


def _table(lines: Lines) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(3)
    for index, (key, meaning) in enumerate(lines):
        label = QLabel(key)
        label.setWordWrap(len(key) > WORDY)
        label.setMaximumWidth(WIDEST)
        grid.addWidget(label, index, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(caption(meaning), index, 1)
    grid.setColumnStretch(1, 1)
    return table
