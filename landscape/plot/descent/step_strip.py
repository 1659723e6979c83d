"""The strip of a step under a picture: formulas of the rule, and under each the numbers of the present step."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgRenderer

from landscape.plot.equation import draw_equation, equation
from landscape.plot.matrices import draw_matrices, matrices_size
from landscape.plot.samples import draw_sample
from landscape.plot.theme import text_font
from landscape.plot.track import WIDTH
from landscape.scene.descent.step_lines import ShownStep
from landscape.scene.descent.step_strip import StripBlock, StripPlan
from landscape.scene.formula_lines import FormulaLine, ShownMatrix
from landscape.scene.line_numbers import ShownNumbers
from landscape.scene.palette import ROLE_COLORS, Theme
from landscape.scene.scene import Path

TEXT, FORMULA = 13.0, 0.68
"""Size of the numbers in pixels, and of a formula against its natural one, at scale 1."""
HEADING, GAP, INDENT, COLUMN = 26.0, 10.0, 14.0, 28.0
SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)
"""A strip that is too high is drawn smaller, and the smallest without the first lines of the rule."""
READABLE, PLEASANT = 0.8, 0.6
"""As small as this only if that makes it take no more than this part of the height that it may have."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where the parts of a strip are, from its upper left corner on."""

    unit: float
    first: int
    """Of the rule's lines that are drawn; those before it have no room."""
    blocks: tuple[QRectF, ...] = field(default_factory=tuple)
    matrices: QRectF = field(default_factory=QRectF)
    height: float = 0.0


class StepStrip:
    """Draws the steps of one run."""

    def __init__(self, plan: StripPlan, theme: Theme) -> None:
        self._plan, self._theme = plan, theme
        self._layout: tuple[tuple[float, float, float], Layout] | None = None
        self._others: dict[str, QSvgRenderer | None] = {}

    @cached_property
    def _drawings(self) -> list[QSvgRenderer | None]:
        """The formulas: made when they are first needed, and typeset by then."""
        return [formula_drawing(block.latex, self._theme.text) for block in self._plan.blocks]

    def _other(self, latex: str) -> QSvgRenderer | None:
        """Return a formula that only some steps have, as while a schedule warms up."""
        if latex not in self._others:
            self._others[latex] = formula_drawing(latex, self._theme.text)
        return self._others[latex]

    def height(self, width: float, unit: float, most: float) -> float:
        """Return how high the strip is at a width, and ``most`` at the most."""
        return self.laid_out(width, unit, most).height

    def draw(self, painter: QPainter, area: QRectF, unit: float, path: Path, shown: ShownStep) -> None:
        """Draw a step of a run."""
        layout = self.laid_out(area.width(), unit, area.height() + 0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.translate(area.topLeft())
        self._draw_heading(painter, QRectF(0, 0, area.width(), HEADING * unit), unit, path, shown)
        font = text_font(layout.unit, size=TEXT)
        matrices = (*shown.given, *(one for line in shown.lines for one in line.matrices))
        if matrices:
            colors = self._theme.muted, self._theme.text
            for corner, together in _stacked(matrices, layout.matrices, font):
                draw_matrices(painter, corner, together, font, colors)
        for index, line in self._placed(shown):
            if index >= layout.first:
                place = layout.blocks[index - layout.first]
                top = self._draw_formula(painter, index, place, layout.unit, line)
                self._draw_rows(painter, place, top, layout.unit, line)
        painter.restore()

    def _placed(self, shown: ShownStep) -> Iterator[tuple[int, FormulaLine]]:
        """Yield the lines of a step with their places: while a schedule warms up it has fewer of them."""
        of_schedule = self._plan.of_schedule
        for index, line in enumerate(shown.lines):
            place = index if index < shown.of_schedule else index - shown.of_schedule + of_schedule
            if place < len(self._plan.blocks) and (index >= shown.of_schedule or place < of_schedule):
                yield place, line

    def _draw_heading(self, painter: QPainter, place: QRectF, unit: float, path: Path, shown: ShownStep) -> None:
        draw_sample(painter, QPointF(0, place.center().y()), 34 * unit, path.color, path.dash, WIDTH * unit)
        left = 44 * unit
        for text, bold in ((f"{path.name} · {shown.step} → {shown.step + 1}", True), (shown.move, False)):
            left += self._draw_text(painter, place.adjusted(left, 0, 0, 0), unit, text, bold=bold) + 28 * unit
        for sentence in shown.chance:
            left += self._draw_text(painter, place.adjusted(left, 0, 0, 0), unit, sentence) + 20 * unit

    def _draw_text(self, painter: QPainter, place: QRectF, unit: float, text: str, *, bold: bool = False) -> float:
        """Draw a text if there is room; return its width."""
        font = text_font(unit, size=TEXT + 1.0, bold=bold)
        width = QFontMetricsF(font).horizontalAdvance(text)
        if width <= place.width() or bold:
            painter.setFont(font)
            painter.setPen(QColor(self._theme.text if bold else self._theme.muted))
            painter.drawText(place, _LEFT, text)
        return width

    def _draw_formula(self, painter: QPainter, index: int, place: QRectF, unit: float, line: FormulaLine) -> float:
        """Draw a formula at the top of its place; return where it ends."""
        block = self._plan.blocks[index]
        drawing = self._drawings[index] if line.latex == block.latex else self._other(line.latex)
        size = _formula_size(drawing, line.text, unit)
        room = _formula_size(self._drawings[index], block.text, unit).height()
        factor = min(1.0, place.width() / max(size.width(), 1.0), room / size.height())
        height = size.height() * factor
        target = QRectF(place.left(), place.top() + (room - height), size.width() * factor, height)
        if drawing is not None:
            draw_equation(painter, drawing, target, line.latex, self._theme.text)
            return place.top() + room + 2 * unit
        painter.setFont(_italic(unit))
        painter.setPen(QColor(self._theme.text))
        text = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(target.adjusted(0, 0, place.width(), 0), _LEFT, text)
        return place.top() + room + 2 * unit

    def _draw_rows(self, painter: QPainter, place: QRectF, top: float, unit: float, line: FormulaLine) -> None:
        height = _row_height(unit)
        color = ROLE_COLORS[line.role] if line.role else self._theme.text
        for index, numbers in enumerate(line.shown.rows):
            row = QRectF(place.left(), top + index * height, place.width(), height)
            painter.setFont(text_font(unit, size=TEXT))
            painter.setPen(QColor(self._theme.muted))
            if numbers.coordinate >= 0:
                painter.drawText(row, _LEFT, "xy"[numbers.coordinate])
            self._draw_numbers(painter, row.adjusted(INDENT * unit, 0, 0, 0), unit, numbers, color)

    def _draw_numbers(self, painter: QPainter, row: QRectF, unit: float, numbers: ShownNumbers, color: str) -> None:
        """Draw one row, smaller where it is wider than most."""
        theme = self._theme
        words = [(part.text, theme.text if part.name else theme.muted, False) for part in numbers.parts]
        words += [(" = ", theme.muted, False), (numbers.result, color, True)]
        words += [(f"   {condition}", theme.muted, False) for condition in numbers.conditions]
        plain, bold = (QFontMetricsF(text_font(unit, size=TEXT, bold=strong)) for strong in (False, True))
        wide = sum((bold if strong else plain).horizontalAdvance(text) for text, _, strong in words)
        smaller = unit * min(1.0, row.width() / max(wide, 1.0))
        left = row.left()
        for text, ink, strong in words:
            font = text_font(smaller, size=TEXT, bold=strong)
            painter.setFont(font)
            painter.setPen(QColor(ink))
            painter.drawText(QRectF(left, row.top(), row.width(), row.height()), _LEFT, text)
            left += QFontMetricsF(font).horizontalAdvance(text)

    def laid_out(self, width: float, unit: float, most: float) -> Layout:
        """Return where everything is, as large as it is ``most`` high."""
        asked = width, unit, most
        if self._layout is None or self._layout[0] != asked:
            self._layout = asked, self._fitting(width, unit, most)
        return self._layout[1]

    def _fitting(self, width: float, unit: float, most: float) -> Layout:
        tried = [(scale, self._arranged(width, unit, unit * scale, 0)) for scale in SCALES]
        for scale, found in tried:
            if scale >= READABLE and found.height <= PLEASANT * most:
                return found
        for _, found in tried:
            if found.height <= most:
                return found
        first = 0
        while found.height > most and first < len(self._plan.blocks) - 1:
            first += 1
            found = self._arranged(width, unit, unit * SCALES[-1], first)
        return replace(found, height=min(found.height, most))

    def _arranged(self, width: float, heading: float, unit: float, first: int) -> Layout:
        """Lay the lines from ``first`` on out in rows, each column as wide as its widest."""
        blocks = list(zip(self._plan.blocks, self._drawings, strict=True))[first:]
        sizes = [_block_size(block, drawing, unit) for block, drawing in blocks]
        font = text_font(unit, size=TEXT)
        beside = _stack_size(self._plan.matrices, font)
        left = beside.width() + (COLUMN * unit if beside.width() else 0.0)
        room, top = width - left, HEADING * heading
        places, y = [], top
        for row in _rows(sizes, room, COLUMN * unit):
            height = max(size.height() for size, _, _ in row)
            places += [QRectF(left + x, y + height - size.height(), width, size.height()) for size, x, width in row]
            y += height + GAP * unit
        bottom = max(y, top + beside.height() + GAP * unit)
        return Layout(
            unit=unit, first=first, blocks=tuple(places), matrices=QRectF(QPointF(0, top), beside), height=bottom
        )


def formula_drawing(latex: str, color: str) -> QSvgRenderer | None:
    """Return a typeset formula, whole; None where it cannot be typeset."""
    drawing = equation(latex, color)
    if drawing is not None:
        # The typesetter cuts what reaches beyond the last sign's own place.
        drawing.setViewBox(drawing.viewBoxF().adjusted(-1.0, -1.0, 3.0, 1.0))
    return drawing


def _rows(sizes: Sequence[QSizeF], room: float, gap: float) -> list[list[tuple[QSizeF, float, float]]]:
    """Return rows of blocks, each with its left end and its width: in columns, or else as many as there is room for."""
    for count in range(len(sizes), 1, -1):
        widths = [max(size.width() for size in sizes[column::count]) for column in range(count)]
        spare = room - sum(widths) - gap * (count - 1)
        if spare >= 0:
            lefts = [sum(widths[:column]) + column * (gap + spare / count) for column in range(count)]
            cells = list(zip(lefts, widths, strict=True))
            starts = range(0, len(sizes), count)
            return [[(size, *cell) for size, cell in zip(sizes[at:], cells, strict=False)] for at in starts]
    rows: list[list[tuple[QSizeF, float, float]]] = []
    right = math.inf
    for size in sizes:
        width = min(size.width(), room)
        if right + gap + width > room:
            rows.append([])
            right = -gap
        rows[-1].append((size, right + gap, width))
        right += gap + width
    return rows


def _block_size(block: StripBlock, drawing: QSvgRenderer | None, unit: float) -> QSizeF:
    formula = _formula_size(drawing, block.text, unit)
    metrics = QFontMetricsF(text_font(unit, size=TEXT))
    numbers = metrics.horizontalAdvance(block.sample) * 1.04 + INDENT * unit
    return QSizeF(max(formula.width(), numbers), formula.height() + 2 * unit + block.rows * _row_height(unit))


def _formula_size(drawing: QSvgRenderer | None, text: str, unit: float) -> QSizeF:
    if drawing is not None and drawing.defaultSize().height() >= 1:
        return drawing.viewBoxF().size() * FORMULA * unit
    metrics = QFontMetricsF(_italic(unit))
    return QSizeF(metrics.horizontalAdvance(text), metrics.height())


def _stack_size(matrices: Sequence[ShownMatrix], font: QFont) -> QSizeF:
    """Return the room of matrices one below the other."""
    sizes = [matrices_size((one,), font) for one in matrices]
    return QSizeF(
        max((width for width, _ in sizes), default=0.0), sum(height + 0.5 * font.pixelSize() for _, height in sizes)
    )


def _stacked(
    matrices: Sequence[ShownMatrix], area: QRectF, font: QFont
) -> Iterator[tuple[QPointF, tuple[ShownMatrix, ...]]]:
    """Yield matrices one below the other, with their places."""
    top = area.top()
    for one in matrices:
        yield QPointF(area.left(), top), (one,)
        top += matrices_size((one,), font)[1] + 0.5 * font.pixelSize()


def _row_height(unit: float) -> float:
    return QFontMetricsF(text_font(unit, size=TEXT)).height() * 1.08


def _italic(unit: float) -> QFont:
    font = text_font(unit, size=TEXT + 2.0)
    font.setItalic(True)
    return font
