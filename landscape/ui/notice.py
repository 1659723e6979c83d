"""A quiet line above the stage: something to know, with what can be done about it; nobody has to answer."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from landscape.ui.buttons import IconButton
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, Elided, clear, row
from landscape.ui.words import button, write

Choice: TypeAlias = tuple[str, Callable[[], object]]
"""What a button says, and what it does."""


class Notice(QWidget):
    """Shows one sentence at a time; hidden while there is none."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._about = ""
        self._leave: Callable[[], object] = lambda: None
        self.picture, self._sentence = QLabel(), Elided()
        self._choices = row(spacing=GRID // 2)
        self._close = IconButton(context, "close", context.say("Not now"), self._dismiss)
        self._close.setProperty("role", "small")
        self.setProperty("role", "notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = row(self.picture, self._sentence, self._choices, self._close, margins=(2 * GRID, 4, GRID, 4))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.hide()

    @property
    def about(self) -> str:
        """What the sentence is about; empty while there is none."""
        return self._about

    def tell(
        self, about: str, sentence: str, choices: Sequence[Choice] = (), leave: Callable[[], object] = lambda: None
    ) -> None:
        """Show a sentence in place of the one before, with ``choices``; ``leave`` is called where it is put away."""
        self._about, self._leave = about, leave
        write(self._sentence, text=sentence)
        self.picture.hide()
        clear(self._choices)
        for text, chosen in choices:
            made = button(text, "quiet")
            made.clicked.connect(lambda _checked=False, chosen=chosen: chosen())
            self._choices.addWidget(made)
        self.show()

    def show_picture(self, picture: QPixmap) -> None:
        """Show a small picture before the sentence."""
        self.picture.setPixmap(picture)
        self.picture.show()

    def drop(self, about: str) -> None:
        """Hide what is told about something, where it is still told."""
        if about == self._about:
            self._about = ""
            self.hide()

    def _dismiss(self) -> None:
        self.drop(self._about)
        self._leave()
