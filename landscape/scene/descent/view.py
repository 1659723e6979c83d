"""Which part of the plane is looked at, and how finely it is sampled."""

from dataclasses import dataclass

from landscape.scene.layers import Range

FINEST = 1024
"""Most columns and most rows of a grid."""


@dataclass(frozen=True)
class View:
    """What is looked at, and how finely the surface is sampled for it."""

    x: Range
    y: Range
    columns: int
    rows: int


def stage_view(x: Range, y: Range, width: float, height: float) -> View:
    """Return the view of a stage of ``width`` by ``height`` device pixels: one sample for two by two of them."""
    columns, rows = (min(FINEST, max(2, round(pixels / 2))) for pixels in (width, height))
    return View(x, y, columns, rows)
