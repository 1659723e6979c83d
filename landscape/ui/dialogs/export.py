"""Writing a clip, a picture or a table: what is to be in it, how it will look, and how far it is."""

from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QProgressBar, QWidget

from landscape.errors import InputError
from landscape.export.export import Progress, export_steps
from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.settings import Options, Settings
from landscape.scene.answers import Answers
from landscape.scene.text import duration, session_title
from landscape.session.edits import edit_document
from landscape.session.session import Session
from landscape.ui.asker import Asker
from landscape.ui.context import Context
from landscape.ui.dialogs.dialog import Dialog
from landscape.ui.dialogs.export_form import ExportForm
from landscape.ui.dialogs.preview import Preview
from landscape.ui.layouts import GRID, column, complain, complaint, row
from landscape.ui.turns import ByTurns
from landscape.ui.words import button, write
from landscape.writing import check_writable, file_name

OWNER = "export"


class ExportDialog(Dialog):
    """Chooses settings, shows a preview, and drives the export a frame at a time, so that the window stays alive."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        session: Session,
        looked_at: Options,
        settings: QSettings,
        asker: Asker,
        answers: Answers,
    ) -> None:
        say = context.say
        super().__init__(parent, context, say("Export"))
        self._session = session
        self._asker, self._answers = asker, answers
        self._film: Film | None = None
        """What waits for all it shows to be computed."""
        self._work = ByTurns(self)
        self._path = Path()
        self.form = ExportForm(context, session, looked_at, settings)
        self.preview = Preview(context, session, asker, answers)
        self._complaint = complaint()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._state = QLabel()
        self._start = button(say("Export…"), "main")
        self._start.setDefault(True)
        self._show_file = button(say("Show file"))
        self._close = button(say("Close"))
        self._arrange()
        self._work.told.connect(self._show_progress)
        self._work.done.connect(self._finish)
        self._work.failed.connect(self._fail)
        self._work.stopped.connect(self._stop)
        self.form.changed.connect(self._form_changed)
        self.form.refused.connect(lambda error: complain(self._complaint, context.told(error)))
        self._start.clicked.connect(self._ask_path)
        self._show_file.clicked.connect(self._reveal)
        self._close.clicked.connect(self.close)
        asker.answered.connect(self._go_on)
        self._form_changed()

    @property
    def running(self) -> bool:
        """Whether a file is being written, or what it needs is computed first."""
        return self._work.busy or self._film is not None

    def export_to(self, path: Path) -> None:
        """Begin to write to ``path``: first compute in jobs what takes long."""
        complain(self._complaint, "")
        self._path = path
        try:
            settings = Settings(**self.form.options())
            check_writable(path)
        except InputError as error:
            self._fail(error)
            return
        film = Film(self._session, settings, self._answers)
        self._film = self.form.format.fitted(film)
        self._show_running(True)
        self._go_on()

    def cancel(self) -> None:
        """Give up what is being written, of which nothing is left; it runs until its threads have ended."""
        self._work.stop()
        if not self._work.busy:
            self._stop()

    def reject(self) -> None:
        """Cancel what is being written, of which nothing is left, and close: on Escape, the button or the frame.

        That is at once; what runs ends alone.
        """
        self._work.leave()
        self._stop()
        self.preview.close_down()
        self._asker.answered.disconnect(self._go_on)
        super().reject()

    def _go_on(self) -> None:
        """Begin to write as soon as everything is known that is to be seen; tell how far that is."""
        if self._film is None:
            return
        form = self.form.format
        try:
            missing = self._film.wanted(animated=form.animated, pictured=form.pictured)
        except InputError as error:
            self._fail(error)
            return
        self._asker.want(OWNER, missing)
        if missing:
            share = int(100 * self._asker.share(missing))
            self._progress.setRange(0, 100)
            self._progress.setValue(share)
            write(self._state, text=self.context.say("computing, {share} %", share=share))
            return
        self._drop_film()
        self._write()

    def _write(self) -> None:
        try:
            work = export_steps(self._session, self._path, self._answers, **self.form.options())
        except InputError as error:
            self._fail(error)
            return
        self.form.remember()
        self._work.start(work)

    def _arrange(self) -> None:
        self._progress.hide()
        self._show_file.hide()
        self._state.hide()
        buttons = row(self._state, self._show_file, None, self._close, self._start)
        top = row(self.preview, self.form, spacing=3 * GRID)
        top.setStretch(0, 1)
        margins = (3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(column(top, self._complaint, self._progress, buttons, spacing=2 * GRID, margins=margins))

    def _form_changed(self) -> None:
        try:
            options = self.form.options()
            self._apply()
            form = self.form.format
            self.preview.set_options(options, pictured=form.pictured, animated=form.animated)
        except InputError as error:
            complain(self._complaint, self.context.told(error))
            return
        complain(self._complaint, "")
        self._show_finished(None)

    def _apply(self) -> None:
        """Let the document have what is chosen for a film, here and in the window; InputError where that cannot be."""
        if self.form.film_fields is None:
            return
        change = self.form.film_fields.applied
        changed = edit_document(self._session, self._session.workspace, change)
        if changed != self._session:
            self.context.edit(change, gesture="film")
            self._session = changed
            self.preview.set_session(changed)

    def _ask_path(self) -> None:
        if self.running:
            self.cancel()
            return
        form: Format = self.form.format
        dialog = QFileDialog(self, self.context.say("Export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form.suffix)
        dialog.setNameFilters([f"{self.context.say.pick(form.titles)} (*{form.suffix})"])
        dialog.setDirectory(self.form.folder())
        dialog.selectFile(file_name(session_title(self._session, self.context.say), form.suffix))
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(lambda path: self.export_to(Path(path)))
        dialog.open()

    def _show_progress(self, progress: Progress) -> None:
        say = self.context.say
        self._progress.setRange(0, progress.total)
        self._progress.setValue(progress.done)
        text = say("frame {done} of {total}", done=progress.done, total=progress.total)
        if progress.left is not None:
            text = say("{frames}, {time} left", frames=text, time=duration(progress.left))
        write(self._state, text=text)

    def _finish(self, _nothing: object) -> None:
        self._stop()
        self._show_finished(self._path)

    def _fail(self, error: InputError) -> None:
        """Tell what is wrong."""
        self._stop()
        complain(self._complaint, self.context.told(error))

    def _stop(self) -> None:
        """Be as before: the work has ended, however it did."""
        self._asker.want(OWNER, ())
        self._drop_film()
        self._show_running(False)

    def _drop_film(self) -> None:
        if self._film is not None:
            self._film.close()
        self._film = None

    def _show_running(self, running: bool) -> None:
        say = self.context.say
        self.form.setEnabled(not running)
        self.preview.animate(not running)
        self._progress.setVisible(running)
        self._state.setVisible(running)
        self._show_file.hide()
        write(self._start, text=say("Cancel") if running else say("Export…"))

    def _show_finished(self, path: Path | None) -> None:
        """Tell that ``path`` is written; None: nothing is to be told."""
        self._show_file.setVisible(path is not None)
        self._state.setVisible(path is not None)
        if path is not None:
            self.form.remember_folder(path.parent)
            size = QLocale(QLocale.Language.English).formattedDataSize(path.stat().st_size, 1)
            write(self._state, text=self.context.say("{file} is written ({size})", file=path.name, size=size))

    def _reveal(self) -> None:
        """Open the folder the file is in."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))
