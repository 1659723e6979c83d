"""The editor at the left of the stage, in place of the panels: whatever is typed in it moves on the stage at once."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from landscape.plot.overrides import guarded
from landscape.scene.answers import Answers
from landscape.scene.compiler import CompilerQuestion
from landscape.session.descent.document import Descent
from landscape.ui.asker import Asker
from landscape.ui.context import Context
from landscape.ui.descent.editing import Edited, edited_rule, edited_schedule, edited_surface
from landscape.ui.descent.panels.schedule import SchedulePanel
from landscape.ui.editor.panel import EditorPanel
from landscape.ui.layouts import Side
from landscape.ui.sizes import EDITOR

OWNER = "typed formulas"


class EditorSide(Side):
    """Shows one formula of a descent in the editor, until it is closed or gone."""

    closed = Signal()

    def __init__(self, context: Context, asker: Asker, answers: Answers, now: Callable[[], Descent]) -> None:
        super().__init__(EDITOR)
        self._context, self._asker, self._answers, self._now = context, asker, answers, now
        self._edited: Edited | None = None
        self.panel: EditorPanel | None = None

    def edit_rule(self, run: int) -> None:
        """Edit the rule of a run."""
        self._open(edited_rule(self._context, run, self._now))

    def edit_schedule(self, panel: SchedulePanel) -> None:
        """Edit the schedule that a panel shows."""
        self._open(edited_schedule(self._context, panel))

    def edit_surface(self) -> None:
        """Edit the surface."""
        self._open(edited_surface(self._context, self._now))

    def display(self, descent: Descent) -> None:
        """Show what is edited as it is now; close where it is gone."""
        if self._edited is None or self.panel is None:
            return
        subject = self._edited.read(descent)
        if subject is None:
            self.leave()
            return
        self.panel.display(subject)
        self._edited.show(descent)

    def leave(self) -> None:
        """Close."""
        edited, self._edited = self._edited, None
        if edited is not None and self.panel is not None:
            self.panel.leave()
            self.closed.emit()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if Qt.Key(event.key()) == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _open(self, edited: Edited) -> None:
        if self._edited is not None and self.panel is not None:
            self.panel.leave()
        self._edited = edited
        self.panel = EditorPanel(self._context, edited.editing, self._asker, self._answers, edited.beside)
        self.panel.closed.connect(self.leave)
        self.set_panels([self.panel])
        self.display(self._now())
        self.panel.begin()
        # Loaded while the first letters are typed: what they say then moves at once.
        self._asker.want(OWNER, (CompilerQuestion(),))
