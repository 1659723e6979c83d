"""The table of the standings, painted: one line for each run, sorted by whichever column a person presses."""

import math
from collections.abc import Sequence
from functools import lru_cache, partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolButton, QToolTip, QWidget

from landscape.plot.overrides import guarded
from landscape.scene.standings import Heading, Row, ordered
from landscape.scene.text import number
from landscape.translation import composed
from landscape.ui.context import Context
from landscape.ui.layouts import GRID
from landscape.ui.swatch import paint_swatch
from landscape.ui.words import write

SIGN = 23
"""Width of the sign of a run."""
GAP = 6
"""Between two numbers at least."""
ROOMY = 440
"""Width from which on the state stands in the line; in a narrower table it stands below it."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WIDEST, NARROW = number(-4.56e-13, 3), number(4.5e-13, 2)
"""A number that is as wide as they get, and one for which a narrow table has room."""
USUAL = number(0.04567, 3)
"""A number for which every table has room."""
NAME = 100
"""Width of a name that no table with room for the widest numbers goes below."""
figure = lru_cache(maxsize=256)(number)
"""The text of a number: each is measured, painted and told."""


class StandingsTable(QWidget):
    """Shows rows in the order of one column; they may be others with every frame."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._headings: tuple[Heading, ...] = ()
        self._rows: Sequence[Row] = ()
        self._widest, self._font = 0, self.font()
        """Pixels that a number of these runs has taken since they are shown in this font."""
        self._short, self._longest = 0, 0
        """Pixels that one has taken with a single digit, where a name would be cut off otherwise; and a name."""
        self._column, self._falling = 0, False
        self._heads: list[QToolButton] = []
        write(self, name=context.say("Standings"))
        self.setFixedHeight(0)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows in the order in which they stand."""
        return self._rows

    def show_rows(self, headings: tuple[Heading, ...], rows: Sequence[Row]) -> None:
        """Show other rows, or the same at another step."""
        if headings != self._headings:
            self._headings = headings
            self._write_heads()
        found = ordered(rows, self._column, falling=self._falling)
        if list(found) == list(self._rows):
            return
        if {row.name for row in found} != {row.name for row in self._rows}:
            self._widest = self._short = 0
        self._rows = found
        self._fit()
        self.setAccessibleDescription("; ".join(map(self._told, found)))
        self._update_rows()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their places."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return room for every run."""
        return QSize(180, self.height())

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Tell the whole name and the state of the run under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self._row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), self._told(row) if row is not None else "", self)
            return True
        return super().event(event)

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a line for every run."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, wide, numbers = self._shown(), self._name_width(), self._number_width()
        for row, top in zip(self._rows, self._tops(), strict=False):
            self._paint_row(painter, row, top, shown, wide, numbers)

    def _paint_row(
        self, painter: QPainter, row: Row, top: float, shown: Sequence[int], wide: float, numbers: float
    ) -> None:
        theme, line = self._context.theme, self._line()
        paint_swatch(painter, QRectF(0, top, SIGN - 6, line), row.color, row.dash)
        painter.setPen(QColor(theme.muted if row.lost else theme.text))
        name = self.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(wide))
        painter.drawText(QRectF(SIGN, top, wide, line), LEFT, name)
        left = SIGN + wide
        for column in shown:
            text = self._fitting(row, column, numbers - GAP)
            painter.drawText(QRectF(left, top, numbers, line), RIGHT, text)
            left += numbers
        painter.setPen(QColor(theme.muted))
        if self._roomy:
            room = self.width() - left - 2 * GRID
            state = self.fontMetrics().elidedText(row.state, Qt.TextElideMode.ElideRight, int(max(room, 0)))
            painter.drawText(QRectF(left + 2 * GRID, top, room, line), LEFT, state)
        elif row.state:
            below = QRectF(SIGN, top + line, self.width() - SIGN, self._state_height(row))
            painter.drawText(below, int(Qt.TextFlag.TextWordWrap), row.state)

    def _figure(self, row: Row, column: int) -> str:
        value = row.numbers[column]
        if self._headings[column].whole:
            return f"{value:.0f}" if math.isfinite(value) else "–"
        return figure(value, 3)

    def _fitting(self, row: Row, column: int, room: float) -> str:
        """Return a number with as many digits as there is room for."""
        text = self._figure(row, column)
        for digits in (2, 1):
            if self.fontMetrics().horizontalAdvance(text) > room and not self._headings[column].whole:
                text = figure(row.numbers[column], digits)
        return text

    def _told(self, row: Row) -> str:
        """Return a row as a line of text."""
        pairs = zip(self._headings, range(len(self._headings)), strict=True)
        numbers = ", ".join(f"{heading.title} {self._figure(row, column)}" for heading, column in pairs)
        return f"{row.name}: {numbers}" + (f", {row.state}" if row.state else "")

    @property
    def _roomy(self) -> bool:
        return self.width() >= ROOMY

    def _shown(self) -> list[int]:
        """Return the columns there is room for: in a narrow table two."""
        count = len(self._headings)
        enough = self.width() >= SIGN + NAME + count * self._number_width()
        return list(range(count if enough else min(count, 2)))

    def _number_width(self) -> float:
        """Return the width of a column: no wider than it must be where the names would be short of room."""
        if self._is_wide:
            return float(self._width_of_widest)
        metrics = self.fontMetrics()
        usual = min(max(self._widest, metrics.horizontalAdvance(USUAL)), metrics.horizontalAdvance(NARROW))
        beside_names = (self.width() - SIGN - self._longest) / 2 - GAP
        return (beside_names if self._short <= beside_names < usual else usual) + GAP

    @property
    def _width_of_widest(self) -> int:
        return self.fontMetrics().horizontalAdvance(WIDEST) + GRID

    @property
    def _is_wide(self) -> bool:
        """Whether there is room for the widest numbers beside every name, whatever they are."""
        return self.width() >= SIGN + NAME + 2 * self._width_of_widest

    def _measure(self) -> None:
        """Know how wide numbers and heads are; what was wider before counts too, lest columns move at every step."""
        if self._is_wide:
            return
        if self._font != self.font():
            self._widest, self._short, self._font = 0, 0, self.font()
        wide, columns = self.fontMetrics().horizontalAdvance, range(len(self._headings))
        heads = max((wide(f"{heading.title} ▴") for heading in self._headings), default=0)
        numbers = [(row, column) for row in self._rows for column in columns]
        self._widest = max(self._widest, heads, *(wide(self._figure(*each)) for each in numbers), 0)
        self._short = max(self._short, heads, *(wide(self._fitting(*each, 0.0)) for each in numbers), 0)
        self._longest = max((wide(row.name) + 1 for row in self._rows), default=0)

    def _name_width(self) -> float:
        free = self.width() - SIGN - len(self._shown()) * self._number_width()
        return max(0.45 * free if self._roomy else free, 0.0)

    def _line(self) -> int:
        return self.fontMetrics().height() + 6

    def _state_height(self, row: Row) -> int:
        if self._roomy or not row.state:
            return 0
        area = self.rect().adjusted(SIGN, 0, 0, 1000)
        return self.fontMetrics().boundingRect(area, int(Qt.TextFlag.TextWordWrap), row.state).height() + 2

    def _tops(self) -> list[float]:
        found, top = [], float(self._line() + 2)
        for row in self._rows:
            found.append(top)
            top += self._line() + self._state_height(row)
        return [*found, top]

    def _row_at(self, y: float) -> Row | None:
        return next((row for row, top in reversed(list(zip(self._rows, self._tops(), strict=False))) if top <= y), None)

    def _write_heads(self) -> None:
        """Call the heads by other headings: the same buttons, so that the keyboard stays where it is."""
        say = self._context.say
        named = (Heading(title=say("run"), tip=say("The name of each, with its colour and its line.")), *self._headings)
        if self._column >= len(self._headings):
            self._column = 0
        while len(self._heads) < len(named):
            self._heads.append(self._make_head(len(self._heads) - 1))
        while len(self._heads) > len(named):
            self._heads.pop().deleteLater()
        for head, heading in zip(self._heads, named, strict=True):
            write(head, tip=heading.tip, name=composed("{}: {}", say("Sort by"), heading.title))
        self._name_heads()
        self._fit()

    def _make_head(self, column: int) -> QToolButton:
        head = QToolButton(self)
        head.setAutoRaise(True)
        head.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head.setProperty("role", "head")
        head.clicked.connect(partial(self._sort, column))
        head.show()
        return head

    def _update_rows(self) -> None:
        """Have the rows painted; the heads over them stay as they are."""
        self.update(self.rect().adjusted(0, self._line(), 0, 0))

    def _name_heads(self) -> None:
        titles = [self._context.say("run"), *(heading.title for heading in self._headings)]
        for column, (head, title) in enumerate(zip(self._heads, titles, strict=True), start=-1):
            head.setText(f"{title} {'▾' if self._falling else '▴'}" if column == self._column else title)

    def _sort(self, column: int) -> None:
        """Sort by a column, or the other way round by the same."""
        self._falling = column == self._column and not self._falling
        self._column = column
        self._name_heads()
        self._rows = ordered(self._rows, column, falling=self._falling)
        self.setAccessibleDescription("; ".join(map(self._told, self._rows)))
        self._update_rows()

    def _fit(self) -> None:
        """Be as high as the rows need, and put the heads over their columns."""
        self._measure()
        shown, numbers, line = self._shown(), round(self._number_width()), self._line()
        left = SIGN + round(self._name_width())
        for column, head in enumerate(self._heads, start=-1):
            head.setVisible(bool(self._rows) and (column < 0 or column in shown))
            if column < 0:
                head.setGeometry(SIGN - 4, 0, max(left - SIGN, 0), line)
            else:
                head.setGeometry(left + column * numbers + 4, 0, numbers - 4, line)
        height = round(self._tops()[-1]) if self._rows else 0
        if height != self.height():
            self.setFixedHeight(height)
