"""What fills a rectangle of the view box that it is given."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject

from landscape.plot.overrides import guarded


class Pane(QGraphicsObject):
    """An item that is as large as it was last told; it draws nothing itself."""

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self._rect = QRectF()

    @guarded(QRectF())
    def boundingRect(self) -> QRectF:
        """Return the rectangle, in the coordinates of the view box."""
        return self._rect

    def resize(self, rect: QRectF) -> None:
        """Fill another rectangle of the view box."""
        self.prepareGeometryChange()
        self._rect = QRectF(rect)
        self.update()
