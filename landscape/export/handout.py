"""A sheet of a hand-out: the picture at a mark, what it shows, and beside it the note with lines to write on."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPicture

from landscape.export.settings import Settings
from landscape.plot.theme import text_font
from landscape.scene.palette import Theme
from landscape.translation import translation

SHEET = (1123, 794)
"""A4 on its side, in pixels of 96 to the inch."""
MARGIN, SPACE, HEADER = 56.0, 28.0, 30.0
PICTURE = 0.66
"""Part of the width that the picture takes."""
NOTE, TOLD, SMALLEST = 14.0, 10.5, 7.0
"""Sizes of text in pixels; the last is how small a long note becomes at the most."""
LINE = 30.0
"""Between two lines to write on."""
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What stands on it."""

    picture: QPicture
    size: tuple[int, int]
    """Of the picture."""
    place: str
    """Which of the sheets it is."""
    note: str
    told: str
    """What the picture shows, in sentences."""


def draw_sheet(painter: QPainter, sheet: Sheet, settings: Settings) -> None:
    """Draw a sheet."""
    theme, say = settings.colors, translation(settings.language)
    width, height = SHEET
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, width, height), QColor(theme.panel))
    body = QRectF(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN)
    bottom = _draw_picture(painter, QRectF(body.left(), body.top(), PICTURE * body.width(), 0.8 * body.height()), sheet)
    below = QRectF(body.left(), bottom + SPACE / 2, PICTURE * body.width(), body.bottom() - bottom - SPACE / 2)
    # The title stands above.
    told = sheet.told.partition("\n")[2] or sheet.told
    _draw_wrapped(painter, below, told, TOLD, theme.muted)
    side = body.adjusted(PICTURE * body.width() + SPACE, 0, 0, 0)
    heading = QRectF(side.left(), side.top(), side.width(), HEADER)
    painter.setFont(text_font(1.0, size=NOTE))
    painter.setPen(QColor(theme.muted))
    painter.drawText(heading, _MIDDLE | Qt.AlignmentFlag.AlignRight, sheet.place)
    painter.setFont(text_font(1.0, size=NOTE, bold=True))
    painter.setPen(QColor(theme.text))
    painter.drawText(heading, _MIDDLE, say("Notes"))
    side.setTop(heading.bottom() + SPACE / 4)
    side.setTop(side.top() + _draw_wrapped(painter, side, sheet.note, NOTE, theme.text))
    _draw_lines(painter, side, theme)


def _draw_picture(painter: QPainter, room: QRectF, sheet: Sheet) -> float:
    """Draw the picture as large as there is room; return where it ends."""
    width, height = sheet.size
    factor = min(room.width() / width, room.height() / height)
    painter.save()
    painter.translate(room.left() + (room.width() - factor * width) / 2, room.top())
    painter.scale(factor, factor)
    painter.setClipRect(QRectF(0, 0, width, height))
    painter.drawPicture(QPointF(), sheet.picture)
    painter.restore()
    return room.top() + factor * height


def _draw_wrapped(painter: QPainter, place: QRectF, text: str, size: float, color: str) -> float:
    """Draw a text in as many lines as it takes, smaller where there is no room; return how high it is."""
    while True:
        font = text_font(1.0, size=size)
        needed = QFontMetricsF(font).boundingRect(place, _WRAPPED, text)
        if needed.height() <= place.height() or size <= SMALLEST:
            break
        size -= 0.5
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(place, _WRAPPED, text)
    return float(needed.height()) if text else 0.0


def _draw_lines(painter: QPainter, place: QRectF, theme: Theme) -> None:
    """Draw lines to write on, as far as there is room."""
    painter.setPen(QPen(QColor(theme.line), 1.0))
    y = place.top() + LINE
    while y <= place.bottom():
        painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
        y += LINE
