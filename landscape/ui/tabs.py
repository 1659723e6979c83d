"""The tabs that lead from one workspace, or one page, to another."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from landscape.ui.layouts import row
from landscape.ui.sizes import scaled
from landscape.ui.words import write

GAP = 2


class Tabs(QWidget):
    """Names beside each other, of which one is chosen."""

    chosen = Signal(str)

    def __init__(self, name: str, titles: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        write(self, name=name)
        self._buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for key, title in titles:
            button = write(QPushButton(), text=title)
            button.setCheckable(True)
            button.setProperty("role", "tab")
            # A click must not take the space bar away from the time line.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            group.addButton(button)
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._buttons[key] = button
        self._folded = False
        self.setLayout(row(*self._buttons.values(), spacing=GAP))

    def set_current(self, key: str) -> None:
        """Show which one is chosen."""
        self._buttons[key].setChecked(True)
        self.fold(self._folded)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The names."""
        return tuple(self._buttons.values())

    @property
    def whole_width(self) -> int:
        """Pixels that all names need."""
        widths = [button.sizeHint().width() for button in self.buttons]
        return sum(widths) + scaled(GAP) * (len(widths) - 1)

    def fold(self, folded: bool) -> None:
        """Show the chosen name alone, or all."""
        self._folded = folded
        for button in self.buttons:
            button.setVisible(button.isChecked() or not folded)
