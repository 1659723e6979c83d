"""Documents of one or many pages, on which lines stay lines and text stays text."""

import re

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

from landscape.export.imprint import PROGRAM, Imprint

DOTS_PER_INCH = 96
"""As in a picture for the screen: a pixel is three quarters of a point."""
_MADE = re.compile(rb"/(?:Creation|Mod)Date \([^)]*\)|/ID \[[^]]*\]")
"""What Qt says of when a file was made."""


class Document:
    """A document in memory, with pages of ``size`` pixels."""

    def __init__(self, size: tuple[int, int], imprint: Imprint) -> None:
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        points = QSizeF(*(72 / DOTS_PER_INCH * side for side in size))
        self.writer = writer = QPdfWriter(self._buffer)
        page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
        writer.setResolution(DOTS_PER_INCH)
        writer.setTitle(imprint.title)
        writer.setCreator(PROGRAM)
        # Without one, Qt writes its own, with the time and an id that is another one each time.
        writer.setDocumentXmpMetadata(imprint.packet)

    def content(self) -> bytes:
        """Return the file, once nothing paints on it any more.

        The same session makes the same file; places in it must stay where they are.
        """
        return _MADE.sub(lambda found: b" " * len(found[0]), bytes(self._buffer.data().data()))
