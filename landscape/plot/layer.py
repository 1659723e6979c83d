"""What is drawn over the paths of the map, for a part of the plane that is in view."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsItem

from landscape.plot.pane import Pane
from landscape.plot.projection import Plane, Projection
from landscape.scene.layers import Range
from landscape.scene.palette import Theme


class Layer(Pane):
    """Lies at a height over the map, and takes no clicks."""

    def __init__(self, parent: QGraphicsItem | None, theme: Theme, scale: float, height: float) -> None:
        super().__init__(parent)
        self.setZValue(height)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._theme, self._scale = theme, scale
        self._view: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        raise NotImplementedError

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Use other colours and another size."""
        self._theme, self._scale = theme, scale
        self.update()

    def set_view(self, x: Range, y: Range) -> None:
        """Show another part of the plane."""
        if (x, y) != self._view:
            self._view = (x, y)
            if not self.empty:
                self.update()

    def _projection(self, width: int, height: int, unit: float) -> Projection:
        """Return the view seen in so many pixels."""
        x, y = self._view
        return Projection(x=x, y=y, width=max(1, width), height=max(1, height), unit=unit)

    def _plane(self, width: int, height: int, unit: float) -> Plane:
        """Return where surface points are seen, in so many pixels."""
        return self._projection(width, height, unit)
