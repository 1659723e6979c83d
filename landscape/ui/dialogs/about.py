"""What the program is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from landscape.ui.context import Context
from landscape.ui.dialogs.dialog import Dialog
from landscape.ui.layouts import GRID, caption, column, row
from landscape.ui.words import button
from landscape.version import __version__


class AboutDialog(Dialog):
    """Shown from the help menu."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent, context, context.say("About Landscape"))
        say = context.say
        name = QLabel(f"Landscape {__version__}")
        name.setProperty("role", "title")
        words = caption(say("See optimization: optimizers race down loss surfaces, live."), wrap=True)
        licence = caption(say("Free software under the MIT licence."))
        for label in (name, words, licence):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = button(say("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        margins = (3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setMinimumWidth(360)
        self.setLayout(column(name, words, licence, row(None, close), margins=margins))
