"""What a table of a person's own looks like, and what of it is to be taken."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from landscape.scene.text import number
from landscape.tables.cells import BLANKS
from landscape.tables.table import Reading, Table
from landscape.tables.text import ENCODINGS
from landscape.ui.buttons import Choice
from landscape.ui.context import Context
from landscape.ui.dialogs.dialog import Dialog
from landscape.ui.layouts import GRID, caption, column, complain, complaint, row
from landscape.ui.switch import Switch
from landscape.ui.words import button, write

SHOWN = 50
"""Rows of the preview."""
MOST_SHOWN = 30
"""Columns of the preview."""
Make = Callable[[], object]


class TableFields(QWidget):
    """What can be chosen of a table; each workspace has its own."""

    changed = Signal()

    def display(self, table: Table) -> None:
        """Show what is most likely meant."""
        raise NotImplementedError

    def places(self) -> tuple[int, ...]:
        """Return the columns that are taken."""
        raise NotImplementedError

    def make(self, leave_out: bool) -> Make:
        """Return what makes of the table what was chosen: it may take long, and raise an InputError."""
        raise NotImplementedError


class TableDialog(Dialog):
    """The first rows, how they are read, and the fields of the workspace."""

    read_otherwise = Signal(object)
    """How the file is to be read instead."""
    used = Signal(object)
    """What makes of the table what was chosen."""

    def __init__(self, parent: QWidget, context: Context, fields: TableFields) -> None:
        say = context.say
        super().__init__(parent, context, say("Table"))
        self._table: Table | None = None
        self.fields = fields
        self._about = caption(wrap=True)
        self._encoding = Choice(context, say("Encoding"), [(name, name.upper()) for name in ENCODINGS])
        marks = [(",", say("commas")), (";", say("semicolons")), ("\t", say("tabs")), (BLANKS, say("blanks"))]
        self._separator = Choice(context, say("Separator"), marks)
        self._header = Switch(say("The first line has the names"), context)
        self._leave_out = Switch("", context)
        self._preview = QTableWidget()
        self._complaint = complaint()
        self._use = button(say("Use"), "main")
        self._use.setDefault(True)
        close = button(say("Cancel"))
        close.clicked.connect(self.close)
        self._use.clicked.connect(lambda: self.used.emit(self.fields.make(self._leave_out.isChecked())))
        self._encoding.chosen.connect(lambda name: self._read(encoding=str(name)))
        self._separator.chosen.connect(lambda mark: self._read(separator=str(mark)))
        self._header.toggled.connect(lambda on: self._read(header=on))
        fields.changed.connect(self._count)
        self._arrange(close)

    def display(self, table: Table) -> None:
        """Show a table, and what is most likely meant by it; an InputError of the fields leaves all as it was."""
        self.fields.display(table)
        self._table = table
        say, empty = self.context.say, table.empty
        about = say(
            "{file}: {rows} rows, {columns} columns", file=table.file, rows=table.rows, columns=len(table.columns)
        )
        more = [say("decimal commas")] if table.comma else []
        if empty:
            more.append(
                say("{count} empty columns left out", count=empty) if empty > 1 else say("1 empty column left out")
            )
        write(self._about, text=" · ".join((about, *more)))
        self._encoding.set_key(table.encoding)
        self._separator.set_key(table.separator)
        self._header.blockSignals(True)
        self._header.setChecked(table.header)
        self._header.blockSignals(False)
        complain(self._complaint, "")
        self._fill(table)
        self._count()

    def complain(self, error: Exception) -> None:
        """Show why the table cannot be taken so."""
        complain(self._complaint, self.context.told(error))

    def _arrange(self, close: QWidget) -> None:
        self._preview.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._preview.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._preview.setMinimumHeight(180)
        self.setMinimumWidth(560)
        margins = (3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        how = row(self._encoding, self._separator, self._header, None)
        bottom = row(None, close, self._use)
        parts = (self._about, how, self._preview, self.fields, self._leave_out, self._complaint, bottom)
        self.setLayout(column(*parts, spacing=2 * GRID, margins=margins))

    def _fill(self, table: Table) -> None:
        shown = table.columns[:MOST_SHOWN]
        self._preview.setRowCount(min(table.rows, SHOWN))
        self._preview.setColumnCount(len(shown))
        self._preview.setHorizontalHeaderLabels([each.name for each in shown])
        self._preview.setVerticalHeaderLabels([str(line) for line in table.lines[:SHOWN]])
        middle = Qt.AlignmentFlag.AlignVCenter
        right, left = Qt.AlignmentFlag.AlignRight | middle, Qt.AlignmentFlag.AlignLeft | middle
        for place, each in enumerate(shown):
            for index in range(min(table.rows, SHOWN)):
                told = each.cells[index]
                if each.numbers is not None and not each.missing[index]:
                    told = number(float(each.numbers[index]), 6)
                item = QTableWidgetItem("–" if each.missing[index] else told)
                item.setTextAlignment(right if each.numbers is not None else left)
                self._preview.setItem(index, place, item)
        # Once for all cells: a header that fits columns by itself measures all of a column for each cell that is set.
        self._preview.resizeColumnsToContents()

    def _count(self) -> None:
        """Tell how many rows lack a cell, and offer to leave them out."""
        if self._table is None:
            return
        lacking = 0
        places = [place for place in self.fields.places() if place < len(self._table.columns)]
        for index in range(self._table.rows) if any(self._table.columns[p].missing.any() for p in places) else ():
            lacking += any(self._table.columns[place].missing[index] for place in places)
        self._leave_out.setVisible(lacking > 0)
        write(self._leave_out, text=self.context.say("Leave out the rows with an empty cell: {count}", count=lacking))

    def _read(self, encoding: str = "", separator: str = "", header: bool | None = None) -> None:
        table = self._table
        if table is None:
            return
        known = table.encoding if table.encoding in ENCODINGS else ""
        given = table.header if header is None and not separator else header
        self.read_otherwise.emit(
            Reading(encoding=encoding or known, separator=separator or table.separator, header=given)
        )
