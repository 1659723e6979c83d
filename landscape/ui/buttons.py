"""Buttons: an icon, a choice, and what opens a menu."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QToolButton

from landscape.plot.overrides import guarded
from landscape.translation import composed, said_in
from landscape.ui.context import Context
from landscape.ui.sizes import scaled, sized
from landscape.ui.words import write


class IconButton(QToolButton):
    """A flat button with an icon; a click does not take the keyboard away from the stage."""

    def __init__(self, context: Context, icon: str, name: str, clicked: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._context, self._icon = context, icon
        sized(self, icon=(18, 18))
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_face(icon, name)
        if clicked is not None:
            self.clicked.connect(lambda: clicked())

    def set_face(self, icon: str, name: str, color: str = "") -> None:
        """Show another icon and name."""
        self._icon, self._color = icon, color
        write(self, tip=name, name=name)
        self.look_changed()

    def look_changed(self) -> None:
        """Show the icon in the colours of the theme."""
        self.setIcon(self._context.icons(self._icon, self._color))


class DropButton(QPushButton):
    """A button that says what is chosen, with an arrow that says there is more."""

    def __init__(self, context: Context, name: str, clicked: Callable[[], object]) -> None:
        super().__init__()
        self._context = context
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("role", "drop")
        self.clicked.connect(lambda: clicked())

    def set_choice(self, text: str) -> None:
        """Show what is chosen."""
        write(self, text=text, name=composed("{}: {}", said_in(self._name, self._context.say), text))

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the button with as much of the choice as there is room for, and the arrow at its right end."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room + 1)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, QPainter(self), self)
        side = scaled(14)
        area = QRect(self.width() - side - scaled(8), (self.height() - side) // 2, side, side)
        self._context.icons("down").paint(QPainter(self), area)

    def menu_below(self) -> QMenu:
        """Return a new menu that belongs to the button and is gone when it closes."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu


class Choice(DropButton):
    """One of a few options; the menu is made when it opens."""

    chosen = Signal(object)

    def __init__(self, context: Context, name: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__(context, name, self._open)
        self._options = tuple(options)
        self._key: object = None

    @property
    def key(self) -> object:
        """The option that is chosen."""
        return self._key

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer others from now on."""
        self._options = tuple(options)

    def set_key(self, key: object) -> None:
        """Show the option ``key``."""
        self._key = key
        self.set_choice(next((text for option, text in self._said() if option == key), str(key)))

    def _said(self) -> list[tuple[object, str]]:
        """Return the options in the language of the window."""
        return [(key, said_in(text, self._context.say)) for key, text in self._options]

    def _open(self) -> None:
        menu = self.menu_below()
        for key, text in self._said():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(key == self._key)
            action.triggered.connect(lambda _checked=False, key=key: self.chosen.emit(key))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
