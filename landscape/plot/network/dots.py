"""The rows of the data as dots on a clear ground: kept as a picture, and in a window drawn by turns."""

import time

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from landscape.plot.network.classes import class_colors
from landscape.plot.network.labels import paint_split
from landscape.plot.projection import Projection
from landscape.scene.network.scene import Cloud
from landscape.scene.palette import Theme

DOT = 3.4
"""Radius of a row of the data."""
MANY, SMALL = 400, 280.0
"""With more rows than this, and in a narrower square, the dots become smaller."""
LARGER = 1.35
"""How much larger they are where they may be split."""
UNLABELLED = 0.6
"""How large those without a label then are, against the others."""
TOGETHER = 250
"""Rows between two looks at the clock: about 2 ms."""


class Dots:
    """Draws the rows of the data; the pictures of two squares are kept, which are one if both are as large."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Cloud, Projection, str], _Picture] = {}
        self.turn = float("inf")
        """Seconds after which a picture is given as far as it is."""

    def picture(self, seen: Projection, data: Cloud, theme: Theme) -> tuple[QImage, bool]:
        """Return the rows of the data on a clear ground, and whether it is all of them or what there was time for."""
        wanted = data, seen, theme.name
        picture = self._kept.pop(wanted, None) or _Picture(seen, data, theme)
        self._kept[wanted] = picture
        if len(self._kept) > 2:
            del self._kept[next(iter(self._kept))]
        picture.go_on(time.perf_counter() + self.turn)
        return picture.image, picture.complete


class _Picture:
    """Rows on a clear ground, as far as they are drawn."""

    def __init__(self, seen: Projection, data: Cloud, theme: Theme) -> None:
        self.image = QImage(seen.width, seen.height, QImage.Format.Format_ARGB32_Premultiplied)
        self.image.fill(Qt.GlobalColor.transparent)
        self._seen, self._data, self._theme = seen, data, theme
        self._drawn = 0

    @property
    def complete(self) -> bool:
        """Whether all rows are drawn."""
        return self._drawn >= len(self._data.places)

    def go_on(self, until: float) -> None:
        """Draw more rows, until all are drawn or the clock says ``until``."""
        if self.complete:
            return
        painter = QPainter(self.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        while not self.complete:
            paint_rows(painter, self._seen, self._data, self._theme, slice(self._drawn, self._drawn + TOGETHER))
            self._drawn += TOGETHER
            if time.perf_counter() > until:
                break
        painter.end()


def paint_rows(painter: QPainter, seen: Projection, data: Cloud, theme: Theme, some: slice) -> None:
    """Paint some rows as dots in the colours of their classes; those kept for testing are hollow.

    Where a row may have several labels, its dot is split among them, and grey without one.
    """
    shades = data.shades[some]
    if data.several:
        _paint_labels(painter, seen, data, theme, some)
        return
    colors = np.rint(shades @ class_colors(shades.shape[1])).astype(int)
    radius = _radius(seen, data)
    edge = QColor(theme.halo)
    used: tuple[list[int], bool] | None = None
    rows = zip(seen.pixels(data.places[some]).tolist(), colors.tolist(), data.tested[some].tolist(), strict=True)
    for (x, y), color, tested in rows:
        if used != (color, tested):
            used, ink = (color, tested), QColor(*color)
            painter.setPen(QPen(ink if tested else edge, (1.3 if tested else 0.8) * seen.unit))
            painter.setBrush(edge if tested else ink)
        painter.drawEllipse(QPointF(x, y), radius, radius)


def _radius(seen: Projection, data: Cloud) -> float:
    crowded = min(1.0, (MANY / max(len(data.places), 1)) ** 0.35, seen.width / (SMALL * seen.unit))
    return float(DOT * seen.unit * crowded)


def _paint_labels(painter: QPainter, seen: Projection, data: Cloud, theme: Theme, some: slice) -> None:
    """Paint some rows in the colours of all their labels."""
    inks = [QColor(*color) for color in np.rint(class_colors(data.shades.shape[1])).astype(int).tolist()]
    radius, edge, none = LARGER * _radius(seen, data), QColor(theme.halo), [QColor(theme.muted)]
    rows = zip(seen.pixels(data.places[some]).tolist(), data.shades[some] > 0, data.tested[some].tolist(), strict=True)
    for (x, y), given, tested in rows:
        own = [ink for ink, has in zip(inks, given, strict=True) if has]
        size = radius if own else UNLABELLED * radius
        paint_split(painter, QPointF(x, y), size, own or none, tested=tested, edge=edge, unit=seen.unit)
