"""Axes with a proper minus sign, in the theme's colours and size."""

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtGui import QColor, QFontMetricsF, QPen, QTransform
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from landscape.formula.symbols import superscript
from landscape.plot.theme import text_font
from landscape.scene.palette import Theme
from landscape.scene.text import number

STRIDES = (1, 2, 3, 5, 10, 20, 50, 100, 200)
"""Decades from one power of ten that is written to the next."""

WIDER = 4
"""Powers of ten by which ticks can move apart to have room for their texts."""


class Axis(pg.AxisItem):
    """One axis of a plot, linear or showing the powers of ten of a plot of logarithms."""

    def __init__(self, side: str, *, powers: bool = False) -> None:
        super().__init__(side)
        self._powers = powers
        self.enableAutoSIPrefix(False)

    def deviceTransform_(self) -> QTransform | None:
        """Return the way to device pixels: to those of the scene where no window shows it, as in an exported picture.

        pyqtgraph finds none without a window, and then draws no ticks.
        """
        transform: QTransform | None = super().deviceTransform_() if self.scene().views() else self.sceneTransform()
        return transform

    def set_powers(self, powers: bool) -> None:
        """Take the positions along the axis as decimal logarithms, or as they are."""
        if powers != self._powers:
            self._powers = powers
            self.picture = None
            self.update()

    def tickValues(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        """Return spacing and positions of the ticks; whole powers only where they are powers of ten."""
        if not self._powers:
            levels: list[tuple[float, list[float]]] = super().tickValues(minimum, maximum, size)
            levels = levels[:1] if levels and len(levels[0][1]) > 2 else levels[:2]
            return levels if self.orientation in ("left", "right") else self._spaced(levels, minimum, maximum, size)
        first, last = int(-(-minimum // 1)), int(maximum // 1)
        font = self.style["tickFont"]
        room = max(1, int(size / (2.0 * font.pixelSize()))) if font is not None else 4
        stride = next((each for each in STRIDES if (last - first) // each < room), STRIDES[-1])
        whole = [float(power) for power in range(first, last + 1) if power % stride == 0]
        if len(whole) < 2 and last - first > 1:  # A panel so low that there is room for the ends only.
            whole = [float(first), float(last)]
        return [(float(stride), whole)] if len(whole) > 1 else self._fractions(minimum, maximum, size)

    def _spaced(
        self, levels: list[tuple[float, list[float]]], minimum: float, maximum: float, size: float
    ) -> list[tuple[float, list[float]]]:
        """Return the levels, or where their texts would touch, one of wider round steps."""
        font = self.style["tickFont"]
        if font is None or not levels:
            return levels
        metrics = QFontMetricsF(font)
        spacing, values = levels[-1][0], sorted(value for _, level in levels for value in level)
        power = 10.0 ** math.floor(math.log10(spacing))
        for wider in (power * step * 10**more for more in range(WIDER) for step in (1, 2, 5)):
            widest = max(map(metrics.horizontalAdvance, self.tickStrings(values, self.scale, spacing)), default=0.0)
            fits = (widest + metrics.height()) * (maximum - minimum) <= spacing * size
            if fits or wider >= maximum - minimum:  # Wider apart, there might be none but at the ends.
                break
            if wider > spacing * 1.01:
                spacing = wider
                first, last = math.ceil(minimum / spacing), math.floor(maximum / spacing)
                values, levels = [index * spacing for index in range(first, last + 1)], []
        return levels or [(spacing, values)]

    def _fractions(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        """Return ticks for about a decade: 1, 2, 5 times a power of ten, or all digits; those of an axis for less."""
        powers = range(math.floor(minimum), math.floor(maximum) + 1)
        for digits in ((1, 2, 5), range(1, 10)):
            values = [power + math.log10(digit) for power in powers for digit in digits]
            values = [value for value in values if minimum <= value <= maximum]
            if len(values) > 1:
                return [(1.0, values)]
        levels: list[tuple[float, list[float]]] = super().tickValues(minimum, maximum, size)
        return levels[:1]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return what is written beside the ticks."""
        if self._powers:
            return [power_text(value) for value in values]
        return [text.replace("-", "−") for text in super().tickStrings(values, scale, spacing)]

    def set_theme(self, theme: Theme, scale: float, width: float) -> None:
        """Use the colours of ``theme`` and text ``scale`` times as large; ``width`` is the room beside the plot."""
        self.setPen(QPen(QColor(theme.line), max(1.0, scale)))
        self.setTextPen(QColor(theme.muted))
        self.setTickFont(text_font(scale))
        self.setStyle(tickLength=round(-4 * scale), tickTextOffset=round(5 * scale), autoExpandTextSpace=False)
        self.setTickPen(QPen(QColor(theme.line), max(1.0, scale)))
        vertical = self.orientation in ("left", "right")
        (self.setWidth if vertical else self.setHeight)(round(width * scale))

    def wheelEvent(self, event: QGraphicsSceneWheelEvent) -> None:
        """Leave the wheel to what is below where the plot does not move."""
        if any(self.linkedView().state["mouseEnabled"]):
            super().wheelEvent(event)
        else:
            event.ignore()


def power_text(exponent: float) -> str:
    """Return ``10**exponent`` as a person writes it: 10⁻³, 1, 100, or 3.16 between the powers."""
    if -3 < exponent <= 3:
        return number(10**exponent, 3)
    whole = math.floor(exponent)
    power = "10" + superscript(whole)
    return power if exponent == whole else f"{10 ** (exponent - whole):.2g}×{power}"
