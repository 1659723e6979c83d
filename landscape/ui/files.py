"""Opening and saving sessions, keeping what was not saved, and copying the picture."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from landscape.errors import InputError
from landscape.resources import user_folder

if TYPE_CHECKING:
    from landscape.export.render import AnyRenderer
    from landscape.ui.main_window import MainWindow

SUFFIX = ".landscape"


class Files(QObject):
    """The window's doors to the disk and the clipboard."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._stored = window.history.session
        self._path = ""

    @staticmethod
    def last() -> Path:
        """Return where the last session that was not saved is kept."""
        return user_folder("config") / f"last{SUFFIX}"

    def keep_last(self) -> None:
        """Keep the session where it is neither saved nor as it was opened: nobody is asked, and nothing is lost."""
        from landscape.session.files import save

        session = self._window.history.session
        if session != self._stored:
            # A full disk must not keep the window from closing.
            with suppress(InputError, OSError):
                self.last().parent.mkdir(parents=True, exist_ok=True)
                save(session, self.last())

    def reopen(self) -> None:
        """Open the last session that was not saved."""
        self.open(str(self.last()))

    def ask_open(self) -> None:
        """Ask for a file and open it."""
        from landscape.ui.dialogs.file import ask_file

        say = self._window.say
        ask_file(self._window, say, say("Open file…"), f"{say('Sessions')} (*{SUFFIX} *.json)", self.open)

    def open(self, name_or_path: str) -> None:
        """Open a lesson or a file, as one step of undo."""
        from landscape.session.files import open_session

        try:
            session = open_session(name_or_path)
        except (InputError, OSError) as error:
            self._tell(error)
            return
        self.keep_last()
        self._window.history.replace(session)
        self._stored, self._path = session, ""
        self._window.player.go(self._window.player.steps)

    def ask_save(self) -> None:
        """Ask for a place and save the session there."""
        say = self._window.say
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
            save(self._window.history.session, Path(path))
        except (InputError, OSError) as error:
            self._tell(error)
            return
        self._stored, self._path = self._window.history.session, path

    def copy_picture(self) -> None:
        """Put the picture of what is looked at, at the current step, on the clipboard."""
        from landscape.export.render import frame, renderer_of
        from landscape.export.settings import Settings
        from landscape.ui.frame_image import frame_image

        window = self._window
        view = window.stage.view()
        settings = Settings(
            theme=window.theme.name,
            language=window.language,
            curves=window.stage.curves_shown,
            view=(view.x, view.y),
        )
        session, network, page = window.history.session, window.workspaces.network, window.workspaces.page()
        renderer: AnyRenderer
        if page is not None and network is not None and session.experiment is not None:
            from landscape.export.network.page_render import PageRenderer

            # As far as it is computed: what is looked at, not what is still to come.
            renderer = PageRenderer(session, session.experiment, page, settings, window.answers, network.found())
        else:
            renderer = renderer_of(session, settings, window.answers)
        QGuiApplication.clipboard().setImage(frame_image(frame(renderer, settings.size, window.player.step)))

    def _tell(self, error: Exception) -> None:
        """Show an error as one sentence."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Landscape", self._window.say.error(error), parent=self._window)
        box.finished.connect(box.deleteLater)
        box.open()
