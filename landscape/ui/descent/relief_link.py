"""What the relief needs of the window: a job that loads what draws it, and a turntable."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from landscape.ui.commands import Command
from landscape.ui.descent.stage import Stage
from landscape.ui.jobs import Jobs
from landscape.ui.stage_bar import StageBar

if TYPE_CHECKING:
    from landscape.ui.relief_jobs import ReliefJobs


class ReliefLink(QObject):
    """Has the kernels of the relief loaded when it is first shown, and lets it turn."""

    def __init__(self, stage: Stage, bar: StageBar, jobs: Jobs, is_shown: Callable[[], bool]) -> None:
        super().__init__(stage)
        self._stage, self._bar, self._is_shown = stage, bar, is_shown
        stage.relief_built.connect(self._follow)
        self._jobs = jobs
        self._own: ReliefJobs | None = None

    def commands(self) -> Mapping[str, Command]:
        """Return what the actions do."""
        return {"turntable": Command(run=self.toggle, checked=self._is_turning, possible=self._is_shown)}

    def load(self) -> None:
        """Have a job load what draws the relief, or compile it."""
        if self._own is not None:
            self._own.load()

    def toggle(self) -> None:
        """Have the relief turn, or stop."""
        if self._stage.relief is not None:
            self._stage.relief.set_turning(not self._stage.relief.turning)

    def _follow(self) -> None:
        # Loaded with the first relief, not with the first picture.
        from landscape.ui.relief_jobs import ReliefJobs

        if self._stage.relief is not None and self._stage.relief_view is not None:
            self._bar.follow(self._stage.relief_view)
            self._own = ReliefJobs(self, self._stage.relief, self._jobs)

    def _is_turning(self) -> bool:
        return self._stage.relief is not None and self._stage.relief.turning
