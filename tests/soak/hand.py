"""Mouse and keys, as the window system tells of them: what is hit, held and focused is up to Qt."""

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QThread, QTimer
from PySide6.QtGui import QDrag, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox, QWidget

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
STUCK = 250
"""Milliseconds after which what waits in a loop of its own is answered: Qt's own questions, and drags of texts."""


def pump(milliseconds: int) -> None:
    """Let the window live for some time; the threads of the jobs run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Hand:
    """Sends events to what is in front.

    Every gesture lets go at its end, whatever it did to the window that it began in.
    """

    def __init__(self) -> None:
        self._rescue = QTimer(interval=STUCK)
        self._rescue.timeout.connect(_answer_what_waits)

    def click(
        self, widget: QWidget, at: QPoint, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NONE
    ) -> None:
        """Move there, press and release."""
        self.drag(widget, [at], button, keys)

    def double_click(self, widget: QWidget, at: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press twice."""
        self._send(QTest.mouseDClick, *_inside(widget, at), keys=keys, button=LEFT)

    def hover(self, widget: QWidget, way: Sequence[QPoint]) -> None:
        """Move without a button."""
        # All places first: it may be gone after the first move.
        for window, place in [_inside(widget, at) for at in way]:
            self._move(window, place)

    def drag(
        self, widget: QWidget, way: Sequence[QPoint], button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NONE,
        pauses: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """Press at the first place, move through the others with pauses between them, release at the last."""
        window, _ = _inside(widget, way[0])
        points = [_inside(widget, at)[1] for at in way]
        self._move(window, points[0])
        self._send(QTest.mousePress, window, points[0], keys=keys, button=button)
        for index, at in enumerate(points[1:]):
            self._move(window, at)
            if index < len(pauses):
                pump(pauses[index])
        self._send(QTest.mouseRelease, window, points[-1], keys=keys, button=button)

    def wheel(self, widget: QWidget, at: QPoint, turn: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        """Turn the wheel."""
        window, place = _inside(widget, at)
        if _alive(window):
            QTest.wheelEvent(window, QPointF(place), turn, stateKey=keys)

    def key(self, top: QWidget, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        window = _with_keyboard(top)
        if _alive(window):
            self._guarded(lambda: QTest.keyClick(window, key, keys))

    def sequence(self, top: QWidget, keys: QKeySequence) -> None:
        """Press the keys of a shortcut."""
        window = _with_keyboard(top)
        if _alive(window):
            self._guarded(lambda: QTest.keySequence(window, keys))

    def type(self, text: str) -> None:
        """Type a text where the keyboard is."""
        for sign in text:
            focused = QApplication.focusWidget()
            if focused is None:
                return
            key = Qt.Key.Key_Return if sign == "\n" else Qt.Key.Key_unknown
            QTest.sendKeyEvent(QTest.KeyAction.Click, focused, key, sign, NONE)

    def _move(self, window: QWindow, at: QPoint) -> None:
        if _alive(window):
            self._guarded(lambda: QTest.mouseMove(window, at))

    def _send(self, how, window: QWindow, at: QPoint, *, button: Qt.MouseButton, keys: Qt.KeyboardModifier) -> None:
        if not _alive(window):
            # The button is still held.
            window = next((top.windowHandle() for top in QApplication.topLevelWidgets() if top.isVisible()), None)
            if window is None:
                return
        self._guarded(lambda: how(window, button, keys, at))

    def _guarded(self, deliver) -> None:
        """Deliver an event; what it opens in a loop of its own is answered."""
        self._rescue.start()
        try:
            deliver()
        finally:
            self._rescue.stop()


def _inside(widget: QWidget, at: QPoint) -> tuple[QWindow, QPoint]:
    top = widget.window()
    return top.windowHandle(), widget.mapTo(top, at)


def _with_keyboard(top: QWidget) -> QWindow:
    """Return the window that is told of keys: no window system gives a popup the keyboard, Qt hands them on to it.

    So what closes at Alt, as a menu does, is not told of the letter that follows.
    """
    while top.windowType() == Qt.WindowType.Popup and top.parentWidget() is not None:
        top = top.parentWidget().window()
    return top.windowHandle()


def _alive(window: QWindow | None) -> bool:
    return window is not None and shiboken6.isValid(window) and window.isVisible()


def _answer_what_waits() -> None:
    """End a drag of a text, and answer Qt's own questions, where they wait in a loop of their own."""
    if QThread.currentThread().loopLevel() == 0:
        return  # Events take their time, and nothing waits.
    QDrag.cancel()
    waiting = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if isinstance(waiting, QMessageBox):
        waiting.done(waiting.standardButton(waiting.buttons()[0]).value)
    elif isinstance(waiting, QMenu):
        waiting.close()
    elif isinstance(waiting, QDialog) and waiting.testAttribute(Qt.WidgetAttribute.WA_ShowModal):
        waiting.reject()
