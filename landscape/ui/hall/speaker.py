"""What the speaker sees in place of the stage that the hall sees: notes, the next mark, and how late it is."""

import time

from PySide6.QtCore import QLocale, Qt, QTime, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from landscape.ui.context import Context
from landscape.ui.hall.notes import NotesPanel
from landscape.ui.layouts import GRID, caption, column, row
from landscape.ui.player import Player
from landscape.ui.timeline import step_text
from landscape.ui.words import button, write


class SpeakerPanel(QWidget):
    """Stands where the stage was: a clock, the time since the lecture began, the step, and the notes."""

    other_screen = Signal()
    """The stage is wanted on another screen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._player: Player | None = None
        self._of_trials = False
        self._began = time.monotonic()
        self.clock, self.passed, self._step = QLabel(), QLabel(), QLabel()
        for label, role in ((self.clock, "clock"), (self.passed, "clock"), (self._step, "clock")):
            label.setProperty("role", role)
        again = button(say("From zero"), "quiet")
        again.clicked.connect(self.begin)
        self._other = button(say("Other screen"), "quiet")
        write(self._other, tip=say("Show the stage on the next screen"))
        self._other.clicked.connect(self.other_screen)
        self._other.hide()
        self.notes = NotesPanel(context)
        self.setProperty("role", "panel")
        self.setProperty("hall", "speaker")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tick = QTimer(self, interval=250)
        self._tick.timeout.connect(self._show)
        top = row(self.clock, None, self._step, None, self.passed, again, spacing=2 * GRID)
        keys = caption(
            say("The hall sees the stage. PageDown: next mark, PageUp: the one before, B: black, W: white, Esc: end"),
            wrap=True,
        )
        margins = (3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        feet = row(keys, self._other, spacing=2 * GRID)
        feet.setStretch(0, 1)
        whole = column(top, self.notes, feet, spacing=3 * GRID, margins=margins)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def begin(self, *, anew: bool = True) -> None:
        """Count the time, from now on or from when it was counted first."""
        if anew:
            self._began = time.monotonic()
        self._tick.start()
        self._show()

    def offer_other_screen(self, offered: bool) -> None:
        """Have a button that takes the stage to another screen, where there are several."""
        self._other.setVisible(offered)

    def end(self) -> None:
        """Count nothing, and follow nothing."""
        self._tick.stop()
        self.notes.follow(None)

    def follow(self, player: Player, of_trials: bool) -> None:
        """Tell of another time line."""
        self._player, self._of_trials = player, of_trials
        self.notes.follow(player)
        self._show()

    def _show(self) -> None:
        self.clock.setText(QLocale().toString(QTime.currentTime(), "HH:mm"))
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        self.passed.setText(f"{minutes}:{seconds:02d}")
        player = self._player
        if player is not None:
            self._step.setText(step_text(self._context.say, int(player.step), player.steps, self._of_trials))
