"""The edges between panels and stage: dragged, they widen the panels; clicked, they hide them; both is remembered."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QSettings, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from landscape.plot.overrides import guarded
from landscape.ui.commands import Command
from landscape.ui.context import Context
from landscape.ui.layouts import Side, row
from landscape.ui.settings import remembered
from landscape.ui.sizes import painter_of, scaled, sized, unit
from landscape.ui.words import write

THICK = 7
WIDEST = 0.4
"""Part of the window that the panels of one side take at most."""
LEAST_STAGE = 0.42
"""Part of the workspace that the stage has, else panels are hidden: at the right first."""
CLICK = 3
"""Pixels within which a press and a release are a click."""


class Edge(QWidget):
    """The edge of the panels of one side.

    Args:
        sides: The panels at the left and at the right.
        name: ``"left"`` or ``"right"``: where they are, and the name under which all workspaces remember them.
        settings: Where that is remembered.
        context: How it speaks and looks.
    """

    def __init__(self, sides: tuple[Side, Side], name: str, settings: QSettings, context: Context) -> None:
        super().__init__()
        self._sides, self._side = sides, sides[0 if name == "left" else 1]
        self._name, self._settings, self._context = name, settings, context
        self._pressed: tuple[float, int] | None = None
        self._hovered = self._dragged = False
        sized(self, width=THICK)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        write(self, tip=context.say("Drag: wider panels. Click: hide or show them (Ctrl+B)."))

    @property
    def folded(self) -> bool:
        """Whether the panels are hidden."""
        return self._side.away

    def fold(self, folded: bool) -> None:
        """Hide the panels, or show them."""
        self._side.fold(folded, wanted=not folded)
        self._settings.setValue(f"{self._name} hidden", str(folded))
        self.update()

    def widen(self, width: int) -> None:
        """Have the panels as wide as told, at usual scale, as far as they and the window allow."""
        self._settings.setValue(f"{self._name} width", str(width))
        self._fit()

    def follow(self) -> None:
        """Take over what is remembered: another workspace may have changed it."""
        self._fit()
        self._side.fold(remembered(self._settings, f"{self._name} hidden", "False") == "True")

    def _fit(self) -> None:
        wanted = remembered(self._settings, f"{self._name} width", "")
        view, least = self.parentWidget(), self._side.least
        most = round(view.width() * WIDEST / unit()) if view is not None else least
        sized(self._side, width=max(min(int(wanted) if wanted.isdecimal() else least, most), least))

    def look_changed(self) -> None:
        """Leave the stage its part at another scale."""
        self._fit()
        self._room()

    def _room(self) -> None:
        view = self.parentWidget()
        if view is not None:
            make_room(self._sides, view.width())
        self.update()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the window that is another size, and take over what is remembered when the workspace is shown."""
        if event.type() == QEvent.Type.Show:
            self.follow()
        elif event.type() == QEvent.Type.Resize:
            self._fit()
            self._room()
        return super().eventFilter(watched, event)

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Watch the workspace that it stands in."""
        view = self.parentWidget()
        if event.type() == QEvent.Type.ParentChange and view is not None:
            view.installEventFilter(self)
        return super().event(event)

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the edge."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = (event.globalPosition().x(), self._side.width()), False

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self._pressed is None:
            return
        start, width = self._pressed
        way = (event.globalPosition().x() - start) * (1 if self._name == "left" else -1)
        if abs(way) > CLICK or self._dragged:
            self._dragged = True
            if not self.folded:
                self.widen(round((width + way) / unit()))

    @guarded(None)
    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Hide the panels or show them, where the edge was only clicked."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and not self._dragged:
            self.fold(not self.folded)

    @guarded(None)
    def enterEvent(self, _event: QEvent) -> None:
        """Show that it can be taken."""
        self._hovered = True
        self.update()

    @guarded(None)
    def leaveEvent(self, _event: QEvent) -> None:
        """Be quiet again."""
        self._hovered = False
        self.update()

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a grip in the middle, or an arrow that leads the panels back."""
        painter, area = painter_of(self)
        theme = self._context.theme
        ink = QColor(theme.accent if self._hovered else theme.muted if self.folded else theme.line)
        middle = area.center()
        painter.setPen(QPen(ink, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        if self.folded:
            way = 2.0 if self._name == "left" else -2.0
            tip = [QPointF(-way, -5.0), QPointF(way, 0.0), QPointF(-way, 5.0)]
            painter.drawPolyline(QPolygonF([middle + point for point in tip]))
        else:
            painter.drawLine(middle - QPointF(0.0, 12.0), middle + QPointF(0.0, 12.0))


def make_room(sides: tuple[Side, Side], width: int) -> None:
    """Hide the panels at the right of a stage, and if need be at the left, where too little is left of a width."""
    left, right = sides
    free = width - scaled(left.least)
    right.make_room("stage", free - scaled(right.least) < LEAST_STAGE * width)
    left.make_room("stage", free < LEAST_STAGE * width)


def beside_stage(
    left: Side, stage: QWidget | QLayout, right: Side, settings: QSettings, context: Context
) -> QHBoxLayout:
    """Return the panels with the stage between them, and an edge on both sides of it."""
    edges = [Edge((left, right), name, settings, context) for name in ("left", "right")]
    middle = row(left, edges[0], stage, edges[1], right, spacing=0)
    middle.setStretch(2, 1)
    return middle


def panels_command(view: Callable[[], QWidget]) -> Command:
    """Return what hides the panels on both sides of the workspace in front, or shows them."""

    def shown() -> bool:
        return any(not edge.folded for edge in view().findChildren(Edge))

    def toggle() -> None:
        folded = shown()
        for edge in view().findChildren(Edge):
            edge.fold(folded)

    return Command(run=toggle, checked=shown)
