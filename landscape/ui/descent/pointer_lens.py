"""The lens at the pointer: in the window alone, for a picture has no pointer."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from landscape.plot.map import MapPlot
from landscape.scene.descent.lens import lens_at
from landscape.session.session import Point, Session


class PointerLens(QObject):
    """Shows how the surface curves below the pointer, where the session has the lens on."""

    def __init__(self, plot: MapPlot, session: Callable[[], Session]) -> None:
        super().__init__(plot)
        self._plot, self._session = plot, session
        self._point: Point | None = None
        plot.hovered.connect(self._follow)

    def display(self) -> None:
        """Follow the session to another surface, or go with the lens."""
        self._follow(self._point)

    def _follow(self, point: Point | None) -> None:
        self._point = point
        session = self._session()
        shown = None if point is None or not session.lens else lens_at(session.surface, point)
        self._plot.lens.set_pointer(shown)
