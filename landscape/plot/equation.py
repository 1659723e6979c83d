"""A typeset formula in any colour, as Qt draws it; into pictures it is drawn once and then copied."""

import math
from collections.abc import Hashable

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter
from PySide6.QtSvg import QSvgRenderer

from landscape.memory import bounded
from landscape.plot.projection import device_frame
from landscape.plot.stamps import PARTS
from landscape.scene.equation import equation_svg


def equation(latex: str, color: str) -> QSvgRenderer | None:
    """Return the typeset formula in ``color``, or None where it cannot be typeset."""
    svg = equation_svg(latex).replace('fill="black"', f'fill="{color}"').replace('stroke="black"', f'stroke="{color}"')
    renderer = QSvgRenderer(QByteArray(svg.encode())) if svg else None
    return renderer if renderer is not None and renderer.isValid() else None


def draw_equation(painter: QPainter, drawing: QSvgRenderer, target: QRectF, *look: Hashable) -> None:
    """Draw a typeset formula; into a picture it is copied, once it was drawn there so large.

    Args:
        painter: Where to draw.
        drawing: The formula.
        target: How large, and where.
        look: What tells this drawing from others.
    """
    if painter.paintEngine().type() != QPaintEngine.Type.Raster or target.isEmpty():
        drawing.render(painter, target)
        return
    device = painter.deviceTransform().mapRect(target)
    place = device_frame(painter, target)
    aside, below = (round(PARTS * each) for each in (device.left() - place.left, device.top() - place.top))
    size = tuple(round(PARTS * each) for each in (device.width(), device.height()))
    painter.save()
    painter.setWorldTransform(place.world)
    painter.drawImage(QPointF(-1, -1), _picture(_Drawn(drawing, look), size, (aside, below)))
    painter.restore()


class _Drawn:
    """A drawing that is the same as another one that looks so."""

    def __init__(self, drawing: QSvgRenderer, look: tuple[Hashable, ...]) -> None:
        self.drawing, self._look = drawing, look

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawn) and self._look == other._look

    def __hash__(self) -> int:
        return hash(self._look)


@bounded(256, megabytes=16, size=QImage.sizeInBytes)
def _picture(drawn: _Drawn, size: tuple[int, ...], shift: tuple[int, int]) -> QImage:
    """Return the formula in a picture with a border of a pixel; sizes and shifts in parts of a pixel."""
    wide, high = (each / PARTS for each in size)
    aside, below = (each / PARTS + 1.0 for each in shift)
    image = QImage(math.ceil(wide) + 3, math.ceil(high) + 3, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawn.drawing.render(painter, QRectF(aside, below, wide, high))
    painter.end()
    return image
