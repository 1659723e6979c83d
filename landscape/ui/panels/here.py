"""The numbers at the pointer: value, gradient, curvature, and the learning rate that is stable there."""

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from landscape.errors import InputError
from landscape.scene.text import number
from landscape.session.session import Point, Session
from landscape.ui.context import BESIDE, Context
from landscape.ui.layouts import GRID, caption, column, heading, row

ROWS = ("f", "∇f", "‖∇f‖", "λ₁, λ₂", "κ", "2/λmax")


class HerePanel(QWidget):
    """Shows a session's surface at one point."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._session: Session | None = None
        self._pointer: Point | None = None
        self._place = caption()
        self._stable = caption(wrap=True)
        self._numbers = {name: QLabel("–") for name in ROWS}
        table = QFormLayout()
        table.setContentsMargins(0, 0, 0, 0)
        table.setHorizontalSpacing(GRID)
        table.setVerticalSpacing(GRID // 2)
        for name, label in self._numbers.items():
            table.addRow(caption(name), label)
        self._soon = QTimer(self, singleShot=True, interval=BESIDE)
        self._soon.timeout.connect(self._show)
        self.setLayout(column(row(heading(context.say("Here")), None, self._place), table, self._stable))

    def display(self, session: Session) -> None:
        """Show the surface of ``session`` at the pointer, or at the start while the pointer is elsewhere."""
        self._session = session
        self._follow()

    def set_pointer(self, point: Point | None) -> None:
        """Show the surface at ``point``; None: the pointer left the map."""
        self._pointer = point
        self._follow()

    def _follow(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _show(self) -> None:
        if self._session is None:
            return
        say = self._context.say
        x, y = self._pointer or self._session.start
        at = say("at ({x}, {y})", x=number(x, 4), y=number(y, 4))
        self._place.setText(at if self._pointer else say("at the start"))
        texts = numbers_at(self._session, (x, y))
        for name, label in self._numbers.items():
            if label.text() != texts[name]:
                label.setText(texts[name])
        rate = texts["2/λmax"]
        self._stable.setText(say("Gradient descent is stable here below lr = {rate}", rate=rate) if rate != "–" else "")
        self._stable.setVisible(rate != "–")


def numbers_at(session: Session, point: Point) -> dict[str, str]:
    """Return the texts of ``ROWS`` at ``point``; what does not exist there is "–"."""
    surface = session.surface
    texts = {name: number(float("nan")) for name in ROWS}
    texts["f"] = number(float(surface.value(*point)), 5)
    try:
        gradient, hessian = surface.gradient(*point), surface.hessian(*point)
    except InputError:
        # A formula too large to be differentiated twice: what is known is shown.
        return texts
    texts["∇f"] = f"({number(float(gradient[0]), 4)}, {number(float(gradient[1]), 4)})"
    texts["‖∇f‖"] = number(float(np.hypot(*gradient)), 4)
    if np.isfinite(hessian).all():
        low, high = (float(value) for value in np.linalg.eigvalsh(hessian))
        texts["λ₁, λ₂"] = f"{number(high, 4)}, {number(low, 4)}"
        if low > 0:
            texts["κ"] = number(high / low, 4)
        if high > 0:
            texts["2/λmax"] = number(2.0 / high, 3)
    return texts
