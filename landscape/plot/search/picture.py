"""A whole picture of a race of searches at any size: what an exported frame shows."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from landscape.plot.painters import Ground, painter_on
from landscape.plot.search.race import RacePlot
from landscape.plot.theme import text_font
from landscape.scene.palette import Theme
from landscape.scene.search.scene import SearchScene
from landscape.translation import Translation

TITLE, COUNTER = 24.0, 20.0
"""Heights of the text in pixels at scale 1."""
HEADER, MARGIN = 46.0, 16.0
STANDARD = 1280.0, 760.0
"""Size at which lines and text have their usual size."""
SMALLEST = 0.35


class SearchPicture:
    """Title, counter, squares and charts, laid out in ``size`` pixels; drawn by the same plot as the window."""

    def __init__(self, size: tuple[int, int], theme: Theme, say: Translation, scale: float = 1.0) -> None:
        self.size = size
        self._theme, self._say = theme, say
        self._unit = max(min(size[0] / STANDARD[0], size[1] / STANDARD[1]), SMALLEST) * scale
        self._plot = RacePlot()

    def hide_future(self) -> None:
        """Leave out all that the budget is not spent on yet, in the charts as well."""
        self._plot.coming = False

    def painting(self, device: Ground, scene: SearchScene, step: float) -> Iterator[None]:
        """Paint the picture at a step on a device of its size, and yield after each part of it."""
        unit, (width, height) = self._unit, self.size
        margin = MARGIN * unit
        with painter_on(device) as painter:
            painter.fillRect(QRectF(0, 0, width, height), QColor(self._theme.panel))
            yield
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            header = QRectF(margin, 0, width - 2 * margin, HEADER * unit)
            counter = self._say("trial {step} / {steps}", step=int(step), steps=scene.trials)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setFont(text_font(unit, size=COUNTER))
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(header, middle | Qt.AlignmentFlag.AlignRight, counter)
            room = header.width() - painter.fontMetrics().horizontalAdvance(counter) - 24 * unit
            painter.setFont(text_font(unit, size=TITLE, bold=True))
            painter.setPen(QColor(self._theme.text))
            title = painter.fontMetrics().elidedText(scene.title, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(header, middle, title)
            area = QRectF(margin, header.bottom(), width - 2 * margin, height - header.bottom() - margin / 2)
            yield from self._plot.painting(painter, area, scene, step, unit, self._theme, self._say)
