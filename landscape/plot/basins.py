"""Basins of attraction as colour: the hue says where a start comes to, the brightness how soon."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from landscape.plot.pixels import word_image, words
from landscape.plot.projection import Projection
from landscape.scene.palette import BASIN_COLORS, Theme, basin_shades
from landscape.scene.scene import BasinKey, Basins


def draw_basins(painter: QPainter, projection: Projection, basins: Basins, theme: Theme) -> None:
    """Draw the basins; what comes to nothing is plain, and hatched where it leaves."""
    area = projection.rect(basins.x, basins.y)
    if basins.gone.any():
        painter.fillRect(area, _hatch(theme))
    fine = basins.label.shape[1] >= projection.width
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, fine)
    painter.drawImage(area, basins_image(basins, theme))


def basins_image(basins: Basins, theme: Theme) -> QImage:
    """Return the basins, one pixel a start, largest y at the top; starts that leave are transparent."""
    soon = np.int32(255) - basins.taken * np.int32(255) // np.int32(basins.most)
    table = np.concatenate([basin_shades(color) for color in BASIN_COLORS])
    hues = np.append(basins.hues, np.int32(0))
    colors = words(table)[hues[basins.label] * np.int32(256) + soon]
    colors[basins.label < 0] = QColor(theme.invalid).rgb()
    colors[basins.gone] = 0
    return word_image(colors, upward=True, opaque=False)


def draw_key(painter: QPainter, key: BasinKey, area: QRectF, theme: Theme) -> None:
    """Draw the sign of a colour; nothing where the key has none."""
    if not key.color:
        return
    plain = key.color in ("gone", "on the way")
    painter.setPen(QPen(QColor(theme.line), 1.0))
    painter.setBrush(QColor(theme.invalid if plain else key.color))
    painter.drawRoundedRect(area, 2.0, 2.0)
    if key.color == "gone":
        painter.setBrush(_hatch(theme))
        painter.drawRoundedRect(area, 2.0, 2.0)


def _hatch(theme: Theme) -> QBrush:
    ink = QColor(theme.muted)
    ink.setAlphaF(0.45)
    return QBrush(ink, Qt.BrushStyle.BDiagPattern)
