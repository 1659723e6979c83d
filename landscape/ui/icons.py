"""Icons: one set of SVG files, tinted with the colours of the theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from landscape.resources import asset

SIZE = 24


class Icons:
    """Makes icons in the colours of one theme."""

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
    svg = _svg(name).replace("currentColor", color)
    picture = QPixmap(SIZE * scale, SIZE * scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    return picture


@lru_cache(maxsize=128)
def _svg(name: str) -> str:
    return asset("icons", f"{name}.svg").read_text(encoding="utf-8")
