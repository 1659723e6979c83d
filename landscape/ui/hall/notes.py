"""The notes of the marks: what is to be said at the mark where the play head stands, and what comes next."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from landscape.plot.overrides import guarded
from landscape.session.presentation import LONGEST_NOTE
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, Elided, caption, column, heading, row
from landscape.ui.player import Player
from landscape.ui.sizes import sized, spaced
from landscape.ui.words import write

CLICKED = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class NotesPanel(QWidget):
    """Shows the note of a mark, and takes another.

    A mark is where its note is said from, until the next one.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._player: Player | None = None
        self._mark: int | None = None
        self._filling = False
        self._place: QLabel = heading("")
        self._next = Elided()
        self._next.setProperty("role", "caption")
        self.field = _Field()
        write(self.field, name=say("Note of the mark"), hint=say("What is to be said at this mark"))
        self.field.textChanged.connect(self._take)
        top = row(self._place, self._next, spacing=2 * GRID)
        top.setStretch(1, 1)
        self._next.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._empty = caption(say("No mark yet. M sets one at the current step."), wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole = column(top, self._empty, self.field, spacing=GRID)
        for filling in (self._empty, self.field):
            whole.setStretchFactor(filling, 1)
        self.setLayout(whole)

    def follow(self, player: Player | None) -> None:
        """Show the notes of another time line."""
        if player is self._player:
            return
        if self._player is not None:
            self._player.changed.disconnect(self._show)
            self._player.step_changed.disconnect(self._show)
        self._player, self._mark = player, None
        if player is not None:
            player.changed.connect(self._show)
            player.step_changed.connect(self._show)
            self._show()

    def look_changed(self) -> None:
        """Say it in the language of the window."""
        self._show()

    @property
    def mark(self) -> int | None:
        """The mark whose note is shown: the last one at or before the play head, else the first."""
        player = self._player
        if player is None or not player.marks:
            return None
        return max((mark for mark in player.marks if mark <= player.step), default=player.marks[0])

    def _show(self) -> None:
        player, say = self._player, self._context.say
        if player is None:
            return
        mark = self.mark
        self.field.setVisible(mark is not None)
        self._empty.setVisible(mark is None)
        self._place.setText("" if mark is None else say("Mark at step {step}", step=mark))
        self._next.setText(self._coming(player))
        note = "" if mark is None else player.notes[mark]
        if note != self.field.toPlainText():
            self._filling = True
            self.field.setPlainText(note)
            self._filling = False
        self._mark = mark

    def _coming(self, player: Player) -> str:
        say = self._context.say
        coming = next((mark for mark in player.marks if mark > player.step), None)
        if coming is None:
            return say("no further mark") if player.marks else ""
        first = player.notes[coming].strip().partition("\n")[0]
        told = say("next: step {step}", step=coming)
        return f"{told} · {first}" if first else told

    def _take(self) -> None:
        if self._filling or self._player is None or self._mark is None:
            return
        text = self.field.toPlainText()
        if len(text) > LONGEST_NOTE:
            self.field.setPlainText(text[:LONGEST_NOTE])
            return
        self._player.set_note(self._mark, text)


class _Field(QPlainTextEdit):
    """The lines of a note; the keys of a clicker are not for them."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a clicker's keys to the time line, and the keyboard with them: B is black again; or with Escape."""
        clicked = event.key() in CLICKED
        if clicked or (event.key() == Qt.Key.Key_Escape and self.hasFocus()):
            self.clearFocus()
            event.setAccepted(not clicked)
        else:
            super().keyPressEvent(event)


def notes_below(context: Context, height: int) -> NotesPanel:
    """Return the notes as they stand under a time line."""
    made = NotesPanel(context)
    made.setProperty("role", "panel")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = made.layout()
    assert layout is not None
    spaced(layout, GRID, (2 * GRID, GRID, 2 * GRID, GRID))
    return sized(made, height=height)
