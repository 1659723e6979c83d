"""The small curve of a schedule."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from landscape.plot.overrides import guarded
from landscape.scene.text import number
from landscape.ui.context import Context
from landscape.ui.layouts import caption
from landscape.ui.sizes import painter_of, scaled, sized
from landscape.ui.words import write


class RateCurve(QWidget):
    """A small curve of the learning rate against the step, with a mark at the current one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rates: NDArray[np.float64] = np.zeros(0)
        self._step = 0.0
        self._highest = caption()
        self._highest.setParent(self)
        sized(self, height=64)
        write(self, name=context.say("Learning rate against the step"))

    def set_rates(self, rates: NDArray[np.float64]) -> None:
        """Show the rate of every step."""
        self._rates = rates
        finite = rates[np.isfinite(rates)]
        self._highest.setText(number(float(finite.max()), 3) if finite.size else "")
        self._highest.adjustSize()
        self.update()

    def look_changed(self) -> None:
        """Have room for the highest rate in letters of another size."""
        self._highest.adjustSize()

    def set_step(self, step: float) -> None:
        """Mark ``step``."""
        if step != self._step:
            self._step = step
            self.update()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Return a size that shows the shape."""
        return QSize(scaled(160), scaled(64))

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the curve over its base line, and the mark."""
        painter, whole = painter_of(self)
        area = whole.adjusted(1, 22, -1, -2)
        painter.setPen(QPen(QColor(self._context.theme.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        points = _polyline(self._rates, area)
        if points is None:
            return
        painter.setPen(QPen(QColor(self._context.theme.accent), 1.75))
        painter.drawPolyline(points)
        at = area.left() + area.width() * min(self._step / max(len(self._rates) - 1, 1), 1.0)
        painter.setPen(QPen(QColor(self._context.theme.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()))


def _polyline(rates: NDArray[np.float64], area: QRectF) -> QPolygonF | None:
    """Return the finite rates as a line in ``area``, 0 at its bottom, at most two points a pixel."""
    steps = np.unique(np.linspace(0, len(rates) - 1, min(len(rates), 2 * max(int(area.width()), 2))).astype(int))
    shown = rates[steps] if len(rates) else rates
    finite = np.isfinite(shown)
    if not finite.any():
        return None
    highest = float(np.max(shown[finite])) or 1.0
    x = area.left() + area.width() * steps[finite] / max(len(rates) - 1, 1)
    y = area.bottom() - area.height() * np.clip(shown[finite] / highest, 0.0, 1.0)
    return QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
