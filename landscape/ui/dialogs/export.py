"""Writing a clip, a picture or a table: what is to be in it, and how it will look."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from landscape.errors import InputError
from landscape.export.formats import Format
from landscape.export.settings import Options
from landscape.plot.overrides import guarded
from landscape.scene.text import session_title
from landscape.session.edits import edit_document
from landscape.session.session import Session
from landscape.ui.context import Context
from landscape.ui.dialogs.dialog import Dialog
from landscape.ui.dialogs.export_form import ExportForm
from landscape.ui.dialogs.preview import Preview
from landscape.ui.exports import Exports
from landscape.ui.exports_list import ExportsList
from landscape.ui.layouts import GRID, NO_MARGINS, column, complain, complaint, row
from landscape.ui.words import button
from landscape.writing import file_name


class ExportDialog(Dialog):
    """Chooses settings, shows a preview, and hands over what is to be written; that goes on when it is closed."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        session: Session,
        looked_at: Options,
        settings: QSettings,
        exports: Exports,
    ) -> None:
        say = context.say
        super().__init__(parent, context, say("Export"))
        self._session, self._exports = session, exports
        self.form = ExportForm(context, session, looked_at, settings)
        self.preview = Preview(context, session, exports.asker, exports.answers)
        self._complaint = complaint()
        self._start = button(say("Export…"), "main")
        self._start.setDefault(True)
        self._close = button(say("Close"))
        self._arrange()
        self.form.changed.connect(self._form_changed)
        self.form.refused.connect(lambda error: complain(self._complaint, context.told(error)))
        self._start.clicked.connect(self._ask_path)
        self._close.clicked.connect(self.close)
        exports.changed.connect(self._rest)
        self._rest()
        self._form_changed()

    @property
    def running(self) -> bool:
        """Whether a file is being written, or what it needs is computed first."""
        return self._exports.busy

    def export_to(self, path: Path) -> None:
        """Have a file written to ``path``, after those that are written now."""
        complain(self._complaint, "")
        suffix = self.form.format.suffix
        if suffix.endswith(path.suffix) and not path.name.endswith(suffix):
            # Of a kind of file that several formats make, the chosen one is meant.
            path = path.with_name(path.stem + suffix)
        try:
            self._exports.add(self._session, path, self.form.options())
        except InputError as error:
            complain(self._complaint, self.context.told(error))
            return
        self.form.remember(path.parent)

    @guarded(None)
    def reject(self) -> None:
        """Close, on Escape, the button or the frame; what is written goes on, and is told of in the window."""
        self._exports.changed.disconnect(self._rest)
        self.preview.close_down()
        super().reject()

    def _arrange(self) -> None:
        # The list takes its room from the preview: below all else it would push the buttons off a low screen.
        left = column(self.preview, ExportsList(self.context, self._exports, NO_MARGINS), spacing=2 * GRID)
        left.setStretch(0, 1)
        top = row(left, self.form, spacing=3 * GRID)
        top.setStretch(0, 1)
        margins = (3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        buttons = row(None, self._close, self._start)
        self.setLayout(column(top, self._complaint, buttons, spacing=2 * GRID, margins=margins))

    def _rest(self) -> None:
        """Let the preview stand still while a file is written, and leave the time to it."""
        if self.preview.moving == self.running:
            self.preview.animate(not self.running)

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
