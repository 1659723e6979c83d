"""A whole picture of a comparison by evaluations at any size: what an exported frame shows."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from landscape.plot.descent.comparison import ComparisonPlot
from landscape.plot.painters import Ground, painter_on
from landscape.plot.words import set_fitting_font
from landscape.scene.descent.comparison import ComparisonScene
from landscape.scene.palette import Theme

TITLE = 22.0
"""Height of the text in pixels at scale 1."""
HEADER, MARGIN = 44.0, 18.0
STANDARD = 900.0, 620.0
"""Size at which lines and text have their usual size."""
SMALLEST = 0.35


class ComparisonPicture:
    """Title and comparison, laid out in ``size`` pixels; drawn by the same plot as the window."""

    def __init__(self, size: tuple[int, int], theme: Theme, scale: float = 1.0) -> None:
        self.size = size
        self._theme = theme
        self._unit = max(min(size[0] / STANDARD[0], size[1] / STANDARD[1]), SMALLEST) * scale
        self._plot = ComparisonPlot()

    def hide_future(self) -> None:
        """Leave out all that is still to come."""
        self._plot.coming = False

    def painting(self, device: Ground, scene: ComparisonScene, part: float) -> Iterator[None]:
        """Paint the picture on a device of its size, its curves up to a part, and yield after each part of it."""
        unit, (width, height) = self._unit, self.size
        margin = MARGIN * unit
        with painter_on(device) as painter:
            painter.fillRect(QRectF(0, 0, width, height), QColor(self._theme.panel))
            yield
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            header = QRectF(margin, 0, width - 2 * margin, HEADER * unit)
            title = set_fitting_font(painter, scene.title, header.width(), unit, TITLE, bold=True)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(header, Qt.AlignmentFlag.AlignVCenter, title)
            area = QRectF(margin, header.bottom(), width - 2 * margin, height - header.bottom() - margin / 2)
            self._plot.paint(painter, area, scene, part, unit, self._theme)
            yield
