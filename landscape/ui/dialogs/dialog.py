"""What every dialog is: never modal in its own loop, deleted when it closes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from landscape.plot.overrides import guarded
from landscape.ui.context import Context
from landscape.ui.focus import move_focus
from landscape.ui.words import write


class Dialog(QDialog):
    """A dialog; open it with ``open()``."""

    def __init__(self, parent: QWidget, context: Context, title: str) -> None:
        super().__init__(parent)
        self.context = context
        write(self, title=title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    @guarded(False)
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go with Tab as the eye goes."""
        return move_focus(self, forward)
