"""Many straight pieces in one call: the fast way to stroke a wide antialiased line.

Qt strokes a line that crosses itself in time that grows with the square of its length; opaque pieces with square ends
take a twentieth of that and look the same.
"""

import numpy as np
from pyqtgraph import arrayToQPath
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPainterPath, QPen

from landscape.plot.polyline import Lines

GRID = 16
"""Where lines stay lines, the parts of a pixel in which they are counted: as whole numbers, without the nine digits
that Qt gives each other one, files are smaller and sooner packed."""


def draw_lines(painter: QPainter, joined: Lines, pen: QPen) -> None:
    """Draw the lines; none at all is fine."""
    if len(joined) == 0:
        return
    if is_vector(painter):
        fine = QPen(pen)
        fine.setWidthF(GRID * pen.widthF())
        painter.save()
        painter.scale(1 / GRID, 1 / GRID)
        painter.strokePath(_connected(joined), fine)
        painter.restore()
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
    """Return the pieces as one path on the grid, in which what hangs together is one line."""
    pieces = np.round(joined * GRID)
    kept, first = np.ones((2, 2 * len(pieces)), bool)
    first[1::2] = False
    first[2::2] = kept[2::2] = (pieces[1:, 0] != pieces[:-1, 2]) | (pieces[1:, 1] != pieces[:-1, 3])
    across, down = pieces.reshape(-1, 2)[kept].T
    followed = np.append(~first[kept][1:], False).astype(np.int32)
    path: QPainterPath = arrayToQPath(across, down, followed, finiteCheck=False)
    return path


def opaque_pen(color: str | QColor, width: float) -> QPen:
    """Return a pen for the pieces of one line: square ends close the corners between them."""
    return QPen(QColor(color), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap)


def sheer_pen(color: str | QColor, width: float, opacity: float) -> QPen:
    """Return a pen through which one sees; flat ends, so that the pieces do not darken each other."""
    sheer = QColor(color)
    sheer.setAlphaF(opacity)
    return QPen(sheer, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
