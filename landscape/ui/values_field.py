"""A field for several values in one line, such as ``12 8 4``: they are read when Return is pressed or it is left."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from landscape.errors import InputError
from landscape.plot.overrides import guarded
from landscape.ui.words import write


class ValuesField(QLineEdit):
    """Shows values as a text, and reads them from one."""

    committed = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        name: str,
        text: Callable[[tuple[Any, ...]], str],
        read: Callable[[str], tuple[Any, ...]],
    ) -> None:
        """Begin without a value.

        Args:
            name: What it is called.
            text: Returns values as they are shown.
            read: Returns the values that a person typed, or raises InputError.
        """
        super().__init__()
        self._values: tuple[Any, ...] = ()
        self._text, self._read = text, read
        write(self, name=name)
        self.returnPressed.connect(self._commit)

    def set_value(self, values: tuple[Any, ...]) -> None:
        """Show ``values`` without telling anyone; what is being typed stays."""
        self._values = values
        if not self.isModified():
            self.setText(self._text(values))

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take over what was typed."""
        self._commit()
        super().focusOutEvent(event)

    def _commit(self) -> None:
        if not self.isModified():
            return
        self.setModified(False)
        try:
            self.committed.emit(self._read(self.text()))
        except InputError as error:
            self.refused.emit(error)
        self.setText(self._text(self._values))
