"""The row at the top: menus, the title, and what is done most often."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy

from landscape.plot.overrides import guarded
from landscape.scene.text import session_title
from landscape.session.session import Session
from landscape.session.workspaces import WORKSPACES
from landscape.translation import composed
from landscape.ui.actions import Action, Menu, Submenu, key_text
from landscape.ui.buttons import IconButton
from landscape.ui.commands import Commands
from landscape.ui.context import Context
from landscape.ui.focus import EyeOrdered
from landscape.ui.layouts import GRID, Elided, give_way, row
from landscape.ui.sizes import scaled
from landscape.ui.tabs import Tabs
from landscape.ui.words import button


class MenuRow(EyeOrdered):
    """Shows the menu bar, the workspaces, the title, and buttons for what is done most often."""

    workspace_chosen = Signal(str)

    def __init__(self, context: Context, bar: Sequence[Menu], commands: Commands) -> None:
        super().__init__()
        say = context.say
        self._context, self._commands = context, commands
        self._actions: dict[str, QAction] = {}
        self._bar = QMenuBar()
        self._bar.setNativeMenuBar(False)
        # As wide as the menus, so that the title has the middle of what is left.
        self._menus: list[QMenu] = []
        self._bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        for menu in bar:
            self._add_menu(menu)
        self._title = Elided()
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._title.setProperty("role", "title")
        self._undo = self._button("undo", composed("{} ({})", say("Undo"), key_text("Ctrl+Z")))
        self._redo = self._button("redo", composed("{} ({})", say("Redo"), key_text("Ctrl+Shift+Z")))
        find = self._button("magnifier", composed("{} ({})", say("Find anything…"), key_text("Ctrl+K")), "find")
        export = button(say("Export…"), "main")
        export.clicked.connect(self._run("export"))
        # What the menus have, too, is left out where the row is narrow: what is needed first comes first.
        self._spare = export, find, self._undo, self._redo
        self._present = present = self._button("fullscreen", composed("{} (F5)", say("Present")), "present")
        self.tabs = Tabs(say("Workspace"), [(name, say.pick(each.titles)) for name, each in WORKSPACES.items()])
        self.tabs.chosen.connect(self.workspace_chosen)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(
            row(
                self._bar, self.tabs, self._title, find, self._undo, self._redo, export, present,
                spacing=GRID // 2, margins=(GRID, 4, GRID, 4),
            )
        )  # fmt: skip

    def display(self, session: Session, *, can_undo: bool, can_redo: bool) -> None:
        """Show the title of ``session``, and whether there is something to undo and to redo."""
        self._title.setText(session_title(session, self._context.say))
        self.tabs.set_current(session.workspace)
        for name, shown, enabled in (("undo", self._undo, can_undo), ("redo", self._redo, can_redo)):
            shown.setEnabled(enabled)
            self._actions[name].setEnabled(enabled)

    def look_changed(self) -> None:
        """Have room for the names in another language, or at another scale."""
        self._make_room()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have room for the names of menus and workspaces."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        between = scaled(GRID // 2)
        whole = self._bar.sizeHint().width() + self.tabs.whole_width + self._present.sizeHint().width()
        room = self.width() - 2 * scaled(GRID) - whole - 2 * between
        title = self._title.minimumSizeHint().width() + between
        # The title is that of the window, too.
        self._title.setVisible(room >= title)
        give_way(self._spare, room - title, between)

    def rename(self, bar: Sequence[Menu]) -> None:
        """Call the menus and what is in them by other names: the same menu bar in another language."""
        for shown, menu in zip(self._menus, bar, strict=True):
            shown.setTitle(_mnemonic(menu))
            for item in menu.items:
                if item is not None:
                    self._actions[item.id].setText(_with_key(item) if isinstance(item, Action) else item.title)

    def _run(self, name: str) -> Callable[[], None]:
        return lambda *_: self._commands.run(name)

    def _button(self, icon: str, text: str, name: str = "") -> IconButton:
        return IconButton(self._context, icon, text, self._run(name or icon))

    def _add_menu(self, menu: Menu) -> None:
        shown = self._bar.addMenu(_mnemonic(menu))
        self._menus.append(shown)
        for item in menu.items:
            if item is None:
                shown.addSeparator()
            elif isinstance(item, Submenu):
                self._add_submenu(shown, item)
            else:
                self._add_action(shown, item)
        items = [item for item in menu.items if item is not None]
        shown.aboutToShow.connect(lambda: self._show_state(items))

    def _add_submenu(self, menu: QMenu, item: Submenu) -> None:
        inner = menu.addMenu(item.title)
        self._actions[item.id] = inner.menuAction()
        inner.aboutToShow.connect(lambda: self._commands.fill(item.id, inner))

    def _add_action(self, menu: QMenu, item: Action) -> None:
        action = menu.addAction(_with_key(item))
        action.setCheckable(item.checkable)
        if not item.bare:
            action.setShortcuts([QKeySequence(key) for key in item.keys])
        action.triggered.connect(self._run(item.id))
        self._actions[item.id] = action

    def _show_state(self, items: list[Action | Submenu]) -> None:
        for item in items:
            self._actions[item.id].setEnabled(self._commands.possible(item.id))
            if isinstance(item, Action) and item.checkable:
                self._actions[item.id].setChecked(self._commands.checked(item.id))


def _mnemonic(menu: Menu) -> str:
    """Have Alt and a letter open a menu: one of its title, else it stands behind in brackets, as is usual."""
    title, letter = menu.title, menu.letter
    return title.replace(letter, f"&{letter}", 1) if letter in title else f"{title}(&{letter})"


def _with_key(item: Action) -> str:
    """Write a bare key beside the title only: as a shortcut it would be taken from sliders and buttons."""
    return f"{item.title}\t{key_text(item.keys[0])}" if item.bare else item.title
