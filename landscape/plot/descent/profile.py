"""The plot of a cut: its profile in a box with axes and a title."""

import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QGraphicsItem

from landscape.plot.axes import Axis
from landscape.plot.choice_box import ChoiceBox
from landscape.plot.descent.profile_sheet import ProfileSheet, ends_of
from landscape.plot.plot_item import PlotItem
from landscape.plot.theme import text_font
from landscape.scene.cut_layer import Cut
from landscape.scene.palette import DARK, Theme
from landscape.scene.text import number

LEFT, BOTTOM, TITLE = 50.0, 22.0, 20.0
APART = 2.6
"""Lines of text from one mark of bent heights to the next."""
NOWHERE = (0.0, 0.0)
"""The part of the axis whose numbers are its own where it bears the values that belong to heights."""


class ProfilePlot(QObject):
    """Shows the surface along a cut.

    Args:
        theme: Colours.
        scale: Factor of text, lines and signs.
    """

    def __init__(self, theme: Theme = DARK, scale: float = 1.0) -> None:
        super().__init__()
        self._box = ChoiceBox()
        self._axes = {side: Axis(side) for side in ("left", "bottom")}
        self.item = PlotItem(self._box, self._axes)
        self.item.plot = self  # what is drawn lives as long as the item that a window shows
        self._sheet = ProfileSheet(self._box, theme, scale)
        self._cut: Cut | None = None
        self._step = 0.0
        self._theme, self._scale = theme, scale
        self._box.sigResized.connect(self._follow_size)
        self.set_theme(theme, scale)

    @property
    def layers(self) -> tuple[QGraphicsItem, ...]:
        """What depends on the step."""
        return (self._sheet,)

    def settle(self) -> None:
        """Lay everything out now, not when the event loop is idle: for a picture that no window shows."""
        self.item.layout.activate()

    def show(self, cut: Cut) -> None:
        """Show another cut; one that is shown already is not drawn anew."""
        if cut is not self._cut:
            before, self._cut = self._cut, cut
            # The line of a step is another at each step: its values stand at its two points.
            self._axes["left"].setStyle(showValues=cut.along != "step")
            if before is None or before.title != cut.title:
                self._write_title()
            self._look()

    def set_step(self, step: float) -> None:
        """Move the play head; between two whole steps nothing changes."""
        moved = int(step) != int(self._step)
        self._step = step
        if moved and self._cut is not None and (self._cut.run is not None or self._cut.crossings):
            self._sheet.set_step(step)
            if self._cut.along == "step":
                self._look()

    def show_coming(self, shown: bool) -> None:
        """Show the profile along what is still to come of a path, or not."""
        self._sheet.show_coming(shown)

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        """Use other colours, and text and lines ``scale`` times as large."""
        self._theme, self._scale = theme, scale
        self._box.setBackgroundColor(QColor(theme.panel))
        self._box.border = pg.mkPen(theme.line, width=max(1.0, scale))
        self._axes["left"].set_theme(theme, scale, LEFT)
        self._axes["bottom"].set_theme(theme, scale, BOTTOM)
        self.item.layout.setContentsMargins(4 * scale, 2 * scale, 10 * scale, 2 * scale)
        self._sheet.set_theme(theme, scale)
        self._write_title()

    def _follow_size(self) -> None:
        self._sheet.resize(self._box.rect())
        self._write_title()
        self._write_values()

    def _look(self) -> None:
        """Show as much of both axes as the curve needs."""
        if self._cut is None:
            return
        ends = ends_of(self._cut, self._step)
        self._box.setRange(xRange=ends.x, yRange=ends.y, padding=0.0, disableAutoRange=True)
        self._sheet.show_cut(self._cut, ends)
        self._write_values()

    def _write_values(self) -> None:
        """Write at heights which values they are, where the profile is as high as the colours tell."""
        spread = self._cut.spread if self._cut is not None else None
        if self._cut is None or spread is None:
            self._axes["left"].set_named({}, None)
            return
        room = self._box.rect().height() / (APART * text_font(self._scale).pixelSize())
        marks = spread.marks(*ends_of(self._cut, self._step).y, max(2, int(room)))
        self._axes["left"].set_named({place: number(value) for place, value in marks.items()}, NOWHERE)

    def _write_title(self) -> None:
        """Write what the curve is, as far as there is room."""
        font, cut = text_font(self._scale), self._cut
        title = cut.title if cut is not None else ""
        label, height = self.item.titleLabel, TITLE * self._scale
        title = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, self._box.rect().width())
        label.setText(title, color=self._theme.muted, size=f"{font.pixelSize()}px")
        label.setMinimumWidth(0.0)
        label.setMaximumHeight(height)
        label.setVisible(True)
        self.item.layout.setRowFixedHeight(0, height)
