"""The lens at the pointer: in the window alone, for a picture has no pointer."""

from PySide6.QtCore import QObject

from landscape.scene.descent.lens import lens_at
from landscape.session.descent.document import Descent
from landscape.session.session import Point
from landscape.ui.descent.stage import Stage


class PointerLens(QObject):
    """Shows how the surface curves below the pointer, where the descent has the lens on."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        self._descent: Descent | None = None
        self._point: Point | None = None
        stage.hovered.connect(self._follow)

    def display(self, descent: Descent) -> None:
        """Follow the descent to another surface, or go with the lens."""
        self._descent = descent
        self._follow(self._point)

    def _follow(self, point: Point | None) -> None:
        self._point = point
        descent = self._descent
        seen = point is not None and descent is not None and descent.lens
        shown = lens_at(descent.surface, point) if seen and descent is not None and point is not None else None
        for view in (self._stage.map, self._stage.relief):
            if view is not None:
                view.lens.set_pointer(shown)
