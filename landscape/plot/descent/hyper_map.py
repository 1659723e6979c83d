"""The map of two hyper-parameters beside the map of the surface; a click or a drag on it sets the run."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsWidget, QSizePolicy

from landscape.plot.axes import Axis
from landscape.plot.choice_box import ChoiceBox
from landscape.plot.colorbar import ColorBar
from landscape.plot.descent.hyper_sheet import HyperSheet
from landscape.plot.overrides import guarded
from landscape.plot.plot_item import PlotItem
from landscape.plot.theme import text_font
from landscape.scene.map_sides import MapAxis
from landscape.scene.palette import DARK, Theme
from landscape.scene.scene import HyperMapLayer

LEFT, BOTTOM, TITLE = 58.0, 40.0, 24.0
APART = 10.0
"""Least room between two numbers beside an axis."""


class _Title(QGraphicsWidget):
    """One line over the map, cut off where there is no room."""

    def __init__(self, theme: Theme, scale: float) -> None:
        super().__init__()
        self._theme, self._scale, self._text = theme, scale, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_look(self, theme: Theme, scale: float, text: str) -> None:
        if (theme, scale, text) != (self._theme, self._scale, self._text):
            self._theme, self._scale, self._text = theme, scale, text
            self.updateGeometry()
            self.update()

    @guarded(QSizeF())
    def sizeHint(self, which: Qt.SizeHint, *_: object) -> QSizeF:
        wide = {Qt.SizeHint.MinimumSize: 20.0, Qt.SizeHint.MaximumSize: 1e6}.get(which, 100.0)
        return QSizeF(wide, TITLE * self._scale)

    @guarded(None)
    def paint(self, painter: QPainter, *_: object) -> None:
        painter.setFont(text_font(self._scale, bold=True))
        painter.setPen(QColor(self._theme.text))
        area = QRectF(0, 0, self.size().width(), self.size().height())
        text = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter, text)


class HyperMapPlot(QObject):
    """Shows the scene's map of two hyper-parameters; positions on it run from 0 to 1.

    Args:
        theme: Colours.
        scale: Factor of text, lines and signs.
    """

    chosen = Signal(float, float)
    """The person points at a position with the button down: several until ``released`` are one gesture."""
    released = Signal()
    hovered = Signal(object)
    """The position under the pointer, or None."""

    def __init__(self, theme: Theme = DARK, scale: float = 1.0) -> None:
        super().__init__()
        self._box = ChoiceBox()
        self._box.setRange(xRange=(0.0, 1.0), yRange=(0.0, 1.0), padding=0.0)
        self._box.setCursor(Qt.CursorShape.CrossCursor)
        self._axes = {side: Axis(side) for side in ("left", "bottom")}
        self.item = PlotItem(self._box, self._axes)
        self.item.plot = self  # what is drawn lives as long as the item that a window shows
        self._sheet = HyperSheet(theme, scale)
        self._sheet.setParentItem(self._box)
        self._bar = ColorBar(theme, scale)
        self._bar.setParentItem(self.item)
        self.item.layout.addItem(self._bar, 2, 3)
        self._title = _Title(theme, scale)
        self._title.setParentItem(self.item)
        self.item.titleLabel.hide()
        self.item.layout.removeItem(self.item.titleLabel)
        self.item.layout.addItem(self._title, 0, 0, 1, 4)
        self._layer: HyperMapLayer | None = None
        self.set_theme(theme, scale)
        self._box.sigResized.connect(self._follow_size)
        self._box.chosen.connect(lambda at: self.chosen.emit(*self._position(at)))
        self._box.released.connect(self.released)
        self._box.hovered.connect(lambda at: self.hovered.emit(None if at is None else self._position(at)))

    def settle(self) -> None:
        """Lay everything out now, not when the event loop is idle: for a picture that no window shows."""
        self.item.layout.activate()

    def show(self, layer: HyperMapLayer) -> None:
        """Show another map; what did not change is not drawn anew."""
        before, self._layer = self._layer, layer
        self._sheet.show_layer(layer)
        self._bar.show_heat(layer.heat)
        if before is None or (before.across, before.up) != (layer.across, layer.up):
            self._label_axes()
        if before is None or before.title != layer.title:
            self._title.set_look(self._theme, self._scale, layer.title)

    def show_reading(self, position: tuple[float, float] | None, text: str = "") -> None:
        """Write what the map says at a position beside it; None: no longer."""
        self._sheet.show_reading(position, text)

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        """Use other colours, and text, lines and signs ``scale`` times as large."""
        self._theme, self._scale = theme, scale
        self._box.setBackgroundColor(QColor(theme.panel))
        self._box.border = pg.mkPen(theme.line, width=max(1.0, scale))
        self._axes["left"].set_theme(theme, scale, LEFT)
        self._axes["bottom"].set_theme(theme, scale, BOTTOM)
        self._axes["bottom"].setStyle(hideOverlappingLabels=False)
        margin = 8 * scale
        self.item.layout.setContentsMargins(margin, margin, margin, margin)
        self._sheet.set_theme(theme, scale)
        self._bar.set_theme(theme, scale)
        self._title.set_look(theme, scale, self._layer.title if self._layer else "")
        self._label_axes()

    def _follow_size(self) -> None:
        self._sheet.resize(self._box.rect())
        self._place_ticks()

    def _label_axes(self) -> None:
        if self._layer is None:
            return
        for side, axis in (("bottom", self._layer.across), ("left", self._layer.up)):
            self._axes[side].setLabel(axis.parameter.name, color=self._theme.muted)
            self._axes[side].label.setFont(text_font(self._scale))
        self._place_ticks()

    def _place_ticks(self) -> None:
        if self._layer is None:
            return
        metrics, area = QFontMetricsF(text_font(self._scale)), self._box.rect()
        widths = {text: metrics.horizontalAdvance(text) for _, text in self._layer.across.ticks}
        heights = {text: metrics.height() * 0.6 for _, text in self._layer.up.ticks}
        room = APART * self._scale
        self._axes["bottom"].setTicks(_levels(self._layer.across, widths, area.width(), room))
        self._axes["left"].setTicks(_levels(self._layer.up, heights, area.height(), room))

    def _position(self, at: QPointF) -> tuple[float, float]:
        """Return the position on the map at a place on the view box; the nearest one outside of it."""
        area = self._box.rect()
        across, down = (at.x() - area.left()) / area.width(), (at.y() - area.top()) / area.height()
        return min(max(across, 0.0), 1.0), min(max(1.0 - down, 0.0), 1.0)


def _levels(axis: MapAxis, sizes: dict[str, float], length: float, room: float) -> list[Sequence[tuple[float, str]]]:
    """Return the ticks with the numbers that do not touch each other, the outermost first, and the fine ones."""
    placed: list[tuple[float, float]] = []
    written = []
    ticks = sorted(axis.ticks)
    for position, text in (*ticks[:1], *ticks[:0:-1]):
        half = (sizes[text] + room) / 2
        begin, end = position * length - half, position * length + half
        fits = all(end <= other or begin >= past for other, past in placed)
        written.append((position, text if fits else ""))
        if fits:
            placed.append((begin, end))
    return [written, [(position, "") for position in axis.fine_ticks]]
