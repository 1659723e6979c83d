"""Icons: one set of SVG files, tinted with the colours of the theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from landscape.resources import asset

SIZE = 24


class Icons:
    """Makes icons in three colours."""

    def __init__(self, normal: str, disabled: str, active: str) -> None:
        self._colors = (normal, disabled, active)

    def __call__(self, name: str, color: str = "") -> QIcon:
        """Return the icon ``assets/icons/<name>.svg``; ``color`` overrides the theme's."""
        normal, disabled, active = self._colors
        return _icon(name, color or normal, disabled, color or active)


@lru_cache(maxsize=256)
def _icon(name: str, normal: str, disabled: str, active: str) -> QIcon:
    icon = QIcon()
    for color, mode, state in (
        (normal, QIcon.Mode.Normal, QIcon.State.Off),
        (disabled, QIcon.Mode.Disabled, QIcon.State.Off),
        (active, QIcon.Mode.Normal, QIcon.State.On),
    ):
        icon.addPixmap(pixmap(name, color), mode, state)
    return icon


@lru_cache(maxsize=512)
def pixmap(name: str, color: str, scale: int = 2) -> QPixmap:
    """Return the icon in one colour, drawn at ``scale`` times 24 pixels."""
    picture = _shape(name, scale).copy()
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(color))
    painter.end()
    return picture


@lru_cache(maxsize=128)
def _shape(name: str, scale: int) -> QPixmap:
    """Return the icon in black: each is drawn once, and tinted for every colour, which takes a tenth of the time."""
    svg = asset("icons", f"{name}.svg").read_bytes()
    picture = QPixmap(SIZE * scale, SIZE * scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(picture.rect()))
    painter.end()
    return picture
