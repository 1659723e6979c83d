"""A typeset formula; plain text until it is typeset, and where it cannot be."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from landscape.plot.equation import equation
from landscape.plot.overrides import guarded
from landscape.ui.context import Context
from landscape.ui.sizes import scaled, sized, unit

HEIGHT = 44
SMALLEST, LARGEST = 0.43, 0.68
"""Parts of its natural size between which a formula can be read and fits beside the text."""


class FormulaView(QWidget):
    """One formula, made to fit its width."""

    def __init__(self, context: Context, height: int = HEIGHT) -> None:
        super().__init__()
        self._context = context
        self._latex = ""
        self._text = ""
        self._renderer: QSvgRenderer | None = None
        self._height = height
        sized(self, height=height)

    def set_text(self, text: str) -> None:
        """Show ``text`` as it is."""
        if text != self._text:
            self._text = text
            self._latex, self._renderer = "", None
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.update()

    def set_latex(self, latex: str) -> None:
        """Show the formula typeset; where that cannot be, its text stays."""
        self._latex = latex
        self.look_changed()

    def look_changed(self) -> None:
        """Use the colour of the theme."""
        self._renderer = equation(self._latex, self._context.theme.text) if self._latex else None
        self.update()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return the size of a row."""
        return QSize(scaled(200), scaled(self._height))

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the typeset formula, or its text where it is not there or would be too small."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._renderer is not None:
            natural = self._renderer.defaultSize()
            most = LARGEST * unit()
            scale = min(self.width() / max(natural.width(), 1), self.height() / max(natural.height(), 1), most)
            if scale >= SMALLEST * unit():
                width, height = natural.width() * scale, natural.height() * scale
                self._renderer.render(painter, QRectF(0, (self.height() - height) / 2, width, height))
                return
        font = QFont(self.font())
        font.setItalic(True)
        painter.setFont(font)
        painter.setPen(QColor(self._context.theme.text))
        text = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, 2 * self.width() - 24)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(self.rect(), int(flags), text)
