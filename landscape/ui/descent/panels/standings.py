"""Who is where at the current step: loss and gradient norm of every run, and what became of it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.overrides import guarded
from landscape.scene.descent.facts import Standing, standings_at
from landscape.scene.scene import Scene
from landscape.scene.text import number
from landscape.ui.context import BESIDE, Context
from landscape.ui.jobs import first
from landscape.ui.layouts import caption, column, heading, row
from landscape.ui.swatch import paint_swatch
from landscape.ui.words import write


class StandingsPanel(QWidget):
    """Shows a scene at a step."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._scene: Scene | None = None
        self._step = 0.0
        self._soon = QTimer(self, singleShot=True, interval=BESIDE)
        self._soon.timeout.connect(self._show)
        self._table = StandingsTable(context)
        self._empty = caption(say("Add a run to see how it does."), wrap=True)
        self.setLayout(column(row(heading(say("Standings")), None), self._empty, self._table))

    def display(self, scene: Scene) -> None:
        """Show the runs of ``scene``."""
        self._scene = scene
        self._follow()

    def set_step(self, step: float) -> None:
        """Show the runs at ``step``."""
        if step != self._step:
            self._step = step
            self._follow()

    def _follow(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @first()
    def _show(self) -> None:
        if self._scene is not None:
            standings = standings_at(self._scene, self._step)
            self._empty.setVisible(not standings)
            self._table.set_standings(standings)


LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
INDENT = 32
COLUMNS = ("f", "‖∇f‖")


class StandingsTable(QWidget):
    """The table, painted: it changes with every frame while the runs play."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._standings: tuple[Standing, ...] = ()
        self._heights: list[int] = []
        write(self, name=context.say("Standings"))
        self.setFixedHeight(0)

    def set_standings(self, standings: tuple[Standing, ...]) -> None:
        """Show ``standings``."""
        if standings == self._standings:
            return
        notes = [one.note for one in self._standings]
        self._standings = standings
        if [one.note for one in standings] != notes:
            self._measure()
        self.setAccessibleDescription("; ".join(f"{one.name}: {number(one.loss)} {one.note}" for one in standings))
        self.update()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for words that wrap."""
        super().resizeEvent(event)
        self._measure()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return room for every run."""
        return QSize(180, self.height())

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a block for every run."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._paint_titles(painter)
        for one, height in zip(self._standings, self._heights, strict=True):
            self._paint_run(painter, one, top)
            top += height

    def _paint_titles(self, painter: QPainter) -> float:
        """Paint the titles of the two columns; return where the runs begin."""
        if not self._standings:
            return 0.0
        painter.setPen(QColor(self._context.theme.muted))
        for column_index, title in enumerate(COLUMNS):
            painter.drawText(self._cell(column_index, 0.0), LEFT, title)
        return float(self._line())

    def _cell(self, column_index: int, top: float) -> QRectF:
        """Return the place of a number in the line at ``top``."""
        width = (self.width() - INDENT) / len(COLUMNS)
        return QRectF(INDENT + column_index * width, top, width, self._line())

    def _paint_run(self, painter: QPainter, one: Standing, top: float) -> None:
        """Paint the name, the two numbers in columns under it, and what became of the run."""
        theme, line, width = self._context.theme, self._line(), self.width() - INDENT
        paint_swatch(painter, QRectF(0, top, INDENT - 8, line), one.color, one.dash)
        painter.setPen(QColor(theme.text))
        name = self.fontMetrics().elidedText(one.name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(INDENT, top, width, line), LEFT, name)
        for column_index, value in enumerate((one.loss, one.gradient)):
            painter.drawText(self._cell(column_index, top + line), LEFT, number(value, 3))
        painter.setPen(QColor(theme.muted))
        note = QRectF(INDENT, top + 2 * line, width, 4 * line)
        painter.drawText(note, int(Qt.TextFlag.TextWordWrap), one.note)

    def _measure(self) -> None:
        """Make the table as high as the wrapped notes need."""
        line = self._line()
        self._heights = [2 * line + self._note_height(one.note) + 10 for one in self._standings]
        height = sum(self._heights) + (line if self._heights else 0)
        if height != self.height():
            self.setFixedHeight(height)

    def _note_height(self, note: str) -> int:
        if not note:
            return 0
        room = QRect(0, 0, max(self.width() - INDENT, 1), 8 * self._line())
        return self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), note).height()

    def _line(self) -> int:
        return self.fontMetrics().height() + 2
