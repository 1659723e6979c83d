"""The line above the stage of the presenter: which colour is whose, how far each has come, and the step."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.overrides import guarded
from landscape.plot.samples import draw_sample
from landscape.plot.theme import text_font
from landscape.ui.context import Context
from landscape.ui.player import Player
from landscape.ui.timeline import step_text
from landscape.ui.workspaces import Entry

TEXT = 21.0
"""Height of the text, at scale 1: at 1.6 times it, a thirtieth of 1080 lines, as is advised for the last row."""
SAMPLE, GAP, BETWEEN, WIDTH = 26.0, 8.0, 18.0, 4.0
"""Length of a piece of line, what is free behind it and between two entries, and the width of the line."""
MARGIN = 12.0
ROW = 1.45
"""Height of a row, as a part of the height of the text."""
MOST_ROWS = 2
"""Rows with values at most: the stage is more."""
VALUE = "8.8×10⁻⁸⁸"
"""The widest value: a row keeps its places while values change."""


class Header(QWidget):
    """Paints the legend and the step of what is presented.

    Args:
        context: The colours, the language and the scale of the stage.
        legend: Returns the entries at the step of the play head.
        player: The play head.
        of_trials: Whether what is stepped through are trials of a search.
    """

    def __init__(
        self, context: Context, legend: Callable[[], Sequence[Entry]], player: Player, of_trials: bool
    ) -> None:
        super().__init__()
        self._context, self._legend, self._player, self._of_trials = context, legend, player, of_trials
        player.step_changed.connect(self.update)
        player.changed.connect(self._fit)

    def _fit(self) -> None:
        """Be as high as the rows that the entries need."""
        rows = self._rows(self._legend(), max(self.width() - 2 * MARGIN * self._context.stage_scale, 1))
        self.setFixedHeight(round((len(rows) + 0.35) * self._line))
        self.update()

    @property
    def text(self) -> str:
        """The step as it is told."""
        return self._counted(int(self._player.step))

    def _counted(self, step: int) -> str:
        return step_text(self._context.say, step, self._player.steps, self._of_trials)

    def look_changed(self) -> None:
        """Use what the context says now."""
        self._fit()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have as many rows as the width asks for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @property
    def _line(self) -> float:
        return TEXT * ROW * self._context.stage_scale

    def _rows(self, entries: Sequence[Entry], width: float) -> list[list[tuple[float, Entry]]]:
        """Return the entries of each row with where each begins; without their values where those need too many."""
        rows = self._broken(entries, width)
        if len(rows) > MOST_ROWS:
            rows = self._broken([replace(entry, value="") for entry in entries], width)
        return rows

    def _broken(self, entries: Sequence[Entry], width: float) -> list[list[tuple[float, Entry]]]:
        """Return the entries in as many rows as they need; the first row leaves room for the step."""
        scale = self._context.stage_scale
        metrics = QFontMetricsF(text_font(scale, size=TEXT))
        step = QFontMetricsF(text_font(scale, size=TEXT, bold=True)).horizontalAdvance(
            self._counted(self._player.steps)
        )
        value = metrics.horizontalAdvance(VALUE) + GAP * scale if any(entry.value for entry in entries) else 0.0
        rows: list[list[tuple[float, Entry]]] = [[]]
        left = 0.0
        for entry in entries:
            needed = (SAMPLE + GAP) * scale + metrics.horizontalAdvance(self._named(entry)) + value
            room = width - (step + BETWEEN * scale if len(rows) == 1 else 0.0)
            if rows[-1] and left + needed > room:
                rows.append([])
                left = 0.0
            rows[-1].append((left, entry))
            left += needed + BETWEEN * scale
        return rows

    def _named(self, entry: Entry) -> str:
        """Return the name as it stands before a value: many a name ends in a number of its own."""
        return self._context.say("{name}:", name=entry.name) if entry.value else entry.name

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the entries and the step."""
        painter = QPainter(self)
        theme, scale, line = self._context.theme, self._context.stage_scale, self._line
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.panel))
        margin, top = MARGIN * scale, 0.175 * line
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(text_font(scale, size=TEXT, bold=True))
        painter.setPen(QColor(theme.text))
        place = QRectF(margin, top, self.width() - 2 * margin, line)
        painter.drawText(place, middle | int(Qt.AlignmentFlag.AlignRight), self.text)
        painter.setFont(text_font(scale, size=TEXT))
        metrics = QFontMetricsF(painter.font())
        for index, row in enumerate(self._rows(self._legend(), self.width() - 2 * margin)):
            for left, entry in row:
                start = QPointF(margin + left, top + (index + 0.5) * line)
                draw_sample(painter, start, SAMPLE * scale, entry.color, entry.dash, WIDTH * scale)
                text = QRectF(start.x() + (SAMPLE + GAP) * scale, top + index * line, self.width(), line)
                painter.setPen(QColor(theme.text))
                painter.drawText(text, middle, self._named(entry))
                painter.setPen(QColor(theme.error if entry.lost else theme.muted))
                text.translate(metrics.horizontalAdvance(self._named(entry)) + GAP * scale, 0.0)
                painter.drawText(text, middle, entry.value)
