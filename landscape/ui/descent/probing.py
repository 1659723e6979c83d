"""The probe and the cut in the window: the keys that bring them and take them away, and what dragging them does."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from landscape.plot.probe import ProbeItems
from landscape.session.descent import probing
from landscape.session.descent.document import Descent
from landscape.session.session import Point
from landscape.ui.commands import Command
from landscape.ui.context import Context
from landscape.ui.descent.stage import Stage


class Probing(QObject):
    """Emits edits of the probe and of the cut.

    Args:
        stage: Where the pointer tells where a new probe goes.
        context: Where edits go.
        descent: Returns what is shown.
    """

    def __init__(self, stage: Stage, context: Context, descent: Callable[[], Descent]) -> None:
        super().__init__(stage)
        self._stage, self._context, self._descent = stage, context, descent
        self._pointer: Point | None = None
        stage.hovered.connect(self._follow)
        self.link(stage.map.probing)
        stage.relief_built.connect(self._link_relief)

    def link(self, items: ProbeItems) -> None:
        """Follow the handles of a view."""
        items.probe_moved.connect(self.move_probe)
        items.end_moved.connect(self._move_end)
        items.released.connect(self._release)

    def _link_relief(self) -> None:
        if self._stage.relief is not None:
            self.link(self._stage.relief.probing)

    def commands(self) -> Mapping[str, Command]:
        """Return what the actions do."""
        return {
            "probe": Command(run=self.toggle_probe, checked=lambda: self._descent().probe is not None),
            "cut": Command(run=self.toggle_cut, checked=lambda: self._descent().cut is not None),
        }

    def toggle_probe(self) -> None:
        """Put the probe below the pointer, or in the middle of the view; away with it where there is one."""
        there = self._descent().probe
        self._context.edit(probing.set_probe, self._place() if there is None else None)

    def toggle_cut(self) -> None:
        """Cut the surface through the probe, or show no cut."""
        edit = self._context.edit
        if self._descent().cut is not None:
            edit(probing.set_cut, None)
        else:
            edit(probing.cut_along, "line")

    def leave(self) -> bool:
        """Take the probe away, or where there is none the cut; tell whether there was one of them."""
        descent = self._descent()
        if descent.probe is not None:
            self.toggle_probe()
        elif descent.cut is not None:
            self.toggle_cut()
        return descent.probe is not None or descent.cut is not None

    def move_probe(self, x: float, y: float) -> None:
        """Put the probe at a point, or exactly on the critical point that is within some pixels of it."""
        self._context.edit(probing.set_probe, self._caught((x, y)), gesture="probe")

    def _move_end(self, end: int, x: float, y: float) -> None:
        self._context.edit(probing.move_cut_end, end, (x, y), gesture=f"cut {end}")

    def _release(self) -> None:
        self._context.end_gesture()

    def _follow(self, point: Point | None) -> None:
        self._pointer = point

    def _place(self) -> Point:
        (left, right), (low, high) = self._stage.front.view()
        return self._caught(self._pointer or ((left + right) / 2, (low + high) / 2))

    def _caught(self, point: Point) -> Point:
        marker = self._stage.marker_at(point)
        return point if marker is None or marker.lines else marker.point
