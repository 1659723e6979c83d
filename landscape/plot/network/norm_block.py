"""Which numbers a normalization averages: the block of rows, channels and pixels (Wu & He 2018, figure 2)."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from landscape.network.network import Normalization
from landscape.plot.theme import text_font
from landscape.scene.palette import Theme

SIDE = 4
"""Cells along each side of the block."""
SLANT = (0.42, -0.34)
"""How far a step into the depth goes across and down, in cells."""
TEXT = 10.0


def averaged(normalization: Normalization, groups: int, row: int, channel: int) -> bool:
    """Tell whether the pixels of one row in one channel are among those that are averaged together.

    Shown is the set that holds the last row and the first channel. Whitening takes all channels together; CrossNorm has
    two sets, that change places: of the last row and of another one. Weight norm and no norm average none.
    """
    last = SIDE - 1
    in_group = channel < max(1, SIDE // min(groups, SIDE))
    return {
        "batch": channel == 0,
        "renorm": channel == 0,
        "whitening": True,
        "cross": row in (1, last) and (groups == 1 or channel == 0),
        "layer": row == last,
        "rms": row == last,
        "instance": row == last and channel == 0,
        "group": row == last and in_group,
    }.get(normalization, False)


def paint_norm_block(
    painter: QPainter, area: QRectF, normalization: Normalization, groups: int, color: str, unit: float, theme: Theme
) -> None:
    """Paint the block: rows N across, channels C into the depth, pixels H×W upwards."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    margin = 14 * unit
    across, up = SIDE * (1 + SLANT[0]), SIDE * (1 - SLANT[1])
    cell = min((area.width() - 2 * margin) / across, (area.height() - margin) / up)
    origin = QPointF(area.center().x() - cell * across / 2, area.top() + cell * up)
    painter.setPen(QPen(QColor(theme.panel), max(1.0, unit)))

    def face(place: tuple[float, float, float], first: int, second: int, inside: bool) -> None:
        """Paint one side of a cell: its corner, and the two directions it lies in (0 across, 1 deep, 2 up)."""
        steps = [QPointF(1, 0), QPointF(*SLANT), QPointF(0, -1)]
        corner = origin + sum((steps[k] * (place[k] * cell) for k in range(3)), QPointF())
        a, b = steps[first] * cell, steps[second] * cell
        shade = QColor(color if inside else theme.line)
        painter.setBrush(
            shade.lighter(118) if first == 0 and second == 1 else shade.darker(112) if first == 1 else shade
        )
        painter.drawPolygon(QPolygonF([corner, corner + a, corner + a + b, corner + b]))

    for n in range(SIDE):
        for k in range(SIDE):
            face((n, 0, k), 0, 2, averaged(normalization, groups, n, 0))
            face((n, k, SIDE), 0, 1, averaged(normalization, groups, n, k))
            face((SIDE, n, k), 1, 2, averaged(normalization, groups, SIDE - 1, n))
    painter.setPen(QColor(theme.muted))
    painter.setFont(text_font(unit, size=TEXT))
    front = QRectF(origin.x(), origin.y(), SIDE * cell, margin)
    painter.drawText(front, Qt.AlignmentFlag.AlignCenter, "N")
    deep = QRectF(
        origin.x() + SIDE * cell + 0.5 * SLANT[0] * SIDE * cell, origin.y() + SLANT[1] * SIDE * cell / 2, margin, margin
    )
    painter.drawText(deep, Qt.AlignmentFlag.AlignCenter, "C")
    painter.save()
    painter.translate(origin.x() - margin, origin.y())
    painter.rotate(-90)
    painter.drawText(QRectF(0, 0, SIDE * cell, margin), Qt.AlignmentFlag.AlignCenter, "H×W")
    painter.restore()
    painter.restore()
