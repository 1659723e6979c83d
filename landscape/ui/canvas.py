"""The widget that shows one plot of pyqtgraph's, and leaves the keys to the window."""

from typing import Protocol

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent

from landscape.plot.overrides import guarded
from landscape.ui.jobs import first


class Pinned(Protocol):
    """A plot with pins that can be dragged, and moved by keys."""

    def focus_pin(self, way: int) -> bool:
        """Give the keyboard to the next pin (1) or the one before (-1); tell whether there was one."""

    def drag_held(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        """Have the pin that the mouse holds at a position of the graphics scene; tell whether it holds one."""


class Canvas(pg.GraphicsView):
    """A view of one plot that leaves the keys to the window, but for a pin that has the keyboard."""

    painted = Signal()
    """After the first picture."""
    unseen = Signal()
    """It is hidden, or what it is in."""

    def __init__(self, item: pg.GraphicsWidget, plot: Pinned | None = None) -> None:
        super().__init__()
        self._plot = plot
        self.is_painted = False
        # Its ground has one colour: filling it is no slower than copying a picture of it, as large as the canvas.
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.setCentralItem(item)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if plot else Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the key to the pin that has the keyboard, else to the window."""
        event.ignore()
        if self.scene().focusItem() is not None:
            super().keyPressEvent(event)

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first pin, or coming backwards with the last, where Tab led here."""
        super().focusInEvent(event)
        way = {Qt.FocusReason.TabFocusReason: 1, Qt.FocusReason.BacktabFocusReason: -1}.get(event.reason())
        if way is not None and self._plot is not None:
            self._plot.focus_pin(way)

    @guarded(False)
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go through the pins with Tab, then on to the next control."""
        if self._plot is not None and self._plot.focus_pin(1 if forward else -1):
            return True
        self.scene().setFocusItem(None)
        return bool(super().focusNextPrevChild(forward))

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take a pin that is held along at once, without asking the scene what else lies below the pointer."""
        if self._plot is None or event.buttons() != Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        position = self.viewportTransform().inverted()[0].map(event.position())
        if not self._plot.drag_held(position, event.modifiers()):
            super().mouseMoveEvent(event)

    @guarded(None)
    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nobody sees it any more."""
        super().hideEvent(event)
        self.unseen.emit()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint before any job goes on, and tell after the first picture that it is there."""
        with first():
            super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            self.painted.emit()
