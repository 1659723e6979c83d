"""A still picture on a page of its size: text, contour lines, paths and markers as lines, colours as a picture."""

import re
from collections.abc import Generator
from pathlib import Path

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.imprint import PROGRAM
from landscape.export.turns import in_thread

DOTS_PER_INCH = 96
"""As in a picture for the screen: a pixel is three quarters of a point."""
_MADE = re.compile(rb"/(?:Creation|Mod)Date \([^)]*\)|/ID \[[^]]*\]")
"""What Qt says of when a file was made."""


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write the picture of the last step, or of the one that is chosen, as a document of one page."""
    from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

    imprint = film.imprint(animated=False)
    points = QSizeF(*(72 / DOTS_PER_INCH * side for side in film.size))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setResolution(DOTS_PER_INCH)
    writer.setTitle(imprint.title)
    writer.setCreator(PROGRAM)
    # Without one, Qt writes its own, with the time and an id that is another one each time.
    writer.setDocumentXmpMetadata(imprint.packet)
    yield from film.painting_still(writer)
    content = bytes(buffer.data().data())
    # The same session makes the same file; places in it must stay where they are.
    dateless = _MADE.sub(lambda found: b" " * len(found[0]), content)
    yield from in_thread(lambda _: path.write_bytes(dateless))
    yield 1


FORMAT = Format(
    suffix=".pdf",
    titles={"en": "Page (PDF)", "zh": "页面（PDF）"},
    animated=False,
    pictured=True,
    write=write,
    length=lambda _: 1,
)
