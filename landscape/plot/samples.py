"""The piece of a run's line that stands before its name."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter

from landscape.plot.polyline import dashed, lines
from landscape.plot.strokes import draw_lines, sheer_pen
from landscape.plot.track import PATTERNS, WIDTH
from landscape.scene.layers import Dash


def draw_sample(painter: QPainter, start: QPointF, length: float, color: str, dash: Dash, width: float) -> None:
    """Draw a piece of line to the right of ``start``, as long and wide as told; a solid one has round ends."""
    end = start + QPointF(length, 0.0)
    line = lines(np.array(((start.x(), start.y()), (end.x(), end.y()))))
    pattern = tuple(part * width / WIDTH for part in PATTERNS[dash])
    ink = dashed(line, np.zeros(1), pattern)[0] if pattern else line
    draw_lines(painter, ink, sheer_pen(color, width, 1.0))
    if not pattern:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        for tip in (start, end):
            painter.drawEllipse(tip, width / 2, width / 2)
