"""The picture beside the choice of a normalization: which numbers are averaged."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from landscape.network.network import Network, Normalization
from landscape.plot.network.norm_block import SIDE, paint_norm_block
from landscape.plot.overrides import guarded
from landscape.scene.palette import TWIN_COLORS
from landscape.session.network.document import Experiment
from landscape.ui.context import Context
from landscape.ui.sizes import scaled, sized, unit
from landscape.ui.words import write

HEIGHT = 92


class NormPicture(QWidget):
    """One block for both networks, or one for each where they are normalized otherwise."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: list[tuple[Normalization, int]] = []
        sized(self, height=HEIGHT)
        meaning = context.say("Which numbers are averaged: rows N, channels C, pixels H×W")
        write(self, name=meaning, tip=meaning)

    def display(self, experiment: Experiment) -> None:
        """Show how both networks are normalized; nothing where neither is."""
        kinds = [(twin.normalization, _groups(twin)) for twin in experiment.twins]
        shown = kinds[:1] if kinds[0] == kinds[1] else kinds
        if shown != self._shown:
            self._shown = shown
            self.setVisible(any(kind not in ("none", "weight") for kind, _ in shown))
            self.update()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return a size that shows the cells."""
        return QSize(scaled(240), scaled(HEIGHT))

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the blocks."""
        painter = QPainter(self)
        width = self.width() / max(len(self._shown), 1)
        for index, (kind, groups) in enumerate(self._shown):
            area = QRectF(index * width, 2, width, self.height() - 4)
            paint_norm_block(painter, area, kind, groups, TWIN_COLORS[index], unit(), self._context.theme)


def _groups(twin: Network) -> int:
    """Return into how many groups the channels are cut: for CrossNorm as many as there are, or one without pixels."""
    if twin.normalization != "cross":
        return twin.groups
    return SIDE if twin.filters else 1
