"""What is written in something that is painted: the texts of the vector picture that it paints."""

from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QPoint
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

TEXT = "{http://www.w3.org/2000/svg}text"


def written(shown: QWidget) -> list[str]:
    """Return the texts that a widget paints, in the order in which it paints them."""
    kept = QBuffer()
    picture = QSvgGenerator()
    picture.setOutputDevice(kept)
    picture.setSize(shown.size())
    QWidget.render(shown, picture, QPoint())
    found = ElementTree.fromstring(bytes(kept.data())).iter(TEXT)
    return ["".join(each.itertext()).strip() for each in found]
