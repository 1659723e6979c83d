"""A field for a formula: live while typing, and a mistake is underlined where it is."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontDatabase,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit

from landscape.formula.colouring import Names
from landscape.formula.syntax import FormulaError
from landscape.formula.tokens import CHARACTERS
from landscape.plot.overrides import guarded
from landscape.ui.context import Context
from landscape.ui.highlighter import Highlighter, utf16
from landscape.ui.sizes import scaled
from landscape.ui.words import write

PAUSE = 200
"""Milliseconds after the last key until the formula is read."""
MOST_LINES = 6
"""Lines that a field grows to, unless it is told otherwise."""
MOST_SHOWN = 2 * CHARACTERS
"""Characters that a field holds after something is put into it: more than a formula may have, so that it is told."""


class FormulaField(QPlainTextEdit):
    """Text of a formula (one expression) or of a program (one statement a line)."""

    typed = Signal(str)
    suggested = Signal(str)
    """What was probably meant, where there is a mistake; else an empty text."""
    ended = Signal()
    """The keyboard has left: what is typed next is another step of undo."""

    def __init__(
        self, context: Context, name: str, *, lines: int = 1, most: int = MOST_LINES, pause: int = PAUSE
    ) -> None:
        super().__init__()
        self._lines, self._most = lines, most
        self._context = context
        self._error: Exception | None = None
        self._text = ""
        self._highlighter = Highlighter(self.document(), context)
        self._pause = QTimer(self, singleShot=True, interval=pause)
        self._pause.timeout.connect(lambda: self.typed.emit(self.toPlainText()))
        write(self, name=name)
        self.setProperty("role", "formula")
        self.setTabChangesFocus(True)
        self._use_font()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._edited)
        self._showing = False
        self._shown = ""
        self._fit()

    def _use_font(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(QApplication.font().pointSizeF())
        if font != self.font():
            self.setFont(font)

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

    def set_names(self, names: Names) -> None:
        """Colour the names by what they stand for."""
        self._highlighter.set_names(names)

    def insert(self, text: str) -> None:
        """Write ``text`` at the cursor, with the cursor between its brackets, as if it were typed."""
        self.insertPlainText(text)
        if text.endswith("()"):
            self.moveCursor(QTextCursor.MoveOperation.Left)
        self.setFocus()

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
        """Colour and underline in the colours of the theme, in letters of the size of the window's."""
        self._use_font()
        self._highlighter.look_changed()
        self.show_error(self._error)

    @guarded(None)
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take no more of what is pasted or dropped than shows that it is too long: Qt lays out every line of it."""
        room = max(MOST_SHOWN - len(self.toPlainText()), 0)
        self.insertPlainText(source.text()[:room])
        self.ensureCursorVisible()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read an expression at once on Return, or take what is suggested; Escape leaves the field."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._lines == 1:
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.clearFocus()
            event.ignore()
        else:
            super().keyPressEvent(event)

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window's history, where the text has none of its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_beyond(event):
            self.flush()
            event.ignore()
            return False
        return bool(super().event(event))

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read what was typed."""
        self.flush()
        self.ended.emit()
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
        """Wait for the next key; what only changes its colour is not typed."""
        old, self._text = self._text, self.toPlainText()
        if not self._showing and self._text != old:
            self._pause.start()

    def _is_beyond(self, event: QKeyEvent) -> bool:
        """Tell whether a key asks for a step that is not one of the text."""
        undo, redo = (event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo))
        document = self.document()
        return (undo and not document.isUndoAvailable()) or (redo and not document.isRedoAvailable())

    def _fit(self) -> None:
        """Grow with the text, up to so many lines as it may."""
        lines = min(max(int(self.document().size().height()), self._lines), self._most)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + scaled(16))

    def _underline(self, position: int, length: int) -> QTextEdit.ExtraSelection:
        text = self.toPlainText()
        begin = utf16(text[:position])
        end = utf16(text[: position + max(length, 1)])
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
