"""Panels of curves in the window: where it is narrow, as many as can be read, and a way to the others."""

from landscape.plot.curves import CurvesPlot
from landscape.ui.buttons import IconButton
from landscape.ui.canvas import Canvas
from landscape.ui.context import Context


class CurvesView(Canvas):
    """Shows curves, and at the top right a button that leads to the panels that have no room.

    Args:
        plot: The curves.
        context: How it looks.
    """

    def __init__(self, plot: CurvesPlot, context: Context) -> None:
        super().__init__(plot.item)
        self._curves = plot
        self.further = IconButton(context, "right", "", plot.turn)
        self.further.setParent(self)
        self.further.hide()
        plot.folded.connect(self._tell)
        plot.item.geometryChanged.connect(self._fit)

    def _tell(self) -> None:
        """Name the panels that come next."""
        waiting = self._curves.waiting
        self.further.setVisible(bool(waiting))
        self.further.set_face("right", " · ".join(waiting))
        self._place()

    def _fit(self) -> None:
        """Show as many panels as there is room for."""
        self._curves.fit(self.width())
        self._place()

    def _place(self) -> None:
        self.further.adjustSize()
        self.further.move(self.width() - self.further.width(), 0)
