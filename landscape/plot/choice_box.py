"""The inside of a plot in which a press or a drag of the left button chooses a place, and nothing moves the view."""

import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import HoverEvent, MouseClickEvent, MouseDragEvent
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from landscape.plot.overrides import guarded


class ChoiceBox(pg.ViewBox):
    """Tells places in pixels of its own, from its top left corner."""

    chosen = Signal(QPointF)
    released = Signal()
    """The press or the drag is over."""
    hovered = Signal(object)
    """Where the pointer is; None when it has left."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False, enableMouse=False)
        self.disableAutoRange()
        self.setDefaultPadding(0.0)

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        """Choose what was pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            self.chosen.emit(event.pos())
            self.released.emit()

    def mouseDragEvent(self, event: MouseDragEvent, axis: int | None = None) -> None:
        """Follow a drag that began inside; pyqtgraph passes on those of an ``axis``, which mean nothing here."""
        if event.button() != Qt.MouseButton.LeftButton or axis is not None:
            event.ignore()
            return
        event.accept()
        self.chosen.emit(event.pos())
        if event.isFinish():
            self.released.emit()

    def hoverEvent(self, event: HoverEvent) -> None:
        """Tell where the pointer is; presses are wanted before anything behind sees them."""
        if not event.isExit():
            event.acceptClicks(Qt.MouseButton.LeftButton)
            event.acceptDrags(Qt.MouseButton.LeftButton)
        self.hovered.emit(None if event.isExit() else event.pos())

    @guarded(None)
    def wheelEvent(self, event: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:  # noqa: ARG002
        """Leave the wheel to what is around."""
        event.ignore()
