"""What links the critical points on the map with the list of them."""

from PySide6.QtCore import QObject, QVariantAnimation, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QToolTip

from landscape.scene.layers import Range
from landscape.scene.scene import Marker, Scene
from landscape.ui.descent.stage import Stage

CLOSE = 0.25
"""Part of the domain that is in view after a flight to a point."""
FLIGHT = 350
"""Milliseconds of a flight."""


class CriticalLink(QObject):
    """Links the markers on the map with the list of them: hover, choice and flight."""

    hovered = Signal(object)
    """The marker under the pointer on the map, or None."""
    chosen = Signal(object)
    """The marker that was clicked on the map, or None."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        self._scene: Scene | None = None
        self._hovered: Marker | None = None
        self._chosen: Marker | None = None
        self._flight = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=FLIGHT)
        self._flight.valueChanged.connect(self._fly)
        self._path: tuple[tuple[Range, Range], tuple[Range, Range]] | None = None
        stage.hovered.connect(self._hover)
        stage.clicked.connect(self._click)

    def display(self, scene: Scene) -> None:
        """Follow another scene; what was pointed at or chosen stays while it is there."""
        before, self._scene = self._scene, scene
        if before is not None and before.critical is not scene.critical:
            there = set(_places(scene))
            self._hovered = self._hovered if self._hovered and _place(self._hovered) in there else None
            self._chosen = self._chosen if self._chosen and _place(self._chosen) in there else None
            self._ring()

    def point_at(self, marker: Marker | None) -> None:
        """Show on the map which marker the list points at."""
        if marker != self._hovered:
            self._hovered = marker
            self._ring()

    def choose(self, marker: Marker | None) -> None:
        """Show on the map which marker is chosen in the list."""
        if marker != self._chosen:
            self._chosen = marker
            self._ring()

    def fly_to(self, marker: Marker, domain: tuple[Range, Range]) -> None:
        """Look at the surroundings of ``marker``; as close as now, if that is closer."""
        now = self._stage.view()
        aims = []
        for middle, (low, high), (least, most) in zip(marker.point, (now.x, now.y), domain, strict=True):
            half = min(high - low, CLOSE * (most - least)) / 2
            aims.append((middle - half, middle + half))
        self._path = (now.x, now.y), _same_units(aims[0], aims[1], (now.x, now.y))
        self._flight.stop()
        self._flight.start()

    def _fly(self, part: float) -> None:
        if self._path is None:
            return
        eased = part * part * (3 - 2 * part)
        begin, end = self._path
        x, y = ((a0 + (b0 - a0) * eased, a1 + (b1 - a1) * eased) for (a0, a1), (b0, b1) in zip(begin, end, strict=True))
        self._stage.look(x, y)

    def _hover(self, point: tuple[float, float] | None) -> None:
        marker = None if point is None else self._stage.marker_at(point)
        if marker == self._hovered:
            return
        self._hovered = marker
        if marker is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(QCursor.pos(), marker.label, self._stage)
        self._ring()
        self.hovered.emit(marker)

    def _click(self, x: float, y: float) -> None:
        self._chosen = self._stage.marker_at((x, y))
        self._ring()
        self.chosen.emit(self._chosen)

    def _ring(self) -> None:
        chosen, hovered = self._chosen, self._hovered
        places = [(chosen.point, True)] if chosen else []
        if hovered and hovered != chosen:
            places.append((hovered.point, False))
        self._stage.ring(places)


def _place(marker: Marker) -> tuple[str, tuple[float, float]]:
    return marker.kind, marker.point


def _places(scene: Scene) -> list[tuple[str, tuple[float, float]]]:
    return [_place(marker) for marker in (scene.critical.markers if scene.critical else ())]


def _same_units(x: Range, y: Range, now: tuple[Range, Range]) -> tuple[Range, Range]:
    """Return ranges around ``x`` and ``y`` in which a unit of x is to one of y as it is now."""
    (x0, x1), (y0, y1) = now
    ratio = (x1 - x0) / (y1 - y0)
    wide, tall = x[1] - x[0], y[1] - y[0]
    wide, tall = max(wide, tall * ratio), max(tall, wide / ratio)
    middle_x, middle_y = sum(x) / 2, sum(y) / 2
    return (middle_x - wide / 2, middle_x + wide / 2), (middle_y - tall / 2, middle_y + tall / 2)
