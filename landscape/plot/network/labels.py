"""Several labels at once: hatched where a network gives more than one, and rows as dots that are split among theirs."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from landscape.plot.network.classes import class_colors, strength
from landscape.plot.theme import rgb
from landscape.scene.palette import Theme

FINE = 4
"""Dots of the hatched picture for each place that the network was asked about, across and down."""
STRIPE = 10
"""Width of a stripe across and down, in such dots."""
ROUND = 360 * 16
"""A whole turn, as QPainter counts it."""
RING = 1.8
"""Width of the ring of a row that is kept for testing."""


def hatched(shares: NDArray[np.float32], theme: Theme) -> NDArray[np.uint8]:
    """Return the shares of the labels (rows, columns, classes) as colours (4 rows, 4 columns, 3).

    Stripes in the colours of all labels whose share is above one half, pale where one of them, or one that is left out,
    is near it; the ground where there is none, and the theme's colour for what is invalid where there is no number.
    """
    given = shares > 0.5
    count = given.sum(axis=-1)
    first = np.argsort(~given, axis=-1, kind="stable")
    part = np.where(count > 0, strength(np.abs(2.0 * shares - 1.0).min(axis=-1)), 0.0)[..., None, None].astype(
        np.float32
    )
    inks = class_colors(shares.shape[-1]).astype(np.float32)[first]
    paints = (1.0 - part) * np.array(rgb(theme.panel), np.float32) + part * inks
    invalid = ~np.isfinite(shares).all(axis=-1)
    paints[invalid] = rgb(theme.invalid)
    colors: NDArray[np.uint8] = np.rint(paints).astype(np.uint8)
    down, across = np.indices((FINE * count.shape[0], FINE * count.shape[1]))
    stripe = (down + across) // STRIPE % np.maximum(count, 1).repeat(FINE, axis=0).repeat(FINE, axis=1)
    return np.asarray(colors[down // FINE, across // FINE, stripe])


def paint_split(
    painter: QPainter, middle: QPointF, radius: float, colors: list[QColor], *, tested: bool, edge: QColor, unit: float
) -> None:
    """Paint a row as a dot with as large a part in each colour; of one kept for testing a ring in such parts."""
    box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    whole = QPen(edge, 0.8 * unit)
    painter.setPen(Qt.PenStyle.NoPen if tested else whole)
    painter.setBrush(edge)
    painter.drawEllipse(box)
    for place, color in enumerate(colors):
        begin, end = (round(ROUND * part / len(colors)) for part in (place, place + 1))
        ring = QPen(color, RING * unit)
        ring.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(ring if tested else Qt.PenStyle.NoPen)
        painter.setBrush(color)
        (painter.drawArc if tested else painter.drawPie)(box, ROUND // 4 + begin, end - begin)
