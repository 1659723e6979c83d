"""The strip beside a run that shows how its trials spread: from the best loss over the middle one to the worst."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from landscape.plot.overrides import guarded
from landscape.scene.scene import TrialSpread
from landscape.ui.context import Context
from landscape.ui.sizes import painter_of, scaled, sized
from landscape.ui.words import write

HEIGHT = 12
BAR = 5.0
EDGE = 8.0
"""Pixels at the right end for what diverged."""
LEAST = 1e-12
"""Part of the whole range under which losses are alike."""


class Losses:
    """A logarithmic axis of losses that all runs of a race share; infinity is at its end."""

    def __init__(self, spreads: Iterable[TrialSpread]) -> None:
        values = np.array([value for one in spreads for value in (one.best, one.middle, one.worst)])
        finite = values[np.isfinite(values)]
        self._base = min(float(finite.min()), 0.0) if finite.size else 0.0
        highest = float(finite.max()) - self._base if finite.size else 1.0
        self._least = LEAST * highest or 1.0
        above = finite - self._base if finite.size else np.ones(1)
        self._low = float(np.log10(max(float(above.min()), self._least)))
        self._high = float(np.log10(max(highest, self._least)))

    def place(self, loss: float) -> float:
        """Return where a loss is, from 0 for the best of all to 1 for the worst."""
        if not np.isfinite(loss):
            return 1.0
        height = np.log10(max(loss - self._base, self._least)) - self._low
        return float(np.clip(height / ((self._high - self._low) or 1.0), 0.0, 1.0))


class SpreadStrip(QWidget):
    """Painted: the whole range as a thin line, up to the middle a thick one; an arrow where trials diverged."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._spread: TrialSpread | None = None
        self._losses = Losses(())
        self._color = ""
        sized(self, height=HEIGHT)
        self.hide()

    def display(self, spread: TrialSpread | None, losses: Losses, color: str) -> None:
        """Show how trials spread on an axis; None: nothing."""
        self._spread, self._losses, self._color = spread, losses, color
        self.setVisible(spread is not None)
        write(self, tip=spread.text if spread else "", name=spread.text if spread else "")
        self.update()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return the height of a strip."""
        return QSize(scaled(120), scaled(HEIGHT))

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the strip."""
        spread = self._spread
        if spread is None:
            return
        painter, area = painter_of(self)
        middle, width = area.height() / 2, area.width() - EDGE - BAR
        best, half, worst = (BAR / 2 + self._losses.place(one) * width for one in _three(spread))
        painter.setPen(QPen(QColor(self._context.theme.line), 2))
        painter.drawLine(QPointF(BAR / 2, middle), QPointF(BAR / 2 + width, middle))
        painter.setPen(Qt.PenStyle.NoPen)
        faint = QColor(self._color)
        faint.setAlphaF(0.45)
        painter.setBrush(faint)
        painter.drawRoundedRect(QRectF(best, middle - BAR / 2, max(worst - best, 1.0), BAR), BAR / 2, BAR / 2)
        painter.setBrush(QColor(self._color))
        painter.drawEllipse(QPointF(best, middle), BAR, BAR)
        painter.setPen(QPen(QColor(self._context.theme.text), 2))
        painter.drawLine(QPointF(half, middle - BAR), QPointF(half, middle + BAR))
        if spread.lost:
            painter.setPen(QPen(QColor(self._context.theme.error), 1.5))
            x = area.width() - EDGE / 2
            for slope in (-1, 1):
                painter.drawLine(QPointF(x - 3, middle - 3 * slope), QPointF(x + 3, middle + 3 * slope))


def _three(spread: TrialSpread) -> tuple[float, float, float]:
    return spread.best, spread.middle, spread.worst
