"""The keys of a lecture: what a clicker sends goes to the next mark and the one before, whatever is in front."""

from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from landscape.ui.player import Player

Told: TypeAlias = Literal["", "next", "last", "black", "white", "leave"]

_KEYS: dict[Qt.Key, Told] = {
    Qt.Key.Key_PageDown: "next",
    Qt.Key.Key_Right: "next",
    Qt.Key.Key_Down: "next",
    Qt.Key.Key_PageUp: "last",
    Qt.Key.Key_Left: "last",
    Qt.Key.Key_Up: "last",
    Qt.Key.Key_B: "black",
    Qt.Key.Key_Period: "black",
    Qt.Key.Key_W: "white",
    Qt.Key.Key_Comma: "white",
    Qt.Key.Key_Escape: "leave",
    Qt.Key.Key_F5: "leave",
    Qt.Key.Key_F11: "leave",
}
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def told(event: QKeyEvent) -> Told:
    """Return what a key means in a lecture; empty where it means what it always does."""
    return _KEYS.get(Qt.Key(event.key()), "") if event.modifiers() in (Qt.KeyboardModifier.NoModifier, _KEYPAD) else ""


def go_on(player: Player) -> None:
    """Play to the next mark; once more: be there at once. Without marks: play, or pause."""
    if not player.marks:
        player.toggle()
    elif player.playing:
        player.jump(1)
    else:
        player.play_until(min((mark for mark in player.marks if mark > player.step), default=player.steps))


def go_back(player: Player) -> None:
    """Go to the mark before; without marks, one step back."""
    if player.marks:
        player.jump(-1)
    else:
        player.move(-1)
