"""Small pictures of surfaces for the list."""

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QIcon, QPixmap

from landscape.catalogue.surfaces import surface
from landscape.geometry.levels import shading
from landscape.plot.pixels import color_image
from landscape.scene.palette import color_map

COLUMNS, ROWS = 96, 64


@lru_cache(maxsize=256)
def thumbnail(name: str) -> QIcon:
    """Return a picture of the catalogue surface ``name`` on its domain."""
    shown = surface(name)
    (left, right), (low, high) = shown.domain
    x = left + (np.arange(COLUMNS) + 0.5) * (right - left) / COLUMNS
    y = high - (np.arange(ROWS) + 0.5) * (high - low) / ROWS
    shade = shading(shown.value(x[None, :], y[:, None]), "auto").shade
    indices = np.nan_to_num(shade * 255.0, nan=0.0).astype(np.uint8)
    return QIcon(QPixmap.fromImage(color_image(color_map("viridis")[indices])))
