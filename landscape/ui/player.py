"""The play head: which step is shown, how fast it moves, and the marks it jumps to."""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from landscape.plot.pace import FRAME
from landscape.scene.timeline import base_speed, step_at
from landscape.session.presentation import LONGEST_NOTE, MOST_MARKS, SPEEDS, Mark, Presentation


class Player(QObject):
    """Moves the step along while it plays; nothing of it is undone."""

    step_changed = Signal(float)
    changed = Signal()
    """Whether it plays or loops, its speed, its marks, or how many steps there are."""
    marked = Signal()
    """A person set or removed a mark, or chose whether what is to come is seen."""

    began = Signal()
    """It plays from here, or goes on from elsewhere or at another speed."""
    paused = Signal()
    """It plays no more."""

    coming_shown = Signal(bool)
    """Whether what comes after the head is seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.steps = 0
        self.step = 0.0
        self.speed = 1.0
        self.loop = False
        self.future_hidden = False
        self.notes: dict[int, str] = {}
        """The steps that have a mark, in their order, and what is to be said there."""
        self.known = 0
        """As far as there is something to show: less than ``steps`` while a network is in training."""
        self._following = True
        self._until: float | None = None
        """Where it is to pause."""
        self._clock = QElapsedTimer()
        self._from = 0.0
        self._timer = QTimer(self, interval=FRAME, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._advance)

    @property
    def marks(self) -> tuple[int, ...]:
        """The steps that have a mark."""
        return tuple(self.notes)

    @property
    def presentation(self) -> Presentation:
        """Where the play head stands, how it moves, and its marks."""
        marks = tuple(Mark(step=step, note=note) for step, note in self.notes.items())
        step = None if self._following and not self.playing else self.step
        return Presentation(step=step, marks=marks, speed=self.speed, loop=self.loop, future_hidden=self.future_hidden)

    def present(self, given: Presentation) -> None:
        """Stand where a presentation says, as far as the time line goes."""
        self.play(False)
        self.notes = {mark.step: mark.note for mark in given.marks if mark.step <= self.steps}
        self.speed, self.loop, self.future_hidden = given.speed, given.loop, given.future_hidden
        self.coming_shown.emit(not self.future_hidden)
        self.go(self.steps if given.step is None else given.step)
        self.changed.emit()

    @property
    def playing(self) -> bool:
        """Whether the play head moves."""
        return self._timer.isActive()

    def set_steps(self, steps: int) -> None:
        """Give the time line another length; a head at its end stays at the end."""
        if steps == self.steps:
            return
        self.steps = self.known = steps
        self.notes = {mark: note for mark, note in self.notes.items() if mark <= steps}
        self.changed.emit()
        self._show(float(steps) if self._following and not self.playing else min(self.step, float(steps)))

    def set_known(self, known: int) -> None:
        """Tell as far as there is something to show; a head that stands there goes along, and one that plays waits.

        What is shown may still be something longer than what is wanted.
        """
        known = min(known, self.steps)
        if known == self.known:
            return
        self.known = known
        self.changed.emit()
        if self._following and not self.playing:
            self._show(float(known))

    def play(self, on: bool) -> None:
        """Play from here, or from the beginning where the head stands at the end; or pause."""
        if on == self.playing or (on and self.steps == 0):
            return
        if on:
            if self.step >= self.known:
                self._show(0.0)
            self._timer.start()
            self._begin()
        else:
            self._timer.stop()
            self.paused.emit()
            self._until = None
            self._following = self.step >= self.known
        self.changed.emit()

    def play_until(self, step: float) -> None:
        """Play from here to a step, and pause there."""
        if step > self.step:
            self._until = step
            self.play(True)

    def toggle(self) -> None:
        """Play or pause."""
        self.play(not self.playing)

    def go(self, step: float, *, stay: bool = False) -> None:
        """Put the head at ``step``; it goes on playing from there.

        At the end of what is known it goes along with what becomes known, unless it is to ``stay``.
        """
        self._show(min(max(step, 0.0), float(self.steps)))
        self._following = self.step >= self.known and not stay
        self._begin()

    def move(self, by: int) -> None:
        """Pause, and go so many whole steps further."""
        self.play(False)
        whole = int(self.step) if by > 0 else -int(-self.step // 1)
        self.go(whole + by)

    def jump(self, direction: int) -> None:
        """Go to the next mark after (1) or before (-1) the head, or to the end of the time line."""
        self.play(False)
        stops = (0, *self.marks, self.steps)
        if direction > 0:
            self.go(min((stop for stop in stops if stop > self.step), default=self.steps))
        else:
            self.go(max((stop for stop in stops if stop < self.step), default=0))

    def hide_future(self, on: bool) -> None:
        """Have paths and curves end at the head, or show what is to come."""
        if on != self.future_hidden:
            self.future_hidden = on
            self.coming_shown.emit(not on)
            self.changed.emit()
            self.marked.emit()

    def toggle_mark(self) -> None:
        """Put a mark at the current step, or take away the one that is there."""
        here = round(self.step)
        if here in self.notes:
            del self.notes[here]
        elif len(self.notes) < MOST_MARKS:
            self.notes = dict(sorted({**self.notes, here: ""}.items()))
        self.changed.emit()
        self.marked.emit()

    def set_note(self, mark: int, note: str) -> None:
        """Say something else at a mark, where there is one."""
        if self.notes.get(mark, note) != note:
            self.notes[mark] = note[:LONGEST_NOTE]
            self.changed.emit()
            self.marked.emit()

    def set_speed(self, speed: float) -> None:
        """Play ``speed`` times as fast as normal."""
        self.speed = speed
        self._begin()
        self.changed.emit()

    def shift_speed(self, by: int) -> None:
        """Take the next higher (1) or lower (-1) speed."""
        index = SPEEDS.index(self.speed) + by
        self.set_speed(SPEEDS[min(max(index, 0), len(SPEEDS) - 1)])

    def set_loop(self, on: bool) -> None:
        """Begin anew at the end, or stop there."""
        self.loop = on
        self.changed.emit()

    def _begin(self) -> None:
        self._from = self.step
        self._clock.start()
        if self.playing:
            self.began.emit()

    def _advance(self) -> None:
        rate = base_speed(self.steps) * self.speed
        step = step_at(self._from / rate + self._clock.elapsed() / 1000.0, self.steps, rate)
        if step > self.known < self.steps:
            self._show(float(self.known))
            self._begin()
            return
        if self._until is not None and step >= self._until:
            self._show(self._until)
            self.play(False)
            return
        self._show(step)
        if step >= self.steps:
            if self.loop:
                self._show(0.0)
                self._begin()
            else:
                self.play(False)

    def _show(self, step: float) -> None:
        if step != self.step:
            self.step = step
            self.step_changed.emit(step)
