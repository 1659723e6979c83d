"""The tool that paints hills and valleys with the mouse, on the map and on the relief."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from landscape.plot.overrides import guarded
from landscape.plot.view import SceneView
from landscape.session.descent.painting import paint
from landscape.session.session import Point
from landscape.ui.canvas import Canvas
from landscape.ui.context import Context
from landscape.ui.descent.stage import Stage

APART = 0.8
"""Radii between one hill of a stroke and the next."""


class Painter(QObject):
    """Takes the mouse of map and relief while it is on: left paints a hill, right or Shift a valley.

    A stroke is one step of undo. Beside the surface the mouse turns the relief as ever.
    """

    failed = Signal(object)
    """What is wrong with what was painted, or None."""

    def __init__(self, stage: Stage, context: Context, brush: Callable[[], tuple[float, float]]) -> None:
        super().__init__(stage)
        self._stage, self._context, self._brush = stage, context, brush
        self._last: Point | None = None
        self._down = 1.0
        self._on = False
        stage.relief_built.connect(self._take_relief)

    @property
    def on(self) -> bool:
        """Whether the mouse paints."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Paint with the mouse, or leave it to the map."""
        if on == self._on:
            return
        self._on = on
        for canvas, _ in self._views():
            self._take(canvas)

    def _views(self) -> list[tuple[Canvas, SceneView]]:
        """Return what is painted on, and what tells the point under the mouse."""
        stage = self._stage
        relief = [] if stage.relief is None or stage.relief_view is None else [(stage.relief_view, stage.relief)]
        return [(stage.map_view, stage.map), *relief]

    def _take(self, canvas: Canvas) -> None:
        """Take the mouse of a view, or leave it to the view."""
        if self._on:
            canvas.viewport().installEventFilter(self)
            canvas.viewport().setCursor(Qt.CursorShape.CrossCursor)
        else:
            canvas.viewport().removeEventFilter(self)
            canvas.viewport().unsetCursor()

    def _take_relief(self) -> None:
        if self._on and self._stage.relief_view is not None:
            self._take(self._stage.relief_view)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paint with what the mouse does; the wheel and the keys stay those of the map."""
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick:
                return self._begin(watched, event)
            case QEvent.Type.MouseMove if self._last is not None:
                self._go_on(watched, event.position())
                return True
            case QEvent.Type.MouseButtonRelease if self._last is not None:
                self._last = None
                self._context.end_gesture()
                return True
        return False

    def _begin(self, watched: QObject, event: QMouseEvent) -> bool:
        point = self._point(watched, event.position())
        if point is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return False
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._down = -1.0 if shifted or event.button() == Qt.MouseButton.RightButton else 1.0
        self._dab(point)
        return True

    def _go_on(self, watched: QObject, position: QPointF) -> None:
        """Paint the next hill where the mouse is far enough from the last one."""
        point = self._point(watched, position)
        if point is not None and self._last is not None:
            radius, _ = self._brush()
            if math.dist(point, self._last) >= APART * radius:
                self._dab(point)

    def _dab(self, point: Point) -> None:
        radius, height = self._brush()
        self._last = point
        self.failed.emit(self._context.edit(paint, point, radius, self._down * height, gesture="painting"))

    def _point(self, watched: QObject, position: QPointF) -> Point | None:
        for canvas, view in self._views():
            if canvas.viewport() is watched:
                return view.point_at(canvas.mapToScene(position.toPoint()))
        return None
