"""What the relief needs of the window: a job that loads what draws it, and a turntable."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from landscape.ui.commands import Command
from landscape.ui.descent.stage import Stage
from landscape.ui.jobs import Jobs
from landscape.ui.stage_bar import StageBar


class ReliefLink(QObject):
    """Has the kernels of the relief loaded when it is first shown, and lets it turn."""

    def __init__(self, stage: Stage, bar: StageBar, jobs: Jobs, is_shown: Callable[[], bool]) -> None:
        super().__init__(stage)
        self._stage, self._bar, self._is_shown = stage, bar, is_shown
        stage.relief_built.connect(self._follow)
        self._kernels = jobs.channel("relief")
        self._kernels.done.connect(self._show)

    def commands(self) -> Mapping[str, Command]:
        """Return what the actions do."""
        return {"turntable": Command(run=self.toggle, checked=self._is_turning, possible=self._is_shown)}

    def load(self) -> None:
        """Have a job load what draws the relief, or compile it."""
        from landscape.plot import rasterizer

        if not rasterizer.is_warm():
            self._kernels.submit("kernels of the relief", lambda _cancelled: rasterizer.warm())

    def toggle(self) -> None:
        """Have the relief turn, or stop."""
        if self._stage.relief is not None:
            self._stage.relief.set_turning(not self._stage.relief.turning)

    def _follow(self) -> None:
        if self._stage.relief_view is not None:
            self._bar.follow(self._stage.relief_view)

    def _show(self, _key: object, _result: object) -> None:
        if self._stage.relief is not None:
            self._stage.relief.stage.update()

    def _is_turning(self) -> bool:
        return self._stage.relief is not None and self._stage.relief.turning
