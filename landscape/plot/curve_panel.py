"""One plot of curves: its axes, its title, its legend, and what a mouse does in it."""

import math

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from landscape.plot.axes import Axis
from landscape.plot.choice_box import ChoiceBox
from landscape.plot.curve_layer import CurveLayer
from landscape.plot.curve_legend import CurveLegend
from landscape.plot.curve_marks import CurveView
from landscape.plot.curve_ranges import ZERO, abscissa_range, has_zero, ordinate_range, zero_position
from landscape.plot.plot_item import PlotItem
from landscape.plot.theme import text_font
from landscape.scene.layers import CurvePanel, Range
from landscape.scene.palette import Theme

LEFT, BOTTOM, NAMED = 50.0, 22.0, 42.0
"""Room beside the axes; below one that has a name."""
TITLE = 20.0
GAP, SMALLER = "\u2003", 0.9
"""Between the parts of a title; how large its letters are where it has no room otherwise."""
NEVER = 34.0
"""Height of the band for what never is, at most a quarter of the panel."""


class Panel:
    """One plot."""

    def __init__(self, theme: Theme, scale: float, *, ghost: bool) -> None:
        self.box = ChoiceBox()
        self._axes = {side: Axis(side) for side in ("left", "bottom")}
        self.item = PlotItem(self.box, self._axes)
        self.layer = CurveLayer(theme, scale, ghost=ghost)
        self.layer.setParentItem(self.box)
        self._legend = CurveLegend(self.item, theme, scale)
        self.item.layout.addItem(self._legend, 2, 3)
        self.box.sigResized.connect(self._follow_size)
        self.content: CurvePanel | None = None
        self._steps = 0
        self.shown = True
        self.set_theme(theme, scale)

    def shows(self, content: CurvePanel, steps: int) -> bool:
        """Tell whether this is what is drawn."""
        return content is self.content and steps == self._steps

    def show(self, content: CurvePanel, steps: int) -> None:
        """Show other curves."""
        before, self.content, self._steps = self.content, content, steps
        self._axes["left"].set_powers(content.log)
        if before is None or (before.title, before.keys) != (content.title, content.keys):
            self._write_title()
        if content.abscissa is not None or (before is not None and before.abscissa is not None):
            self._furnish(content)
        self._look(content)

    def abscissa_at(self, position: QPointF) -> float:
        """Return the abscissa at a place on the box; the nearest one that is shown for one beside the curves."""
        seen_first, seen_last = self.box.viewRange()[0]
        first, last = (0.0, float(self._steps)) if self._plain else (seen_first, seen_last)
        across = position.x() / max(self.box.rect().width(), 1.0)
        return min(max(float(seen_first + across * (seen_last - seen_first)), first), last)

    def settle(self) -> None:
        """Lay everything out now; the legend knows only then how much room there is."""
        self.item.layout.activate()
        if self.content is not None and self.content.legend:
            self._follow_size()
            self.item.layout.activate()

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Use other colours, and text and lines ``scale`` times as large."""
        self._theme, self._scale = theme, scale
        self.box.setBackgroundColor(QColor(theme.panel))
        self.box.border = pg.mkPen(theme.line, width=max(1.0, scale))
        self._axes["left"].set_theme(theme, scale, LEFT)
        self._axes["bottom"].set_theme(theme, scale, BOTTOM if self._plain else NAMED)
        self.item.layout.setContentsMargins(4 * scale, 2 * scale, 10 * scale, 2 * scale)
        self.layer.set_theme(theme, scale)
        self._legend.set_theme(theme, scale)
        self._write_title()
        if self.content is not None and not self._plain:
            self._furnish(self.content)
            self._look(self.content)

    @property
    def _plain(self) -> bool:
        """Whether the abscissa is the steps."""
        return self.content is None or self.content.abscissa is None

    def _follow_size(self) -> None:
        self.layer.resize(self.box.rect())
        self._write_title()
        if self.content is not None and not self._plain:
            self._legend.fit(self.item.size().width())
            self._look(self.content)

    def _furnish(self, content: CurvePanel) -> None:
        """Give the plot what a chart that stands alone has: a name below, and names at the right."""
        bottom, abscissa = self._axes["bottom"], content.abscissa
        bottom.set_powers(abscissa is not None)
        if abscissa is not None and has_zero(abscissa):
            zero = zero_position(abscissa)
            bottom.set_named({zero: "0"}, (zero + ZERO, math.inf))
        else:
            bottom.set_named({}, None)
        bottom.setLabel(abscissa.name if abscissa is not None else "", color=self._theme.muted)
        bottom.showLabel(abscissa is not None)
        bottom.label.setFont(text_font(self._scale))
        bottom.setHeight(round((BOTTOM if abscissa is None else NAMED) * self._scale))
        # pyqtgraph puts a name in the middle only when the axis gets another size.
        bottom.resizeEvent()
        self._legend.show_panel(content)
        self._legend.fit(self.item.size().width())

    def _look(self, content: CurvePanel) -> None:
        """Show as much of both axes as the curves need."""
        x, y = abscissa_range(content, self._steps), ordinate_range(content)
        if content.abscissa is None:
            self._axes["left"].set_named({}, None)
            view = CurveView(x=x, y=y, top=y[1])
        else:
            view = self._charted(content, x, y)
        self.box.setRange(xRange=view.x, yRange=view.y, padding=0.0, disableAutoRange=True)
        self.layer.show_panel(content, view)

    def _charted(self, content: CurvePanel, x: Range, y: Range) -> CurveView:
        """Return the view of a chart that stands alone, with a grid, and the band for what never is."""
        left, bottom, height = self._axes["left"], self._axes["bottom"], self.box.rect().height()
        band = min(NEVER * self._scale, height / 4) if content.never else 0.0
        whole = y[0], y[1] + (y[1] - y[0]) * (band / max(height - band, 1.0))
        view = CurveView(x=x, y=whole, top=y[1])
        left.set_named({view.never: content.never} if content.never else {}, y if content.never else None)
        columns = _ticks(bottom, x, self.box.rect().width())
        rows = tuple(row for row in _ticks(left, whole, height) if row != view.never)
        return CurveView(x=x, y=whole, top=y[1], grid=(columns, rows))

    def _write_title(self) -> None:
        """Write as much of the title as there is room for, so that it does not keep the panel from shrinking."""
        title, font = self._fitting_title()
        label, height = self.item.titleLabel, TITLE * self._scale
        label.setText(title, color=self._theme.muted, size=f"{font.pixelSize()}px")
        label.setMinimumWidth(0.0)
        label.setMaximumHeight(height)
        label.setVisible(True)
        self.item.layout.setRowFixedHeight(0, height)

    def _fitting_title(self) -> tuple[str, QFont]:
        """Return the title whole, in smaller letters if need be, or its beginning where even they have no room."""
        parts = (self.content.title, *self.content.keys) if self.content is not None else ("",)
        room = self.box.rect().width()
        # A label draws a wide space as it draws any other.
        drawn = " ".join(parts)
        for share in (1.0, SMALLER):
            font = text_font(share * self._scale)
            if QFontMetricsF(font).horizontalAdvance(drawn) <= room:
                return GAP.join(parts), font
        font = text_font(self._scale)
        return QFontMetricsF(font).elidedText(GAP.join(parts), Qt.TextElideMode.ElideRight, room), font


def _ticks(axis: Axis, ends: Range, size: float) -> tuple[float, ...]:
    """Return where an axis of so many pixels has ticks."""
    return tuple(value for _, values in axis.tickValues(*ends, max(size, 1.0)) for value in values)
