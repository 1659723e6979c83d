"""The lesson beside a stage that is presented: question, choices, hands and answer, read from the last row."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.overrides import guarded
from landscape.ui.context import Context
from landscape.ui.layouts import column
from landscape.ui.lesson.panel import LessonPanel
from landscape.ui.sizes import LESSON, POINTS
from landscape.ui.style import sheet

WIDEST = 0.36
"""Part of the screen that it takes at most."""
LARGEST, LEAST = 1.25, 0.6
"""How many times as large as on the stage its text is on a short page, and on one that is scrolled already."""
SHRUNK = 0.9
"""How many times smaller the text becomes until a page fits."""


class HallLesson(QWidget):
    """Shows a panel as large as the stage beside it, or smaller where a page is long.

    Args:
        context: The scale and the colours of the stage.
        panel: What is shown.
    """

    def __init__(self, context: Context, panel: LessonPanel) -> None:
        super().__init__()
        self._context, self.panel = context, panel
        self._fitted: object = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fit)
        panel.written.connect(self._soon.start)
        self.setLayout(column(panel, spacing=0))

    def look_changed(self) -> None:
        """Use the colours and the scale of the context."""
        self._fitted = None
        self._soon.start()

    @guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        """Show where the course stands by now."""
        super().showEvent(event)
        self.panel.refresh()
        self._fitted = None
        self._fit()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit another height."""
        super().resizeEvent(event)
        self._soon.start()

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Fit what has another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._soon.start()
        return bool(super().event(event))

    def _fit(self) -> None:
        """Have the text as large as the stage's, or as the page allows."""
        if not self.isVisible():
            return
        scale = self._context.stage_scale
        width = round(min(LESSON * scale, self.window().width() * WIDEST))
        wanted = width, self.height(), self.panel.page_text, self._context.theme.name, scale
        if wanted == self._fitted:
            return
        self._fitted = wanted
        self.panel.setFixedWidth(width)
        part = LARGEST
        self._put_on(scale * part)
        while not self.panel.fits and part > LEAST:
            part *= SHRUNK
            self._put_on(scale * part)

    def _put_on(self, scale: float) -> None:
        plain = f"QLabel, QPushButton, QToolButton, QLineEdit {{ font-size: {POINTS * scale:.4g}pt; }}"
        self.panel.setStyleSheet(plain + sheet(self._context.theme, scale))
