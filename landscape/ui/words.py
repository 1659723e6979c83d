"""What is written on widgets: their texts, hints and names, written again when the language changes.

A widget whose look depends on more than its texts and the style sheet has a method ``look_changed``, which is called
after that: when the language changes, and when the theme does.
"""

from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from landscape.translation import Sentence, Translation

W = TypeVar("W", bound=QWidget)
SETTERS = {
    "text": "setText",
    "tip": "setToolTip",
    "name": "setAccessibleName",
    "hint": "setPlaceholderText",
    "title": "setWindowTitle",
    "help": "setAccessibleDescription",
}


class Looking(Protocol):
    """A widget that takes colours and sentences from its context."""

    def look_changed(self) -> None:
        """Use what the context says now: the language or the theme is another one."""


def write(widget: W, **texts: str) -> W:
    """Write on a widget what ``SETTERS`` names, and return it: its text, a tip, its name and help for a screen reader.

    What was said by a translation is said again in the next language.
    """
    said: dict[str, Sentence] = widget.__dict__.setdefault("_written", {})
    for part, text in texts.items():
        getattr(widget, SETTERS[part])(text)
        if isinstance(text, Sentence):
            said[part] = text
        else:
            said.pop(part, None)
    return widget


def write_again(root: QWidget, say: Translation) -> None:
    """Say in another language all that is written on ``root`` and inside of it."""
    for widget in (root, *root.findChildren(QWidget)):
        said: dict[str, Sentence] | None = widget.__dict__.get("_written")
        if said:
            write(widget, **{part: sentence.again(say) for part, sentence in said.items()})


def look_again(root: QWidget) -> list[Looking]:
    """Have all that is seen of ``root`` use the language and the theme of its context; return what is hidden."""
    # By the name: asking a protocol takes 20 times as long, and there are hundreds of widgets.
    looking: list[Any] = [widget for widget in root.findChildren(QWidget) if hasattr(widget, "look_changed")]
    for widget in looking:
        if widget.isVisible():
            widget.look_changed()
    return [widget for widget in looking if not widget.isVisible()]


class HiddenLast(QObject):
    """Has what is hidden follow the look of its window between two frames, a widget at a time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: list[Looking] = []
        self._soon = QTimer(self, interval=0)
        self._soon.timeout.connect(self._follow_next)

    @property
    def done(self) -> bool:
        """Whether everything has followed."""
        return not self._left

    def follow(self, widgets: list[Looking]) -> None:
        """Begin with other widgets, in the next turn; a window among them begins anew with what of it is hidden."""
        self._left = widgets
        self._soon.start()

    def _follow_next(self) -> None:
        if not self._left:
            self._soon.stop()
            return
        widget = self._left.pop(0)
        if isValid(widget):
            widget.look_changed()


def button(text: str, role: str = "") -> QPushButton:
    """Return a button with a text; a ``role`` of the style sheet may make it more or less than others.

    A click leaves the keyboard to the time line.
    """
    made = write(QPushButton(), text=text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if role:
        made.setProperty("role", role)
    return made
