"""The softmax of one row in numbers, or its sigmoids: a table for each network."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from landscape.scene.network.scene import SoftmaxTable
from landscape.scene.palette import TWIN_COLORS
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, caption, column, heading
from landscape.ui.words import write


class SoftmaxView(QWidget):
    """Shows the tables, and under them what they are."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.tables = (QLabel(), QLabel())
        for label in self.tables:
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setProperty("role", "caption")
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sentences = tuple(caption(wrap=True) for _ in self.tables)
        self._shown: Sequence[SoftmaxTable | None] = ()
        parts = [part for pair in zip(self.tables, self.sentences, strict=True) for part in pair]
        self.heading = heading(context.say("Softmax in numbers"))
        self.setLayout(column(self.heading, *parts, spacing=GRID // 2))

    def display(self, tables: Sequence[SoftmaxTable | None]) -> None:
        """Show the softmax of each network; nothing of one that has none."""
        if list(tables) == list(self._shown):
            return
        self._shown = tables
        for place, (label, sentence) in enumerate(zip(self.tables, self.sentences, strict=True)):
            table = tables[place] if place < len(tables) else None
            label.setText(_written(table, TWIN_COLORS[place]) if table else "")
            sentence.setText(table.sentence if table else "")
            for part in (label, sentence):
                part.setVisible(table is not None)
        say, sigmoids = self._context.say, any(table is not None and table.sigmoids for table in tables)
        write(self.heading, text=say("Sigmoid and softmax") if sigmoids else say("Softmax in numbers"))
        self.setVisible(any(table is not None for table in tables))


def _written(table: SoftmaxTable, color: str) -> str:
    """Return a table as rich text; the classes of the row stand out, the first column bears the network's colour."""
    rows = ["".join(_cell("th", head) for head in table.heads)]
    for place, cells in enumerate(table.cells):
        bold = place in table.labels
        first = f'<span style="color:{color}">{escape(cells[0])}</span>'
        shown = [first, *(escape(cell) for cell in cells[1:])]
        rows.append("".join(f'<td align="right">{"<b>" + cell + "</b>" if bold else cell}</td>' for cell in shown))
    lines = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table cellspacing="0" cellpadding="1" width="100%">{lines}</table>'


def _cell(kind: str, text: str) -> str:
    return f'<{kind} align="right" style="font-weight:normal">{escape(text)}</{kind}>'
