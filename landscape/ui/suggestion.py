"""What was probably meant by a formula with a mistake: a button that writes it into the field."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from landscape.plot.overrides import guarded
from landscape.ui.context import Context
from landscape.ui.formula_field import FormulaField
from landscape.ui.words import write

_PADDING = 26


class Suggestion(QPushButton):
    """Hidden while there is nothing to suggest; Return in the field is the same as a click."""

    def __init__(self, context: Context, field: FormulaField) -> None:
        super().__init__()
        self._context = context
        self._formula = ""
        self.setProperty("role", "suggestion")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        field.suggested.connect(self._offer)
        self.clicked.connect(field.take_suggestion)

    def look_changed(self) -> None:
        """Say it in the present language, as far as there is room for it."""
        sentence = self._context.say("Write {formula}", formula=self._formula) if self._formula else ""
        write(self, name=sentence, tip=sentence)
        room = max(self.width() - _PADDING, 0)
        self.setText(self.fontMetrics().elidedText(sentence, Qt.TextElideMode.ElideRight, room))

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self.look_changed()

    @guarded(QSize())
    def minimumSizeHint(self) -> QSize:
        """Let the panel decide how wide the button is."""
        return QSize(80, super().minimumSizeHint().height())

    def _offer(self, formula: str) -> None:
        self._formula = formula
        self.look_changed()
        self.setVisible(bool(formula))
