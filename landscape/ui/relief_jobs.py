"""What a relief in a window has done in jobs: loading what draws it, and smoothing its pictures once they are still."""

from PySide6.QtCore import QObject

from landscape.plot import rasterizer
from landscape.plot.relief import ReliefPlot
from landscape.ui.jobs import Jobs


class ReliefJobs(QObject):
    """The jobs of one relief."""

    def __init__(self, parent: QObject, relief: ReliefPlot, jobs: Jobs) -> None:
        super().__init__(parent)
        self._stage = relief.stage
        self._kernels, self._pictures = jobs.channel("relief"), jobs.channel("picture of the relief")
        self._kernels.done.connect(self._begin)
        self._pictures.done.connect(self._stage.take_smoothed)
        self._stage.wait_for_kernels()
        self._stage.smooth_with(self._pictures.submit)

    def load(self) -> None:
        """Have a job load what draws the relief, or compile it."""
        if not rasterizer.is_warm():
            self._kernels.submit("kernels of the relief", lambda _cancelled: rasterizer.warm())

    def _begin(self, _key: object, _result: object) -> None:
        self._stage.update()
