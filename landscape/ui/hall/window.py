"""The window on the projector: the legend and the step, the stage, and black or white in place of all of it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from landscape.plot.overrides import guarded
from landscape.scene.palette import Theme
from landscape.ui.canvas import Canvas
from landscape.ui.context import Context
from landscape.ui.hall.pointer import Pointer
from landscape.ui.jobs import DRAWING, first
from landscape.ui.layouts import GRID, column, row

HINTED = 2000
"""Milliseconds for which it is told how to leave."""
POINTS = 10.0
"""Size of the text on the stage, at scale 1."""


class PresenterWindow(QWidget):
    """Fills a screen with a stage.

    Args:
        parent: The window that the stage is of.
        context: The colours, the language and the scale.
        take: Does what a key means; called with what nothing on the stage wants.
        leave: Called where it is closed from outside.
    """

    def __init__(
        self, parent: QWidget, context: Context, take: Callable[[QKeyEvent], object], leave: Callable[[], object]
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._context, self._take, self._leave = context, take, leave
        self._head, self._middle = column(spacing=0), row(spacing=1)
        content = column(self._head, self._middle, spacing=0)
        content.setStretch(1, 1)
        self.setLayout(content)
        self._beside: QWidget | None = None
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._hint = QLabel("", self)
        self._hint.setProperty("role", "hall hint")
        self._hint.hide()
        self._hinted = QTimer(self, singleShot=True, interval=HINTED)
        self._hinted.timeout.connect(self._hint.hide)
        self._cover = _Cover(self)
        self.pointer = Pointer(self, self._has_pointer)
        self._policies: dict[Canvas, Qt.FocusPolicy] = {}

    @property
    def covered(self) -> str:
        """The colour that is shown in place of all; empty where there is none."""
        return self._cover.color

    def show_stage(self, header: QWidget, stage: QWidget) -> None:
        """Hold a stage and the line above it, in place of those before."""
        self.let_go()
        self.setStyleSheet(_sheet(self._context.theme, self._context.stage_scale))
        self._head.addWidget(header)
        self._middle.addWidget(stage, 1)
        header.show()
        stage.show()
        for canvas in stage.findChildren(Canvas):
            self._policies[canvas] = canvas.focusPolicy()
            canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocus()

    def let_go(self) -> None:
        """Hold nothing any more: whoever gave the stage takes it back."""
        for canvas, policy in self._policies.items():
            canvas.setFocusPolicy(policy)
        self._policies = {}
        self.show_beside(None)
        for layout in (self._head, self._middle):
            while layout.count():
                layout.takeAt(0)

    def show_beside(self, beside: QWidget | None) -> None:
        """Hold something at the right of the stage, in place of what was there."""
        if beside is self._beside:
            return
        if self._beside is not None:
            self._middle.removeWidget(self._beside)
            self._beside.hide()
        self._beside = beside
        if beside is not None:
            self._middle.addWidget(beside)
            beside.show()

    def cover(self, color: str) -> None:
        """Show one colour in place of all; the same once more: show all again."""
        self._cover.show_color("" if color == self._cover.color else color)

    def tell(self, sentence: str) -> None:
        """Show a sentence for a moment."""
        self._hint.setText(sentence)
        self._hint.adjustSize()
        self._place_hint()
        self._hint.show()
        self._hint.raise_()
        self._hinted.start()

    def look_changed(self) -> None:
        """Use the colours and the scale of the context."""
        self.setStyleSheet(_sheet(self._context.theme, self._context.stage_scale))

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on what is pressed."""
        self._take(event)

    @guarded(False)
    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Keep the keyboard: what stands on the stage is for the mouse."""
        return False

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Paint and lay out before any job goes on."""
        if event.type() not in DRAWING:
            return bool(super().event(event))
        with first():
            return bool(super().event(event))

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cover and the hint in their places."""
        super().resizeEvent(event)
        self._cover.setGeometry(self.rect())
        self._place_hint()

    @guarded(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        """End the lecture instead: the stage goes back to its window."""
        event.ignore()
        self._leave()

    def _place_hint(self) -> None:
        self._hint.move((self.width() - self._hint.width()) // 2, self.height() - self._hint.height() - 6 * GRID)

    def _has_pointer(self, at: QPoint) -> bool:
        return self.isVisible() and not self.covered and self.geometry().contains(at)


class _Cover(QWidget):
    """One colour over everything."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.color = ""
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.hide()

    def show_color(self, color: str) -> None:
        """Cover everything with a colour, or with nothing."""
        self.color = color
        self.setVisible(bool(color))
        self.raise_()
        self.update()

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill it."""
        QPainter(self).fillRect(self.rect(), QColor(self.color))


def _sheet(theme: Theme, scale: float) -> str:
    """Return the rules by which texts on the stage are as large as its lines."""
    return f"""
QLabel, QPushButton, QToolButton, QLineEdit {{ font-size: {POINTS * scale:.1f}pt; }}
QPushButton {{ min-height: {round(18 * scale)}px; }}
QLabel[role="sentence"] {{ font-size: {1.15 * POINTS * scale:.1f}pt; }}
QLabel[role="hall hint"] {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line};
    border-radius: {round(8 * scale)}px; padding: {round(8 * scale)}px {round(14 * scale)}px; }}
"""
