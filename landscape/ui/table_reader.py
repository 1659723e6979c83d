"""Reading a table of a person's own: in a job, told while it goes on, cancelled by a button; looked at before use."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from landscape.errors import InputError
from landscape.tables.table import Reading, Table, read_table
from landscape.ui.context import Context
from landscape.ui.dialogs.table import TableDialog, TableFields
from landscape.ui.jobs import Jobs
from landscape.ui.layouts import Elided, row
from landscape.ui.words import button, write

AS_IT_IS = Reading()


class Stopped(Exception):
    """Nobody wants the table any more."""


class TableReader(QWidget):
    """Reads one table at a time, the newest; hidden while it reads none.

    Args:
        context: How it speaks and looks.
        jobs: Where it reads.
        fields: Makes what can be chosen of a table.
    """

    taken = Signal(object)
    """What was made of the table, as it was chosen."""
    refused = Signal(object)
    """Why the table cannot be taken."""
    _told_part = Signal(object, float)

    def __init__(self, context: Context, jobs: Jobs, fields: Callable[[Context], TableFields]) -> None:
        super().__init__()
        self._context, self._fields = context, fields
        self._path = Path()
        self._wanted: object = None
        """The key of the job whose result is wanted; None: nobody wants any."""
        self.dialog: TableDialog | None = None
        self._channel = jobs.channel("table")
        self._channel.done.connect(self._take)
        self._channel.failed.connect(self._refuse)
        self._told_part.connect(self._tell)
        self._told = Elided()
        stop = button(context.say("Cancel"))
        stop.clicked.connect(self.stop)
        line = row(self._told, stop)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def read(self, path: Path, how: Reading = AS_IT_IS) -> None:
        """Read a table, and show what can be chosen of it."""
        self._path = path
        self._submit(lambda told: read_table(path, how, told))

    def stop(self) -> None:
        """Want the table no more: what its job still does is dropped."""
        self._wanted = None
        self.hide()
        if self.dialog is not None:
            self.dialog.close()

    def _submit(self, work: Callable[[Callable[[float], None]], object]) -> None:
        key = self._wanted = object()
        write(self._told, text=self._context.say("Reading {file}…", file=self._path.name))
        self.show()

        def told(part: float) -> None:
            if self._wanted is not key:
                raise Stopped
            self._told_part.emit(key, part)

        self._channel.submit(key, lambda _closed: work(told))

    def _tell(self, key: object, part: float) -> None:
        if key is self._wanted and part > 0.0:
            share = int(100 * part)
            text = self._context.say("Reading {file}, {share} %", file=self._path.name, share=share)
            write(self._told, text=text)

    def _take(self, key: object, result: object) -> None:
        if key is not self._wanted:
            return
        self._wanted = None
        self.hide()
        if isinstance(result, Table):
            try:
                self._show(result)
            except InputError as error:  # Such as a table with nothing below its names
                self._complain(error)
            return
        if self.dialog is not None:
            self.dialog.close()
        self.taken.emit(result)

    def _show(self, table: Table) -> None:
        """Show the table in the dialog, which opens with the first one."""
        if self.dialog is not None:
            self.dialog.display(table)
            return
        dialog = TableDialog(self.window(), self._context, self._fields(self._context))
        try:
            dialog.display(table)
        except InputError:
            dialog.deleteLater()
            raise
        self.dialog = dialog
        self.dialog.read_otherwise.connect(lambda how: self.read(self._path, how))
        self.dialog.used.connect(lambda make: self._submit(lambda _told: make()))
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _refuse(self, key: object, error: Exception) -> None:
        if key is not self._wanted:
            return
        self._wanted = None
        self.hide()
        self._complain(error)

    def _complain(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.complain(error)
        else:
            self.refused.emit(error)
