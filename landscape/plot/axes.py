"""Axes with a proper minus sign, in the theme's colours and size."""

import math
from collections.abc import Mapping, Sequence

import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTransform
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from landscape.formula.symbols import superscript
from landscape.geometry.ticks import ROUND, multiples, power_exponents, round_step
from landscape.plot.overrides import guarded
from landscape.plot.theme import text_font
from landscape.scene.layers import Range
from landscape.scene.palette import Theme
from landscape.scene.text import number

STRIDES = (1, 2, 3, 5, 10, 20, 50, 100, 200)
"""Decades from one power of ten that is written to the next."""

LOOSE = 1.75
"""Where ticks could be so many times as far apart as powers of ten must be, those of 2 and 5 are written, too."""


class Axis(pg.AxisItem):
    """One axis of a plot, linear or showing the powers of ten of a plot of logarithms."""

    def __init__(self, side: str, *, powers: bool = False) -> None:
        super().__init__(side)
        self._powers = powers
        self._named: Mapping[float, str] = {}
        self._within: Range | None = None
        self.enableAutoSIPrefix(False)

    def deviceTransform_(self) -> QTransform | None:
        """Return the way to device pixels: to those of the scene where no window shows it, as in an exported picture.

        pyqtgraph finds none without a window, and then draws no ticks.
        """
        transform: QTransform | None = super().deviceTransform_() if self.scene().views() else self.sceneTransform()
        return transform

    def set_named(self, named: Mapping[float, str], within: Range | None) -> None:
        """Write texts at some positions of the axis, and numbers only within a part of it; None: everywhere."""
        if (named, within) != (self._named, self._within):
            self._named, self._within = named, within
            self.picture = None
            self.update()

    def set_powers(self, powers: bool) -> None:
        """Take the positions along the axis as decimal logarithms, or as they are."""
        if powers != self._powers:
            self._powers = powers
            self.picture = None
            self.update()

    @guarded(None)
    def paint(self, painter: QPainter, *others: object) -> None:
        """Paint the axis; what is written beside its ticks is asked of it meanwhile."""
        super().paint(painter, *others)

    def tickValues(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        """Return spacing and positions of the ticks, those with a text of their own among the first."""
        low, high = self._within or (minimum, maximum)
        part = (min(high, maximum) - max(low, minimum)) / (maximum - minimum)
        levels = self._numbers(max(low, minimum), min(high, maximum), part * size) if part > 0 else []
        if not self._named:
            return levels
        (spacing, first), *finer = levels or [(1.0, [])]
        return [(spacing, [*first, *self._named]), *finer]

    def _numbers(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        """Return the ticks with numbers; of powers of ten whole ones, and 2 and 5 between them where there is room."""
        if not self._powers:
            levels: list[tuple[float, list[float]]] = super().tickValues(minimum, maximum, size)
            levels = levels[:1] if levels and len(levels[0][1]) > 2 else levels[:2]
            return levels if self.orientation in ("left", "right") else self._spaced(levels, minimum, maximum, size)
        first, last = math.ceil(minimum), math.floor(maximum)
        apart = self._apart(first, last)
        room = max(1, int(size / apart))
        stride = next((each for each in STRIDES if (last - first) // each < room), STRIDES[-1])
        whole = power_exponents(minimum, maximum, stride=stride)
        if len(whole) < 2 and last - first > 1:  # A panel so low that there is room for the ends only.
            whole = [float(first), float(last)]
        loose = stride == 1 and math.log10(2) * size > LOOSE * apart * (maximum - minimum)
        return [(float(stride), whole)] if len(whole) > 1 and not loose else self._fractions(minimum, maximum, size)

    def _apart(self, first: int, last: int) -> float:
        """Return how far apart the texts of whole powers have to be, in pixels."""
        font = self.style["tickFont"]
        if font is None:
            return 25.0
        if self.orientation in ("left", "right"):
            return 2.0 * float(font.pixelSize())
        metrics = QFontMetricsF(font)
        return float(max(metrics.horizontalAdvance(power_text(end)) for end in (first, last)) + metrics.height())

    def _spaced(
        self, levels: list[tuple[float, list[float]]], minimum: float, maximum: float, size: float
    ) -> list[tuple[float, list[float]]]:
        """Return the levels, or where their texts would touch, one of wider round steps."""
        font = self.style["tickFont"]
        if font is None or not levels:
            return levels
        metrics = QFontMetricsF(font)
        spacing, values = levels[-1][0], sorted(value for _, level in levels for value in level)
        while True:
            widest = max(map(metrics.horizontalAdvance, self.tickStrings(values, self.scale, spacing)), default=0.0)
            fits = (widest + metrics.height()) * (maximum - minimum) <= spacing * size
            wider = round_step(1.01 * spacing)
            if fits or wider >= maximum - minimum:  # Wider apart, there might be none but at the ends.
                return levels or [(spacing, values)]
            spacing, values, levels = wider, multiples(wider, minimum, maximum), []

    def _fractions(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        """Return ticks for about a decade: 1, 2, 5 times a power of ten, or all digits; those of an axis for less."""
        for digits in (ROUND, range(1, 10)):
            values = power_exponents(minimum, maximum, digits)
            if len(values) > 1:
                return [(1.0, values)]
        levels: list[tuple[float, list[float]]] = super().tickValues(minimum, maximum, size)
        return levels[:1]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return what is written beside the ticks."""
        if self._powers:
            texts = [power_text(value) for value in values]
        else:
            texts = [text.replace("-", "−") for text in super().tickStrings(values, scale, spacing)]
        return [self._named.get(value, text) for value, text in zip(values, texts, strict=True)]

    def set_theme(self, theme: Theme, scale: float, width: float) -> None:
        """Use the colours of ``theme`` and text ``scale`` times as large; ``width`` is the room beside the plot."""
        self.setPen(QPen(QColor(theme.line), max(1.0, scale)))
        self.setTextPen(QColor(theme.muted))
        self.setTickFont(text_font(scale))
        self.setStyle(tickLength=round(-4 * scale), tickTextOffset=round(5 * scale), autoExpandTextSpace=False)
        self.setTickPen(QPen(QColor(theme.line), max(1.0, scale)))
        vertical = self.orientation in ("left", "right")
        (self.setWidth if vertical else self.setHeight)(round(width * scale))

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        """Leave clicks alone: pyqtgraph would pass them on as if they were beside the axis, in the plot."""
        event.ignore()

    @guarded(None)
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
