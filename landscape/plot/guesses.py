"""Markers of predicted places over the map, numbered, each with a line to where the run really was."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject

from landscape.plot.overrides import guarded
from landscape.plot.theme import text_font
from landscape.scene.palette import Theme

RADIUS = 9.0
Place = tuple[float, float]


class GuessLayer(QGraphicsObject):
    """Shows guesses, one of which may be chosen, and the truth once it is told.

    Args:
        parent: The box of the map.
        theme: Colours.
        scale: Factor of lines and text.
        position: Where a surface point is on the box.
    """

    def __init__(self, parent: QGraphicsItem, theme: Theme, scale: float, position: Callable[[Place], QPointF]) -> None:
        super().__init__(parent)
        self.setZValue(45)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._theme, self._scale, self._position = theme, scale, position
        self._guesses: tuple[Place, ...] = ()
        self._chosen: int | None = None
        self._truth: Place | None = None
        self._numbered = False
        self._off: tuple[Place, ...] = ()
        """Which have a line to the truth."""

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Use other colours and another size."""
        self._theme, self._scale = theme, scale
        self.place()

    def show_guesses(
        self, guesses: tuple[Place, ...], chosen: int | None, truth: Place | None, *, numbered: bool = False
    ) -> None:
        """Show guesses, of several each with its number.

        Args:
            guesses: Where they are.
            chosen: Which one is a person's own.
            truth: Where the run really was, once that is told.
            numbered: They are places to choose from: each has a number, and only the one that was chosen is off.
        """
        self._guesses, self._chosen, self._truth = guesses, chosen, truth
        self._numbered = numbered or len(guesses) > 1
        self._off = guesses if not numbered else () if chosen is None else guesses[chosen : chosen + 1]
        self.place()

    def place(self) -> None:
        """Follow the view."""
        self.prepareGeometryChange()
        self.update()

    @guarded(QRectF())
    def boundingRect(self) -> QRectF:
        """Return the rectangle around all that is drawn."""
        area, reach = QRectF(), 2 * RADIUS * self._scale
        for point in (*self._guesses, *((self._truth,) if self._truth else ())):
            at = self._position(point)
            area = area.united(QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach))
        return area

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint the lines, the markers with their numbers, and a cross in a ring where the run really was."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.parentItem().boundingRect())
        if self._truth is not None:
            for guess in self._off:
                self._line(painter, self._position(guess), self._position(self._truth))
        for index, guess in enumerate(self._guesses):
            self._marker(painter, self._position(guess), index)
        if self._truth is not None:
            self._target(painter, self._position(self._truth))

    def _line(self, painter: QPainter, begin: QPointF, end: QPointF) -> None:
        for color, width in ((self._theme.halo, 4.0), (self._theme.stage_text, 1.8)):
            painter.setPen(QPen(QColor(color), width * self._scale, Qt.PenStyle.DashLine))
            painter.drawLine(begin, end)

    def _marker(self, painter: QPainter, at: QPointF, index: int) -> None:
        radius, chosen = RADIUS * self._scale, index == self._chosen
        painter.setPen(QPen(QColor(self._theme.halo), 2.4 * self._scale))
        painter.setBrush(QColor(self._theme.accent if chosen else self._theme.stage_text))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(QColor(self._theme.on_accent if chosen else self._theme.halo))
        font = text_font(1.1 * self._scale)
        font.setBold(True)
        painter.setFont(font)
        text = str(index + 1) if self._numbered else "?"
        box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _target(self, painter: QPainter, at: QPointF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius, arm = RADIUS * self._scale, 0.45 * RADIUS * self._scale
        for color, width in ((self._theme.halo, 5.0), (self._theme.stage_text, 2.4)):
            painter.setPen(QPen(QColor(color), width * self._scale))
            painter.drawEllipse(at, radius, radius)
            painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
            painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))
