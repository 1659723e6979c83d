"""A field for a formula: live while typing, and a mistake is underlined where it is."""

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontDatabase, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from landscape.formula.syntax import FormulaError
from landscape.formula.tokens import CHARACTERS
from landscape.plot.overrides import guarded
from landscape.ui.context import Context
from landscape.ui.words import write

PAUSE = 200
"""Milliseconds after the last key until the formula is read."""
MOST_SHOWN = 2 * CHARACTERS
"""Characters that a field holds after something is put into it: more than a formula may have, so that it is told."""


class FormulaField(QPlainTextEdit):
    """Text of a formula (one expression) or of a program (one statement a line)."""

    typed = Signal(str)
    suggested = Signal(str)
    """What was probably meant, where there is a mistake; else an empty text."""

    def __init__(self, context: Context, name: str, *, lines: int = 1) -> None:
        super().__init__()
        self._lines = lines
        self._context = context
        self._error: Exception | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self.typed.emit(self.toPlainText()))
        write(self, name=name)
        self.setProperty("role", "formula")
        self.setTabChangesFocus(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self.setFont(font)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._edited)
        self._showing = False
        self._shown = ""
        self._fit()

    def set_text(self, text: str) -> bool:
        """Show ``text`` without telling anyone; return whether it is another than before. What is being typed stays."""
        if text == self._shown:
            return False
        self._shown = text
        if self._pause.isActive():
            return True
        if text != self.toPlainText().strip():
            self._showing = True
            self.setPlainText(text)
            self._showing = False
        self.show_error(None)
        return True

    def turn_to(self, text: str) -> None:
        """Show ``text``, which belongs to something else than the text until now."""
        self.flush()
        self._shown = ""
        self.set_text(text)

    def flush(self) -> None:
        """Read at once what was typed."""
        if self._pause.isActive():
            self._pause.stop()
            self.typed.emit(self.toPlainText())

    def show_error(self, error: Exception | None) -> None:
        """Underline where ``error`` says the mistake is; None takes the line away."""
        self._error = error
        selections = []
        if isinstance(error, FormulaError):
            selections.append(self._underline(error.position, error.length))
        self.setExtraSelections(selections)
        self.suggested.emit(self._suggestion)

    def take_suggestion(self) -> None:
        """Write what was probably meant, and read it at once; it can be undone like typing."""
        if self._suggestion:
            self.selectAll()
            self.insertPlainText(self._suggestion)
            self.flush()

    @property
    def _suggestion(self) -> str:
        return self._error.suggestion if isinstance(self._error, FormulaError) else ""

    def look_changed(self) -> None:
        """Underline in the colours of the theme."""
        self.show_error(self._error)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take no more of what is pasted or dropped than shows that it is too long: Qt lays out every line of it."""
        room = max(MOST_SHOWN - len(self.toPlainText()), 0)
        self.insertPlainText(source.text()[:room])
        self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read an expression at once on Return, or take what is suggested; Escape leaves the field."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._lines == 1:
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read what was typed."""
        self.flush()
        super().focusOutEvent(event)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow where a narrower field breaks the text into more lines."""
        super().resizeEvent(event)
        self._fit()

    @guarded(QSize())
    def minimumSizeHint(self) -> QSize:
        """Let the panel decide how wide the field is."""
        return QSize(80, self.height())

    def _enter(self) -> None:
        """Take what is suggested if it is seen; else read what was typed, and stay where that has a suggestion."""
        if self._suggestion and not self._pause.isActive():
            self.take_suggestion()
            return
        self.flush()
        if not self._suggestion:
            self.clearFocus()

    def _edited(self) -> None:
        if not self._showing:
            self._pause.start()

    def _fit(self) -> None:
        """Grow with the text, up to six lines."""
        lines = min(max(int(self.document().size().height()), self._lines), 6)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 16)

    def _underline(self, position: int, length: int) -> QTextEdit.ExtraSelection:
        text = self.toPlainText()
        begin = _utf16(text[:position])
        end = _utf16(text[: position + max(length, 1)])
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(begin if end > begin else max(begin - 1, 0))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(QColor(self._context.theme.error))
        background = QColor(self._context.theme.error)
        background.setAlphaF(0.22)
        style.setBackground(background)
        selection.cursor, selection.format = cursor, style
        return selection


def _utf16(text: str) -> int:
    """Return how many of Qt's characters ``text`` is."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
