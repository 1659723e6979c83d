"""What paints a whole picture: on a device from its first stroke to its last, or among other things."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from PySide6.QtGui import QPaintDevice, QPainter

Ground: TypeAlias = QPaintDevice | QPainter
"""A device, or a painter that has more to paint on it, such as further pages."""


@contextmanager
def painter_on(ground: Ground) -> Iterator[QPainter]:
    """Yield what paints on a device until the end; a painter that is given is afterwards as it was."""
    if isinstance(ground, QPainter):
        ground.save()
        try:
            yield ground
        finally:
            ground.restore()
        return
    painter = QPainter(ground)
    try:
        yield painter
    finally:
        painter.end()
