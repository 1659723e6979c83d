"""Many straight pieces in one call: the fast way to stroke a wide antialiased line.

Qt strokes a line that crosses itself in time that grows with the square of its length; opaque pieces with square ends
take a twentieth of that and look the same.
"""

from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPainterPath, QPen

from landscape.plot.polyline import Lines


def draw_lines(painter: QPainter, joined: Lines, pen: QPen) -> None:
    """Draw the lines; none at all is fine."""
    if len(joined) == 0:
        return
    if is_vector(painter):
        painter.strokePath(_connected(joined), pen)
        return
    array = PrimitiveArray(QLineF, 4)
    array.resize(len(joined))
    array.ndarray()[:] = joined
    painter.setPen(pen)
    painter.drawLines(*array.drawargs())


def is_vector(painter: QPainter) -> bool:
    """Tell whether lines stay lines where ``painter`` paints: then nothing but colours should come as a picture."""
    return painter.paintEngine().type() in (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf)


def _connected(joined: Lines) -> QPainterPath:
    """Return the pieces as one path, in which what hangs together is one line."""
    path = QPainterPath()
    end: tuple[float, float] | None = None
    for x0, y0, x1, y1 in joined.tolist():
        if (x0, y0) != end:
            path.moveTo(x0, y0)
        path.lineTo(x1, y1)
        end = x1, y1
    return path


def opaque_pen(color: str | QColor, width: float) -> QPen:
    """Return a pen for the pieces of one line: square ends close the corners between them."""
    return QPen(QColor(color), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap)


def sheer_pen(color: str | QColor, width: float, opacity: float) -> QPen:
    """Return a pen through which one sees; flat ends, so that the pieces do not darken each other."""
    sheer = QColor(color)
    sheer.setAlphaF(opacity)
    return QPen(sheer, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
