"""Syntax colouring of a field: numbers, functions, given names, remembered ones and parameters, by theme."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from landscape.formula.colouring import Names, Role, coloured
from landscape.plot.overrides import guarded
from landscape.ui.context import Context

COLOURS: Mapping[str, Mapping[Role, str]] = {
    "dark": {
        "number": "#f2c48d", "function": "#8fb8ff", "given": "#7fd6c2", "state": "#f2a3c7", "parameter": "#d0b3ff",
    },
    "light": {
        "number": "#8a4b00", "function": "#1f4fbf", "given": "#00695c", "state": "#a3125f", "parameter": "#6a34b8",
    },
}  # fmt: skip
"""By theme: each stands out from the ground of a field by 4.5 to 1 at least. What a text makes itself is plain."""


class Highlighter(QSyntaxHighlighter):
    """Colours a document; what its names stand for is told by whoever has read it."""

    def __init__(self, document: QTextDocument, context: Context) -> None:
        super().__init__(document)
        self._context = context
        self._names = Names()
        self._formats: dict[Role, QTextCharFormat] = {}
        self._whole = self._missed = False
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._catch_up)
        self._use_theme()

    def set_names(self, names: Names) -> None:
        """Colour by what names stand for now."""
        if names != self._names:
            self._names = names
            self.rehighlight()

    def look_changed(self) -> None:
        """Use the colours of the theme."""
        self._use_theme()
        self.rehighlight()

    def rehighlight(self) -> None:
        """Colour all lines now."""
        self._whole, self._missed = True, False
        try:
            super().rehighlight()
        finally:
            self._whole = False

    def _catch_up(self) -> None:
        if self._missed:
            self.rehighlight()

    @guarded(None)
    def highlightBlock(self, text: str) -> None:
        """Colour one line; of many changes in one turn the first at once, and the rest in the next turn."""
        if self._turn.isActive() and not self._whole:
            self._missed = True
            return
        self._turn.start()
        plain = text.isascii()
        for position, length, role in coloured(text, self._names):
            style = self._formats.get(role)
            if style is None:
                continue
            if plain:
                self.setFormat(position, length, style)
            else:
                self.setFormat(utf16(text[:position]), utf16(text[position : position + length]), style)

    def _use_theme(self) -> None:
        for role, colour in COLOURS[self._context.theme.name].items():
            style = QTextCharFormat()
            style.setForeground(QColor(colour))
            style.setFontItalic(role == "parameter")
            self._formats[role] = style


def utf16(text: str) -> int:
    """Return how many of Qt's characters ``text`` is."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
