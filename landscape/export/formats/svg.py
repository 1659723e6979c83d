"""A still picture whose text and lines stay sharp at any size; colours are embedded as a picture."""

from collections.abc import Generator
from pathlib import Path

from landscape.export.film import Film
from landscape.export.formats import Format

DOTS_PER_INCH = 96
"""That of browsers: a unit of the file is a pixel of the picture."""


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write the picture of the last step, or of the one that is chosen, as scalable vector graphics (SVG 1.1)."""
    from PySide6.QtCore import QBuffer, QRect, QSize
    from PySide6.QtSvg import QSvgGenerator

    width, height = film.size
    buffer = QBuffer()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(width, height))
    generator.setViewBox(QRect(0, 0, width, height))
    generator.setResolution(DOTS_PER_INCH)
    yield from film.painting_still(generator)
    path.write_bytes(buffer.data().data())
    yield 1


FORMAT = Format(
    suffix=".svg",
    titles={"en": "Vector graphics (SVG)", "zh": "矢量图（SVG）"},
    animated=False,
    pictured=True,
    write=write,
    length=lambda _: 1,
)
