"""Real mouse events on a view that is shown offscreen."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QRegion, QWheelEvent
from PySide6.QtWidgets import QApplication

from landscape.plot.plot_item import PlotItem

NONE = Qt.KeyboardModifier.NoModifier


def panels_of(plot):
    """Return the panels of curves as they lie in the graphics scene, in order."""
    return [item for item in plot.item.childItems() if isinstance(item, PlotItem)]


def send(view, kind, place, button=Qt.MouseButton.NoButton, held=Qt.MouseButton.NoButton, modifiers=NONE):
    """Send one event to the viewport, at a position in it."""
    viewport = view.viewport()
    event = QMouseEvent(kind, QPointF(place), QPointF(viewport.mapToGlobal(place)), button, held, modifiers)
    QApplication.sendEvent(viewport, event)
    QApplication.processEvents()


def move(view, place, modifiers=NONE):
    send(view, QEvent.Type.MouseMove, place, modifiers=modifiers)


def drag(view, begin, end, *, modifiers=NONE, moves=6, button=Qt.MouseButton.LeftButton):
    """Hover, press, move in some steps, and release."""
    move(view, begin, modifiers)
    send(view, QEvent.Type.MouseButtonPress, begin, button, button, modifiers)
    for index in range(1, moves + 1):
        place = begin + (end - begin) * index / moves
        send(view, QEvent.Type.MouseMove, QPoint(place), held=button, modifiers=modifiers)
    send(view, QEvent.Type.MouseButtonRelease, end, button, modifiers=modifiers)


def click(view, place, *, double=False):
    button = Qt.MouseButton.LeftButton
    move(view, place)
    send(view, QEvent.Type.MouseButtonPress, place, button, button)
    send(view, QEvent.Type.MouseButtonRelease, place, button)
    if double:
        send(view, QEvent.Type.MouseButtonDblClick, place, button, button)
        send(view, QEvent.Type.MouseButtonRelease, place, button)


def wheel(view, place, turn=120):
    viewport = view.viewport()
    event = QWheelEvent(
        QPointF(place), QPointF(viewport.mapToGlobal(place)), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)
    QApplication.processEvents()


class Painted(QObject):
    """Notes which parts of a view are painted."""

    def __init__(self, view):
        super().__init__()
        self._viewport = view.viewport()
        self.region = QRegion()
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.region += event.region()
        return False

    def stop(self):
        """Return a (height, width) mask of what was painted, and note no more."""
        QApplication.processEvents()
        self._viewport.removeEventFilter(self)
        mask = np.zeros((self._viewport.height(), self._viewport.width()), bool)
        for rect in self.region:
            mask[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1] = True
        return mask
