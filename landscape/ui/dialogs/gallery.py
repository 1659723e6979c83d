"""The gallery: lessons by topic or by source, and one's own files beside them, each with a picture of itself."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QIcon, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QListView, QListWidget, QListWidgetItem, QWidget

from landscape.errors import InputError
from landscape.export.turns import Turns
from landscape.plot.overrides import guarded
from landscape.scene.text import session_title
from landscape.session.files import lesson, lesson_names, load
from landscape.session.lesson import TOPICS
from landscape.session.session import Session
from landscape.translation import Translation
from landscape.ui.context import Context
from landscape.ui.dialogs.dialog import Dialog
from landscape.ui.layouts import GRID, caption, column, row
from landscape.ui.settings import AT_START, KNOWN, remembered
from landscape.ui.switch import Switch
from landscape.ui.tabs import Tabs
from landscape.ui.thumbnail import thumbnail
from landscape.ui.turns import ByTurns
from landscape.ui.words import write

PICTURE = QSize(192, 128)
CELL = QSize(212, 180)
SIZE = 1100, 680
HEADING = 40
"""Height of a heading."""
TOGETHER = 10
"""Lessons that are shown at a time while they are read."""
TOPIC, SOURCE = "topic", "source"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that can be opened."""

    name: str
    """The name of a lesson, or the path of a file."""
    session: Session
    own: bool = False

    def group(self, by: str, say: Translation) -> str:
        """Return under which heading it stands."""
        taught = self.session.lesson
        if self.own:
            return say("Your own")
        if taught is None or not (taught.topic if by == TOPIC else taught.source):
            return say("More")
        return topic_titles(say)[taught.topic] if by == TOPIC else source_title(taught.source)

    def place(self, by: str, say: Translation) -> tuple[int, str, str]:
        """Return where it stands: one's own first, then by topic, or by source in the order of the alphabet."""
        taught = self.session.lesson
        topic = TOPICS.index(taught.topic) if taught is not None and taught.topic else len(TOPICS)
        known = taught is not None and bool(taught.topic if by == TOPIC else taught.source)
        first = -1 if self.own else topic if by == TOPIC else 0 if known else 1
        return first, self.group(by, say), taught.source if taught else ""

    def title(self, say: Translation) -> str:
        """Return what it is called."""
        if self.own and not self.session.title:
            return Path(self.name).stem
        return session_title(self.session, say) or Path(self.name).stem

    def found_by(self, words: Sequence[str], say: Translation) -> bool:
        """Tell whether each of some words is in its name, its title, its source or its question."""
        taught = self.session.lesson
        texts = [self.name, self.title(say), self.group(TOPIC, say), *self.session.title.values()]
        texts += [taught.source, *taught.question.values()] if taught else []
        whole = " ".join(texts).casefold()
        return all(word in whole for word in words)


def topic_titles(say: Translation) -> dict[str, str]:
    """Return what the topics are called."""
    return {
        "rates": say("Learning rates"),
        "momentum": say("Momentum"),
        "adaptive": say("Adaptive rates"),
        "saddles": say("Saddles"),
        "shapes": say("Curvature"),
        "noise": say("Noise"),
        "global": say("Many minima"),
        "networks": say("Networks"),
        "norms": say("Normalization"),
        "search": say("Hyper-parameter search"),
    }


def source_title(source: str) -> str:
    """Return a source without its chapter or figure: "Dive into Deep Learning" of all its chapters."""
    words = source.split(",")[0].split(";")[0].split(":")[0].split()
    while words and re.fullmatch(r"\d{1,3}|\d+\.\d+", words[-1]):
        words.pop()
    return " ".join(words)


def reading(recent: Sequence[str], found: list[Entry]) -> Generator[None]:
    """Read the own files that can be read, then the lessons, one at a turn, and add them to those that are found."""
    for path in recent:
        own = _own(path)
        if own is not None:
            found.append(own)
        yield
    for name in lesson_names():
        found.append(Entry(name=name, session=lesson(name)))
        yield


def _own(path: str) -> Entry | None:
    try:
        return Entry(name=path, session=load(path), own=True)
    except (InputError, OSError):
        return None


class Gallery(Dialog):
    """Shows what can be opened; a double click or Enter opens it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, context: Context, recent: Sequence[str], settings: QSettings) -> None:
        super().__init__(parent, context, context.say("Lessons"))
        say = context.say
        settings.setValue(KNOWN, "True")
        at_start = Switch(say("Show when the program starts"), context)
        at_start.setChecked(remembered(settings, AT_START, "False") == "True")
        at_start.toggled.connect(lambda on: settings.setValue(AT_START, str(on)))
        self._entries: list[Entry] = []
        self._pictures: dict[str, QIcon] = {}
        self._waiting: Iterator[Entry] = iter(())
        self._by = TOPIC
        self.search = write(QLineEdit(), hint=say("Search titles, sources and questions"), name=say("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.tabs = Tabs(say("Order"), [(TOPIC, say("By topic")), (SOURCE, say("By source"))])
        self.tabs.set_current(self._by)
        self.tabs.chosen.connect(self._order)
        self.list = write(QListWidget(), name=say("Lessons"))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setIconSize(PICTURE)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setWordWrap(True)
        self.list.setSpacing(GRID // 2)
        self.list.itemActivated.connect(self._open)
        self._count = caption()
        head = row(self.search, self.tabs, spacing=2 * GRID)
        head.setStretch(0, 1)
        foot = row(self._count, None, at_start)
        whole = column(head, self.list, foot, spacing=GRID, margins=(2 * GRID, 2 * GRID, 2 * GRID, GRID))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(min(SIZE[0], parent.width() - 4 * GRID), min(SIZE[1], parent.height() - 4 * GRID))
        self._reading, self._drawing = ByTurns(self), ByTurns(self)
        self._reading.told.connect(self._read_more)
        self._reading.done.connect(lambda _: self._fill())
        self._drawing.done.connect(self._take)
        self._drawing.failed.connect(lambda _: self._draw())
        self._drawn: Entry | None = None
        self._reading.start(reading(recent, self._entries))
        self.search.setFocus()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the search to what was found, and open it with Enter."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) and self.search.hasFocus():
            self.list.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentItem() is not None:
            self._open(self.list.currentItem())
        else:
            super().keyPressEvent(event)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let headings and pictures fill their lines."""
        super().resizeEvent(event)
        for index in range(self.list.count()):
            item = self.list.item(index)
            item.setSizeHint(self._cell() if item.data(Qt.ItemDataRole.UserRole) else self._line())

    @guarded(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        """Read and draw no more."""
        self._leave()
        super().closeEvent(event)

    @guarded(None)
    def done(self, result: int) -> None:
        """Read and draw no more."""
        self._leave()
        super().done(result)

    def _leave(self) -> None:
        self._reading.leave()
        self._drawing.leave()

    def _read_more(self) -> None:
        """Show what was read, every few lessons."""
        if len(self._entries) % TOGETHER == 0:
            self._fill()

    def _order(self, by: str) -> None:
        self._by = by
        self._fill()

    def _fill(self) -> None:
        """Show what the search finds, under headings."""
        say, words = self.context.say, self.search.text().casefold().split()
        found = [entry for entry in self._entries if entry.found_by(words, say)]
        groups: dict[str, list[Entry]] = {}
        for entry in sorted(found, key=lambda one: one.place(self._by, say)):
            groups.setdefault(entry.group(self._by, say), []).append(entry)
        self.list.clear()
        for title, group in groups.items():
            self.list.addItem(self._heading(title))
            for entry in group:
                self.list.addItem(self._item(entry))
        if self.list.count():
            self.list.setCurrentRow(1)
        self._count.setText(say("{count} found", count=len(found)))
        self._waiting = iter([entry for group in groups.values() for entry in group])
        self._draw()

    def _line(self) -> QSize:
        return QSize(self.list.viewport().width() - 4 * GRID, HEADING)

    def _cell(self) -> QSize:
        """Return the room of one picture: so many to a line that none is left over."""
        room = self._line().width()
        return QSize(room // max(room // CELL.width(), 1) - GRID // 2, CELL.height())

    def _heading(self, title: str) -> QListWidgetItem:
        item = QListWidgetItem(title)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(self._line())
        font = self.font()
        font.setBold(True)
        item.setFont(font)
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        return item

    def _item(self, entry: Entry) -> QListWidgetItem:
        item = QListWidgetItem(self._pictures.get(entry.name, self._blank()), entry.title(self.context.say))
        item.setData(Qt.ItemDataRole.UserRole, entry.name)
        item.setSizeHint(self._cell())
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        taught = entry.session.lesson
        item.setToolTip(taught.source if taught and taught.source else entry.name)
        return item

    def _blank(self) -> QIcon:
        empty = QPixmap(PICTURE)
        empty.fill(QColor(self.context.theme.raised))
        return QIcon(empty)

    def _draw(self) -> None:
        """Begin with the next picture that is missing."""
        self._drawn = next((entry for entry in self._waiting if entry.name not in self._pictures), None)
        if self._drawn is not None:
            self._drawing.start(_pictured(self._drawn.session, self.context))

    def _take(self, picture: QPixmap) -> None:
        if self._drawn is None:
            return
        icon = QIcon(picture)
        # One that is chosen keeps its colours.
        icon.addPixmap(picture, QIcon.Mode.Selected)
        self._pictures[self._drawn.name] = icon
        for index in range(self.list.count()):
            item = self.list.item(index)
            if item.data(Qt.ItemDataRole.UserRole) == self._drawn.name:
                item.setIcon(self._pictures[self._drawn.name])
        self._draw()

    def _open(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
        self.accept()


def _pictured(session: Session, context: Context) -> Turns[QPixmap]:
    plain = replace(session, presentations={}, lessons={})
    return (yield from thumbnail(plain, PICTURE.height(), context.theme.name, context.say))
