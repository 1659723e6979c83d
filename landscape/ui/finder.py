"""The popup of Ctrl+K, which finds whatever can be done or opened by a few letters of its name."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from landscape.errors import InputError
from landscape.plot.overrides import guarded
from landscape.ui.actions import Menu
from landscape.ui.commands import Commands
from landscape.ui.context import Context
from landscape.ui.findings import Finding, of_actions, of_registries, of_submenus, of_workspaces
from landscape.ui.layouts import GRID, caption, column
from landscape.ui.matching import best_first
from landscape.ui.stack import Workspaces
from landscape.ui.words import write
from landscape.ui.workspaces import Named

FOUND = Qt.ItemDataRole.UserRole
MOST = 60
"""Lines that are shown: who wants another types one letter more."""
WIDE, HIGH, LINE = 640, 460, 34
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


def chooser(
    workspaces: Workspaces,
    open_workspace: Callable[[str], None],
    edit: Callable[..., InputError | None],
    tell: Callable[[InputError], None],
) -> Callable[[str, Named | None], None]:
    """Return what opens a workspace, and there what was found; what is wrong with it is told."""

    def choose(workspace: str, named: Named | None) -> None:
        open_workspace(workspace)
        error = edit(named.edit) if named is not None and named.edit is not None else None
        if named is not None and named.page:
            workspaces.front.show_page(named.page)
        if error is not None:
            tell(error)

    return choose


def open_finder(
    window: QWidget,
    context: Context,
    menus: tuple[Sequence[Menu], Commands],
    front: str,
    choose: Callable[[str, Named | None], None],
) -> None:
    """Open the popup over a window, with all that can be found there now.

    Args:
        window: The window.
        context: How it speaks and looks.
        menus: Its menu bar, and what its commands do.
        front: The workspace in front.
        choose: Opens a workspace, and there what was found; None: as it is.
    """
    say, (bar, commands) = context.say, menus
    finder = Finder(window, context)
    findings = (
        *of_actions(bar, commands, say),
        *of_workspaces(say, front, lambda workspace: choose(workspace, None)),
        *of_registries(say, front, choose),
        *of_submenus(bar, commands, context.look, finder),
    )
    finder.offer(findings)
    finder.open_over(window)


class Finder(QFrame):
    """A search field over what fits, best first; deleted when it closes."""

    def __init__(self, window: QWidget, context: Context) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        say = context.say
        self._findings: Sequence[Finding] = ()
        self._search = QLineEdit()
        write(self._search, hint=say("A command, a surface, an optimizer, a lesson…"), name=say("Find anything"))
        self._search.addAction(context.icons("magnifier"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.setMinimumHeight(LINE)
        self._empty = caption(say("Nothing is called that. Try a shorter word."), wrap=True)
        self._empty.hide()
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        write(self._list, name=say("What was found"))
        self._list.setItemDelegate(_Line(self._list, context))
        self.setLayout(column(self._search, self._empty, self._list, margins=(GRID, GRID, GRID, GRID)))
        self._search.textChanged.connect(self._find)
        self._search.returnPressed.connect(self._run_current)
        self._search.installEventFilter(self)
        self._list.itemClicked.connect(self._run)

    def offer(self, findings: Sequence[Finding]) -> None:
        """Search among these."""
        self._findings = findings
        self._find("")

    def open_over(self, window: QWidget) -> None:
        """Open in the upper middle of a window."""
        self.resize(min(WIDE, window.width() - 4 * GRID), min(HIGH, window.height() - 12 * GRID))
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 6 * GRID)))
        self.show()
        self._search.setFocus()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys of the search field move through the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()), 0)
            if step:
                last = self._list.count() - 1
                self._list.setCurrentRow(min(max(self._list.currentRow() + step, 0), last))
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        found = best_first(typed, ((each.title, each.words, each) for each in self._findings))
        query = typed.casefold().split()
        found = [*found, *(each for each in self._findings if each.says(query) and each not in found)][:MOST]
        self._list.clear()
        for each in found:
            item = QListWidgetItem(each.title)
            item.setData(FOUND, each)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.title}, {each.group}")
            item.setSizeHint(QSize(0, LINE))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._empty.setVisible(not found)

    def _run_current(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self._run(item)

    def _run(self, item: QListWidgetItem) -> None:
        finding: Finding = item.data(FOUND)
        self.hide()
        finding.run()
        self.close()


class _Line(QStyledItemDelegate):
    """Paints a title, and at the right the group that it is of and its keys."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self._context = context

    @guarded(None)
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        finding: Finding = index.data(FOUND)
        told = f"{finding.group}   {finding.keys}" if finding.keys else finding.group
        wide = painter.fontMetrics().horizontalAdvance(told)
        area: QRect = option.rect
        free = area.width() - wide - 5 * GRID
        title = painter.fontMetrics().elidedText(finding.title, Qt.TextElideMode.ElideRight, max(free, 0))
        item = QStyleOptionViewItem(option)
        self.initStyleOption(item, index)
        item.text = ""
        widget = item.widget
        widget.style().drawControl(widget.style().ControlElement.CE_ItemViewItem, item, painter, widget)
        inside = area.adjusted(2 * GRID, 0, -2 * GRID, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._context.theme.text))
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.setPen(QColor(self._context.theme.muted))
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, told)
