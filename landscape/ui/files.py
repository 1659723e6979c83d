"""Opening and saving sessions: which file the window has open, whether it is saved, and what happened to it since."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from landscape.errors import InputError
from landscape.session.history import History
from landscape.session.presentation import Mark
from landscape.session.session import Session
from landscape.session.workspaces import WORKSPACES
from landscape.ui.commands import Command
from landscape.ui.context import Look
from landscape.ui.painting import paint_later
from landscape.ui.recovery import SUFFIX, Recovery
from landscape.writing import file_name

Stamp: TypeAlias = tuple[int, int] | None
"""When a file was written, and how long it is: another one where it changed."""

MOST_RECENT = 10
TEXTS = "texts"
"""The property of what a menu offers that has all it says, to be searched."""


class Files(QObject):
    """A window's doors to the disk.

    Args:
        window: Above which dialogs stand.
        history: The session, and those before it.
        look: The language.
        settings: Where the files that were opened are remembered.
        prepared: Returns the session with where the person stands before it: what a file holds.
    """

    opened = Signal()
    """Another session is there."""
    renamed = Signal()
    """The file is another one, or it is saved, or not any more."""

    def __init__(
        self, window: QWidget, history: History, look: Look, settings: QSettings, prepared: Callable[[], Session]
    ) -> None:
        super().__init__(window)
        self._window, self._history, self._look, self._settings = window, history, look, settings
        self._prepared = prepared
        self.path = ""
        """Of the file that is open; empty where there is none."""
        self._stamp: Stamp = None
        self._told: Stamp = None
        """What somebody else wrote, as far as the person knows."""
        self._stored: Session | None = history.session
        self._stored_marks = _added(history.session)
        self.recovery = Recovery(self, prepared)

    def commands(self) -> Mapping[str, Command]:
        """Return what the actions do that have to do with files, by their ids."""
        return {
            "new": Command(run=self.new),
            "open": Command(run=self.ask_open),
            "save": Command(run=self.save),
            "save-as": Command(run=self.ask_save),
            "copy-link": Command(run=self.copy_link),
        }

    @property
    def is_saved(self) -> bool:
        """Whether the session, its marks and the hands that were counted are as they were opened or saved."""
        return self._history.session == self._stored and _added(self._prepared()) == self._stored_marks

    @property
    def name(self) -> str:
        """What the file is called; empty where there is none."""
        return Path(self.path).stem

    def changed(self) -> None:
        """Keep what is not saved soon, because something changed."""
        if not self.is_saved:
            self.recovery.want()
        self.renamed.emit()

    def taken(self) -> None:
        """Keep soon how far a lesson has come, for the case of a crash: it is no reason to save the session."""
        self.recovery.want()
        self.renamed.emit()

    def keep(self) -> InputError | None:
        """Keep what is not saved, now; return what is wrong where that cannot be."""
        if self.is_saved:
            self.recovery.drop()
            return None
        return self.recovery.keep(self._prepared())

    def keep_from_elsewhere(self) -> None:
        """Keep what is not saved from another thread, while the window's own is busy."""
        if self._history.session != self._stored:
            self.recovery.keep(self._history.session)

    def new(self) -> None:
        """Begin with what the program opens with, as one step of undo."""
        from landscape.session.files import default_session

        self._replace(default_session(), "")

    def ask_open(self) -> None:
        """Ask for a file and open it."""
        from landscape.export.formats import formats
        from landscape.ui.dialogs.file import ask_file

        say = self._look.say
        pictures = " ".join(f"*{suffix}" for suffix, each in formats().items() if each.carries)
        kinds = f"{say('Sessions')} (*{SUFFIX} *.json)", f"{say('Pictures and films of Landscape')} ({pictures})"
        ask_file(self._window, say, say("Open file…"), kinds, self.open)

    def open(self, name_or_path: str) -> None:
        """Open a lesson or a file, as one step of undo."""
        from landscape.session.files import open_session, saved_file_of

        try:
            session, path = open_session(name_or_path), saved_file_of(name_or_path)
        except (InputError, OSError) as error:
            self.tell(error)
            return
        self._replace(session, str(path.absolute()) if path else "")

    def recover(self, session: Session) -> InputError | None:
        """Open a session that was never saved, and keep it here; return what is wrong where that cannot be."""
        self._leave()
        self._history.replace(session)
        self._open("", None, None)
        return self.recovery.keep(session)

    def begin(self, path: str) -> None:
        """Take the session that the window began with for that of a file."""
        self.path, self._stamp = path, _stamp(path)
        self._remember(path)
        self.renamed.emit()

    def fill_lessons(self, menu: QMenu) -> None:
        """Offer the lessons of each workspace."""
        from landscape.session.files import lesson_texts

        for workspace in WORKSPACES:
            menu.addSeparator()
            for name, (titles, texts) in lesson_texts(workspace).items():
                action = menu.addAction(self._look.say.pick(titles))
                action.setProperty(TEXTS, texts)
                action.triggered.connect(lambda _checked=False, name=name: self.open(name))

    def recent(self) -> list[str]:
        """Return the files that were opened or saved last, the last one first, as far as they are there."""
        found = self._settings.value("recent", [])
        # One path alone comes back as a text.
        paths = found if isinstance(found, list) else [found]
        return [path for path in paths if isinstance(path, str) and Path(path).is_file()]

    def fill_recent(self, menu: QMenu) -> None:
        """Offer the files that were opened or saved last."""
        menu.setToolTipsVisible(True)
        for path in self.recent():
            action = menu.addAction(Path(path).name.replace("&", "&&"))
            action.setToolTip(path)
            action.triggered.connect(lambda _checked=False, path=path: self.open(path))

    def save(self) -> None:
        """Save the session in its file, or ask for one where it has none."""
        if not self.path:
            self.ask_save()
        elif self.has_changed_on_disk():
            self._ask_which()
        else:
            self.save_as(self.path)

    def ask_save(self) -> None:
        """Ask for a place and save the session there."""
        from landscape.scene.text import session_title

        say = self._look.say
        dialog = QFileDialog(self._window, say("Save as…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.setNameFilters([f"{say('Sessions')} (*{SUFFIX})"])
        dialog.selectFile(self.path or file_name(session_title(self._history.session, say), SUFFIX))
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(self.save_as)
        dialog.open()

    def save_as(self, path: str) -> None:
        """Save the session at ``path``, which is its file from now on."""
        from landscape.session.files import save

        session = self._prepared()
        try:
            save(session, Path(path))
        except (InputError, OSError) as error:
            self.tell(error)
            return
        self._stored, self._stored_marks = self._history.session, _added(session)
        self.recovery.drop()
        self.begin(str(Path(path).absolute()))

    def copy_link(self) -> None:
        """Put the whole session on the clipboard, as one word that ``landscape open`` takes."""
        from landscape.session.files import link

        QGuiApplication.clipboard().setText(link(self._prepared()))

    def has_changed_on_disk(self) -> bool:
        """Tell whether somebody else wrote the file since it was opened or saved."""
        return bool(self.path) and self._stamp is not None and _stamp(self.path) not in (None, self._stamp)

    def has_news(self) -> bool:
        """Tell whether that is so, and was not told yet."""
        stamp = _stamp(self.path) if self.has_changed_on_disk() else self._told
        self._told, before = stamp, self._told
        return stamp != before

    def tell(self, error: Exception) -> None:
        """Show an error as one sentence."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Landscape", self._look.say.error(error), parent=self._window)
        box.finished.connect(box.deleteLater)
        box.open()

    def _replace(self, session: Session, path: str) -> None:
        self._leave()
        paint_later(self._window)
        self._history.replace(session)
        self._open(path, session, _stamp(path))
        if path:
            self._remember(path)

    def _leave(self) -> None:
        """Leave what is not saved for another day: the session is about to be another one."""
        if not self.is_saved:
            self.recovery.keep(self._prepared())
            self.recovery.leave()
        self.recovery.drop()

    def _open(self, path: str, stored: Session | None, stamp: Stamp) -> None:
        self.path, self._stored, self._stamp = path, stored, stamp
        self._stored_marks = _added(self._history.session)
        self.opened.emit()
        self.renamed.emit()

    def _remember(self, path: str) -> None:
        paths = [path, *(each for each in self.recent() if each != path)]
        self._settings.setValue("recent", paths[:MOST_RECENT])

    def _ask_which(self) -> None:
        """Ask whether to replace what somebody else wrote meanwhile."""
        say = self._look.say
        sentence = say("{file} was changed by another program since it was opened here.", file=Path(self.path).name)
        box = QMessageBox(QMessageBox.Icon.Warning, "Landscape", sentence, parent=self._window)
        replacing = box.addButton(say("Replace it"), QMessageBox.ButtonRole.DestructiveRole)
        beside = box.addButton(say("Save as…"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(say("Cancel"), QMessageBox.ButtonRole.RejectRole)
        replacing.clicked.connect(lambda: self.save_as(self.path))
        beside.clicked.connect(self.ask_save)
        box.finished.connect(box.deleteLater)
        box.open()


def _added(session: Session) -> Mapping[str, tuple[tuple[Mark, ...], tuple[int, ...]]]:
    """Return the marks and the counted hands of each workspace that has some."""
    added = {
        name: (each.marks, each.attempt.hands if each.attempt is not None else ())
        for name, each in session.presentations.items()
    }
    return {name: each for name, each in added.items() if any(each)}


def _stamp(path: str) -> Stamp:
    """Return what changes when a file is written; None where there is none."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
