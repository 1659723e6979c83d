"""What the map and the relief have in common: a box with axes and a bar of colours, rings, and pins to drag."""

from collections.abc import Iterable

import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor

from landscape.plot.axes import Axis
from landscape.plot.colorbar import ColorBar
from landscape.plot.handles import Handle
from landscape.plot.markers import Rings
from landscape.plot.plot_item import PlotItem
from landscape.plot.theme import text_font
from landscape.scene.palette import Theme
from landscape.scene.scene import Pin, Scene

Place = tuple[float, float]


class ScenePlot(QObject):
    """Shows a scene in a view box; what is drawn in it, and where a surface point is on it, its kinds say."""

    view_changed = Signal(object)
    """The person looks at another part: ``((x0, x1), (y0, y1))``."""
    resized = Signal()
    """The number of pixels changed: see :meth:`pixels`."""
    pin_moved = Signal(int, float, float, object)
    """Index in ``scene.pins``, x, y and the keyboard modifiers; Shift has been applied."""
    pin_released = Signal()
    stage_double_clicked = Signal(float, float)
    stage_clicked = Signal(float, float)
    hovered = Signal(object)
    """The surface point under the pointer, or None."""
    snaps = True
    """Whether with Shift a pin goes along the axes of the picture."""

    def __init__(self, box: pg.ViewBox, theme: Theme, scale: float) -> None:
        super().__init__()
        self._theme, self._scale = theme, scale
        self._box = box
        self._axes = {side: Axis(side) for side in ("left", "bottom")}
        self.item = PlotItem(box, self._axes)
        self.item.plot = self  # what is drawn lives as long as the item that a window shows
        self._rings = Rings(box, theme)
        self._ringed: list[tuple[Place, bool]] = []
        self._bar = ColorBar(theme, scale)
        self._bar.setParentItem(self.item)
        self.item.layout.addItem(self._bar, 2, 3)
        self._pins: list[Handle] = []
        self._scene: Scene | None = None

    def settle(self) -> None:
        """Lay everything out now, not when the event loop is idle: for a picture that no window shows."""
        self.item.layout.activate()

    def pixels(self) -> tuple[int, int]:
        """Return width and height of the picture inside its axes, in logical pixels."""
        size = self._box.rect().size()
        return round(size.width()), round(size.height())

    def ring(self, places: list[tuple[Place, bool]]) -> None:
        """Put rings around surface points; True: around one that is chosen."""
        self._ringed = places
        self._place_rings()

    def pixel_of(self, point: Place) -> QPointF:
        """Return the position of the graphics scene at which a surface point is seen, or would be beyond the edge."""
        return QPointF(self._box.mapToScene(self._position(point)))

    def focus_pin(self, way: int) -> bool:
        """Give the keyboard to the next pin (1) or the one before (-1); tell whether there was one."""
        shown = [handle for handle in self._handles() if handle.isVisible()]
        at = next((index for index, pin in enumerate(shown) if pin.hasFocus()), -1 if way > 0 else len(shown))
        found = 0 <= at + way < len(shown)
        if found:
            shown[at + way].take_keyboard()
        return found

    @property
    def holds(self) -> bool:
        """Whether the mouse holds a pin or a handle."""
        return any(handle.held for handle in self._handles())

    def drag_held(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        """Have the pin that the mouse holds at a position of the graphics scene; tell whether it holds one."""
        held = next((handle for handle in self._handles() if handle.held), None)
        if held is not None:
            held.follow(position, modifiers)
            self.hovered.emit(self._seen_at(self._box.mapFromScene(position)))
        return held is not None

    def _position(self, point: Place) -> QPointF:
        """Return where a surface point is on the view box."""
        raise NotImplementedError

    def _seen_at(self, position: QPointF) -> Place | None:
        """Return the surface point at a position on the view box; None where none is."""
        raise NotImplementedError

    def _place_pin(self, handle: Handle, pin: Pin) -> None:
        """Put a handle where its pin is; one that is held stays visible."""
        raise NotImplementedError

    def _drag_pin(self, index: int, wanted: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Tell where the person wants a pin."""
        raise NotImplementedError

    def _handles(self) -> Iterable[Handle]:
        """Return all that can be taken, in the order of Tab."""
        return self._pins

    def _frame_theme(self, theme: Theme, scale: float) -> None:
        """Use other colours and another size around what is drawn."""
        self._theme, self._scale = theme, scale
        self._box.setBackgroundColor(QColor(theme.panel))
        self._axes["left"].set_theme(theme, scale, 50.0)
        self._axes["bottom"].set_theme(theme, scale, 40.0)
        margin = 8 * scale
        self.item.layout.setContentsMargins(margin, margin, margin, margin)
        self._bar.set_theme(theme, scale)
        self._rings.set_theme(theme, scale)
        self._label_axes()

    def _label_axes(self) -> None:
        texts = {"bottom": self._scene.x_label, "left": self._scene.y_label} if self._scene else {}
        for side, text in texts.items():
            self._axes[side].setLabel(text, color=self._theme.muted)
            self._axes[side].label.setFont(text_font(self._scale))

    def _show_frame(self, scene: Scene) -> Scene | None:
        """Take another scene, and write what stands beside it; return the one before."""
        before, self._scene = self._scene, scene
        if before is None or (before.x_label, before.y_label) != (scene.x_label, scene.y_label):
            self._label_axes()
        self._bar.show_heat(scene.basins.bar if scene.basins else scene.heat)
        return before

    def _place_signs(self) -> None:
        """Put pins and rings where they are seen now."""
        self._place_pins()
        if self._ringed:
            self._place_rings()

    def _place_rings(self) -> None:
        seen = ((self._position(point), chosen) for point, chosen in self._ringed)
        self._rings.place([(place, chosen) for place, chosen in seen if self._box.rect().contains(place)])

    def _place_pins(self) -> None:
        """Put a handle at every start that is in view; one that is held stays whatever happens."""
        pins = self._scene.pins if self._scene else ()
        while len(self._pins) < len(pins):
            self._pins.append(self._new_pin(len(self._pins)))
        for handle, pin in zip(self._pins, pins, strict=False):
            self._place_pin(handle, pin)
        for handle in self._pins[len(pins) :]:
            handle.setVisible(handle.held)

    def _new_pin(self, index: int) -> Handle:
        handle = Handle(self._box, self._theme, scale=self._scale, snaps=self.snaps)
        handle.dragged.connect(lambda wanted, modifiers: self._drag_pin(index, wanted, modifiers))
        handle.released.connect(self._release_pin)
        return handle

    def _release_pin(self) -> None:
        self.pin_released.emit()
