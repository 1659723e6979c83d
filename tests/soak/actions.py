"""Everything that the driver does: kinds of action, each with its weight."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QGraphicsView, QLineEdit, QMenu, QMenuBar, QPlainTextEdit, QWidget

from tests.soak.hand import LEFT, NONE, Hand, pump
from tests.soak.targets import described, front, offered, one_of_a_kind, place, quits, shortcuts, visible, windows
from tests.soak.texts import some_word, text

K, M = Qt.Key, Qt.KeyboardModifier
KEYS = (
    K.Key_Left, K.Key_Right, K.Key_Up, K.Key_Down, K.Key_Home, K.Key_End, K.Key_PageUp, K.Key_PageDown, K.Key_Space,
    K.Key_Return, K.Key_Tab, K.Key_Backtab, K.Key_Delete, K.Key_Backspace, K.Key_Escape, K.Key_BracketLeft,
    K.Key_BracketRight, K.Key_M, K.Key_L, K.Key_A, K.Key_V, K.Key_C, K.Key_F1, K.Key_Menu,
)  # fmt: skip
CLICKER = (
    *[K.Key_PageDown] * 8, K.Key_PageUp, K.Key_B, K.Key_W, K.Key_Period, K.Key_1, K.Key_2, K.Key_Space, K.Key_Escape,
    K.Key_F5,
)  # fmt: skip
FINDER, GALLERY = "Ctrl+K", "Ctrl+L"
HELD = (*[NONE] * 7, M.ShiftModifier, M.ControlModifier, M.AltModifier)
BUTTONS = (*[LEFT] * 8, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
SIZES = ((960, 600), (1280, 800), (1920, 1080), (1366, 768), (2560, 1440))
QUITTING = 0.01
"""Share of the times that the command to quit is met and is given: a window lives for long."""
BY_HAND = 1000
"""Signs that are typed one by one at most; a longer text is pasted, as anybody would."""
DRAWING = 0.2
"""Share of the gestures that go to a drawing, on which there is more to be hit than on another widget."""


@dataclass(kw_only=True)
class Player:
    """Who does it: in front of which window, with which dice, and who writes down what is about to be done."""

    window: Any
    rng: random.Random
    folder: Path
    """Where files are that can be opened."""
    tell: Callable[[str], None]
    hand: Hand = field(default_factory=Hand)
    met: Counter[str] = field(default_factory=Counter)
    """How often something was done to each kind of widget."""

    @property
    def front(self) -> QWidget:
        """What takes mouse and keys now."""
        return front(self.window)

    def target(self, kind: type[QWidget] = QWidget) -> QWidget | None:
        """Return something that can be seen."""
        drawing = kind is QWidget and self.rng.random() < DRAWING
        found = visible(self.front, QGraphicsView if drawing else kind) or visible(self.front, kind)
        chosen = one_of_a_kind(self.rng, found)
        self.met[type(chosen).__name__] += 1
        return chosen

    def way(self, widget: QWidget, moves: int) -> list[QPoint]:
        """Return places one after the other, now and then far outside."""
        at = place(self.rng, widget)
        reach = self.rng.choice((4, 40, 40, 150, 600))
        found = [at]
        for _ in range(moves):
            at = at + QPoint(self.rng.randint(-reach, reach), self.rng.randint(-reach, reach))
            found.append(at)
        return found


def click(player: Player) -> None:
    widget = player.target()
    if widget is not None:
        at, keys = place(player.rng, widget), player.rng.choice(HELD)
        player.tell(f"click {described(widget)} {at.toTuple()} {keys.name}")
        player.hand.click(widget, at, LEFT, keys)


def press_right(player: Player) -> None:
    widget = player.target()
    if widget is not None:
        at = place(player.rng, widget)
        player.tell(f"right click {described(widget)} {at.toTuple()}")
        player.hand.click(widget, at, Qt.MouseButton.RightButton)


def double_click(player: Player) -> None:
    widget = player.target()
    if widget is not None:
        at = place(player.rng, widget)
        player.tell(f"double click {described(widget)} {at.toTuple()}")
        player.hand.double_click(widget, at)


def drag(player: Player) -> None:
    widget = player.target()
    if widget is not None:
        rng = player.rng
        way = player.way(widget, rng.choice((1, 2, 3, 4, 12)))
        button, keys = rng.choice(BUTTONS), rng.choice(HELD)
        pauses = [rng.choice((0, 0, 0, 0, 20)) for _ in way]
        player.tell(f"drag {described(widget)} {button.name} {keys.name} {[at.toTuple() for at in way]}")
        player.hand.drag(widget, way, button, keys, pauses)


def hover(player: Player) -> None:
    widget = player.target()
    if widget is not None:
        way = player.way(widget, 4)
        player.tell(f"hover {described(widget)} {[at.toTuple() for at in way]}")
        player.hand.hover(widget, way)


def wheel(player: Player) -> None:
    widget = player.target()
    if widget is not None:
        at, notches = place(player.rng, widget), player.rng.choice((-8, -3, -1, 1, 3, 8))
        turn = QPoint(0, 120 * notches) if player.rng.random() < 0.9 else QPoint(120 * notches, 0)
        keys = player.rng.choice(HELD)
        player.tell(f"wheel {described(widget)} {at.toTuple()} {turn.toTuple()} {keys.name}")
        player.hand.wheel(widget, at, turn, keys)


def type_text(player: Player) -> None:
    fields = [*visible(player.front, QLineEdit), *visible(player.front, QPlainTextEdit)]
    chosen = one_of_a_kind(player.rng, [each for each in fields if each.isEnabled()])
    if chosen is None:
        return
    rng = player.rng
    shown = chosen.text() if isinstance(chosen, QLineEdit) else chosen.toPlainText()
    typed, end = text(rng, shown), rng.choice((K.Key_Return, K.Key_Return, K.Key_Tab, K.Key_Escape, None))
    pause = rng.choice((0, 0, 30, 260))
    player.tell(f"type {typed[:200]!r} into {described(chosen)}, then {end and end.name}")
    player.hand.click(chosen, chosen.rect().center())
    player.hand.sequence(player.front, QKeySequence(QKeySequence.StandardKey.SelectAll))
    if rng.random() < 0.15 or len(typed) > BY_HAND:
        QGuiApplication.clipboard().setText(typed)
        player.hand.sequence(player.front, QKeySequence(QKeySequence.StandardKey.Paste))
    else:
        player.hand.type(typed)
    pump(pause)
    if end is not None:
        player.hand.key(player.front, end)


def press_key(player: Player) -> None:
    key, keys, times = player.rng.choice(KEYS), player.rng.choice(HELD), player.rng.choice((1, 1, 1, 2, 5))
    player.tell(f"key {keys.name} {key.name} {times} times, {described(player.front)} in front")
    for _ in range(times):
        player.hand.key(player.front, key, keys)


def press_shortcut(player: Player) -> None:
    found = [keys for action, keys in shortcuts(player.window) if not quits(action) or player.rng.random() < QUITTING]
    if found:
        keys = player.rng.choice(found)
        player.tell(f"shortcut {keys.toString()}")
        player.hand.sequence(player.front, keys)


def find(player: Player) -> None:
    """Open what finds anything, type the beginning of a word, and mostly open what was found."""
    rng = player.rng
    typed, downs = some_word(rng)[: rng.choice((1, 2, 3, 8))], rng.choice((0, 0, 0, 1, 2, 5))
    end = rng.choice((K.Key_Return, K.Key_Return, K.Key_Return, K.Key_Escape))
    player.tell(f"find {typed!r}, {downs} lines down, then {end.name}")
    player.hand.sequence(player.front, QKeySequence(FINDER))
    player.hand.type(typed)
    for key in (*[K.Key_Down] * downs, end):
        player.hand.key(player.front, key)


def open_lesson(player: Player) -> None:
    """Open one of the lessons from their gallery, once all are there."""
    rng = player.rng
    typed = some_word(rng)[: rng.choice((0, 1, 3))]
    pause, rights = rng.choice((30, 300, 1500)), rng.choice((0, 1, 2, 4))
    player.tell(f"open a lesson: {typed!r}, {pause} ms, {rights} to the right")
    player.hand.sequence(player.front, QKeySequence(GALLERY))
    player.hand.type(typed)
    pump(pause)
    for key in (K.Key_Down, *[K.Key_Right] * rights, K.Key_Return):
        player.hand.key(player.front, key)


def lecture(player: Player) -> None:
    """Present the stage, or press what a clicker sends while it is presented."""
    keys = [K.Key_F5] if player.front is player.window else [player.rng.choice(CLICKER) for _ in range(3)]
    player.tell(f"lecture: {[key.name for key in keys]}, {described(player.front)} in front")
    for key in keys:
        player.hand.key(player.front, key)
        pump(player.rng.choice((0, 30, 400)))


def turn_to(player: Player) -> None:
    """Turn to another window that can be seen, where there is one."""
    others = [each for each in windows() if each is not player.front]
    if others:
        other = player.rng.choice(others)
        player.tell(f"turn to {described(other)}")
        other.activateWindow()


def undo_storm(player: Player) -> None:
    for standard in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
        times = player.rng.choice((0, 1, 3, 30))
        player.tell(f"{standard.name} {times} times")
        for _ in range(times):
            player.hand.sequence(player.front, QKeySequence(standard))


def open_menu(player: Player) -> None:
    """Open a menu of the menu bar, and choose from it."""
    bar = one_of_a_kind(player.rng, visible(player.front, QMenuBar))
    if isinstance(bar, QMenuBar) and offered(bar):
        action = player.rng.choice(offered(bar))
        player.tell(f"open the menu {action.text()!r}")
        player.hand.click(bar, bar.actionGeometry(action).center())
        for _ in range(3):
            popup = player.front
            if not isinstance(popup, QMenu) or player.rng.random() < 0.1:
                return
            choose(player)


def choose(player: Player) -> None:
    """Choose from the menu that is open."""
    menu = player.front
    if not isinstance(menu, QMenu):
        return
    actions = [one for one in offered(menu) if not quits(one) or player.rng.random() < QUITTING]
    if actions:
        action = player.rng.choice(actions)
        player.tell(f"choose {action.text()!r}")
        player.hand.click(menu, menu.actionGeometry(action).center())


def resize(player: Player) -> None:
    size = player.rng.choice(SIZES)
    player.tell(f"resize to {size}")
    player.window.resize(*size)


def drop(player: Player) -> None:
    widget = one_of_a_kind(player.rng, [each for each in visible(player.front) if each.acceptDrops()])
    files = sorted(player.folder.iterdir())
    if widget is None or not files:
        return
    data, dropped = QMimeData(), text(player.rng, "")
    if player.rng.random() < 0.5:
        dropped = str(player.rng.choice(files))
        data.setUrls([QUrl.fromLocalFile(dropped)])
    else:
        data.setText(dropped)
    at = place(player.rng, widget)
    player.tell(f"drop {dropped[:200]!r} on {described(widget)}")
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(widget, QDragEnterEvent(at, copy, data, LEFT, NONE))
    QApplication.sendEvent(widget, QDropEvent(QPointF(at), copy, data, LEFT, NONE))


def wait(player: Player) -> None:
    """Wait until everything is computed, or for some time."""
    player.tell("wait")
    for _ in range(player.rng.choice((1, 4, 20))):
        pump(50)
        if player.window.jobs.idle:
            return


def close_front(player: Player) -> None:
    """Close what is in front of the window, as Escape does or as the frame does."""
    top = player.front
    if top is player.window:
        return
    if player.rng.random() < 0.5:
        player.tell(f"Escape in {described(top)}")
        player.hand.key(top, K.Key_Escape)
    else:
        player.tell(f"close {described(top)}")
        top.close()


Act = Callable[[Player], None]
WEIGHTS: dict[Act, int] = {
    click: 22, drag: 16, type_text: 14, wheel: 8, press_key: 8, open_menu: 8, press_shortcut: 4, hover: 4,
    double_click: 4, press_right: 3, undo_storm: 3, wait: 3, resize: 2, drop: 2, find: 2, lecture: 2, turn_to: 2,
    open_lesson: 1,
}  # fmt: skip
IN_A_POPUP: dict[Act, int] = {choose: 60, click: 15, type_text: 15, press_key: 8, wheel: 5, hover: 3, close_front: 10}
IN_A_LECTURE: dict[Act, int] = {**WEIGHTS, lecture: 20}
IN_A_DIALOG: dict[Act, int] = {
    click: 40,
    type_text: 20,
    drag: 8,
    press_key: 8,
    wheel: 5,
    hover: 2,
    double_click: 3,
    wait: 4,
    close_front: 10,
}
