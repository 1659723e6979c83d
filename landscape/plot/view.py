"""What every view of a scene can do, the map from above and whatever else shows the surface: the SceneView protocol.

Positions are those of the graphics scene that the view's item is in, in logical pixels, y downwards; points are those
of the surface.
"""

from typing import Protocol, TypeAlias

from PySide6.QtCore import QPointF, Qt, SignalInstance

from landscape.scene.layers import Range
from landscape.scene.palette import Theme
from landscape.scene.scene import Marker, Scene

Place: TypeAlias = tuple[float, float]
"""A point of the surface."""


class SceneView(Protocol):
    """Shows a scene at a step; tells what a person does to it and changes nothing by itself but the view."""

    @property
    def view_changed(self) -> SignalInstance:
        """The person looks at another part: ``((x0, x1), (y0, y1))``."""

    @property
    def resized(self) -> SignalInstance:
        """The number of pixels changed: see :meth:`pixels`."""

    @property
    def pin_moved(self) -> SignalInstance:
        """Index in ``scene.pins``, x, y and the keyboard modifiers."""

    @property
    def pin_released(self) -> SignalInstance:
        """The gesture that moved a pin has ended."""

    @property
    def stage_clicked(self) -> SignalInstance:
        """X and y of a click beside all pins."""

    @property
    def stage_double_clicked(self) -> SignalInstance:
        """X and y of a double click beside all pins."""

    @property
    def hovered(self) -> SignalInstance:
        """The point under the pointer, or None."""

    @property
    def holds(self) -> bool:
        """Whether the mouse holds a pin or a handle."""

    def show(self, scene: Scene) -> None:
        """Show another scene; what did not change is not drawn anew."""

    def set_step(self, step: float) -> None:
        """Move the play head; steps between two whole ones are fine."""

    def show_coming(self, shown: bool) -> None:
        """Show the part of each path that is still to come, or not."""

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        """Use other colours, and text, lines and signs ``scale`` times as large."""

    def view(self) -> tuple[Range, Range]:
        """Return the part of the plane that is in view."""

    def set_view(self, x: Range, y: Range) -> None:
        """Show another part of the plane, exactly this."""

    def pixels(self) -> tuple[int, int]:
        """Return width and height of what shows the surface, in logical pixels."""

    def point_at(self, position: QPointF) -> Place | None:
        """Return the surface point that is seen at a position; None where none is."""

    def pixel_of(self, point: Place) -> QPointF:
        """Return the position at which a surface point is seen, or would be seen beyond the edge."""

    def marker_at(self, point: Place) -> Marker | None:
        """Return the marker that a person who points at a surface point means; None where there is none."""

    def ring(self, places: list[tuple[Place, bool]]) -> None:
        """Put rings around surface points; True: around one that is chosen."""

    def focus_pin(self, way: int) -> bool:
        """Give the keyboard to the next pin (1) or the one before (-1); tell whether there was one."""

    def drag_held(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        """Have the pin that the mouse holds at a position; tell whether it holds one."""
