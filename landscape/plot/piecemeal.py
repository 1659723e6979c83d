"""A picture that takes long: drawn by turns, while a window shows the one before until it is whole."""

import math
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from landscape.plot.pace import TURN
from landscape.plot.painters import painter_on


class Piecemeal:
    """Keeps what was drawn last, and draws what comes next."""

    def __init__(self) -> None:
        self._image, self._coming = QImage(), QImage()
        self._drawn: object = None
        """What the kept picture shows."""
        self._begun: object = None
        self._pieces: Iterator[None] | None = None

    def paint(
        self,
        painter: QPainter,
        area: QRectF,
        ground: QColor,
        look: object,
        drawing: Callable[[QPainter], Iterator[None]],
    ) -> bool:
        """Paint what is drawn of a picture; tell whether it is this one, or is to be painted again.

        What is overtaken while it is drawn is drawn to its end: so there is always something newer to see.

        Args:
            painter: Where to paint, in a window.
            area: What the picture fills.
            ground: Its colour where nothing is drawn.
            look: All that decides on what it shows.
            drawing: Draws it with a painter, and yields after each piece.
        """
        until = time.perf_counter() + TURN
        ratio = painter.device().devicePixelRatioF()
        wanted = look, area.width(), area.height(), ratio, ground.rgba()
        while wanted != self._drawn:
            if self._pieces is None:
                self._coming = QImage(_size(area, ratio), QImage.Format.Format_RGB32)
                self._coming.setDevicePixelRatio(ratio)
                self._coming.fill(ground)
                self._begun, self._pieces = wanted, _drawn(self._coming, area, drawing)
            # Where a piece raises an error, the others do not follow: what is there is no whole picture.
            pieces, self._pieces = self._pieces, None
            if next(pieces, "whole") == "whole":
                self._image, self._drawn = self._coming, self._begun
                continue
            self._pieces = pieces
            if time.perf_counter() > until:
                break
        if self._image.size() == _size(area, ratio):
            painter.drawImage(area.topLeft(), self._image)  # Not scaled by a part of a pixel, which would blur it.
        else:
            painter.drawImage(area, self._image)
        return wanted == self._drawn

    def give_up(self) -> None:
        """Let go of a picture that is not whole yet: nobody sees it any more, and it may have been a large one."""
        self._begun = self._pieces = None
        self._coming = QImage()


def _size(area: QRectF, ratio: float) -> QSize:
    return QSize(math.ceil(ratio * area.width()), math.ceil(ratio * area.height()))


def _drawn(image: QImage, area: QRectF, drawing: Callable[[QPainter], Iterator[None]]) -> Iterator[None]:
    with painter_on(image) as painter:
        painter.translate(-area.topLeft())
        yield from drawing(painter)
