"""What can be predicted, one under the other, with the hands that were counted for each."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from landscape.plot.overrides import guarded
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, clear, column, row
from landscape.ui.words import write

MOST = 9
"""Choices that have a key of their own."""


class Option(QPushButton):
    """One of the choices: its key, its text over several lines, and its hands."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__()
        self._key, self._text, self._hands = QLabel(str(number)), write(QLabel(), text=text), QLabel()
        self._key.setProperty("role", "key")
        self._text.setProperty("role", "option")
        self._text.setWordWrap(True)
        self._hands.setProperty("role", "hands")
        for label in (self._key, self._text, self._hands):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setTextFormat(Qt.TextFormat.PlainText)
        inside = row(self._key, self._text, self._hands, spacing=GRID, margins=(GRID, 6, GRID, 6))
        inside.setStretch(1, 1)
        self._inside = inside
        self.setLayout(inside)
        # A button is never narrower than it would like to be: a long text would make the page wider than its panel.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "choice")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        write(self, name=text)

    def tell(self, hands: int, mark: str) -> None:
        """Show how many hands were counted, and a sign before them."""
        self._hands.setText(f"{mark} {hands}".strip() if hands else mark)

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return the size of what is in it."""
        return self._inside.sizeHint()

    @guarded(QSize())
    def minimumSizeHint(self) -> QSize:
        """Return the least size of what is in it."""
        return self._inside.minimumSize()


class Ballot(QWidget):
    """Shows choices; a click chooses one, a key counts a hand for it."""

    chosen = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._options: list[Option] = []
        self._column = column(spacing=6)
        self.setLayout(self._column)

    @property
    def texts(self) -> tuple[str, ...]:
        """What there is to choose from; nothing where it is hidden."""
        return () if self.isHidden() else tuple(option.accessibleName() for option in self._options)

    def display(
        self,
        texts: Sequence[str],
        hands: Sequence[int],
        chosen: int | None,
        right: int | None,
        *,
        signs: tuple[str, str],
        open: bool,
    ) -> None:
        """Show the choices.

        Args:
            texts: Of the choices.
            hands: How many were counted for each.
            chosen: Which one is a person's own.
            right: Which one is right, or nearest, once the answer is told.
            signs: What stands at that one, and at the chosen one where that is another.
            open: Whether one can still be chosen.
        """
        if [option.accessibleName() for option in self._options] != list(texts):
            self._rebuild(texts)
        for index, option in enumerate(self._options):
            option.setChecked(index == chosen)
            option.setEnabled(open)
            wrong = right is not None and index == chosen and index != right
            option.tell(hands[index], signs[0] if index == right else signs[1] if wrong else "")

    def _rebuild(self, texts: Sequence[str]) -> None:
        clear(self._column)
        self._options = [Option(index + 1, text) for index, text in enumerate(texts)]
        for index, option in enumerate(self._options):
            option.clicked.connect(lambda _checked=False, index=index: self.chosen.emit(index))
            self._column.addWidget(option)
