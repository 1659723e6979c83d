"""What can be taken and dragged on the map."""

import math
from dataclasses import dataclass

from pyqtgraph.GraphicsScene.mouseEvents import HoverEvent, MouseClickEvent, MouseDragEvent
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject

from landscape.plot.overrides import guarded
from landscape.plot.projection import device_frame
from landscape.plot.stamps import draw_stamp
from landscape.scene.palette import Theme

REACH = 15.0
"""Radius in which a handle is hit, at any scale at least this many pixels."""
RING = 6.0
"""A handle of a smaller radius is a plain disc."""

_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class Handle(QGraphicsObject):
    """A round handle on a view box: a disc in a ring of one or more colours.

    It does not move by itself: it tells where the pointer wants it, and is put there by what it belongs to.
    """

    dragged = Signal(QPointF, object)
    """Wanted position in the parent's coordinates, and the keyboard modifiers."""
    released = Signal()

    def __init__(
        self, parent: QGraphicsItem, theme: Theme, *, scale: float = 1.0, radius: float = 8.0, snaps: bool = True
    ) -> None:
        super().__init__(parent)
        self.colors: tuple[str, ...] = ()
        self._theme, self._scale, self._radius = theme, scale, radius
        self._snaps = snaps
        """With Shift it goes along the axes of the picture."""
        self._hot = False
        self._grip: QPointF | None = None
        self._origin = QPointF()
        self.setZValue(20)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    @property
    def held(self) -> bool:
        """Whether it is being dragged."""
        return self._grip is not None

    def take_keyboard(self) -> None:
        """Let the arrow keys move the handle, until the focus goes elsewhere; a click alone does not do that."""
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsFocusable)
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self.update()

    def set_look(self, theme: Theme, scale: float, colors: tuple[str, ...], label: str) -> None:
        """Use these colours and this scale; ``label`` is shown when the pointer rests on it."""
        if (theme, scale, colors, label) != (self._theme, self._scale, self.colors, self.toolTip()):
            self.prepareGeometryChange()
            self._theme, self._scale, self.colors = theme, scale, colors
            self.setToolTip(label)
            self.update()

    @guarded(QRectF())
    def boundingRect(self) -> QRectF:
        """Return the square around what is drawn and what is hit."""
        reach = max(REACH, (self._radius + 6) * self._scale)
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    @guarded(QPainterPath())
    def shape(self) -> QPainterPath:
        """Return the disc in which the handle is hit."""
        path = QPainterPath()
        path.addEllipse(self.boundingRect())
        return path

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw a glow when the pointer is on it, the ring in its colours, and the disc."""
        box = self.boundingRect()
        frame = device_frame(painter, box)
        center = painter.deviceTransform().map(QPointF())
        look = Look(
            theme=self._theme,
            unit=frame.ratio * self._scale,
            radius=self._radius,
            colors=self.colors,
            hot=self._hot or self.held,
            focused=self.hasFocus(),
        )
        painter.save()
        painter.setWorldTransform(frame.world)
        position = center.x() - frame.left, center.y() - frame.top
        draw_stamp(painter, position, box.width() / 2 * frame.ratio, draw_handle, look)
        painter.restore()

    def hoverEvent(self, event: HoverEvent) -> None:
        """Claim the left button while the pointer is on it (called by pyqtgraph's scene)."""
        self._hot = not event.isExit() and event.acceptDrags(Qt.MouseButton.LeftButton)
        if not event.isExit():
            event.acceptClicks(Qt.MouseButton.LeftButton)
        self.update()

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        """Take clicks, so that what lies below does not get them."""
        if event.button() == Qt.MouseButton.LeftButton:
            event.accept()

    def mouseDragEvent(self, event: MouseDragEvent) -> None:
        """Follow the pointer, keeping the distance at which it took the handle."""
        if event.button() != Qt.MouseButton.LeftButton or (self._grip is None and not event.isStart()):
            event.ignore()
            return
        event.accept()
        if event.isStart():
            self._grip = self.pos() - self.mapToParent(event.buttonDownPos())
            self._origin = self.pos()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.follow(event.scenePos(), event.modifiers())
        if event.isFinish():
            self._grip = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.update()
            self.released.emit()

    def follow(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Tell where a pointer at a position of the graphics scene wants it."""
        wanted = self.parentItem().mapFromScene(position) + (self._grip or QPointF())
        self.dragged.emit(self._snapped(wanted, modifiers), modifiers)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go one pixel in the direction of an arrow key, with Shift ten."""
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is None:
            event.ignore()
            return
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        event.accept()
        self.dragged.emit(self.pos() + way * (10 if shift else 1), event.modifiers())

    @guarded(None)
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the gesture that holding an arrow key is."""
        if not event.isAutoRepeat() and Qt.Key(event.key()) in _ARROWS:
            self.released.emit()

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard back."""
        super().focusOutEvent(event)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsFocusable, False)
        self.update()

    def _snapped(self, wanted: QPointF, modifiers: Qt.KeyboardModifier) -> QPointF:
        """Return ``wanted``, with Shift on the nearer of the two axes through where the drag began."""
        if not (self._snaps and modifiers & Qt.KeyboardModifier.ShiftModifier):
            return wanted
        way = wanted - self._origin
        level = math.fabs(way.x()) >= math.fabs(way.y())
        return QPointF(wanted.x(), self._origin.y()) if level else QPointF(self._origin.x(), wanted.y())


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a handle looks like."""

    theme: Theme
    unit: float
    """Device pixels of one unit of line width."""
    radius: float
    colors: tuple[str, ...]
    hot: bool
    """The pointer is on it."""
    focused: bool
    """It has the keyboard."""


def draw_handle(painter: QPainter, look: Look) -> None:
    """Draw a handle around (0, 0), in device pixels."""
    theme, unit = look.theme, look.unit
    radius = (look.radius + (1.0 if look.hot else 0.0)) * unit
    painter.setPen(Qt.PenStyle.NoPen)
    if look.hot or look.focused:
        glow = QColor(theme.accent)
        glow.setAlphaF(0.9 if look.focused else 0.4)
        painter.setBrush(glow)
        painter.drawEllipse(QPointF(), radius + 5 * unit, radius + 5 * unit)
    if look.radius < RING:
        painter.setPen(QPen(QColor(theme.panel), 1.4 * unit))
        painter.setBrush(QColor(look.colors[0] if look.colors else theme.text))
        painter.drawEllipse(QPointF(), radius, radius)
        return
    painter.setBrush(QColor(theme.stage_text))
    painter.drawEllipse(QPointF(), radius + 1.2 * unit, radius + 1.2 * unit)
    painter.setBrush(QColor(theme.halo))
    painter.drawEllipse(QPointF(), radius, radius)
    _draw_ring(painter, radius - 2.2 * unit, look)


def _draw_ring(painter: QPainter, radius: float, look: Look) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    count = max(1, len(look.colors))
    frame = QRectF(-radius, -radius, 2 * radius, 2 * radius)
    for index, color in enumerate(look.colors):
        painter.setPen(QPen(QColor(color), 3.2 * look.unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        begin, end = (round(5760 * (part / count)) for part in (index, index + 1))
        painter.drawArc(frame, 1440 - end, end - begin)
