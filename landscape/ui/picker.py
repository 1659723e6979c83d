"""A popup that finds one of many: a search field over a grouped list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from landscape.plot.overrides import guarded
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, caption, column
from landscape.ui.words import write

KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One line of the list."""

    key: str
    title: str
    group: str
    words: str
    """Everything it can be found by: titles in every language, and the id."""


class Picker(QFrame):
    """The popup; deleted when it closes."""

    chosen = Signal(str)

    def __init__(
        self,
        button: QWidget,
        context: Context,
        offers: Sequence[Offer],
        current: str,
        picture: Callable[[str], QIcon] | None = None,
    ) -> None:
        super().__init__(button, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self._button, self._picture = button, picture
        self._empty = caption(context.say("Nothing is called that. Try a shorter word."), wrap=True)
        self._empty.hide()
        self._search = QLineEdit()
        write(self._search, hint=context.say("Search"), name=context.say("Search"))
        self._search.addAction(context.icons("magnifier"), QLineEdit.ActionPosition.LeadingPosition)
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        if picture is not None:
            self._list.setIconSize(QSize(48, 32))
        self.setLayout(column(self._search, self._empty, self._list, margins=(GRID, GRID, GRID, GRID)))
        self._waiting: list[QListWidgetItem] = []
        self._fill(offers, current)
        self._search.textChanged.connect(self._filter)
        self._search.returnPressed.connect(self._choose_current)
        self._search.installEventFilter(self)
        self._list.itemClicked.connect(self._choose)
        self._painting = QTimer(self, interval=0)
        self._painting.timeout.connect(self._paint_next)
        if picture is not None:
            self._painting.start()

    def open_below(self, size: QSize) -> None:
        """Open under the button, inside its screen."""
        button = self._button
        self.resize(size)
        corner = button.mapToGlobal(QPoint(0, button.height() + 4))
        screen = button.screen().availableGeometry()
        corner.setY(min(corner.y(), screen.bottom() - size.height()))
        corner.setX(min(corner.x(), screen.right() - size.width()))
        self.move(corner)
        self.show()
        self._search.setFocus()
        current = self._list.currentItem()
        if current is not None:
            self._list.scrollToItem(current, QListWidget.ScrollHint.PositionAtCenter)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys of the search field move through the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key()), 0
            )
            if step:
                self._move(step)
                return True
        return super().eventFilter(watched, event)

    def _fill(self, offers: Sequence[Offer], current: str) -> None:
        group = ""
        for offer in offers:
            if offer.group != group:
                group = offer.group
                self._add_heading(group)
            item = QListWidgetItem(offer.title)
            item.setData(KEY, offer)
            if self._picture is not None:
                item.setSizeHint(QSize(0, 40))
                self._waiting.append(item)
            self._list.addItem(item)
            if offer.key == current:
                self._list.setCurrentItem(item)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 0.9 if font.pointSizeF() > 0 else 9.0)
        item.setFont(font)
        item.setSizeHint(QSize(0, 32))
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(index) for index in range(self._list.count())]

    def _filter(self, text: str) -> None:
        """Hide what does not hold every typed word, and the headings that then stand alone."""
        words = text.casefold().split()
        found = [
            item
            for item in self._items()
            if item.data(KEY) is not None and all(word in item.data(KEY).words.casefold() for word in words)
        ]
        groups = {item.data(KEY).group for item in found}
        shown = set(map(id, found))
        for item in self._items():
            offer = item.data(KEY)
            item.setHidden(item.text() not in groups if offer is None else id(item) not in shown)
        self._empty.setVisible(not found)
        if found and (self._list.currentItem() is None or id(self._list.currentItem()) not in shown):
            self._list.setCurrentItem(found[0])

    def _move(self, step: int) -> None:
        items = [item for item in self._items() if item.data(KEY) is not None and not item.isHidden()]
        if not items:
            return
        current = self._list.currentItem()
        at = next((index for index, item in enumerate(items) if item is current), -step)
        self._list.setCurrentItem(items[min(max(at + step, 0), len(items) - 1)])

    def _choose_current(self) -> None:
        item = self._list.currentItem()
        if item is not None and not item.isHidden():
            self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        offer = item.data(KEY)
        if offer is not None:
            self.close()
            self.chosen.emit(offer.key)

    def _paint_next(self) -> None:
        """Make one picture per event turn, so that the list opens at once."""
        if not self._waiting or self._picture is None:
            self._painting.stop()
            return
        item = self._waiting.pop(0)
        item.setIcon(self._picture(item.data(KEY).key))
