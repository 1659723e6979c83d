"""How large the whole window is, from 80 to 250 per cent: chosen, applied to what stands, and remembered."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QWidget

from landscape.ui.commands import Command
from landscape.ui.context import Look
from landscape.ui.painting import paint_now
from landscape.ui.place import set_font
from landscape.ui.settings import remembered
from landscape.ui.sizes import SCALES, size_again
from landscape.ui.style import sheet


class Scaling(QObject):
    """Sizes what stands in a window, a part in a turn: the window answers between them, and paints when all is done.

    Args:
        window: The window.
        settings: Where the scale is remembered.
        look: What is told the scale.
        rest: What is to follow the sizes: other pictures, another least size of the window.
    """

    def __init__(self, window: QWidget, settings: QSettings, look: Look, rest: Sequence[Callable[[], object]]) -> None:
        super().__init__(window)
        self._window, self._settings, self._look, self._rest = window, settings, look, rest
        text = remembered(settings, "scale", "100")
        self.percent = int(text) if text.isdecimal() and int(text) in SCALES else 100
        """How large the window is."""
        self._left: list[Callable[[], object]] = []
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._go_on)
        look.scale = self.percent / 100
        set_font(window, look.scale)

    @property
    def done(self) -> bool:
        """Whether everything has its size."""
        return not self._left

    def choose(self, percent: int) -> None:
        """Have everything that stands, and whatever is made later, so large, now and next time."""
        window, look = self._window, self._look
        self.percent, look.scale = percent, percent / 100
        self._settings.setValue("scale", str(percent))
        window.setUpdatesEnabled(False)
        self._left = [
            lambda: set_font(window, look.scale),
            lambda: window.setStyleSheet(sheet(look.theme, look.scale)),
            lambda: size_again(window),
            lambda: paint_now(window),
            *self._rest,
        ]
        self._next.start()

    def commands(self) -> Mapping[str, Command]:
        """Return what makes the window larger and smaller, by the ids of the actions."""

        def by(places: int) -> None:
            self.choose(SCALES[min(max(SCALES.index(self.percent) + places, 0), len(SCALES) - 1)])

        return {
            "larger": Command(run=lambda: by(1), possible=lambda: self.percent < SCALES[-1]),
            "smaller": Command(run=lambda: by(-1), possible=lambda: self.percent > SCALES[0]),
            "usual-size": Command(run=lambda: self.choose(100), possible=lambda: self.percent != 100),
        }

    def _go_on(self) -> None:
        if self._left:
            self._left.pop(0)()
        if not self._left:
            self._next.stop()
