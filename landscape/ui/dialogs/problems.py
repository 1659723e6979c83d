"""What is wrong in a person's own catalogue files."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from landscape.catalogue.problems import problems
from landscape.ui.context import Context
from landscape.ui.dialogs.dialog import Dialog
from landscape.ui.layouts import GRID, caption, column, row
from landscape.ui.words import button


class ProblemsDialog(Dialog):
    """Shown from the line above the panels that is there while entries are left out."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        say = context.say
        super().__init__(parent, context, say("Your own catalogue"))
        sentences = caption("\n\n".join(context.told(error) for error in problems()), wrap=True)
        sentences.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        advice = caption(say("Correct this and open Landscape again."), wrap=True)
        close = button(say("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.setMinimumWidth(480)
        margins = (3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(column(sentences, advice, row(None, close), spacing=2 * GRID, margins=margins))
