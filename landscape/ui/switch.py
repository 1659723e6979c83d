"""A switch: on or off, with its name beside it."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox

from landscape.plot.overrides import guarded
from landscape.ui.context import Context
from landscape.ui.sizes import scaled
from landscape.ui.words import write

WIDTH, HEIGHT = 30.0, 16.0


class Switch(QCheckBox):
    """A check box that looks like a switch."""

    def __init__(self, text: str, context: Context) -> None:
        super().__init__()
        self._context = context
        write(self, text=text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return room for the switch and its name."""
        return QSize(scaled(WIDTH + 14) + self.fontMetrics().horizontalAdvance(self.text()), scaled(24))

    @guarded(False)
    def hitButton(self, position: QPoint) -> bool:
        """Take clicks anywhere."""
        return self.rect().contains(position)

    @guarded(None)
    def enterEvent(self, event: QEvent) -> None:
        """Show that it can be taken."""
        super().enterEvent(event)  # type: ignore[arg-type]
        self.update()

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track, the knob and the name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle, width, height = self._context.theme, self.height() / 2, scaled(WIDTH), scaled(HEIGHT)
        track = QRectF(1, middle - height / 2, width, height)
        painter.setPen(QColor(theme.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent if self.isChecked() and self.isEnabled() else theme.line))
        painter.drawRoundedRect(track, height / 2, height / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.on_accent if self.isChecked() else theme.muted))
        at = track.right() - height / 2 if self.isChecked() else track.left() + height / 2
        painter.drawEllipse(QPointF(at, middle), 0.31 * height, 0.31 * height)
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.muted))
        text = QRectF(track.right() + 8, 0, self.width() - track.right() - 8, self.height())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
