"""What a page of the stage of the networks is, beside that of the twins."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QWidget

from landscape.scene.network.page import StagePage
from landscape.scene.question import Question
from landscape.session.network.document import Experiment
from landscape.ui.workspaces import Shell

OWNER = "network page"


class Page(QWidget):
    """A page: what it shows is asked while it is in front."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.answers, self._asker = shell.answers, shell.asker
        self.experiment: Experiment | None = None

    def display(self, experiment: Experiment | None) -> None:
        """Show what belongs to ``experiment``; None: compute nothing any more."""
        self.experiment = experiment
        self._asker.want(OWNER, self.wanted(experiment) if experiment is not None else ())
        self.look_again()

    def wanted(self, experiment: Experiment) -> Iterable[Question[Any]]:
        """Return what the page asks of an experiment."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Show what is known by now."""
        raise NotImplementedError

    def shown(self) -> StagePage:
        """Return which page it is, and what is chosen on it."""
        raise NotImplementedError

    def set_step(self, step: float) -> None:
        """Move the play head."""
