"""The comparison of the runs by evaluations as a picture: curves, the table below, and beside it where they end."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from landscape.plot.descent.ecdf import paint_ecdf, share_at
from landscape.plot.ground import heat_image
from landscape.plot.samples import draw_sample
from landscape.plot.theme import text_font
from landscape.plot.words import set_fitting_font
from landscape.scene.descent.comparison import ComparisonScene, Ends, Spot
from landscape.scene.layers import Heat
from landscape.scene.palette import Theme

LEFT = 0.6
"""Part of the width that the curves and the table take."""
NARROW = 0.95
"""Wide for its height less than this, a picture has the places where runs end below the curves."""
TEXT, SMALL = 12.5, 11.5
ROW, HEAD, GAP = 21.0, 20.0, 12.0
SAMPLE = 26.0
COLUMNS = 60.0, 92.0, 84.0, 84.0
"""Widths of the numbers of the table."""
LEAST, LARGEST = 2.6, 13.0
"""Radius of a place where one start ends, and of one where all do."""
COUNTED = 7.0
"""From this radius on it has its number in it."""
RING = 0.45
"""Opacity of the inside of a ring."""
DIM = 0.35
"""How far the surface under the ends fades into the panel."""


class ComparisonPlot:
    """Draws a comparison into a rectangle."""

    def __init__(self) -> None:
        self.coming = True
        """Whether what is still to come is shown, faintly."""
        self.box = QRectF()
        """Where the curves lay last."""
        self._image: tuple[Heat, QImage] | None = None

    def evaluations_at(self, position: QPointF, scene: ComparisonScene) -> float | None:
        """Return which place of the abscissa a position means; None beside the curves."""
        if not self.box.contains(position):
            return None
        part = (position.x() - self.box.left()) / max(self.box.width(), 1.0)
        return float(share_at(part, scene.evaluations))

    def paint(
        self, painter: QPainter, area: QRectF, scene: ComparisonScene, part: float, unit: float, theme: Theme
    ) -> None:
        """Paint a comparison, its curves up to a part of the abscissa."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot = self._paint_sentences(painter, area, scene, unit, theme)
        table = (len(scene.lines) + 1) * ROW * unit + GAP * unit
        top = area.adjusted(0, 0, 0, -foot - table)
        left, right = _halves(top, unit)
        self.box = paint_ecdf(painter, left, scene, part, unit, theme, coming=self.coming)
        told = self.coming or part >= 1.0
        _paint_table(painter, QRectF(top.left(), top.bottom(), top.width(), table), scene, unit, theme, told=told)
        if scene.ends:
            self._paint_ends(painter, right, scene, unit, theme, told=told)
        painter.restore()

    def _paint_sentences(
        self, painter: QPainter, area: QRectF, scene: ComparisonScene, unit: float, theme: Theme
    ) -> float:
        """Paint the sentences at the bottom, and return their height."""
        painter.setFont(text_font(unit, size=SMALL))
        painter.setPen(QColor(theme.muted))
        flags, height = int(Qt.TextFlag.TextWordWrap), 0.0
        for text in reversed(scene.sentences):
            room = painter.boundingRect(QRectF(0, 0, area.width(), 1e4), flags, text).height()
            height += room
            painter.drawText(QRectF(area.left(), area.bottom() - height, area.width(), room), flags, text)
        return height + GAP * unit

    def _paint_ends(
        self, painter: QPainter, area: QRectF, scene: ComparisonScene, unit: float, theme: Theme, *, told: bool
    ) -> None:
        """Paint a small map for each run."""
        for room, ends in zip(rooms(area, len(scene.ends), HEAD * unit, GAP * unit), scene.ends, strict=True):
            box = room.adjusted(0, HEAD * unit, 0, 0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ends.color))
            middle, radius = room.top() + HEAD * unit / 2, 4.5 * unit
            painter.drawEllipse(QPointF(room.left() + radius, middle), radius, radius)
            text = f"{ends.name} · {ends.note}" if ends.note and told else ends.name
            head = QRectF(room.left() + 14 * unit, room.top(), room.width() - 14 * unit, HEAD * unit)
            shown = set_fitting_font(painter, text, head.width(), unit, TEXT, bold=False)
            painter.setPen(QColor(theme.text))
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, shown)
            self._paint_ground(painter, box, scene, theme)
            painter.save()
            painter.setClipRect(box)
            for spot in ends.spots if told else ():
                _paint_spot(painter, box, spot, ends, unit, theme)
            painter.restore()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.line), max(1.0, unit)))
            painter.drawRect(box)

    def _paint_ground(self, painter: QPainter, box: QRectF, scene: ComparisonScene, theme: Theme) -> None:
        painter.fillRect(box, QColor(theme.invalid))
        if scene.ground is None:
            return
        if self._image is None or self._image[0] is not scene.ground:
            self._image = scene.ground, heat_image(scene.ground)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, self._image[1])
        veil = QColor(theme.panel)
        veil.setAlphaF(DIM)
        painter.fillRect(box, veil)
        painter.restore()


def _halves(area: QRectF, unit: float) -> tuple[QRectF, QRectF]:
    """Return where the curves lie, and where the maps: beside them, or below where there is no width."""
    if area.width() < NARROW * area.height():
        left = QRectF(area.left(), area.top(), area.width(), 0.55 * area.height())
        return left, area.adjusted(0, left.height() + GAP * unit, 0, 0)
    left = QRectF(area.left(), area.top(), LEFT * area.width(), area.height())
    return left, area.adjusted(left.width() + 2 * GAP * unit, 0, 0, 0)


def rooms(area: QRectF, count: int, head: float, gap: float) -> list[QRectF]:
    """Return so many places for squares with a head, as large as the area lets them be."""

    def side(columns: int) -> float:
        lines = -(-count // columns)
        wide = (area.width() - (columns - 1) * gap) / columns
        return min(wide, (area.height() - (lines - 1) * gap) / lines - head)

    columns = max(range(1, count + 1), key=side)
    size = max(side(columns), 1.0)
    places = (divmod(place, columns) for place in range(count))
    return [
        QRectF(area.left() + at * (size + gap), area.top() + line * (size + head + gap), size, size + head)
        for line, at in places
    ]


def _paint_spot(painter: QPainter, box: QRectF, spot: Spot, ends: Ends, unit: float, theme: Theme) -> None:
    """Paint a place where repetitions end: a ring by how many they are, full by how many reached the target there."""
    radius, full = (_radius(count, ends.repetitions) * unit for count in (spot.count, spot.found))
    center = QPointF(box.left() + spot.x * box.width(), box.bottom() - spot.y * box.height())
    color, ground = QColor(ends.color), QColor(theme.panel)
    ground.setAlphaF(RING)
    painter.setPen(QPen(QColor(theme.halo), 1.4 * unit + 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(center, radius, radius)
    painter.setPen(QPen(color, 1.6 * unit))
    painter.setBrush(ground)
    painter.drawEllipse(center, radius, radius)
    if spot.found:
        painter.setBrush(color)
        painter.drawEllipse(center, full, full)
    if radius < COUNTED * unit:
        return
    painter.setFont(text_font(unit, size=9.5, bold=True))
    painter.setPen(QColor("#ffffff") if 2 * spot.found > spot.count else QColor(theme.text))
    room = QRectF(center.x() - 2 * radius, center.y() - radius, 4 * radius, 2 * radius)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(spot.count))


def _radius(count: int, of: int) -> float:
    return float(LEAST + (LARGEST - LEAST) * np.sqrt(count / of))


def _paint_table(
    painter: QPainter, area: QRectF, scene: ComparisonScene, unit: float, theme: Theme, *, told: bool
) -> None:
    """Paint a line for each run with its numbers."""
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(text_font(unit, size=TEXT))
    metrics, top = QFontMetricsF(painter.font()), area.top() + GAP * unit
    edges = area.right() - unit * (np.sum(COLUMNS) - np.cumsum((0.0, *COLUMNS)))

    def write(row: int, cells: tuple[str, ...]) -> None:
        for text, first, last in zip(cells, edges.tolist(), edges[1:].tolist(), strict=False):
            painter.drawText(QRectF(first, top + row * ROW * unit, last - first, ROW * unit), right, text)

    painter.setPen(QColor(theme.muted))
    write(0, scene.headings)
    for row, line in enumerate(scene.lines, 1):
        middle = top + (row + 0.5) * ROW * unit
        draw_sample(painter, QPointF(area.left(), middle), SAMPLE * unit, line.color, line.dash, 2.4 * unit)
        painter.setPen(QColor(theme.text))
        left = area.left() + (SAMPLE + 8) * unit
        name = metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, max(float(edges[0]) - left, 0.0))
        room = QRectF(left, middle - ROW * unit / 2, max(float(edges[0]) - left, 0.0) + 2, ROW * unit)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        write(row, line.cells if told else ("–",) * len(line.cells))
