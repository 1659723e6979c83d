"""What moves the relief's camera by itself: a flight to another one, and a turntable."""

from PySide6.QtCore import QObject, QTimer, QVariantAnimation, Signal

from landscape.plot.pace import FRAME
from landscape.plot.relief_hand import between, spun
from landscape.session.camera import Camera

FLIGHT = 350
"""Milliseconds from one camera to another."""
SPIN = 0.5
"""Degrees that a turntable turns from one picture to the next."""


class Motion(QObject):
    """Moves a camera; tells where it is."""

    moved = Signal(object, bool)
    """The camera, and whether it goes on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._camera = Camera()
        self._way = Camera(), Camera()
        """From where to where it flies."""
        self._flight = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=FLIGHT)
        self._flight.valueChanged.connect(self._fly)
        self._turning = QTimer(self, interval=FRAME)
        self._turning.timeout.connect(self._turn)

    @property
    def turning(self) -> bool:
        """Whether it is a turntable."""
        return self._turning.isActive()

    def flies_to(self, camera: Camera) -> bool:
        """Tell whether it is on its way there."""
        return self._flight.state() == QVariantAnimation.State.Running and self._way[1] == camera

    def fly(self, begin: Camera, end: Camera) -> None:
        """Go from one camera to another, slowly at both ends."""
        self._flight.stop()
        self._way = begin, end
        self._flight.start()

    def turn(self, camera: Camera) -> None:
        """Turn around for good."""
        self._flight.stop()
        self._camera = camera
        self._turning.start()

    def stop(self) -> None:
        """Stay where it is."""
        self._flight.stop()
        self._turning.stop()

    def _fly(self, part: float) -> None:
        begin, end = self._way
        self.moved.emit(between(begin, end, part * part * (3.0 - 2.0 * part)), part < 1.0)

    def _turn(self) -> None:
        self._camera = spun(self._camera, SPIN)
        self.moved.emit(self._camera, True)
