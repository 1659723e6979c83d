"""The probe and the cut on map and relief: what is drawn of them, and the handles by which they are dragged."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsItem

from landscape.plot.handles import Handle
from landscape.scene.layers import Range
from landscape.scene.palette import Theme
from landscape.scene.scene import Scene

if TYPE_CHECKING:
    from landscape.plot.probe_layer import ProbeLayer

Place = tuple[float, float]

END_RADIUS = 5.0
PROBE_RADIUS = 7.0


class ProbeItems(QObject):
    """The layer and its handles.

    Args:
        box: What they lie on.
        theme: Colours.
        scale: Factor of lines and signs.
        position: Where a surface point is on the box.
        point: Which surface point is at a position on the box.
        drawn: Draw them, too; else only their handles are shown.
    """

    probe_moved = Signal(float, float)
    end_moved = Signal(int, float, float)
    """One end of the cut's line, 0 or 1, and where the person wants it."""
    released = Signal()
    """The gesture that moved one of them has ended."""

    def __init__(
        self,
        box: QGraphicsItem,
        theme: Theme,
        scale: float,
        position: Callable[[Place], QPointF],
        point: Callable[[QPointF], Place],
        *,
        drawn: bool = True,
    ) -> None:
        super().__init__()
        self._box, self._theme, self._scale = box, theme, scale
        self._position, self._point = position, point
        self._drawn = drawn
        self._layer: ProbeLayer | None = None
        """Made with the first probe or cut."""
        self._probe: Handle | None = None
        self._ends: list[Handle] = []
        self._scene: Scene | None = None
        self._area = QRectF()
        self._view: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))
        self._step = 0.0
        self._coming = True

    @property
    def layers(self) -> tuple[QGraphicsItem, ...]:
        """What is shown, lowest first."""
        return (*((self._layer,) if self._layer else ()), *self.handles)

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The handles that are shown: the probe, and the ends of the cut."""
        every = ([self._probe] if self._probe else []) + self._ends
        return tuple(handle for handle in every if handle.isVisible())

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Use other colours and another size."""
        self._theme, self._scale = theme, scale
        if self._layer is not None:
            self._layer.set_theme(theme, scale)
        self.place()

    def resize(self, area: QRectF) -> None:
        """Fill another rectangle of the box."""
        self._area = QRectF(area)
        if self._layer is not None:
            self._layer.resize(area)
        self.place()

    def set_view(self, x: Range, y: Range) -> None:
        """Show another part of the plane."""
        self._view = (x, y)
        if self._layer is not None:
            self._layer.set_view(x, y)
        self.place()

    def show_scene(self, scene: Scene) -> None:
        """Show another scene's probe and cut."""
        before, self._scene = self._scene, scene
        if self._drawn and self._layer is None and (scene.probe or scene.cut):
            self._layer = self._new_layer()
        if self._layer is not None:
            self._layer.show_layers(scene.probe, scene.cut)
        if before is None or before.probe is not scene.probe or before.cut is not scene.cut:
            self.place()

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self._step = step
        if self._layer is not None:
            self._layer.set_step(step)

    def show_coming(self, shown: bool) -> None:
        """Show a cut along what is still to come of a path, or not."""
        self._coming = shown
        if self._layer is not None:
            self._layer.show_coming(shown)

    def place(self) -> None:
        """Put every handle where it belongs; one that is held stays whatever happens."""
        if self._scene is None:
            return
        probe, cut = self._scene.probe, self._scene.cut
        if probe is not None and self._probe is None:
            self._probe = self._new_handle(PROBE_RADIUS)
            self._probe.dragged.connect(lambda wanted, _: self._drag_probe(wanted))
        if self._probe is not None:
            place = probe.osculation.point if probe else None
            self._place(self._probe, place, probe.color if probe else "", probe.label if probe else "")
        ends = cut.ends if cut is not None else None
        while ends is not None and len(self._ends) < 2:
            self._add_end(len(self._ends))
        for index, handle in enumerate(self._ends):
            self._place(handle, ends[index] if ends else None, cut.color if cut else "", "AB"[index])

    def _place(self, handle: Handle, at: Place | None, color: str, label: str) -> None:
        if at is None:
            handle.setVisible(handle.held)
            return
        position = self._position(at)
        handle.set_look(self._theme, self._scale, (color,), label)
        handle.setPos(position)
        reach = handle.boundingRect().width() / 2
        handle.setVisible(handle.held or self._area.adjusted(-reach, -reach, reach, reach).contains(position))

    def _new_layer(self) -> "ProbeLayer":
        from landscape.plot.probe_layer import ProbeLayer

        layer = ProbeLayer(self._box, self._theme, self._scale)
        layer.resize(self._area)
        layer.set_view(*self._view)
        layer.set_step(self._step)
        layer.show_coming(self._coming)
        return layer

    def _new_handle(self, radius: float) -> Handle:
        handle = Handle(self._box, self._theme, scale=self._scale, radius=radius)
        handle.setZValue(21)
        handle.released.connect(self.released)
        return handle

    def _add_end(self, index: int) -> None:
        handle = self._new_handle(END_RADIUS)
        handle.dragged.connect(lambda wanted, _: self.end_moved.emit(index, *self._point(self._within(wanted))))
        self._ends.append(handle)

    def _drag_probe(self, wanted: QPointF) -> None:
        self.probe_moved.emit(*self._point(self._within(wanted)))

    def _within(self, wanted: QPointF) -> QPointF:
        """Return the nearest position in the view."""
        area = self._area
        x = min(max(wanted.x(), area.left()), area.right())
        return QPointF(x, min(max(wanted.y(), area.top()), area.bottom()))
