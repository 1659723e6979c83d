"""What the mouse does to the relief: a drag turns it, Shift or the middle button moves it, the wheel zooms."""

from dataclasses import replace

import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import HoverEvent, MouseClickEvent, MouseDragEvent
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from landscape.plot.overrides import guarded
from landscape.scene.layers import Range
from landscape.session.camera import Camera

TURN = 0.4
"""Degrees that a pixel of a drag turns the surface."""
ZOOM = 1.15
"""Times larger with a notch of the wheel."""
NOTCH = 120.0
ELEVATIONS, ZOOMS, PANS = (5.0, 90.0), (0.2, 40.0), (-20.0, 20.0)


def turned(camera: Camera, across: float, down: float) -> Camera:
    """Return the camera after a drag over so many logical pixels."""
    low, high = ELEVATIONS
    return replace(spun(camera, -TURN * across), elevation=min(max(camera.elevation + TURN * down, low), high))


def spun(camera: Camera, degrees: float) -> Camera:
    """Return the camera turned about the vertical."""
    return replace(camera, azimuth=(camera.azimuth + degrees + 180.0) % 360.0 - 180.0)


def moved(camera: Camera, across: float, up: float) -> Camera:
    """Return the camera with the picture moved by these parts of its width and height."""
    low, high = PANS
    return replace(camera, across=min(max(camera.across + across, low), high), up=min(max(camera.up + up, low), high))


def zoomed(camera: Camera, factor: float, at: tuple[float, float]) -> Camera:
    """Return the camera so much nearer that what is at a place of the picture stays there.

    The place is in parts of the width to the right of the middle, and of the height above it.
    """
    low, high = ZOOMS
    zoom = min(max(camera.zoom * factor, low), high)
    grown = zoom / camera.zoom
    shift = [place - (place - old) * grown - old for place, old in zip(at, (camera.across, camera.up), strict=True)]
    return moved(replace(camera, zoom=zoom), *shift)


def between(begin: Camera, end: Camera, part: float) -> Camera:
    """Return the camera a part of the way from one to another, the shorter way around."""
    way = (end.azimuth - begin.azimuth + 180.0) % 360.0 - 180.0
    if part >= 1.0:
        return end
    zoom = begin.zoom * (end.zoom / begin.zoom) ** part
    mixed = {
        name: getattr(begin, name) + part * (getattr(end, name) - getattr(begin, name))
        for name in ("elevation", "across", "up", "height")
    }
    return spun(Camera(azimuth=begin.azimuth, zoom=zoom, **mixed), part * way)


def on_axis(point: tuple[float, float], origin: tuple[float, float], view: tuple[Range, Range]) -> tuple[float, float]:
    """Return a point on the nearer of the two axes of the surface through ``origin``."""
    (x0, x1), (y0, y1) = view
    along = abs(point[0] - origin[0]) / (x1 - x0) >= abs(point[1] - origin[1]) / (y1 - y0)
    return (point[0], origin[1]) if along else (origin[0], point[1])


class ReliefBox(pg.ViewBox):
    """Where the left button turns, Shift or the middle button moves, and the wheel zooms."""

    dragged = Signal(object, object, bool)
    """How far in logical pixels, what it does, and whether it has ended."""
    turned_wheel = Signal(float, QPointF)
    double_clicked = Signal()
    clicked = Signal(QPointF)
    hovered = Signal(object)

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.disableAutoRange()
        self.setDefaultPadding(0.0)

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        """Tell of a click, or a second one."""
        if event.button() == Qt.MouseButton.LeftButton and event.double():
            event.accept()
            self.double_clicked.emit()
        elif event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(event.pos())

    def mouseDragEvent(self, event: MouseDragEvent, axis: int | None = None) -> None:  # noqa: ARG002
        """Tell how far the mouse was dragged."""
        if event.button() == Qt.MouseButton.RightButton:
            event.ignore()
            return
        event.accept()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        moves = shift or event.button() == Qt.MouseButton.MiddleButton
        self.dragged.emit(event.pos() - event.lastPos(), moves, event.isFinish())

    @guarded(None)
    def wheelEvent(self, event: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:  # noqa: ARG002
        """Tell how much nearer the person wants to be, and where."""
        event.accept()
        self.turned_wheel.emit(ZOOM ** (event.delta() / NOTCH), event.pos())

    def hoverEvent(self, event: HoverEvent) -> None:
        """Tell where the pointer is."""
        self.hovered.emit(None if event.isExit() else event.pos())
