"""The tool that paints hills and valleys with the mouse on the map."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from landscape.plot.overrides import guarded
from landscape.session.descent.painting import paint
from landscape.session.session import Point
from landscape.ui.context import Context
from landscape.ui.descent.stage import Stage

APART = 0.8
"""Radii between one hill of a stroke and the next."""


class Painter(QObject):
    """Takes the mouse of the map while it is on: left paints a hill, right or Shift a valley; a stroke is one step."""

    failed = Signal(object)
    """What is wrong with what was painted, or None."""

    def __init__(self, stage: Stage, context: Context, brush: Callable[[], tuple[float, float]]) -> None:
        super().__init__(stage)
        self._stage, self._context, self._brush = stage, context, brush
        self._last: Point | None = None
        self._down = 1.0
        self._on = False

    @property
    def on(self) -> bool:
        """Whether the mouse paints."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Paint with the mouse, or leave it to the map."""
        if on == self._on:
            return
        self._on = on
        view = self._stage.map_view.viewport()
        if on:
            view.installEventFilter(self)
            view.setCursor(Qt.CursorShape.CrossCursor)
        else:
            view.removeEventFilter(self)
            view.unsetCursor()

    @guarded(False)
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Paint with what the mouse does; the wheel and the keys stay those of the map."""
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick:
                return self._begin(event)
            case QEvent.Type.MouseMove if self._last is not None:
                self._go_on(event.position())
                return True
            case QEvent.Type.MouseButtonRelease if self._last is not None:
                self._last = None
                self._context.end_gesture()
                return True
        return False

    def _begin(self, event: QMouseEvent) -> bool:
        point = self._point(event.position())
        if point is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return False
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._down = -1.0 if shifted or event.button() == Qt.MouseButton.RightButton else 1.0
        self._dab(point)
        return True

    def _go_on(self, position: QPointF) -> None:
        """Paint the next hill where the mouse is far enough from the last one."""
        point = self._point(position)
        if point is not None and self._last is not None:
            radius, _ = self._brush()
            if math.dist(point, self._last) >= APART * radius:
                self._dab(point)

    def _dab(self, point: Point) -> None:
        radius, height = self._brush()
        self._last = point
        self.failed.emit(self._context.edit(paint, point, radius, self._down * height, gesture="painting"))

    def _point(self, position: QPointF) -> Point | None:
        return self._stage.map.point_at(self._stage.map_view.mapToScene(position.toPoint()))
