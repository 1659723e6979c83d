"""How far a long computation is, how long it will still take, and the button that cancels it or goes on with it."""

import time
from collections import deque
from collections.abc import Hashable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from landscape.scene.text import duration
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, caption, row
from landscape.ui.words import button, write

PATIENCE = 0.5
"""Seconds that must have passed before it is shown at all: what is sooner there needs no telling."""
SURE = 0.03
"""The share that must be done before it is told how long the rest takes."""
RECENT = 10.0
"""Seconds that the time of the rest is told by: what comes first may be sooner there than what comes last."""
WHOLE = 1000
"""Steps of a bar."""


class ShareBar(QProgressBar):
    """Shows a share, and is painted in a turn of its own: Qt would paint all of the window at once."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setRange(0, WHOLE)
        write(self, name=name)

    def show_share(self, share: float) -> None:
        """Show a share, from 0 to 1."""
        self.setUpdatesEnabled(False)
        self.setValue(round(WHOLE * share))
        self.setUpdatesEnabled(True)


class ProgressRow(QWidget):
    """Tells how far something is; hidden where nothing is computed."""

    cancelled = Signal()
    resumed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._key: Hashable = None
        self._first, self._share = 0.0, 1.0
        self._seen = deque([(0.0, 1.0)])
        """When which share was done, from the last moment that is not recent on."""
        self.stopped = False
        """Whether it was cancelled."""
        self._bar = ShareBar(context.say("How much is computed"))
        self._state = caption()
        self._button = button(context.say("Cancel"), "quiet")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._press)
        whole = row(self._bar, self._state, self._button, spacing=GRID)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._soon = QTimer(self, singleShot=True, interval=round(1000 * PATIENCE))
        self._soon.timeout.connect(self._show)
        self.hide()

    @property
    def text(self) -> str:
        """What it tells."""
        return self._state.text()

    def follow(self, key: Hashable, share: float) -> None:
        """Tell which share of something is computed; another ``key`` is something else, which begins anew."""
        if key != self._key:
            self._key, self.stopped = key, False
            self._begin(share)
        self._share = share
        if share > self._seen[-1][1]:
            self._seen.append((time.monotonic(), share))
        if share >= 1.0:
            self._soon.stop()
            self.stopped = False
            write(self._state, text="")
            write(self._button, text=self._context.say("Cancel"))
            self._bar.show_share(0.0)
            self.hide()
        elif self.isVisible():
            self._show()
        elif not self._soon.isActive():
            self._soon.start()

    def _begin(self, share: float) -> None:
        self._seen, self._first = deque([(time.monotonic(), share)]), share

    def _show(self) -> None:
        say, share = self._context.say, self._share
        self._bar.show_share(share)
        write(self._button, text=say("Go on") if self.stopped else say("Cancel"))
        told = say("{percent} %", percent=int(100 * share))
        left = self._left()
        if self.stopped:
            told = say("cancelled at {percent} %", percent=int(100 * share))
        elif left is not None:
            told = say("{percent} %, {time} left", percent=int(100 * share), time=duration(left))
        write(self._state, text=told)
        self.show()

    def _left(self) -> float | None:
        """Return the seconds that the rest will take if it goes on as of late; None before that is told."""
        now = time.monotonic()
        while len(self._seen) > 2 and now - self._seen[1][0] > RECENT:
            self._seen.popleft()
        since, before = self._seen[0]
        if self._share - self._first < SURE or self._share <= before:
            return None
        return (now - since) * (1.0 - self._share) / (self._share - before)

    def _press(self) -> None:
        self.stopped = not self.stopped
        if self.stopped:
            self.cancelled.emit()
        else:
            self._begin(self._share)
            self.resumed.emit()
        self._show()
