"""Two networks side by side: their names, their numbers at the current step, and what they answer."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from landscape.plot.network.boundary import BoundaryPlot
from landscape.plot.network.dots import Dots
from landscape.plot.words import set_fitting_font
from landscape.scene.network.scene import Course, Moment, Pictures
from landscape.scene.palette import Theme

NAME, NUMBERS = 15.0, 12.5
"""Heights of the text."""
HEAD, GAP = 44.0, 20.0
TURN = 0.015
"""Seconds for the rows of the data at each painting in a window."""


class TwinsPlot:
    """Draws both networks into a rectangle."""

    def __init__(self) -> None:
        self._dots = dots = Dots()
        self._boundaries = (BoundaryPlot(dots), BoundaryPlot(dots))

    def draw_by_turns(self) -> None:
        """Draw many rows of the data a part at each painting: as in a window, which is to answer."""
        self._dots.turn = TURN

    @property
    def complete(self) -> bool:
        """Whether all was drawn that there is, or it is to be painted again."""
        return all(boundary.complete for boundary in self._boundaries)

    def place_at(self, position: QPointF, course: Course) -> tuple[float, float] | None:
        """Return the point of the plane of the inputs at a position; None beside both squares."""
        if isinstance(course.data, Pictures):
            return None
        places = (boundary.place_at(position, course.data) for boundary in self._boundaries)
        return next((place for place in places if place is not None), None)

    def paint(
        self,
        painter: QPainter,
        area: QRectF,
        course: Course,
        moment: Moment | None,
        step: float,
        unit: float,
        theme: Theme,
    ) -> None:
        """Paint both at ``step``, each as a square with its name above; ``unit`` is the factor of text and lines."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = max(min((area.width() - GAP * unit) / 2, area.height() - HEAD * unit), 1.0)
        left = area.center().x() - side - GAP * unit / 2
        top = area.top() + max(0.0, (area.height() - HEAD * unit - side) / 2)
        names = [each.name for each in course.twins]
        for index, twin in enumerate(course.twins):
            state = moment.twins[index] if moment else None
            x = left + index * (side + GAP * unit)
            numbers = twin.note if twin.note and step >= twin.note_step else state.numbers if state else ""
            lost = numbers == twin.note != ""
            head = QRectF(x, top, side, HEAD * unit)
            paint_head(painter, head, twin.name, twin.color, numbers, unit, theme, lost=lost, alike=names)
            box = QRectF(x, top + HEAD * unit, side, side)
            answer = state.answer if state else None
            self._boundaries[index].paint(painter, box, course.data, answer, twin.color, unit, theme)
        painter.restore()


def paint_head(
    painter: QPainter, area: QRectF, name: str, color: str, numbers: str, unit: float, theme: Theme, *,
    lost: bool, alike: Sequence[str] = (),
) -> None:  # fmt: skip
    """Paint a network's name, as large as others beside it, a dot in its colour, and numbers or what came of it."""
    line = area.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    radius = 5 * unit
    painter.drawEllipse(QRectF(area.left(), area.top() + line / 2 - radius, 2 * radius, 2 * radius))
    painter.setPen(QColor(theme.text))
    first = QRectF(area.left() + 18 * unit, area.top(), area.width() - 18 * unit, line)
    shown = set_fitting_font(painter, name, first.width(), unit, NAME, bold=True, alike=alike)
    painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, shown)
    painter.setPen(QColor(theme.error if lost else theme.muted))
    text = set_fitting_font(painter, numbers, area.width(), unit, NUMBERS, bold=False)
    painter.drawText(QRectF(area.left(), area.top() + line, area.width(), line), Qt.AlignmentFlag.AlignVCenter, text)
