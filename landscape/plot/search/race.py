"""A race of searches: the truth at the left, what each entrant has seen beside it, and charts below."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from landscape.plot.ground import heat_image
from landscape.plot.pixels import color_image
from landscape.plot.search.chart import paint_chart, plot_area
from landscape.plot.search.parallel import paint_axes, paint_line, painting_lines, parallel_box
from landscape.plot.search.square import (
    FOOT,
    Square,
    paint_curve,
    paint_frame,
    paint_head,
    paint_profiles,
    squares,
    strip_point,
)
from landscape.plot.theme import text_font
from landscape.scene.layers import Heat
from landscape.scene.palette import Theme
from landscape.scene.search.moment import panel_line, truth_line
from landscape.scene.search.scene import Floats, Panel, SearchScene
from landscape.translation import Translation

CHARTS = 0.34
"""Part of the height that the charts take."""
MOST_IN_A_ROW = 3
BAR = 74.0
"""Width of the colour bar with its numbers, in units."""
DOT, SMALL = 5.2, 2.2
"""Radius of a trial that made all its steps, and of one that made hardly any."""
ROOMY, TINY = 100, 0.4
"""So many trials have dots of their full size; more have smaller ones, down to a part of it."""
NEAR = 12.0
"""So near to a dot the pointer is on it, in units."""
TOGETHER = 200
"""Trials between two looks at the clock: about 5 ms."""


class RacePlot:
    """Draws a race into a rectangle, and knows what lies where."""

    def __init__(self) -> None:
        self.places: list[Square] = []
        """Where the truth was painted last, and after it each entrant."""
        self.charts: list[QRectF] = []
        """Where the charts were."""
        self.coming = True
        """Whether the charts show what is still to come."""
        self._axes = QRectF()
        """Where the axes of all dimensions were."""
        self._unit = 1.0
        self._heat: Heat | None = None
        self._image: QImage | None = None

    def painting(
        self,
        painter: QPainter,
        area: QRectF,
        scene: SearchScene,
        step: float,
        unit: float,
        theme: Theme,
        say: Translation,
    ) -> Iterator[None]:
        """Paint the race when ``step`` whole runs have been spent, and yield after each part of it.

        ``unit`` is the factor of text and lines.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._unit = unit
        below = CHARTS * area.height()
        top = QRectF(area.left(), area.top(), area.width() - BAR * unit, area.height() - below)
        self.places = squares(top, 1 + len(scene.panels), unit)
        # Where the width is what limits the squares, the charts take what is left below.
        below = area.bottom() - max(square.box.bottom() for square in self.places) - FOOT * unit
        foot = QRectF(area.left(), area.bottom() - below, area.width(), below)
        self.charts = rooms = _rooms(foot, len(scene.charts) + scene.parallel)
        self._axes = parallel_box(rooms.pop(0), unit) if scene.parallel else QRectF()
        self._paint_truth(painter, self.places[0], scene, unit, theme, say)
        yield
        for square, panel in zip(self.places[1:], scene.panels, strict=True):
            yield from _painting_panel(painter, square, scene, panel, step, unit, theme, say)
        if scene.truth.heat is not None:
            last = self.places[min(len(scene.panels), len(self.places) - 1)]
            right = max(square.beside.right() for square in self.places)
            _paint_bar(painter, QRectF(right + 16 * unit, last.box.top(), BAR * unit, last.box.height()),
                       scene.truth.heat, unit, theme)  # fmt: skip
        if not self._axes.isNull():
            yield from painting_lines(painter, self._axes, scene, step, unit, theme)
            paint_axes(painter, self._axes, scene, unit, theme, say)
            yield
        for room, chart in zip(rooms, scene.charts, strict=True):
            paint_chart(painter, room, chart, scene.ticks, step, unit, theme, coming=self.coming)
            yield

    def paint_hovered(self, painter: QPainter, scene: SearchScene, hovered: tuple[int, int], theme: Theme) -> None:
        """Mark the trial that the pointer is on, over a race that is painted: an entrant, one of its evaluations."""
        panel, index = scene.panels[hovered[0]], hovered[1]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ring(painter, self.places[1 + hovered[0]], panel, index, self._unit, theme.accent)
        if not self._axes.isNull():
            paint_line(painter, self._axes, panel, index, QPen(QColor(theme.accent), 3.2 * self._unit))

    def trial_at(self, position: QPointF, scene: SearchScene, step: float) -> tuple[int, int] | None:
        """Return which entrant and which of its evaluations a position is on; None beside all."""
        for place, (square, panel) in enumerate(zip(self.places[1:], scene.panels, strict=False)):
            shown = panel.newest(step)
            if not len(shown):
                continue
            box = square.box
            x = box.left() + panel.places[shown, 0] * box.width()
            y = box.bottom() - panel.places[shown, 1] * box.height()
            apart = np.hypot(x - position.x(), y - position.y())
            if apart.min() <= NEAR * self._unit:
                return place, int(shown[int(apart.argmin())])
        return None

    def place_at(self, position: QPointF) -> tuple[float, float] | None:
        """Return which place of the truth a position is on; None beside it."""
        box = self.places[0].box if self.places else QRectF()
        if not box.contains(position):
            return None
        return (position.x() - box.left()) / box.width(), (box.bottom() - position.y()) / box.height()

    def step_at(self, position: QPointF, scene: SearchScene) -> float | None:
        """Return which budget a position on a chart means; None beside them."""
        for area, chart in zip(self.charts, scene.charts, strict=False):
            box = plot_area(area, self._unit)
            if chart.timed and box.contains(position):
                return float((position.x() - box.left()) / box.width() * scene.trials)
        return None

    def _paint_truth(
        self, painter: QPainter, square: Square, scene: SearchScene, unit: float, theme: Theme, say: Translation
    ) -> None:
        truth = scene.truth
        painter.fillRect(square.box, QColor(theme.invalid))
        if truth.heat is not None:
            if truth.heat is not self._heat or self._image is None:
                self._heat, self._image = truth.heat, heat_image(truth.heat)
            painter.drawImage(square.box, self._image)
            paint_profiles(painter, square, truth.across, truth.up, unit, theme.accent, filled=True)
        if scene.single:
            paint_curve(painter, square, truth.curve, unit, theme.accent, filled=True)
        for ink, width in ((theme.halo, 3.0), (theme.stage_text, 1.4)):
            painter.setPen(QPen(QColor(ink), width * unit))
            for line in truth.good:
                _paint_pieces(painter, square, line)
        paint_frame(painter, square, scene, unit, theme)
        paint_head(painter, square, scene.truth_title, truth_line(scene, say), "", unit, theme)


def _painting_panel(
    painter: QPainter,
    square: Square,
    scene: SearchScene,
    panel: Panel,
    step: float,
    unit: float,
    theme: Theme,
    say: Translation,
) -> Iterator[None]:
    """Paint what an entrant has seen, and yield after each part of it."""
    if scene.single:
        paint_curve(painter, square, scene.truth.curve, unit, theme.line, filled=False)
    paint_profiles(painter, square, scene.truth.across, scene.truth.up, unit, theme.line, filled=False)
    paint_frame(painter, square, scene, unit, theme)
    _paint_boxes(painter, square, panel, step, unit)
    if panel.moves:
        _paint_ways(painter, square, panel, step, unit)
    yield
    best, shown = panel.best(step), panel.best_last(step)
    size = unit * max(min((ROOMY / max(len(shown), 1)) ** 0.5, 1.0), TINY)
    for place, index in enumerate(shown.tolist(), start=1):
        _paint_trial(painter, square, scene, panel, index, size, theme)
        if place % TOGETHER == 0:
            yield
    if best >= 0:
        _paint_ring(painter, square, panel, best, unit, theme.text)
    paint_head(painter, square, panel.title, panel_line(scene, panel, step, say), panel.color, unit, theme)
    yield


def _paint_ring(painter: QPainter, square: Square, panel: Panel, index: int, unit: float, ink: str) -> None:
    """Paint a ring around a trial."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(ink), 1.8 * unit))
    painter.drawEllipse(square.point(*panel.places[index].tolist()), 9 * unit, 9 * unit)


def _rooms(area: QRectF, count: int) -> list[QRectF]:
    """Return where so many charts lie: beside each other, four in two rows."""
    columns = count if count <= MOST_IN_A_ROW else (count + 1) // 2
    wide, high = area.width() / max(columns, 1), area.height() / max(-(-count // max(columns, 1)), 1)
    places = (divmod(place, columns) for place in range(count))
    return [QRectF(area.left() + at * wide, area.top() + line * high, wide, high) for line, at in places]


def _paint_pieces(painter: QPainter, square: Square, line: Floats) -> None:
    """Paint a line with gaps where it is NaN."""
    last: QPointF | None = None
    for x, y in line.tolist():
        now = square.point(x, y) if x == x and y == y else None
        if last is not None and now is not None:
            painter.drawLine(last, now)
        last = now


def _paint_boxes(painter: QPainter, square: Square, panel: Panel, step: float, unit: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(panel.color), 1.4 * unit, Qt.PenStyle.DashLine))
    for time, (left, bottom, right, top) in panel.boxes[1:]:
        if time <= step:
            painter.drawRect(QRectF(square.point(left, top), square.point(right, bottom)))


def _paint_ways(painter: QPainter, square: Square, panel: Panel, step: float, unit: float) -> None:
    """Paint from which evaluation to which the trials of a population went."""
    ink = QColor(panel.color)
    ink.setAlphaF(0.5)
    painter.setPen(QPen(ink, 1.0 * unit))
    for index in range(panel.known(step)):
        before = int(panel.after[index])
        if before >= 0 and (panel.places[before] != panel.places[index]).any():
            ends = (square.point(*panel.places[each].tolist()) for each in (before, index))
            painter.drawLine(*ends)


def _paint_trial(
    painter: QPainter, square: Square, scene: SearchScene, panel: Panel, index: int, unit: float, theme: Theme
) -> None:
    """Paint a trial in the square, and where it stands in the strips."""
    (x, y), shade = panel.places[index].tolist(), float(panel.shades[index])
    known = shade == shade
    color = QColor(*scene.colors[int(shade * 255)].tolist()) if known else QColor(theme.invalid)
    radius = (SMALL + (DOT - SMALL) * float(panel.until[index]) ** 0.5) * unit
    painter.setPen(QPen(QColor(theme.text if known else theme.muted), 0.8 * unit))
    painter.setBrush(color)
    painter.drawEllipse(square.point(x, y), radius, radius)
    if scene.single:
        return
    height = shade if known else 1.0
    small = min(radius, 3.2 * unit)
    painter.drawEllipse(strip_point(square.above, x, height, True), small, small)
    painter.drawEllipse(strip_point(square.beside, y, height, False), small, small)


def _paint_bar(painter: QPainter, area: QRectF, heat: Heat, unit: float, theme: Theme) -> None:
    bar = QRectF(area.left(), area.top(), 12 * unit, area.height())
    painter.drawImage(bar, color_image(heat.colors[:, None], upward=True))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.line), max(1.0, unit)))
    painter.drawRect(bar)
    painter.setFont(text_font(unit, size=11.0))
    painter.setPen(QColor(theme.muted))
    line = painter.fontMetrics().height()
    last = bar.bottom() + line
    for shade, text in sorted(heat.ticks):
        y = bar.bottom() - shade * bar.height()
        if last - y >= line:
            last = y
            room = QRectF(bar.right() + 5 * unit, y - line / 2, area.width(), line)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
