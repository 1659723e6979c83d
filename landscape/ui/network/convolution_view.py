"""The convolution in numbers: pixels, weights, products and their sums at one place."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.network.convolution import height_of, paint_convolution
from landscape.plot.overrides import guarded
from landscape.scene.network.convolution import Convolution
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, caption, column, heading
from landscape.ui.sizes import unit
from landscape.ui.words import write


class ConvolutionView(QWidget):
    """Shows one filter of the last network that has a convolution at one place; hidden where none has."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.picture = ConvolutionPicture(context)
        self.sentence = caption(wrap=True)
        self.network = caption(wrap=True)
        title = heading(context.say("The convolution in numbers"))
        self.setLayout(column(title, self.network, self.sentence, self.picture, spacing=GRID // 2))
        self.hide()

    def display(self, shown: Convolution | None, network: str) -> None:
        """Show another place, or the same at another step, and what the network is called."""
        self.setVisible(shown is not None)
        write(self.network, text=network)
        self.picture.display(shown)
        write(self.sentence, text=shown.sentence if shown is not None else "")


class ConvolutionPicture(QWidget):
    """Paints one of them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.shown: Convolution | None = None
        write(self, name=context.say("Pixels times weights, and their sums"))

    def display(self, shown: Convolution | None) -> None:
        """Show another one."""
        if shown is not self.shown:
            self.shown = shown
            self._fit()
            self.update()

    @guarded(None)
    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Be as high as the cells need."""
        self._fit()

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        if self.shown is not None:
            painter = QPainter(self)
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            paint_convolution(painter, area, self.shown, unit(), self._context.theme)

    def _fit(self) -> None:
        if self.shown is not None:
            self.setFixedHeight(round(height_of(self.shown, self.width() - 2, unit())))
