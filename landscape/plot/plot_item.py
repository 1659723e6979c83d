"""A plot: a box with axes at its left and below, a title above, and room for more at the right."""

from collections.abc import Mapping

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

from landscape.plot.axes import Axis

ROWS, COLUMNS = 4, 3
PLACES = {"left": (2, 0), "bottom": (3, 1)}
BOX, TITLE = (2, 1), (0, 1)
EMPTY_ROW, EMPTY_COLUMN = 1, 2
"""Rows and columns of the layout; column 3 is free for what stands at the right."""
MOST = 100
"""The box takes so many times as much of what room there is."""


class PlotItem(pg.GraphicsWidget):
    """Lays out a view box with its axes, as pyqtgraph's plot does.

    That one has a menu beside: 45 widgets and .4 MB, which nobody sees, of each plot.
    """

    def __init__(self, box: pg.ViewBox, axes: Mapping[str, Axis]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.vb, self.axes = box, axes
        self.titleLabel = pg.LabelItem("", size="11pt", parent=self)
        self.layout = QGraphicsGridLayout()
        self.setLayout(self.layout)
        self._place()
        self._spread()
        self.titleLabel.setVisible(False)
        self.titleLabel.setMaximumHeight(0)
        self.layout.setRowFixedHeight(TITLE[0], 0)

    def _place(self) -> None:
        """Put everything into the layout."""
        self.layout.addItem(self.vb, *BOX)
        for side, axis in self.axes.items():
            axis.linkToView(self.vb)
            self.layout.addItem(axis, *PLACES[side])
            # Above what is drawn in the box.
            axis.setZValue(0.5)
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)
        self.layout.addItem(self.titleLabel, *TITLE)

    def _spread(self) -> None:
        """Give the box what the others leave."""
        self.layout.setContentsMargins(1, 1, 1, 1)
        self.layout.setSpacing(0)
        for row in range(ROWS):
            self.layout.setRowPreferredHeight(row, 0)
            self.layout.setRowMinimumHeight(row, 0)
            self.layout.setRowSpacing(row, 0)
            self.layout.setRowStretchFactor(row, MOST if row == BOX[0] else 1)
        for column in range(COLUMNS):
            self.layout.setColumnPreferredWidth(column, 0)
            self.layout.setColumnMinimumWidth(column, 0)
            self.layout.setColumnSpacing(column, 0)
            self.layout.setColumnStretchFactor(column, MOST if column == BOX[1] else 1)
        # They would take what their stretch gives them.
        self.layout.setRowFixedHeight(EMPTY_ROW, 0)
        self.layout.setColumnFixedWidth(EMPTY_COLUMN, 0)
