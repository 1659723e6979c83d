"""Opening and saving sessions, and keeping what was not saved."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from landscape.errors import InputError
from landscape.resources import user_folder
from landscape.session.history import History
from landscape.session.workspaces import WORKSPACES
from landscape.ui.context import Look

SUFFIX = ".landscape"


class Files(QObject):
    """A window's doors to the disk."""

    opened = Signal()
    """Another session is there."""

    def __init__(self, window: QWidget, history: History, look: Look) -> None:
        super().__init__(window)
        self._window, self._history, self._look = window, history, look
        self._stored = history.session
        self._path = ""

    @staticmethod
    def last() -> Path:
        """Return where the last session that was not saved is kept."""
        return user_folder("config") / f"last{SUFFIX}"

    def keep_last(self) -> InputError | None:
        """Keep the session where it is neither saved nor as it was opened; return what is wrong where that cannot be.

        Nobody is asked, and nothing is lost.
        """
        from landscape.session.files import save

        session = self._history.session
        if session == self._stored:
            return None
        try:
            self.last().parent.mkdir(parents=True, exist_ok=True)
            save(session, self.last())
        except (InputError, OSError) as error:
            reason = getattr(error, "strerror", None) or error
            return InputError(
                "What is not saved cannot be kept in {folder}: {reason}. Save it elsewhere; closing again drops it",
                folder=self.last().parent, reason=reason,
            )  # fmt: skip
        return None

    def reopen(self) -> None:
        """Open the last session that was not saved."""
        self.open(str(self.last()))

    def ask_open(self) -> None:
        """Ask for a file and open it."""
        from landscape.ui.dialogs.file import ask_file

        say = self._look.say
        ask_file(self._window, say, say("Open file…"), f"{say('Sessions')} (*{SUFFIX} *.json)", self.open)

    def open(self, name_or_path: str) -> None:
        """Open a lesson or a file, as one step of undo."""
        from landscape.session.files import open_session

        try:
            session = open_session(name_or_path)
        except (InputError, OSError) as error:
            self.tell(error)
            return
        self.keep_last()
        self._history.replace(session)
        self._stored, self._path = session, ""
        self.opened.emit()

    def fill_lessons(self, menu: QMenu) -> None:
        """Offer the lessons of each workspace."""
        from landscape.session.files import lessons

        for workspace in WORKSPACES:
            menu.addSeparator()
            for name, titles in lessons(workspace).items():
                action = menu.addAction(self._look.say.pick(titles))
                action.triggered.connect(lambda _checked=False, name=name: self.open(name))

    def ask_save(self) -> None:
        """Ask for a place and save the session there."""
        say = self._look.say
        dialog = QFileDialog(self._window, say("Save as…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.setNameFilters([f"{say('Sessions')} (*{SUFFIX})"])
        if self._path:
            dialog.selectFile(self._path)
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, path: str) -> None:
        """Save the session."""
        from landscape.session.files import save

        try:
            save(self._history.session, Path(path))
        except (InputError, OSError) as error:
            self.tell(error)
            return
        self._stored, self._path = self._history.session, path

    def tell(self, error: Exception) -> None:
        """Show an error as one sentence."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Landscape", self._look.say.error(error), parent=self._window)
        box.finished.connect(box.deleteLater)
        box.open()
