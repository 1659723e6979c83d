"""Which line is which run and how far down each has come, and which colour is which basin."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from landscape.plot.basins import draw_key
from landscape.plot.samples import draw_sample
from landscape.plot.theme import text_font
from landscape.plot.track import WIDTH
from landscape.scene.descent.facts import standings
from landscape.scene.palette import Theme
from landscape.scene.scene import BasinKey, Basins, Scene
from landscape.scene.text import number

ROW = 26.0
SAMPLE = 34.0
"""Length of the piece of line before a name."""
COLUMN_GAP = 32.0
TEXT = 14.0
VALUE = 82.0
"""Room for the loss."""
SIGN = 15.0
"""Side of the square in a basin's colour."""


def row_areas(count: int, area: QRectF, unit: float, columns: int) -> list[QRectF]:
    """Return the rectangles of so many rows, from left to right and from top to bottom."""
    width, height = area.width() / columns, ROW * unit
    return [
        QRectF(
            area.left() + index % columns * width,
            area.top() + index // columns * height,
            width - (COLUMN_GAP if columns > 1 else 0.0) * unit,
            height,
        )
        for index in range(count)
    ]


def draw_names(painter: QPainter, scene: Scene, rows: Sequence[QRectF], unit: float, theme: Theme) -> None:
    """Draw a piece of each run's line and its name: what stays the same from frame to frame."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(text_font(unit, size=TEXT))
    for path, row in zip(scene.paths, rows, strict=True):
        start = QPointF(row.left(), row.center().y())
        draw_sample(painter, start, SAMPLE * unit, path.color, path.dash, WIDTH * unit)
        name = row.adjusted((SAMPLE + 10) * unit, 0, -VALUE * unit, 0)
        painter.setPen(QColor(theme.text))
        text = painter.fontMetrics().elidedText(path.name, Qt.TextElideMode.ElideRight, int(max(name.width(), 0)))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, text)


def draw_keys(painter: QPainter, basins: Basins, rows: Sequence[QRectF], unit: float, theme: Theme) -> None:
    """Draw what the basins are of, and what each of their colours stands for; as much as there are rows for."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(text_font(unit, size=TEXT))
    keys = [BasinKey(color="", text=basins.title, share=""), *basins.keys]
    for key, row in zip(keys, rows, strict=False):
        sign = QRectF(row.left(), row.center().y() - SIGN * unit / 2, SIGN * unit, SIGN * unit)
        draw_key(painter, key, sign, theme)
        name = row.adjusted((SIGN + 10) * unit if key is not keys[0] else 0.0, 0, -VALUE * unit if key.share else 0, 0)
        painter.setPen(QColor(theme.text))
        text = painter.fontMetrics().elidedText(key.text, Qt.TextElideMode.ElideRight, int(max(name.width(), 0)))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QColor(theme.muted))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, key.share)


def draw_losses(
    painter: QPainter, scene: Scene, rows: Sequence[QRectF], step: float, unit: float, theme: Theme
) -> None:
    """Write each run's loss at ``step``, or a cross once it has diverged."""
    painter.setFont(text_font(unit, size=TEXT))
    for one, row in zip(standings(scene, step), rows, strict=True):
        text = "✕" if one.lost else number(one.loss, 3)
        painter.setPen(QColor(theme.error if one.lost else theme.muted))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
