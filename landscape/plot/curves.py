"""Panels of curves: those under the map against the step, and charts that stand alone against something else."""

import math
from typing import TYPE_CHECKING, Protocol

import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsGridLayout

from landscape.plot.overrides import raising
from landscape.scene.layers import CurvePanel
from landscape.scene.palette import DARK, Theme

if TYPE_CHECKING:
    from landscape.plot.curve_layer import CurveLayer
    from landscape.plot.curve_panel import Panel


LEAST = 180.0
"""Width of a panel that can be read, at scale 1."""


class Curved(Protocol):
    """What has curves over one range of steps."""

    @property
    def curves(self) -> tuple[CurvePanel, ...]:
        """Its panels."""

    @property
    def steps(self) -> int:
        """The last step."""


class CurvesPlot(QObject):
    """Small plots side by side over one range of steps, with the play head in each.

    Args:
        theme: Colours.
        scale: Factor of text and lines.
        ghost: Show the part of each curve that is still to come, faintly.
    """

    step_chosen = Signal(float)
    """The person pressed or dragged in a panel: a step in [0, steps]."""
    place_chosen = Signal(float)
    """The same in a panel with an abscissa of its own: a place on it."""
    released = Signal()
    """The gesture has ended."""
    folded = Signal()
    """Other panels wait for room."""

    def __init__(self, theme: Theme = DARK, scale: float = 1.0, *, ghost: bool = True) -> None:
        super().__init__()
        self.item = pg.GraphicsWidget()
        self._row = QGraphicsGridLayout()
        self.item.setLayout(self._row)
        # What is drawn lives as long as the item that a window shows, and no longer.
        self.item.plot = self
        self.setParent(self.item)
        self._panels: list[Panel] = []
        self._theme, self._scale, self._ghost = theme, scale, ghost
        self._step = 0.0
        self._stacked = False
        self._turn = 0
        self._room = math.inf
        self._first = 0
        """The first panel that is shown where not all of them are."""
        self._scene: Curved | None = None
        self.waiting: tuple[str, ...] = ()
        """Titles of the panels that have no room, those that come next first."""
        self.set_theme(theme, scale)

    @property
    def layers(self) -> "tuple[CurveLayer, ...]":
        """What draws the curves, panel by panel."""
        return tuple(panel.layer for panel in self._panels)

    def show(self, scene: Curved) -> None:
        """Show another scene's curves; a panel that did not change is not drawn anew."""
        while self.show_next(scene):
            pass

    def show_next(self, scene: Curved) -> bool:
        """Draw one panel that changed, the panels taking turns; tell whether another still waits."""
        self._scene, curves = scene, self._fitting(scene.curves)
        while len(self._panels) < len(curves):
            self._add_panel()
        for index, panel in enumerate(self._panels):
            self._set_shown(panel, index, index < len(curves))
        pairs = list(zip(self._panels, curves, strict=False))
        turns = [(self._turn + offset) % len(pairs) for offset in range(len(pairs))]
        waiting = [index for index in turns if not pairs[index][0].shows(pairs[index][1], scene.steps)]
        if waiting:
            panel, content = pairs[waiting[0]]
            panel.show(content, scene.steps)
            self._turn = waiting[0] + 1
        return len(waiting) > 1

    def fit(self, room: float) -> None:
        """Show only as many panels side by side as can be read in a width."""
        self._room = room
        if self._scene is not None:
            self.show(self._scene)

    def turn(self) -> None:
        """Show the panels that come next in place of those that are shown."""
        if self._scene is not None:
            self._first += self._count(len(self._scene.curves))
            self.show(self._scene)

    def _count(self, panels: int) -> int:
        """Return how many of some panels have room."""
        return int(min(panels, max(self._room // (LEAST * self._scale), 1.0)))

    def _fitting(self, curves: tuple[CurvePanel, ...]) -> tuple[CurvePanel, ...]:
        """Return the panels that are shown: all, or from the first one on as many as there is room for."""
        count = self._count(len(curves))
        self._first = self._first % len(curves) if count < len(curves) else 0
        turned = curves[self._first :] + curves[: self._first]
        waiting = tuple(panel.title for panel in turned[count:])
        if waiting != self.waiting:
            self.waiting = waiting
            self.folded.emit()
        return turned[:count]

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self._step = step
        for panel in self._panels:
            panel.layer.set_step(step)

    def show_coming(self, shown: bool) -> None:
        """Show the part of each curve that is still to come, or not."""
        self._ghost = shown
        for panel in self._panels:
            panel.layer.show_coming(shown)

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        """Use other colours, and text and lines ``scale`` times as large."""
        self._theme, self._scale = theme, scale
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4 * scale)
        for panel in self._panels:
            panel.set_theme(theme, scale)
        if self._scene is not None and math.isfinite(self._room):
            self.fit(self._room)

    def settle(self) -> None:
        """Lay everything out now, not when the event loop is idle: for a picture that no window shows."""
        self._row.activate()
        for panel in self._panels:
            panel.settle()

    def set_stacked(self, stacked: bool) -> None:
        """Put the panels one above the other, or side by side."""
        if stacked != self._stacked:
            self._stacked = stacked
            placed = [panel for panel in self._panels if panel.shown]
            for panel in placed:
                self._row.removeItem(panel.item)
            for index, panel in enumerate(placed):
                self._place(panel, index)

    def _place(self, panel: "Panel", index: int) -> None:
        row, column = (index, 0) if self._stacked else (0, index)
        self._row.addItem(panel.item, row, column)
        self._row.setRowStretchFactor(row, 1)
        self._row.setColumnStretchFactor(column, 1)

    def _set_shown(self, panel: "Panel", index: int, shown: bool) -> None:
        """Show a panel, or hide it and leave its room to the others."""
        if shown == panel.shown:
            return
        panel.shown = shown
        panel.item.setVisible(shown)
        if shown:
            self._place(panel, index)
            return
        self._row.removeItem(panel.item)
        self._row.setRowStretchFactor(index if self._stacked else 0, 0 if self._stacked else 1)
        self._row.setColumnStretchFactor(0 if self._stacked else index, 1 if self._stacked else 0)

    def _add_panel(self) -> None:
        # Loaded with the first curve, not with the first picture.
        from landscape.plot.curve_panel import Panel

        panel = Panel(self._theme, self._scale, ghost=self._ghost)
        panel.box.chosen.connect(lambda position: self._choose(panel, position))
        panel.box.released.connect(self.released)
        panel.box.hovered.connect(lambda position: self._hover(panel, position))
        panel.layer.set_step(self._step)
        panel.item.setParentItem(self.item)
        panel.item.setPreferredSize(100.0, 100.0)
        panel.item.setMinimumSize(1.0, 1.0)
        self._place(panel, len(self._panels))
        self._panels.append(panel)

    def _choose(self, panel: "Panel", position: QPointF) -> None:
        """Tell which step, or in a panel with another abscissa which place, is meant."""
        at = panel.abscissa_at(position)
        if panel.content is None or panel.content.abscissa is None:
            self.step_chosen.emit(at)
        else:
            from landscape.plot.curve_ranges import place_at

            self.place_chosen.emit(place_at(at))

    def _hover(self, hovered: "Panel", position: QPointF | None) -> None:
        """Show the values at one step in the panel below the pointer."""
        for panel in self._panels:
            panel.layer.set_hover(panel.abscissa_at(position) if panel is hovered and position is not None else None)


def curves_picture(shown: Curved, size: tuple[int, int], theme: Theme, unit: float) -> QImage:
    """Return all panels side by side as an opaque image, with text and lines ``unit`` times as large."""
    area = QRectF(0, 0, *size)
    stage, plot = pg.GraphicsScene(), CurvesPlot(theme, unit, ghost=False)
    stage.addItem(plot.item)
    plot.item.setGeometry(area)
    plot.show(shown)
    plot.set_step(float(shown.steps))
    plot.settle()
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.panel))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    with raising():
        stage.render(painter, area, area)
    painter.end()
    return image
