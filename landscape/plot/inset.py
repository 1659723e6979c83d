"""The data of a data surface, in a corner of the map: points that can be dragged, and each run's model through them."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsItem

from landscape.plot.handles import Handle
from landscape.plot.inset_panel import MAX_HANDLES, Panel
from landscape.scene.palette import Theme
from landscape.scene.scene import Scene

SIZE = (248.0, 184.0)
"""Width and height of the panel at scale 1."""
MARGIN = 12.0
POINT_RADIUS = 4.6


class InsetPanel(QObject):
    """The panel and its handles, shown where a scene has data.

    Args:
        box: The item in whose corner it is.
        theme: Colours.
        scale: Factor of text, lines and size.
    """

    data_moved = Signal(int, float, float)
    """Row, input and target."""
    data_released = Signal()

    def __init__(self, box: QGraphicsItem, theme: Theme, scale: float) -> None:
        super().__init__()
        self._panel = Panel(box, theme, scale)
        self._handles: list[Handle] = []
        self._area = QRectF()
        self._corner = 0

    @property
    def layers(self) -> tuple[QGraphicsItem, ...]:
        """The panel and its handles, as far as they are shown."""
        shown = self._panel.isVisible()
        return (self._panel, *(each for each in self._handles if each.isVisible())) if shown else ()

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Use other colours and another scale."""
        self._panel.theme, self._panel.unit = theme, scale
        self.place(self._area)

    def place(self, area: QRectF) -> None:
        """Take a corner of ``area``; too small an area has no room for it."""
        self._area = area
        scale = self._panel.unit
        width, height = min(SIZE[0] * scale, 0.42 * area.width()), min(SIZE[1] * scale, 0.42 * area.height())
        self._panel.resize(QRectF(0, 0, width, height))
        self._panel.setPos(self._corners()[self._corner])
        self._arrange()

    @property
    def held(self) -> bool:
        """Whether a person has hold of a point."""
        return any(handle.held for handle in self._handles)

    def covers(self, place: QRectF) -> bool:
        """Tell whether the panel lies over a part of ``place``, a rectangle of the area's item."""
        return self._panel.mapRectToParent(self._panel.boundingRect()).intersects(place)

    def keep_clear(self, positions: NDArray[np.float64], taken: QRectF) -> None:
        """Go to the corner in which the fewest of these positions (k, 2) lie, counted from that of the area.

        A corner that meets ``taken``, a rectangle of the area's item, is left to others.
        """
        size = self._panel.boundingRect()
        origin = self._area.topLeft()
        low = np.array([(corner - origin).toTuple() for corner in self._corners()])
        high = low + np.array((size.width(), size.height()))
        with np.errstate(invalid="ignore"):
            inside = ((positions[:, None] > low) & (positions[:, None] < high)).all(axis=2).sum(axis=0)
        met = [QRectF(corner, size.size()).intersects(taken) for corner in self._corners()]
        self._corner = int(np.lexsort((inside, met))[0])
        self._panel.setPos(self._corners()[self._corner])

    def _corners(self) -> tuple[QPointF, ...]:
        """Return where the panel's corner is in each corner of the area, the best first."""
        margin = MARGIN * self._panel.unit
        size = self._panel.boundingRect()
        left, right = self._area.left() + margin, self._area.right() - margin - size.width()
        top, bottom = self._area.top() + margin, self._area.bottom() - margin - size.height()
        return QPointF(right, top), QPointF(left, top), QPointF(right, bottom), QPointF(left, bottom)

    def show_scene(self, scene: Scene) -> None:
        """Show another scene's data and models."""
        if self._panel.show_scene(scene, keep_ranges=self.held):
            self._arrange()

    def set_step(self, step: float) -> None:
        """Draw the models as they are after ``step`` steps."""
        self._panel.set_step(step)

    def _arrange(self) -> None:
        inset = self._panel.inset
        roomy = self._panel.boundingRect().width() > 90
        self._panel.setVisible(inset is not None and roomy)
        rows = inset.points if inset is not None and len(inset.points) <= MAX_HANDLES else np.zeros((0, 2))
        while len(self._handles) < len(rows):
            self._handles.append(self._new_handle(len(self._handles)))
        theme, scale = self._panel.theme, self._panel.unit
        for index, handle in enumerate(self._handles):
            handle.setVisible(index < len(rows) or handle.held)
            if index < len(rows):
                handle.set_look(theme, scale, (theme.text,), "")
                handle.setPos(self._panel.position(rows[index]))

    def _new_handle(self, row: int) -> Handle:
        handle = Handle(self._panel, self._panel.theme, scale=self._panel.unit, radius=POINT_RADIUS)
        handle.dragged.connect(lambda wanted, _: self._drag(row, wanted))
        handle.released.connect(self._release)
        return handle

    def _drag(self, row: int, wanted: QPointF) -> None:
        area = self._panel.plot_area()
        x = min(max(wanted.x(), area.left()), area.right())
        y = min(max(wanted.y(), area.top()), area.bottom())
        self._handles[row].setPos(x, y)
        self.data_moved.emit(row, *self._panel.point(QPointF(x, y)))

    def _release(self) -> None:
        self._panel.fit()
        self._arrange()
        self.data_released.emit()
