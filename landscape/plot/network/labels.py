"""Several labels at once: hatched where a network gives more than one, and rows as dots that are split among theirs."""

from functools import lru_cache

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
    packed = np.zeros((*count.shape, shares.shape[-1], 4), np.uint8)
    packed[..., :3] = np.rint(paints)
    turns = np.maximum(count, 1).astype(np.uint8).repeat(FINE, axis=0).repeat(FINE, axis=1)
    places, stripes = _stripes(*count.shape)
    # Numbers of four bytes are fetched in a fifth of the time of three single ones.
    chosen = packed.reshape(-1, 4).view(np.uint32)[:, 0].take(places * shares.shape[-1] + stripes % turns)
    return np.asarray(chosen.view(np.uint8).reshape(*chosen.shape, 4)[..., :3])


@lru_cache(maxsize=4)
def _stripes(rows: int, columns: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Return of which place each dot of the hatched picture is, and in which stripe it lies."""
    down, across = np.indices((FINE * rows, FINE * columns))
    return down // FINE * columns + across // FINE, ((down + across) // STRIPE).astype(np.uint8)


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
