"""The values of all curves of a panel at one step, in a box beside the pointer."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from landscape.plot.projection import Frame
from landscape.plot.theme import text_font
from landscape.scene.layers import Curve, CurvePanel
from landscape.scene.palette import Theme
from landscape.scene.text import number

Row = tuple[str, str, str]
"""A run's colour and name, or nothing, and a value."""
TEXT = 11.0
GAP = 8.0


def readout(panel: CurvePanel, step: int) -> list[Row]:
    """Return the step or place and each run's value there, largest first; runs that have ended are left out."""
    values = [(float(c.values[step]), c) for c in panel.curves if 0 <= step < len(c.values)]
    values.sort(key=lambda pair: math.inf if math.isnan(pair[0]) else -pair[0])
    told = ((curve.color, curve.name, _text(value, curve, step, panel.never)) for value, curve in values)
    at = number(step) if panel.abscissa is None else number(float(panel.abscissa.places[step]), 3)
    return [("", "", at), *told]


def _text(value: float, curve: Curve, step: int, never: str) -> str:
    """Return the value, and after a stroke the limit it is to be held against, where there is one."""
    if never and math.isinf(value):
        return never
    if curve.limit is None or step >= len(curve.limit):
        return number(value)
    return f"{number(value)} / {number(float(curve.limit[step]), 3)}"


def draw_readout(
    painter: QPainter, rows: Sequence[Row], across: float, frame: Frame, unit: float, theme: Theme
) -> None:
    """Draw a line at ``across`` and the rows in a box beside it, on the side where there is room."""
    painter.setPen(QPen(QColor(theme.muted), max(1.0, unit), Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(across, 0), QPointF(across, frame.height))
    painter.setFont(text_font(unit, size=TEXT))
    metrics = painter.fontMetrics()
    line = min(float(metrics.height()), (frame.height - 8 * unit) / len(rows))
    values = max(metrics.horizontalAdvance(value) for _, _, value in rows)
    around = (3.0 if all(name == "" for _, name, _ in rows) else 4.0) * GAP * unit
    # Where there is no room for both, a name ends in an ellipsis and its value stays.
    names = min(max(metrics.horizontalAdvance(name) for _, name, _ in rows), max(frame.width - values - around, 0.0))
    width = values + names + around
    fits = across + width + GAP * unit < frame.width
    left = across + GAP * unit if fits else max(0.0, across - width - GAP * unit)
    _draw_ground(painter, QRectF(left, 2 * unit, width, line * len(rows) + 4 * unit), unit, theme)
    for index, (color, name, value) in enumerate(rows):
        middle = 4 * unit + (index + 0.5) * line
        if color:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            painter.drawEllipse(QPointF(left + GAP * unit, middle), 3 * unit, 3 * unit)
        painter.setPen(QColor(theme.text if color else theme.muted))
        place = QRectF(left + 2 * GAP * unit, middle - line / 2, width - 3 * GAP * unit, line)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, math.ceil(names))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        side = Qt.AlignmentFlag.AlignRight if color else Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, value)


def _draw_ground(painter: QPainter, box: QRectF, unit: float, theme: Theme) -> None:
    ground = QColor(theme.raised)
    ground.setAlphaF(0.94)
    painter.setPen(QPen(QColor(theme.line), unit))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4 * unit, 4 * unit)
