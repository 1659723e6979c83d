"""The workspaces on top of each other; one that was never opened does not exist yet."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from landscape.scene.answers import Answers
from landscape.scene.network.page import StagePage
from landscape.session.session import Session, Workspace
from landscape.ui.context import Context
from landscape.ui.jobs import Jobs
from landscape.ui.player import Player

if TYPE_CHECKING:
    from landscape.ui.network.workspace import NetworkWorkspace


class Workspaces(QStackedWidget):
    """Shows the workspace that the session is in."""

    changed = Signal()
    """Another workspace, and with it another play head."""

    def __init__(self, descent: QWidget, jobs: Jobs, answers: Answers) -> None:
        super().__init__()
        self._descent, self._jobs, self._answers = descent, jobs, answers
        self._context: Context | None = None
        self.network: NetworkWorkspace | None = None
        self.addWidget(descent)

    @property
    def player(self) -> Player | None:
        """The play head of the workspace in front; None for that of the descent."""
        return self.network.player if self.network and self.currentWidget() is self.network else None

    def page(self) -> StagePage | None:
        """Return the page that is in front of the networks; None where there is no other than that of the twins."""
        return self.network.exported() if self.network and self.currentWidget() is self.network else None

    def set_context(self, context: Context) -> None:
        """Speak another language, or use other colours."""
        self._context = context
        if self.network is not None:
            self.network.set_context(context)

    def display(self, session: Session) -> None:
        """Show the workspace that ``session`` is in."""
        shown = self._opened(session.workspace)
        if self.network is not None:
            self.network.display(session)
        if shown is not self.currentWidget():
            self.setCurrentWidget(shown)
            if shown is not self._descent:
                # Not the first button: the space bar plays.
                shown.setFocus()
            self.changed.emit()

    def _opened(self, workspace: Workspace) -> QWidget:
        """Return a workspace; that of the network is made, and its libraries loaded, when it is first asked for."""
        if workspace == "descent" or self._context is None:
            return self._descent
        if self.network is None:
            from landscape.ui.network.workspace import NetworkWorkspace

            self.network = NetworkWorkspace(self._context, self._jobs, self._answers)
            self.addWidget(self.network)
        return self.network
