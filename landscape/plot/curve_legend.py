"""The names of a panel's curves at its right, each with a piece of its line."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsWidget, QSizePolicy

from landscape.plot.overrides import guarded
from landscape.plot.samples import draw_sample
from landscape.plot.theme import text_font
from landscape.scene.layers import CurvePanel
from landscape.scene.palette import Theme

SAMPLE, GAP = 22.0, 8.0
"""Length of the piece of line; room before it and behind it."""
ROW = 22.0
WIDTH = 2.4
MOST = 0.4
"""Part of the panel that the names take at the most; longer ones end in an ellipsis."""


class CurveLegend(QGraphicsWidget):
    """Names curves; takes no room where the panel has no legend."""

    def __init__(self, parent: QGraphicsItem, theme: Theme, scale: float) -> None:
        super().__init__(parent)
        self._theme, self._scale = theme, scale
        self._panel: CurvePanel | None = None
        self._room = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.fit(0.0)

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Use the colours of ``theme`` and text ``scale`` times as large."""
        self._theme, self._scale = theme, scale
        self.update()

    def show_panel(self, panel: CurvePanel) -> None:
        """Name the curves of another panel."""
        self._panel = panel
        self.update()

    def fit(self, width: float) -> None:
        """Be as wide as the names, within a part of the panel's ``width``."""
        names = [curve.name for curve in self._panel.curves] if self._panel and self._panel.legend else []
        metrics = QFontMetricsF(text_font(self._scale))
        widest = max(map(metrics.horizontalAdvance, names), default=0.0)
        room = min(widest + (SAMPLE + 3 * GAP) * self._scale, MOST * width) if names else 0.0
        self._room = room
        self.setMinimumWidth(room)
        self.setMaximumWidth(room)

    @guarded(QSizeF())
    def sizeHint(self, which: Qt.SizeHint, *_: object) -> QSizeF:
        """Return the size the layout should give it."""
        return QSizeF(self._room, 1e6 if which == Qt.SizeHint.MaximumSize else 0.0)

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw a row for each curve, from the top."""
        if self._panel is None or not self._room:
            return
        unit = self._scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(unit))
        left = (SAMPLE + 2 * GAP) * unit
        room = max(self.size().width() - left, 0.0)
        for index, curve in enumerate(self._panel.curves):
            middle = (index + 0.5) * ROW * unit
            draw_sample(painter, QPointF(GAP * unit, middle), SAMPLE * unit, curve.color, curve.dash, WIDTH * unit)
            painter.setPen(QColor(self._theme.text))
            name = painter.fontMetrics().elidedText(curve.name, Qt.TextElideMode.ElideRight, int(room) + 1)
            painter.drawText(
                QRectF(left, middle - ROW * unit / 2, room + unit, ROW * unit), Qt.AlignmentFlag.AlignVCenter, name
            )
