"""The time line: play, step, scrub, speed, loop and marks."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from landscape.plot.overrides import guarded
from landscape.translation import Translation, composed
from landscape.ui.buttons import Choice, IconButton
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, column, give_way, row
from landscape.ui.player import Player
from landscape.ui.sizes import painter_of, scaled, sized, unit
from landscape.ui.words import write

SPEED_NAMES = {0.25: "×¼", 0.5: "×½", 1.0: "×1", 2.0: "×2", 4.0: "×4", 8.0: "×8"}


def step_text(say: Translation, step: int, steps: int, of_trials: bool) -> str:
    """Return where the play head stands, in words."""
    if of_trials:
        return say("trial {step} / {steps}", step=step, steps=steps)
    return say("step {step} / {steps}", step=step, steps=steps)


class TimelinePanel(QWidget):
    """Shows a player and moves it."""

    def __init__(self, context: Context, player: Player, of_trials: bool = False) -> None:
        """``of_trials``: whether what is stepped through are trials of a search."""
        super().__init__()
        say = context.say
        self._context, self._player, self._of_trials = context, player, of_trials
        button = IconButton
        self._play = button(context, "play", say("Play"), player.toggle)
        self._play.setProperty("role", "play")
        self._loop = button(context, "loop", say("Loop"))
        self._loop.setCheckable(True)
        self._loop.clicked.connect(player.set_loop)
        self._future = button(context, "eye-off", composed("{} (F)", say("Hide the future")))
        self._future.setCheckable(True)
        self._future.clicked.connect(player.hide_future)
        self.bar = StepBar(context, player)
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._speed = Choice(context, say("Speed"), tuple(SPEED_NAMES.items()))
        sized(self._speed, width=64)
        self._speed.chosen.connect(player.set_speed)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        first = button(context, "first", say("To the beginning"), lambda: player.go(0))
        back = button(context, "back", say("One step back"), lambda: player.move(-1))
        forward = button(context, "forward", say("One step on"), lambda: player.move(1))
        last = button(context, "last", say("To the end"), lambda: player.go(player.steps))
        # What has a key is left out where the line is narrow.
        self._spare = self._future, self._speed, forward, back, self._loop, last, first
        line = row(
            first,
            back,
            self._play,
            forward,
            last,
            column(self.bar, margins=(GRID, 0, GRID, 0)),
            self._label,
            self._speed,
            self._loop,
            self._future,
            spacing=GRID // 2,
            margins=(2 * GRID, GRID, 2 * GRID, GRID),
        )
        line.setStretch(5, 1)
        self.setLayout(line)
        player.changed.connect(self._show)
        player.step_changed.connect(self._show_step)
        self._show()

    def look_changed(self) -> None:
        """Say what is said of the step in the language of the window."""
        self._show()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have room for the step."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        between = scaled(GRID // 2)
        needed = (self._play.sizeHint(), self.bar.minimumSize())
        whole = sum(size.width() + between for size in needed) + self._label.minimumWidth() + scaled(6 * GRID)
        give_way(self._spare, self.width() - whole, between)

    def _show(self) -> None:
        say, playing = self._context.say, self._player.playing
        self._play.set_face("pause" if playing else "play", say("Pause") if playing else say("Play"))
        self._loop.setChecked(self._player.loop)
        self._future.setChecked(self._player.future_hidden)
        self._speed.set_key(self._player.speed)
        widest = self._counted(self._player.steps)
        self._label.ensurePolished()
        self._label.setFixedWidth(self._label.fontMetrics().horizontalAdvance(widest) + 4)
        self._make_room()
        self._show_step()

    def _show_step(self) -> None:
        self._label.setText(self._counted(int(self._player.step)))
        self.bar.update()

    def _counted(self, step: int) -> str:
        return step_text(self._context.say, step, self._player.steps, self._of_trials)


class StepBar(QWidget):
    """The bar: drag to scrub; the marks stand on it."""

    def __init__(self, context: Context, player: Player) -> None:
        super().__init__()
        self._context, self._player = context, player
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        write(self, name=context.say("Time line"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        sized(self, least=(80, 28))

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return the size that is comfortable to hit."""
        return QSize(scaled(400), scaled(28))

    def position_of(self, step: float) -> float:
        """Return where ``step`` stands, in pixels from the left."""
        return unit() * self._along(step, self.width() / unit())

    def _along(self, step: float, width: float) -> float:
        return 8.0 + (width - 16.0) * (step / self._player.steps if self._player.steps else 0.0)

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the groove as far as there is something to show, its part up to the head, the marks and the head."""
        painter, area = painter_of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        width = area.width()
        middle, at = area.height() / 2, self._along(self._player.step, width)
        painter.setBrush(QColor(self._context.theme.raised))
        painter.drawRoundedRect(QRectF(8, middle - 2.5, width - 16, 5), 2.5, 2.5)
        painter.setBrush(QColor(self._context.theme.line))
        known = self._along(self._player.known, width) - 8
        painter.drawRoundedRect(QRectF(8, middle - 2.5, known, 5), 2.5, 2.5)
        painter.setBrush(QColor(self._context.theme.accent))
        painter.drawRoundedRect(QRectF(8, middle - 2.5, at - 8, 5), 2.5, 2.5)
        painter.setBrush(QColor(self._context.theme.text))
        for mark in self._player.marks:
            x = self._along(mark, width)
            top = middle - 12
            painter.drawPolygon(QPolygonF([QPointF(x - 4, top), QPointF(x + 4, top), QPointF(x, top + 7)]))
        if self.hasFocus():
            halo = QColor(self._context.theme.accent)
            halo.setAlphaF(0.35)
            painter.setBrush(halo)
            painter.drawEllipse(QPointF(at, middle), 12, 12)
        painter.setBrush(QColor(self._context.theme.accent))
        painter.drawEllipse(QPointF(at, middle), 8, 8)
        painter.setBrush(QColor(self._context.theme.panel))
        painter.drawEllipse(QPointF(at, middle), 3.5, 3.5)

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the head to the pointer, and pause."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._player.play(False)
            self._scrub(event)

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys to the window: they move the head wherever the focus is."""
        event.ignore()

    def _scrub(self, event: QMouseEvent) -> None:
        part = (event.position().x() / unit() - 8.0) / max(self.width() / unit() - 16.0, 1.0)
        self._player.go(round(part * self._player.steps))
