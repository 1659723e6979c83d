"""The workspaces on top of each other; one that was never opened does not exist yet."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from landscape.session.session import Session
from landscape.ui.context import Context
from landscape.ui.workspaces import Shell, WorkspaceView, ui_part


class Workspaces(QStackedWidget):
    """Shows the workspace that the session is in.

    Args:
        shell: What all of them share.
        context: Returns how a workspace edits, speaks and looks.
    """

    reshaped = Signal()
    """The workspace in front is another one, or has another least width."""

    def __init__(self, shell: Shell, context: Callable[[str], Context]) -> None:
        super().__init__()
        self._shell, self._context = shell, context
        self._opened: dict[str, WorkspaceView] = {}
        self._front: WorkspaceView | None = None

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
                self._front.player.play(False)
                self._front.leave()
            self._front = shown
            self.setCurrentWidget(shown)
            # Not the first button: the space bar plays.
            shown.setFocus()
            self.reshaped.emit()
        shown.display(session.document)

    def _view(self, name: str) -> WorkspaceView:
        """Return a workspace; it is made, and its libraries loaded, when it is first asked for."""
        if name not in self._opened:
            view = ui_part(name).view(self._shell, self._context(name))
            view.reshaped.connect(self.reshaped)
            self._opened[name] = view
            self.addWidget(view)
        return self._opened[name]
