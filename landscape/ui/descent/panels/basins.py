"""Basins in words: what each colour stands for, and how much of the view it has."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.basins import draw_key
from landscape.plot.overrides import guarded
from landscape.scene.scene import BasinKey, Scene
from landscape.ui.context import Context
from landscape.ui.layouts import caption, column, heading
from landscape.ui.words import write

SIGN = 12
INDENT = 20


class BasinsPanel(QWidget):
    """Shows the key to the basins of a scene; hidden where there are none."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._title = heading("")
        self._title.setWordWrap(True)
        self._keys = _Keys(context)
        self._note = caption(wrap=True)
        self._legend = caption(context.say("The brighter, the fewer steps"), wrap=True)
        self.setLayout(column(self._title, self._keys, self._legend, self._note))
        self.hide()

    def display_scene(self, scene: Scene) -> None:
        """Show the basins of ``scene``."""
        basins = scene.basins
        self.setVisible(basins is not None)
        if basins is not None:
            self._title.setText(basins.title)
            self._keys.set_keys(basins.keys)
            self._legend.setVisible(bool(len(basins.hues)))
            self._note.setText(basins.note)
            self._note.setVisible(bool(basins.note))


class _Keys(QWidget):
    """A line for each colour, painted: the shares change with every frame while a rate is dragged."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._keys: tuple[BasinKey, ...] = ()
        write(self, name=context.say("Basins"))

    def set_keys(self, keys: tuple[BasinKey, ...]) -> None:
        """Show ``keys``."""
        if keys == self._keys:
            return
        if len(keys) != len(self._keys):
            self.setFixedHeight(len(keys) * self._line())
        self._keys = keys
        self.setAccessibleDescription("; ".join(f"{key.text}: {key.share}" for key in keys))
        self.update()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return room for every key."""
        return QSize(180, len(self._keys) * self._line())

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint sign, text and share of every key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, right = self._line(), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for index, key in enumerate(self._keys):
            top = index * line
            draw_key(painter, key, QRectF(0.5, top + (line - SIGN) / 2, SIGN, SIGN), self._context.theme)
            share = self.fontMetrics().horizontalAdvance(key.share) + 8
            room = self.width() - INDENT - share
            painter.setPen(QColor(self._context.theme.text))
            text = self.fontMetrics().elidedText(key.text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(INDENT, top, room, line), int(Qt.AlignmentFlag.AlignVCenter), text)
            painter.setPen(QColor(self._context.theme.muted))
            painter.drawText(QRectF(0, top, self.width(), line), right, key.share)

    def _line(self) -> int:
        return self.fontMetrics().height() + 6
