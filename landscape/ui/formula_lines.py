"""Lines of formulas, painted: each typeset once, its numbers as text that changes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from landscape.formula.typeset import Part
from landscape.plot.equation import draw_equation, equation
from landscape.plot.matrices import draw_matrices, matrices_size
from landscape.plot.overrides import guarded
from landscape.scene.formula_lines import Asked, FormulaLine, ShownMatrix
from landscape.scene.line_numbers import ShownNumbers
from landscape.scene.palette import ROLE_COLORS
from landscape.ui.context import Context
from landscape.ui.style import mixed
from landscape.ui.words import write

LARGEST, SMALLEST = 0.62, 0.4
"""Parts of its natural size between which a formula is drawn; one that would be smaller is written as text."""
INDENT = 16
GAP = 10
"""Above each line."""
FIELD = 72.0
"""Width of the place for a number that is to be typed, at the least."""
ABOVE_FIELD = 4.0
"""Between a row and the place for a number below it."""
FAINT = 0.45
"""How much of its colour a line has that is still to come."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """A piece of text that is not broken, at its place."""

    place: QRectF
    text: str
    strong: bool = False
    """A number: it can be pressed."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of numbers at its place."""

    line: int
    numbers: ShownNumbers
    words: tuple[Word, ...]
    result: QRectF


class FormulaLines(QWidget):
    """Shows lines one under the other; a number can be pressed.

    Args:
        context: Colours.
        name: What the lines are, for a screen reader.
        ready: Tells whether a formula is typeset.
        pressable: Whether numbers can be pressed.
    """

    pressed = Signal(object)
    """The number that a person wants to find: :class:`Asked`."""
    arranged = Signal()
    """Everything has its place; it may be another one than before."""

    def __init__(self, context: Context, name: str, ready: Callable[[str], bool], *, pressable: bool = True) -> None:
        super().__init__()
        self._context, self._ready, self._pressable = context, ready, pressable
        self._lines: tuple[FormulaLine, ...] = ()
        self._given: tuple[ShownMatrix, ...] = ()
        self._asked: Asked | None = None
        self._cursor: int | None = None
        self._note: tuple[Asked, Callable[[int], int]] | None = None
        self.note_place = QRect()
        """Where there is room for a note below a row."""
        self._formulas: dict[str, QSvgRenderer | None] = {}
        """Those that are typeset; None: that cannot be."""
        self._tops: list[int] = []
        self.rows: list[Row] = []
        self.matrices: list[tuple[QPointF, tuple[ShownMatrix, ...]]] = []
        """Those that are seen, at their upper left corners."""
        self.setMouseTracking(True)
        write(self, name=name)
        self.setFixedHeight(0)

    def show_lines(
        self,
        lines: tuple[FormulaLine, ...],
        given: tuple[ShownMatrix, ...] = (),
        asked: Asked | None = None,
        cursor: int | None = None,
    ) -> None:
        """Show lines below what they are given; ``asked`` is left free, those behind ``cursor`` have no numbers yet."""
        if (lines, given, asked, cursor) != (self._lines, self._given, self._asked, self._cursor):
            self._lines, self._given, self._asked, self._cursor = lines, given, asked, cursor
            told = [row.text for line in lines for row in line.shown.rows] if asked is None else []
            self.setAccessibleDescription("; ".join(told))
            shown = {line.latex for line in lines}
            self._formulas = {latex: drawing for latex, drawing in self._formulas.items() if latex in shown}
            self._arrange()

    def make_room(self, below: Asked | None, height: Callable[[int], int] = lambda _width: 0) -> None:
        """Leave room for a note below the row of a number, as high as it is with a width; None: for none."""
        note = None if below is None else (below, height)
        if note is not None or self._note is not None:
            self._note = note
            self._arrange()

    def formulas_came(self) -> None:
        """Draw the formulas that are typeset by now."""
        if any(line.latex not in self._formulas for line in self._lines):
            self._arrange()

    def look_changed(self) -> None:
        """Draw in the colours of the theme."""
        self._formulas.clear()
        self._arrange()

    def place_of(self, asked: Asked) -> QRect:
        """Return where a result is."""
        for row in self.rows:
            if (row.line, row.numbers.coordinate) == (asked.line, asked.coordinate):
                return row.result.toAlignedRect()
        return QRect()

    def line_place(self, line: int) -> QRect:
        """Return where a line is."""
        ends = [*self._tops[1:], self.height()]
        return QRect(0, self._tops[line], self.width(), ends[line] - self._tops[line])

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return room for every line."""
        return QSize(200, self.height())

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the rows anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    @guarded(None)
    def changeEvent(self, event: QEvent) -> None:
        """Break the rows anew where the text has another size, as in a hall."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which numbers can be pressed."""
        hand = self._result_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the number that was pressed."""
        asked = self._result_at(event.position())
        if asked is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(asked)

    def _result_at(self, place: QPointF) -> Asked | None:
        """Return the result at a place, or that which the number there is the result of."""
        for row in self.rows if self._pressable else ():
            if row.result.adjusted(-4, -2, 4, 2).contains(place):
                return Asked(line=row.line, coordinate=row.numbers.coordinate)
            for word in row.words:
                if word.strong and word.place.contains(place):
                    return self._origin(row, word)
        return None

    def _origin(self, row: Row, word: Word) -> Asked | None:
        """Return the line above of which a number is the result; None where it was given to the rule."""
        names = [line.shown.line.name for line in self._lines]
        name = next((part.name for part in row.numbers.parts if part.name and part.text == word.text), "")
        above = [index for index in range(row.line) if names[index] == name]
        if not above:
            return None
        count = len(self._lines[above[-1]].shown.rows)
        return Asked(line=above[-1], coordinate=row.numbers.coordinate if count > 1 else -1)

    def _arrange(self) -> None:
        """Give everything its place."""
        self._tops, self.rows, self.matrices, self.note_place = [], [], [], QRect()
        top = self._place_matrices(self._given, 0.0, 0.0)
        for index, line in enumerate(self._lines):
            top += GAP if index or self.matrices else 0
            self._tops.append(int(top))
            top += self._formula_height(line)
            if self._cursor is None or index <= self._cursor:
                for numbers in line.shown.rows:
                    row, top = self._row(index, numbers, top)
                    self.rows.append(row)
                    top = self._note_end(row, top)
                top = self._place_matrices(line.matrices, INDENT, top)
        if self.height() != int(top) + 4:
            self.setFixedHeight(int(top) + 4)
        self.update()
        self.arranged.emit()

    def _note_end(self, row: Row, top: float) -> float:
        """Give the note of a row its place from ``top`` on, and return where it ends."""
        if self._note is None or self._note[0] != Asked(line=row.line, coordinate=row.numbers.coordinate):
            return top
        width = max(self.width() - INDENT, 1)
        self.note_place = QRect(INDENT, int(top) + 2, width, self._note[1](width))
        return top + self.note_place.height() + 6

    def _place_matrices(self, matrices: tuple[ShownMatrix, ...], left: float, top: float) -> float:
        """Give matrices their place from ``top`` on, and return where they end: beside each other if there is room."""
        for together in [matrices] if matrices_size(matrices, self.font())[0] <= self.width() - left else zip(matrices):
            _, height = matrices_size(together, self.font())
            if together:
                self.matrices.append((QPointF(left, top + 3), together))
                top += height + 6
        return top

    def _row(self, line: int, numbers: ShownNumbers, top: float) -> tuple[Row, float]:
        """Return a row of numbers from ``top`` on, and where it ends; it is broken where it has no room."""
        metrics, height = QFontMetricsF(self.font()), self._line_height()
        bold = QFontMetricsF(_bold(self.font()))
        asked = self._asked == Asked(line=line, coordinate=numbers.coordinate)
        x, words = float(INDENT), []
        for group in _groups((*numbers.parts, Part(" = "), Part(numbers.result, "="))):
            widths = [(bold if text == numbers.result else metrics).horizontalAdvance(text) for text, _ in group]
            if asked and group[-1][0] == numbers.result:
                widths[-1] = max(widths[-1] + 24.0, FIELD)
            if x + sum(widths) > self.width() + metrics.horizontalAdvance(" ") and x > INDENT:
                x, top = INDENT + 12.0, top + height
                if asked and group[-1][0] == numbers.result:
                    top += ABOVE_FIELD
            for (text, strong), width, after in zip(group, widths, (*widths[1:], 0.0), strict=True):
                needed = width + (after if _OPENING.fullmatch(text) else 0.0)
                if x + needed > self.width() and x > INDENT + 12.0:
                    x, top = INDENT + 12.0, top + height
                words.append(Word(place=QRectF(x, top, width, height), text=text, strong=strong))
                x += width
        *words, result = words
        for condition in numbers.conditions:
            top += height
            words.append(Word(place=QRectF(INDENT + 12, top, self.width() - INDENT - 12, height), text=condition))
        if asked:
            top += 8.0
        return Row(line=line, numbers=numbers, words=tuple(words), result=result.place), top + height

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._context.theme
        for index, line in enumerate(self._lines):
            place = self.line_place(index)
            if not place.intersects(event.rect()):
                continue
            if index == self._cursor:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(mixed(theme.panel, theme.accent, 0.16)))
                painter.drawRoundedRect(place.adjusted(-4, -3, 0, 4 - GAP), 6, 6)
            painter.setOpacity(FAINT if self._cursor is not None and index > self._cursor else 1.0)
            self._paint_formula(painter, line, place.top())
        painter.setOpacity(1.0)
        for row in self.rows:
            if self.line_place(row.line).intersects(event.rect()):
                self._paint_row(painter, row)
        for corner, matrices in self.matrices:
            draw_matrices(painter, corner, matrices, self.font(), (theme.muted, theme.text))

    def _paint_formula(self, painter: QPainter, line: FormulaLine, top: int) -> None:
        size, color = self._formula_size(line), self._context.theme.text
        drawing = self._formulas.get(line.latex)
        if size is not None and drawing is not None:
            draw_equation(painter, drawing, QRectF(QPointF(0, top), size), "line", line.latex, color)
            return
        font = QFont(self.font())
        font.setItalic(True)
        painter.setFont(font)
        painter.setPen(QColor(color))
        painter.drawText(QRectF(0, top, self.width(), self._formula_height(line)), int(_WRAPPED), line.text)
        painter.setFont(self.font())

    def _paint_row(self, painter: QPainter, row: Row) -> None:
        theme = self._context.theme
        role = self._lines[row.line].role
        painter.setPen(QColor(theme.muted))
        if row.numbers.coordinate >= 0:
            painter.drawText(
                QRectF(0, row.words[0].place.top(), INDENT, self._line_height()), _LEFT, "xy"[row.numbers.coordinate]
            )
        for word in row.words:
            painter.setPen(QColor(theme.text if word.strong else theme.muted))
            painter.drawText(word.place, _LEFT, word.text)
        if self._asked == Asked(line=row.line, coordinate=row.numbers.coordinate):
            return
        painter.setFont(_bold(self.font()))
        painter.setPen(QColor(_readable(ROLE_COLORS[role], theme.panel) if role else theme.text))
        painter.drawText(row.result.adjusted(0, 0, 24, 0), _LEFT, row.numbers.result)
        painter.setFont(self.font())

    def _formula_size(self, line: FormulaLine) -> QSizeF | None:
        """Return how large the formula is where it fits; None where it is not typeset yet, or cannot be."""
        if line.latex not in self._formulas and self._ready(line.latex):
            self._formulas[line.latex] = _typeset(line.latex, self._context.theme.text)
        drawing = self._formulas.get(line.latex)
        if drawing is None or self.width() <= 0:
            return None
        natural, largest = drawing.viewBoxF().size(), LARGEST * self._text_scale()
        scale = min(self.width() / max(natural.width(), 1), largest)
        return natural * scale if scale >= SMALLEST * self._text_scale() else None

    def _formula_height(self, line: FormulaLine) -> float:
        size = self._formula_size(line)
        if size is not None:
            return size.height() + 2
        room = QRectF(0, 0, max(self.width(), 1), 1e4)
        return QFontMetricsF(self.font()).boundingRect(room, int(_WRAPPED), line.text).height() + 2

    def _text_scale(self) -> float:
        return QFontMetricsF(self.font()).height() / 17.0

    def _line_height(self) -> float:
        return QFontMetricsF(self.font()).height() + 2


def _typeset(latex: str, color: str) -> QSvgRenderer | None:
    drawing = equation(latex, color)
    if drawing is not None:
        # The typesetter cuts what reaches beyond the last sign's own place.
        drawing.setViewBox(drawing.viewBoxF().adjusted(-1.0, -1.0, 3.0, 1.0))
    return drawing


_BREAKS = re.compile("(?<= )|(?<=[^(−])(?=[(−]+$)")
_OPENING = re.compile("[(−]+")
"""A bracket or a sign that is not parted from the number after it."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WRAPPED = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWrapAnywhere.value


def _groups(parts: tuple[Part, ...]) -> Iterator[list[tuple[str, bool]]]:
    """Yield what is not broken of a row: its texts, up to the next space outside of brackets; True for numbers."""
    group: list[tuple[str, bool]] = []
    depth = 0
    for part in parts:
        for text in [part.text] if part.name else _BREAKS.split(part.text):
            if text:
                group.append((text, bool(part.name)))
            depth += text.count("(") - text.count(")")
            if text.endswith(" ") and text.strip() != "=" and depth <= 0:
                yield group
                group = []
    yield group


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _readable(color: str, panel: str) -> str:
    """Return a colour of an arrow as text on a panel: nearer to white on a dark one."""
    dark = QColor(panel).lightnessF() < 0.5
    return mixed(color, "#ffffff", 0.3) if dark else color
