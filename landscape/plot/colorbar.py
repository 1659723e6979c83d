"""The colour bar beside the map."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsWidget, QSizePolicy

from landscape.plot.overrides import guarded
from landscape.plot.pixels import color_image
from landscape.plot.theme import text_font
from landscape.scene.layers import Heat
from landscape.scene.palette import Theme

THICKNESS = 12.0
GAP = 14.0
"""Between the map and the bar."""
OFFSET = 7.0
"""Between the bar and its numbers."""


class ColorBar(QGraphicsWidget):
    """Which colour means which value."""

    def __init__(self, theme: Theme, scale: float) -> None:
        super().__init__()
        self._heat: Heat | None = None
        self._room, self._scale = 0.0, scale
        # Numbers that need more room can be painted before the layout gives it: nothing of them stays outside.
        self.setFlag(self.GraphicsItemFlag.ItemClipsToShape)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_theme(theme, scale)

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Use the colours of ``theme`` and text ``scale`` times as large."""
        self._theme, self._scale = theme, scale
        self._room = 0.0
        self._make_room()
        self.update()

    def show_heat(self, heat: Heat | None) -> None:
        """Show another colour map and other ticks."""
        if heat is self._heat:
            return
        before, self._heat = self._heat, heat
        if before is None or heat is None or before.ticks != heat.ticks or before.colors is not heat.colors:
            self._make_room()
            self.update()

    def _make_room(self) -> None:
        """Be wide enough for the numbers; never narrower again, so that the map does not tremble while they change."""
        metrics = QFontMetricsF(text_font(self._scale))
        texts = [text for _, text in self._heat.ticks] if self._heat else []
        widest = max((metrics.horizontalAdvance(text) for text in ["−1000", *texts]), default=0.0)
        step = 8.0 * self._scale
        room = -(-(widest + (GAP + THICKNESS + OFFSET) * self._scale) // step) * step
        if room > self._room:
            self._room = room
            self.setMinimumWidth(room)
            self.setMaximumWidth(room)

    @guarded(QSizeF())
    def sizeHint(self, which: Qt.SizeHint, *_: object) -> QSizeF:
        """Return the size the layout should give it."""
        tall = which == Qt.SizeHint.MaximumSize
        return QSizeF(self._room, 1e6 if tall else 50.0 * self._scale)

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw the bar, and its ticks where they do not touch each other."""
        if self._heat is None:
            return
        scale = self._scale
        bar = QRectF(GAP * scale, 0.5, THICKNESS * scale, self.size().height() - 1)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(bar, color_image(self._heat.colors[:, None], upward=True))
        painter.setPen(QPen(QColor(self._theme.line), max(1.0, scale)))
        painter.drawRect(bar)
        painter.setFont(text_font(scale))
        line = painter.fontMetrics().height()
        last = bar.bottom() + line
        for shade, text in sorted(self._heat.ticks):
            middle = bar.bottom() - shade * bar.height()
            center = min(max(middle, bar.top() + line / 2), bar.bottom() - line / 2)
            if last - center < line:
                continue
            last = center
            painter.setPen(QPen(QColor(self._theme.muted), max(1.0, scale)))
            painter.drawLine(QPointF(bar.right(), middle), QPointF(bar.right() + 3 * scale, middle))
            frame = QRectF(bar.right() + OFFSET * scale, center - line / 2, self._room, line)
            painter.drawText(frame, Qt.AlignmentFlag.AlignVCenter, text)
