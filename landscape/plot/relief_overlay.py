"""What is drawn flat and laid over the surface of the relief: basins, arrows and hatching."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from landscape.plot.basins import basins_image
from landscape.plot.ground import draw_arrows
from landscape.plot.open_areas import draw_open_areas
from landscape.plot.projection import Projection
from landscape.scene.palette import Theme
from landscape.scene.scene import Scene


def overlay(scene: Scene, projection: Projection, theme: Theme) -> NDArray[np.uint32]:
    """Return the pixels (height, width) of a projection, transparent where nothing is, with premultiplied colours."""
    width, height = projection.width, projection.height
    found = np.zeros((height, width), np.uint32)
    image = QImage(found.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    if scene.basins is not None:
        painter.drawImage(projection.rect(scene.basins.x, scene.basins.y), basins_image(scene.basins, theme))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if scene.arrows is not None:
        draw_arrows(painter, projection, scene.arrows, theme)
    if scene.open_areas is not None:
        draw_open_areas(painter, scene.open_areas, projection, theme)
    painter.end()
    return found
