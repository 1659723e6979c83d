"""The caption below a picture: a line for each run, with its rule typeset, and the numbers in it."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgRenderer

from landscape.plot.descent.step_strip import formula_drawing
from landscape.plot.samples import draw_sample
from landscape.plot.theme import text_font
from landscape.plot.track import WIDTH
from landscape.scene.descent.caption import CaptionFormula, CaptionLine
from landscape.scene.palette import Theme
from landscape.scene.scene import Scene

TEXT, FORMULA = 14.0, 0.66
"""Size of text in pixels, and of a formula against its natural one, at scale 1."""
ROW, AIR, GAP, SAMPLE = 28.0, 6.0, 20.0, 34.0
"""Least height of a line, what is free between two high ones, what is free behind a formula, and a piece of a path."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class CaptionStrip:
    """Draws the lines under each other."""

    def __init__(self, lines: Sequence[CaptionLine], theme: Theme) -> None:
        self._lines, self._theme = lines, theme

    @cached_property
    def _drawings(self) -> list[list[QSvgRenderer | None]]:
        """The formulas: made when they are first needed, and typeset by then."""
        return [[formula_drawing(each.latex, self._ink(each)) for each in line.formulas] for line in self._lines]

    def height(self, unit: float, most: float) -> float:
        """Return how high all lines are, and ``most`` at the most."""
        return min(sum(self._heights(unit)), most)

    def draw(self, painter: QPainter, area: QRectF, unit: float, scene: Scene) -> None:
        """Draw the lines, smaller where they are too high."""
        unit *= min(1.0, area.height() / max(sum(self._heights(unit)), 1.0))
        paths = {path.run: path for path in scene.paths}
        metrics = QFontMetricsF(text_font(unit, size=TEXT, bold=True))
        widest = max((metrics.horizontalAdvance(path.name) for path in paths.values()), default=0.0)
        names = min(widest + GAP * unit, 0.3 * area.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = area.top()
        for index, (line, height) in enumerate(zip(self._lines, self._heights(unit), strict=True)):
            place, path = QRectF(area.left(), top, area.width(), height), paths.get(line.run)
            top += height
            if path is not None:
                start = QPointF(place.left(), place.center().y())
                draw_sample(painter, start, SAMPLE * unit, path.color, path.dash, WIDTH * unit)
                place.setLeft(place.left() + (SAMPLE + 10) * unit)
                painter.setPen(QColor(self._theme.text))
                self._draw_text(painter, QRectF(place.topLeft(), QSizeF(names, height)), unit, path.name, bold=True)
                place.setLeft(place.left() + names)
                self._draw_formulas(painter, place, unit, index)
        painter.restore()

    def _draw_formulas(self, painter: QPainter, place: QRectF, unit: float, index: int) -> None:
        """Draw rule and numbers behind each other, as large as there is room for all of them."""
        gaps = GAP * unit * (len(self._lines[index].formulas) - 1)
        wide = sum(size.width() for size in self._sizes(index, unit))
        unit *= min(1.0, place.width() / max(wide + gaps, 1.0))
        left = place.left()
        drawn = zip(self._lines[index].formulas, self._drawings[index], self._sizes(index, unit), strict=True)
        for each, drawing, size in drawn:
            target = QRectF(QPointF(left, place.center().y() - size.height() / 2), size)
            if drawing is not None:
                drawing.render(painter, target)
            else:
                painter.setPen(QColor(self._ink(each)))
                self._draw_text(painter, target.adjusted(0, 0, unit, 0), unit, each.text)
            left += size.width() + GAP * unit

    def _draw_text(self, painter: QPainter, place: QRectF, unit: float, text: str, *, bold: bool = False) -> None:
        """Draw as much of a text as there is room for."""
        painter.setFont(text_font(unit, size=TEXT, bold=bold))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()) + 1)
        painter.drawText(place, _LEFT, shown)

    def _heights(self, unit: float) -> list[float]:
        """Return how high each line is."""
        high = [
            max((size.height() for size in self._sizes(index, unit)), default=0.0) for index in range(len(self._lines))
        ]
        return [max(ROW * unit, height + AIR * unit) for height in high]

    def _sizes(self, index: int, unit: float) -> list[QSizeF]:
        """Return how large each formula of a line is."""
        metrics = QFontMetricsF(text_font(unit, size=TEXT))
        return [
            drawing.viewBoxF().size() * FORMULA * unit
            if drawing is not None
            else QSizeF(metrics.horizontalAdvance(each.text), metrics.height())
            for each, drawing in zip(self._lines[index].formulas, self._drawings[index], strict=True)
        ]

    def _ink(self, formula: CaptionFormula) -> str:
        return self._theme.muted if formula.numbers else self._theme.text
