"""The relief looks as it did: pictures without text, equal but for the rounding of another processor.

``LANDSCAPE_PICTURES=new`` writes them anew; they are to be looked at then.
"""

import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from landscape.plot import rasterizer
from landscape.plot.pixels import words
from landscape.plot.relief_projection import ReliefProjection
from landscape.scene.palette import color_map
from landscape.session.camera import Camera
from tests.plot.scenes import of_surface

FOLDER = Path(__file__).parent / "reliefs"
SIZE = 320, 200
PICTURES = {
    "rosenbrock": ("(1-x)^2 + 100*(y-x^2)^2", "log", Camera()),
    "pole": ("1/(x+y)", "quantile", Camera(azimuth=-40.0, elevation=25.0)),
    "border": ("sqrt(1-x^2-y^2)", "linear", Camera(azimuth=10.0, elevation=45.0, zoom=1.5)),
    "waves": ("sin(3*x)*cos(3*y)", "linear", Camera(azimuth=150.0, elevation=15.0, height=0.3)),
    "top": ("x^2 - y^2", "linear", Camera(azimuth=0.0, elevation=90.0)),
}


def drawn(formula, scale, camera):
    """Return (height, width, 4) bytes, smoothed as when nothing moves."""
    relief = of_surface(formula, scale)["relief"]
    width, height = SIZE
    projection = ReliefProjection(camera=camera, x=relief.x, y=relief.y, width=width, height=height)
    ground = np.full((height, width), 0xFF171A20, np.uint32)
    pixels, depth = ground.copy(), np.empty((height, width), np.float32)
    paint = rasterizer.Paint(
        colors=words(color_map("viridis")), levels=relief.levels, line=0.5, overlay=np.zeros((0, 0), np.uint32)
    )
    seen = rasterizer.placed(relief.mesh, projection.numbers)
    rasterizer.rasterize(relief.mesh, seen, paint, pixels, depth)
    rasterizer.smooth(relief.mesh, seen, paint, ground, pixels, depth)
    return pixels.view(np.uint8).reshape(height, width, 4)


@pytest.mark.parametrize("name", PICTURES)
def test_a_surface_looks_as_it_did(name):
    found, path = drawn(*PICTURES[name]), FOLDER / f"{name}.png"
    width, height = SIZE
    if os.environ.get("LANDSCAPE_PICTURES") == "new":
        assert QImage(found.data, width, height, 4 * width, QImage.Format.Format_RGB32).save(str(path))
    kept = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    wanted = np.frombuffer(kept.constBits(), np.uint8).reshape(height, width, 4)
    away = np.abs(found.astype(int) - wanted.astype(int))[:, :, :3].max(axis=-1)
    assert (away <= 2).mean() > 0.999
