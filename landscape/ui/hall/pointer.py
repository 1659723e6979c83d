"""The pointer on the projector: a disc around it that is seen from the last row, and nothing while it rests."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QGuiApplication, QPainter, QPen, QPixmap, QPolygonF

SIDE, RADIUS = 96, 40.0
LOOK = 50
"""Milliseconds between two looks at where the pointer is."""
REST = 4.0
"""Seconds after which a pointer that does not move is hidden."""
ARROW = ((0, 0), (0, 23), (5.5, 17.8), (9.3, 26), (13, 24.3), (9.3, 16.4), (16.5, 16.4))


class Pointer(QObject):
    """Gives the pointer its disc while it is in a place, and hides it while it rests there.

    Args:
        parent: What it ends with.
        inside: Tells whether a point of the screen is in the place.
    """

    def __init__(self, parent: QObject, inside: Callable[[QPoint], bool]) -> None:
        super().__init__(parent)
        self._inside = inside
        self._lit = False
        self._hidden = False
        self._at, self._since = QPoint(), 0.0
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self.look)

    @property
    def lit(self) -> bool:
        """Whether the pointer has its disc."""
        return self._lit and not self._hidden

    def start(self) -> None:
        """Look from now on."""
        self._at, self._since = QPoint(), time.monotonic()
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Leave the pointer as it was."""
        self._timer.stop()
        self._set(lit=False, hidden=False)

    def look(self) -> None:
        """Look where the pointer is."""
        at = QCursor.pos()
        if at != self._at:
            self._at, self._since = at, time.monotonic()
        inside = self._inside(at)
        self._set(lit=inside, hidden=inside and time.monotonic() - self._since > REST)

    def _set(self, *, lit: bool, hidden: bool) -> None:
        if (lit, hidden) == (self._lit, self._hidden):
            return
        if self._lit:
            QGuiApplication.restoreOverrideCursor()
        self._lit, self._hidden = lit, hidden
        if lit:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor if hidden else _disc())


def _disc() -> QCursor:
    """Return an arrow in the middle of a disc."""
    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio()
    picture = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(SIDE / 2, SIDE / 2)
    painter.setPen(QPen(QColor(40, 30, 0, 130), 2))
    painter.setBrush(QColor(255, 209, 64, 115))
    painter.drawEllipse(middle, RADIUS, RADIUS)
    painter.translate(middle)
    painter.setPen(QPen(QColor("black"), 1.6))
    painter.setBrush(QColor("white"))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in ARROW]))
    painter.end()
    return QCursor(picture, SIDE // 2, SIDE // 2)
