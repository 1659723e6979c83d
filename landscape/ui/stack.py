"""The workspaces on top of each other; one that was never opened does not exist yet."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from landscape.session.presentation import Presentation
from landscape.session.session import Session
from landscape.ui.context import Context
from landscape.ui.painting import paint_later
from landscape.ui.workspaces import Shell, WorkspaceView, ui_part


class Workspaces(QStackedWidget):
    """Shows the workspace that the session is in.

    Args:
        shell: What all of them share.
        context: Returns how a workspace edits, speaks and looks.
    """

    reshaped = Signal()
    """The workspace in front is another one, or has another least width."""
    marked = Signal()
    """The marks on a time line are others."""

    began = Signal()
    """A play head plays, from elsewhere or at another speed than before."""
    paused = Signal()
    """It plays no more."""

    displayed = Signal(object)
    """A session whose document in front is shown."""
    stood = Signal()
    """What was opened is shown as it was prepared."""

    def __init__(self, shell: Shell, context: Callable[[str], Context]) -> None:
        super().__init__()
        self._shell, self._context = shell, context
        self.turn: Callable[[int], bool] = lambda _way: False
        """Opens the next page of a lesson (1) or the one before (-1); tells whether there is one."""
        self.press: Callable[[QKeyEvent], bool] = lambda _event: False
        """Counts a hand for a digit; tells whether a lesson took it."""
        self.taught: Callable[[str, Presentation], Presentation] = lambda _name, given: given
        """Returns where the person stands in a workspace with how far its lesson has been taken."""
        self.beside: Callable[[], QWidget | None] = lambda: None
        """Returns what stands beside a stage that is presented: the lesson in front."""
        self._opened: dict[str, WorkspaceView] = {}
        self._front: WorkspaceView | None = None
        self._presentations: Mapping[str, Presentation] = {}
        """Of what was opened last, for workspaces that come to the front later."""

    @property
    def front(self) -> WorkspaceView:
        """The workspace in front."""
        assert self._front is not None
        return self._front

    def __getitem__(self, name: str) -> WorkspaceView:
        """Return a workspace that was opened."""
        return self._opened[name]

    def display(self, session: Session) -> None:
        """Show the document in front, in its workspace."""
        shown = self._view(session.workspace)
        if shown is not self._front:
            if self._front is not None:
                paint_later(self.window())
                self._front.player.play(False)
                self._front.leave()
            self._front = shown
            self.setCurrentWidget(shown)
            # Not the first button: the space bar plays.
            shown.setFocus()
            self.reshaped.emit()
        shown.display(session.document)
        self._present(session.workspace)
        self.displayed.emit(session)

    def open(self, session: Session) -> None:
        """Stand where the person stood when a session was saved, which is displayed."""
        plain = {name: Presentation() for name in self._opened}
        self._presentations = {**plain, **session.presentations}
        self._present(session.workspace)
        self.stood.emit()

    def presentations(self) -> Mapping[str, Presentation]:
        """Return where the person stands in each workspace."""
        stands = {name: self.taught(name, view.presentation()) for name, view in self._opened.items()}
        return {**self._presentations, **stands}

    def _present(self, name: str) -> None:
        """Stand before a document as it was saved, once."""
        given = dict(self._presentations)
        if name in given:
            self._opened[name].present(given.pop(name))
            self._presentations = given

    def _view(self, name: str) -> WorkspaceView:
        """Return a workspace; it is made, and its libraries loaded, when it is first asked for."""
        if name not in self._opened:
            view = ui_part(name).view(self._shell, self._context(name))
            view.reshaped.connect(self.reshaped)
            view.player.marked.connect(self.marked)
            view.player.began.connect(self.began)
            view.player.paused.connect(self.paused)
            view.player.coming_shown.connect(view.show_coming)
            self._opened[name] = view
            self.addWidget(view)
        return self._opened[name]
