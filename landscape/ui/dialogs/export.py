"""Writing a clip, a picture or a table: what is to be in it, how it will look, and how far it is."""

from collections.abc import Generator, Iterator
from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QProgressBar, QPushButton, QWidget

from landscape.errors import InputError
from landscape.export.export import export_steps
from landscape.export.formats import Format
from landscape.export.preparation import prepare
from landscape.scene.answers import Answers
from landscape.scene.descent.scene import Range
from landscape.scene.network.page import StagePage
from landscape.scene.text import session_title
from landscape.session.descent import edits
from landscape.session.network.document import Experiment
from landscape.session.session import Session
from landscape.ui.context import Context
from landscape.ui.dialogs.dialog import Dialog
from landscape.ui.dialogs.export_form import ExportForm
from landscape.ui.dialogs.preview import Preview
from landscape.ui.jobs import Cancelled, Jobs
from landscape.ui.layouts import GRID, column, complain, complaint, row
from landscape.ui.streaming import Streaming

View = tuple[Range, Range]


class ExportDialog(Dialog):
    """Chooses settings, shows a preview, and drives the export a frame at a time, so that the window stays alive."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        session: Session,
        view: View,
        settings: QSettings,
        jobs: Jobs,
        answers: Answers,
        page: StagePage | None = None,
    ) -> None:
        say = context.say
        super().__init__(parent, context, say("Export"))
        self._session = session
        self._work: Generator[tuple[int, int]] | None = None
        self._path = Path()
        self._awaited = False
        self.answers = answers
        self.form = ExportForm(context, session, view, settings, page)
        self.preview = Preview(context, session, answers)
        # Of the window, not of the dialog: a job may still end after the dialog is gone.
        self._preparing = Streaming(parent, jobs, "export", self._prepared)
        self._page = page
        self._complaint = complaint()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._state = QLabel()
        self._start = QPushButton(say("Export…"))
        self._start.setProperty("role", "main")
        self._start.setDefault(True)
        self._show_file = QPushButton(say("Show file"))
        self._close = QPushButton(say("Close"))
        self._arrange()
        self._frames = QTimer(self, interval=0)
        self._frames.timeout.connect(self._next)
        self.form.changed.connect(self._form_changed)
        self._start.clicked.connect(self._ask_path)
        self._show_file.clicked.connect(self._reveal)
        self._close.clicked.connect(self.close)
        self._preparing.changed.connect(self._show_prepared)
        self._preparing.failed.connect(self._show_failure)
        if session.workspace == "network":
            self.preview.wait("…")
            self._preparing.want(self._session.experiment)
        self._form_changed()

    @property
    def running(self) -> bool:
        """Whether a file is being written, or what it needs is computed first."""
        return self._work is not None or self._awaited

    def export_to(self, path: Path) -> None:
        """Begin to write to ``path``."""
        complain(self._complaint, "")
        self._path = path
        if not self._is_prepared:
            self._awaited = True
            self._show_running(True)
            self._show_prepared()
            return
        try:
            self._work = export_steps(self._session, path, self.answers, **self.form.options())
        except InputError as error:
            complain(self._complaint, self.context.told(error))
            return
        self.form.remember()
        self._show_running(True)
        self._frames.start()

    def reject(self) -> None:
        """Cancel what is being written, of which nothing is left, and close: on Escape, the button or the frame."""
        self._cancel()
        self._preparing.close()
        super().reject()

    @property
    def _is_prepared(self) -> bool:
        experiment = self._session.experiment
        return self._session.workspace != "network" or experiment is None or self._preparing.is_whole(experiment)

    def _prepared(self, _experiment: Experiment, cancelled: Cancelled) -> Iterator[float]:
        return prepare(self._session, self._page, self.answers, cancelled)

    def _show_prepared(self) -> None:
        """Tell how far the networks are trained; begin with what waits for them once they are."""
        if self._is_prepared:
            self.preview.wait("")
            if self._awaited:
                self._awaited = False
                self.export_to(self._path)
            return
        shares = self._preparing.results(self._session.experiment) if self._session.experiment else []
        share = shares[-1] if shares else 0.0
        text = self.context.say("computing, {share} %", share=int(100 * share))
        self.preview.wait(text)
        if self._awaited:
            self._progress.setRange(0, 100)
            self._progress.setValue(int(100 * share))
            self._state.setText(text)

    def _show_failure(self, error: Exception) -> None:
        self._cancel()
        complain(self._complaint, self.context.told(error))

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
        except InputError as error:
            complain(self._complaint, self.context.told(error))
            return
        if not self._animate():
            return
        complain(self._complaint, "")
        form = self.form.format
        self.preview.set_options(options, pictured=form.pictured)
        self._show_finished(None)

    def _animate(self) -> bool:
        """Let the session have the chosen animation, here and in the window; tell whether that can be."""
        chosen = self.form.animation
        if chosen != self._session.animation:
            error = self.context.edit(edits.animate, chosen, gesture="animation")
            if error is not None:
                complain(self._complaint, self.context.told(error))
                return False
            self._session = edits.animate(self._session, chosen)
            self.preview.set_session(self._session)
        return True

    def _ask_path(self) -> None:
        if self.running:
            self._cancel()
            return
        form: Format = self.form.format
        dialog = QFileDialog(self, self.context.say("Export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form.suffix)
        dialog.setNameFilters([f"{self.context.say.pick(form.titles)} (*{form.suffix})"])
        dialog.setDirectory(self.form.folder())
        name = session_title(self._session, self.context.say) or "landscape"
        dialog.selectFile(f"{name.casefold().replace(' ', '-')}{form.suffix}")
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(lambda path: self.export_to(Path(path)))
        dialog.open()

    def _next(self) -> None:
        """Write one more frame."""
        if self._work is None:
            return
        try:
            done, total = next(self._work)
        except InputError as error:
            self._stop()
            complain(self._complaint, self.context.told(error))
            return
        except StopIteration:
            self._stop()
            self._show_finished(self._path)
            return
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._state.setText(self.context.say("frame {done} of {total}", done=done, total=total))

    def _cancel(self) -> None:
        if self._work is not None:
            self._work.close()
        if self.running:
            self._stop()

    def _stop(self) -> None:
        self._frames.stop()
        self._work, self._awaited = None, False
        self._show_running(False)

    def _show_running(self, running: bool) -> None:
        say = self.context.say
        self.form.setEnabled(not running)
        self.preview.animate(not running)
        self._progress.setVisible(running)
        self._state.setVisible(running)
        self._show_file.hide()
        self._start.setText(say("Cancel") if running else say("Export…"))

    def _show_finished(self, path: Path | None) -> None:
        """Tell that ``path`` is written; None: nothing is to be told."""
        self._show_file.setVisible(path is not None)
        self._state.setVisible(path is not None)
        if path is not None:
            self.form.remember_folder(path.parent)
            size = QLocale(QLocale.Language.English).formattedDataSize(path.stat().st_size, 1)
            self._state.setText(self.context.say("{file} is written ({size})", file=path.name, size=size))

    def _reveal(self) -> None:
        """Open the folder the file is in."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))
