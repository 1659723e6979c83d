"""The picture beside the choice of a normalization: which numbers are averaged."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.norm_block import paint_norm_block
from landscape.scene.palette import TWIN_COLORS
from landscape.session.experiment import Experiment
from landscape.ui.context import Context

HEIGHT = 92


class NormPicture(QWidget):
    """One block for both networks, or one for each where they are normalized otherwise."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._theme = context.theme
        self._experiment: Experiment | None = None
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(context.say("Which numbers are averaged: rows N, channels C, pixels H×W"))
        self.setToolTip(self.accessibleName())

    def display(self, experiment: Experiment) -> None:
        """Show how both networks are normalized; nothing where neither is."""
        self._experiment = experiment
        self.setVisible(any(twin.normalization not in ("none", "weight") for twin in experiment.twins))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size that shows the cells."""
        return QSize(240, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the blocks."""
        if self._experiment is None:
            return
        painter = QPainter(self)
        kinds = [(twin.normalization, twin.groups) for twin in self._experiment.twins]
        shown = kinds[:1] if kinds[0] == kinds[1] else kinds
        width = self.width() / len(shown)
        for index, (kind, groups) in enumerate(shown):
            area = QRectF(index * width, 2, width, HEIGHT - 4)
            paint_norm_block(painter, area, kind, groups, TWIN_COLORS[index], 1.0, self._theme)
