"""The curves under the map: loss, learning rate, gradient norm and sharpness against the step."""

import math
from typing import Any, Protocol

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from pyqtgraph.GraphicsScene.mouseEvents import HoverEvent, MouseClickEvent, MouseDragEvent
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsSceneWheelEvent

from landscape.plot.axes import Axis
from landscape.plot.curve_layer import CurveLayer, ordinates
from landscape.plot.theme import text_font
from landscape.scene.descent.scene import CurvePanel, Range
from landscape.scene.palette import DARK, Theme

DECADES_ABOVE = 4.0
"""A logarithmic panel shows at most this many decades above where the curves begin or have their peak: divergence runs
off the top."""
MARGIN = 0.06
"""Free part above and below the curves."""
NEAR = 0.6
"""How far beyond the highest value a limit is still shown, against that value."""
LIMIT = 1e300
"""The ordinates stay within this distance of zero, so that their range is finite."""


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

    def __init__(self, theme: Theme = DARK, scale: float = 1.0, *, ghost: bool = True) -> None:
        super().__init__()
        self.item = pg.GraphicsWidget()
        self._row = QGraphicsGridLayout()
        self.item.setLayout(self._row)
        self.item.plot = self  # what is drawn lives as long as the item that a window shows
        self._panels: list[_Panel] = []
        self._theme, self._scale, self._ghost = theme, scale, ghost
        self._step, self._steps = 0.0, 0
        self._stacked = False
        self._turn = 0
        self.set_theme(theme, scale)

    @property
    def items(self) -> tuple[Any, ...]:
        """The panels' plot items, in order."""
        return tuple(panel.item for panel in self._panels)

    @property
    def layers(self) -> tuple[CurveLayer, ...]:
        """What draws the curves, panel by panel."""
        return tuple(panel.layer for panel in self._panels)

    def show(self, scene: Curved) -> None:
        """Show another scene's curves; a panel that did not change is not drawn anew."""
        while self.show_next(scene):
            pass

    def show_next(self, scene: Curved) -> bool:
        """Draw one panel that changed, the panels taking turns; tell whether another still waits."""
        self._steps = scene.steps
        while len(self._panels) < len(scene.curves):
            self._add_panel()
        for index, panel in enumerate(self._panels):
            self._set_shown(panel, index, index < len(scene.curves))
        pairs = list(zip(self._panels, scene.curves, strict=False))
        turns = [(self._turn + offset) % len(pairs) for offset in range(len(pairs))]
        waiting = [index for index in turns if not pairs[index][0].shows(pairs[index][1], scene.steps)]
        if waiting:
            panel, content = pairs[waiting[0]]
            panel.show(content, scene.steps)
            self._turn = waiting[0] + 1
        return len(waiting) > 1

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self._step = step
        for panel in self._panels:
            panel.layer.set_step(step)

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        """Use other colours, and text and lines ``scale`` times as large."""
        self._theme, self._scale = theme, scale
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4 * scale)
        for panel in self._panels:
            panel.set_theme(theme, scale)

    def settle(self) -> None:
        """Lay everything out now, not when the event loop is idle: for a picture that no window shows."""
        self._row.activate()
        for panel in self._panels:
            panel.item.layout.activate()

    def set_stacked(self, stacked: bool) -> None:
        """Put the panels one above the other, or side by side."""
        if stacked != self._stacked:
            self._stacked = stacked
            placed = [panel for panel in self._panels if panel.shown]
            for panel in placed:
                self._row.removeItem(panel.item)
            for index, panel in enumerate(placed):
                self._place(panel, index)

    def _place(self, panel: "_Panel", index: int) -> None:
        row, column = (index, 0) if self._stacked else (0, index)
        self._row.addItem(panel.item, row, column)
        self._row.setRowStretchFactor(row, 1)
        self._row.setColumnStretchFactor(column, 1)

    def _set_shown(self, panel: "_Panel", index: int, shown: bool) -> None:
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
        panel = _Panel(self._theme, self._scale, ghost=self._ghost)
        panel.box.pressed.connect(self._choose)
        panel.box.hovered.connect(self._hover)
        panel.layer.set_step(self._step)
        panel.item.setParentItem(self.item)
        panel.item.setPreferredSize(100.0, 100.0)
        panel.item.setMinimumSize(1.0, 1.0)
        self._place(panel, len(self._panels))
        self._panels.append(panel)

    def _choose(self, step: float) -> None:
        self.step_chosen.emit(min(max(step, 0.0), float(self._steps)))

    def _hover(self, step: object) -> None:
        """Show the values at one step in the panel below the pointer."""
        hovered = self.sender()
        for panel in self._panels:
            at = min(max(step, 0.0), float(self._steps)) if isinstance(step, float) else None
            panel.layer.set_hover(at if panel.box is hovered else None)


class _PanelBox(pg.ViewBox):
    """Where a press or a drag chooses a step."""

    pressed = Signal(float)
    hovered = Signal(object)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, enableMouse=False)
        self.disableAutoRange()
        self.setDefaultPadding(0.0)

    def _step(self, position: QPointF) -> float:
        (first, last), _ = self.viewRange()
        return float(first + position.x() / max(self.rect().width(), 1.0) * (last - first))

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            self.pressed.emit(self._step(event.pos()))

    def mouseDragEvent(self, event: MouseDragEvent, _axis: int | None = None) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            self.pressed.emit(self._step(event.pos()))
        else:
            event.ignore()

    def hoverEvent(self, event: HoverEvent) -> None:
        self.hovered.emit(None if event.isExit() else self._step(event.pos()))

    def wheelEvent(self, event: QGraphicsSceneWheelEvent, _axis: int | None = None) -> None:
        event.ignore()


class _Panel:
    """One plot."""

    def __init__(self, theme: Theme, scale: float, *, ghost: bool) -> None:
        self.box = _PanelBox()
        self._axes = {side: Axis(side) for side in ("left", "bottom")}
        self.item = pg.PlotItem(viewBox=self.box, axisItems=dict(self._axes), enableMenu=False)
        self.item.hideButtons()
        self.layer = CurveLayer(theme, scale, ghost=ghost)
        self.layer.setParentItem(self.box)
        self.box.sigResized.connect(self._follow_size)
        self._content: CurvePanel | None = None
        self._steps = 0
        self.shown = True
        self.set_theme(theme, scale)

    def _follow_size(self) -> None:
        self.layer.resize(self.box.rect())
        self._write_title()

    def shows(self, content: CurvePanel, steps: int) -> bool:
        """Tell whether this is what is drawn."""
        return content is self._content and steps == self._steps

    def show(self, content: CurvePanel, steps: int) -> None:
        self._steps = steps
        x, y = (0.0, float(max(steps, 1))), ordinate_range(content)
        self._axes["left"].set_powers(content.log)
        self.box.setRange(xRange=x, yRange=y, padding=0.0, disableAutoRange=True)
        self.layer.show_panel(content, x, y)
        if self._content is None or self._content.title != content.title:
            self._content = content
            self._write_title()
        self._content = content

    def set_theme(self, theme: Theme, scale: float) -> None:
        self._theme, self._scale = theme, scale
        self.box.setBackgroundColor(QColor(theme.panel))
        self.box.border = pg.mkPen(theme.line, width=max(1.0, scale))
        self._axes["left"].set_theme(theme, scale, 50.0)
        self._axes["bottom"].set_theme(theme, scale, 22.0)
        self.item.layout.setContentsMargins(4 * scale, 2 * scale, 10 * scale, 2 * scale)
        self.layer.set_theme(theme, scale)
        self._write_title()

    def _write_title(self) -> None:
        """Write as much of the title as there is room for, so that it does not keep the panel from shrinking."""
        font, title = text_font(self._scale), self._content.title if self._content else ""
        label, height = self.item.titleLabel, 20 * self._scale
        title = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, self.box.rect().width())
        label.setText(title, color=self._theme.muted, size=f"{font.pixelSize()}px")
        label.setMinimumWidth(0.0)
        label.setMaximumHeight(height)
        label.setVisible(True)
        self.item.layout.setRowFixedHeight(0, height)


def ordinate_range(panel: CurvePanel) -> Range:
    """Return the lowest and highest ordinate to show: logarithms where the panel is logarithmic."""
    heights = [ordinates(curve.values, log=panel.log) for curve in panel.curves]
    heights = [found for each in heights if len(found := each[np.isfinite(each)])]
    if not heights:
        return (-1.0, 1.0) if panel.log else (0.0, 1.0)
    low, high = min(float(each.min()) for each in heights), max(float(each.max()) for each in heights)
    low, high = _with_limits(panel, low, high)
    if panel.log:
        high = min(high, max(map(_height, heights)) + DECADES_ABOVE)
    if panel.log:
        return _whole_decades(low, high)
    # What is all one value stands in the middle, with round numbers beside it.
    least = (1.0 if low == high else 1e-3) * max(abs(low), abs(high)) or 1.0
    middle, half = low / 2 + high / 2, max(high / 2 - low / 2, least / 2)
    half *= 1 + 2 * MARGIN
    return max(middle - half, -LIMIT), min(middle + half, LIMIT)


def _height(curve: NDArray[np.float64]) -> float:
    """Return how high a curve is but for divergence: its peak if it comes down from it, else where it begins."""
    peak = float(curve.max())
    return peak if curve[-1] < peak - 1.0 else float(curve[0])


def _with_limits(panel: CurvePanel, low: float, high: float) -> Range:
    """Return a range in which the limits are to be seen that the curves come near to."""
    reach = NEAR * (high - min(low, 0.0)) if not panel.log else math.log10(1 + NEAR)
    for curve in panel.curves:
        if curve.limit is not None:
            limits = ordinates(curve.limit, log=panel.log)
            near = limits[(limits >= low - reach) & (limits <= high + reach)]
            low, high = min(low, float(near.min(initial=low))), max(high, float(near.max(initial=high)))
    return low, high


def _whole_decades(low: float, high: float) -> Range:
    """Return a range in steps that it does not change with each little move of a start."""
    step = 0.5 if high - low < 3 else 1.0
    bottom, top = math.floor((low - MARGIN) / step) * step, math.ceil((high + MARGIN) / step) * step
    return bottom, max(top, bottom + step)
