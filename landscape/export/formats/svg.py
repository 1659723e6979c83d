"""A still picture whose text and lines stay sharp at any size; colours are embedded as a picture."""

import re
from collections.abc import Generator
from pathlib import Path
from xml.sax.saxutils import escape

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.imprint import Imprint
from landscape.export.turns import in_thread

DOTS_PER_INCH = 96
"""That of browsers: a unit of the file is a pixel of the picture."""

_OWN = re.compile(rb"<title>.*?</title>\n<desc>.*?</desc>\n", re.DOTALL)


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
    drawn, imprint = bytes(buffer.data().data()), film.imprint(animated=False)
    yield from in_thread(lambda _: path.write_bytes(_told(drawn, imprint)))
    yield 1


def _told(drawn: bytes, imprint: Imprint) -> bytes:
    """Return a picture with what it says of itself, in place of what Qt says of it."""
    packet = f"<metadata>{imprint.packet.decode()}</metadata>".encode() if imprint.link else b""
    title = f"<title>{escape(imprint.title)}</title>\n<desc>{escape(imprint.text)}</desc>\n"
    head, body = _OWN.split(drawn, 1)
    return head + title.encode() + packet + b"\n" + body


FORMAT = Format(
    suffix=".svg",
    titles={"en": "Vector graphics (SVG)", "zh": "矢量图（SVG）"},
    animated=False,
    pictured=True,
    write=write,
    length=lambda _: 1,
)
