"""The sign of a run: its colour and its line style."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from landscape.plot.overrides import guarded
from landscape.scene.layers import Dash
from landscape.ui.sizes import painter_of, scaled, sized

STYLES = {
    "solid": Qt.PenStyle.SolidLine,
    "dash": Qt.PenStyle.DashLine,
    "dot": Qt.PenStyle.DotLine,
    "dashdot": Qt.PenStyle.DashDotLine,
}


def paint_swatch(painter: QPainter, area: QRectF, color: str, dash: Dash) -> None:
    """Paint a short line in the run's colour and style, and its head."""
    pen = QPen(QColor(color), 3.0, STYLES[dash], Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    middle = area.center().y()
    painter.drawLine(QPointF(area.left(), middle), QPointF(area.right() - 4, middle))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(QPointF(area.right() - 4, middle), 4, 4)


class Swatch(QWidget):
    """The sign of one run."""

    def __init__(self, color: str, dash: Dash) -> None:
        super().__init__()
        self._color, self._dash = color, dash
        sized(self, width=26, height=20)

    def set_look(self, color: str, dash: Dash) -> None:
        """Show another colour and style."""
        self._color, self._dash = color, dash
        self.update()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return a size that shows the line style."""
        return QSize(scaled(26), scaled(20))

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line and its head."""
        painter, area = painter_of(self)
        paint_swatch(painter, area, self._color, self._dash)
