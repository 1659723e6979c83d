"""Who is where at the current step: loss and gradient norm of every run, and how it ended."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from landscape.scene.palette import DASHES
from landscape.scene.scene import Scene
from landscape.scene.text import number
from landscape.ui.context import Context
from landscape.ui.layouts import caption, column, heading, row
from landscape.ui.swatch import paint_swatch


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One line of the table."""

    name: str
    color: str
    dash: str
    loss: float
    gradient: float
    note: str


class StandingsPanel(QWidget):
    """Shows a scene at a step."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._scene: Scene | None = None
        self._step = 0.0
        self._table = StandingsTable(context)
        self._empty = caption(say("Add a run to see how it does."), wrap=True)
        self.setLayout(column(row(heading(say("Standings")), None), self._empty, self._table))

    def display(self, scene: Scene) -> None:
        """Show the runs of ``scene``."""
        self._scene = scene
        self._show()

    def set_step(self, step: float) -> None:
        """Show the runs at ``step``."""
        if step != self._step:
            self._step = step
            self._show()

    def _show(self) -> None:
        if self._scene is not None:
            standings = standings_at(self._scene, self._step)
            self._empty.setVisible(not standings)
            self._table.set_standings(standings)


def standings_at(scene: Scene, step: float) -> tuple[Standing, ...]:
    """Return the visible runs at ``step``, the lowest loss first; a run without a finite loss comes last."""
    curves = {panel.quantity: {curve.run: curve.values for curve in panel.curves} for panel in scene.curves}
    standings = []
    for path in scene.paths:
        last = len(path.points) - 1
        at = min(int(step), last)
        values = [curves.get(name, {}).get(path.run) for name in ("loss", "gradient")]
        loss, gradient = (float(array[at]) if array is not None and at < len(array) else np.nan for array in values)
        note = path.note if int(step) >= last and not path.pending else ""
        standings.append(
            Standing(name=path.name, color=path.color, dash=path.dash, loss=loss, gradient=gradient, note=note)
        )
    return tuple(sorted(standings, key=lambda one: (not np.isfinite(one.loss), one.loss if np.isfinite(one.loss) else 0.0)))


class StandingsTable(QWidget):
    """The table, painted: it changes with every frame while the runs play."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._standings: tuple[Standing, ...] = ()
        self.setAccessibleName(context.say("Standings"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def set_standings(self, standings: tuple[Standing, ...]) -> None:
        """Show ``standings``."""
        if standings == self._standings:
            return
        resized = len(standings) != len(self._standings)
        self._standings = standings
        self.setAccessibleDescription("; ".join(f"{one.name}: {number(one.loss)} {one.note}" for one in standings))
        if resized:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for a line of numbers and one of words for every run."""
        return QSize(180, len(self._standings) * self._row_height() + (self._line() + 4 if self._standings else 0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a heading and a row for every run."""
        if not self._standings:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, line, width = self._context.theme, self._line(), self.width()
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(width - 140, 0, 70, line), right, self._context.say("loss"))
        painter.drawText(QRectF(width - 66, 0, 66, line), right, "‖∇f‖")
        for index, one in enumerate(self._standings):
            self._paint_row(painter, one, line + 4 + index * self._row_height())

    def _paint_row(self, painter: QPainter, one: Standing, top: float) -> None:
        theme, line, width = self._context.theme, self._line(), self.width()
        metrics = QFontMetrics(self.font())
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        dash = next(style for style in DASHES if style == one.dash)
        paint_swatch(painter, QRectF(0, top, 22, line), one.color, dash)
        painter.setPen(QColor(theme.text))
        name = metrics.elidedText(one.name, Qt.TextElideMode.ElideRight, width - 168)
        painter.drawText(QRectF(28, top, width - 168, line), left, name)
        painter.drawText(QRectF(width - 140, top, 70, line), right, number(one.loss, 3))
        painter.drawText(QRectF(width - 66, top, 66, line), right, number(one.gradient, 3))
        painter.setPen(QColor(theme.muted))
        note = metrics.elidedText(one.note, Qt.TextElideMode.ElideRight, width - 28)
        painter.drawText(QRectF(28, top + line, width - 28, line), left, note)

    def _line(self) -> int:
        return self.fontMetrics().height() + 2

    def _row_height(self) -> int:
        return 2 * self._line() + 6
