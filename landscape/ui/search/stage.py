"""The stage of a search: the truth, what the entrants have seen, and the charts."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from landscape.plot.overrides import guarded
from landscape.plot.piecemeal import Piecemeal
from landscape.plot.search.race import RacePlot
from landscape.scene.search.moment import trial_text
from landscape.scene.search.scene import SearchScene
from landscape.ui.context import Context
from landscape.ui.words import write

STANDARD = 880.0, 640.0
"""Size at which lines and text have their usual size; larger ones have larger text."""
SMALLEST, LARGEST = 0.95, 1.5


class SearchStage(QWidget):
    """Shows a race when a part of the budget is spent."""

    trial_chosen = Signal(int, int)
    """An entrant and one of its evaluations."""
    trial_pointed = Signal(object)
    """An entrant and one of its evaluations, which the pointer is on; None: it is on none."""
    step_chosen = Signal(float)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.plot = RacePlot()
        self._picture = Piecemeal()
        self.complete = True
        """Whether all was drawn that there is, or it is to be painted again."""
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self.update)
        self.scene: SearchScene | None = None
        self.hovered: tuple[int, int] | None = None
        self._step = 0.0
        self._scrubbing = False
        self._pressed: tuple[int, int] | None = None
        write(self, name=context.say("The truth and what each strategy has seen of it"))
        self.setMouseTracking(True)
        self.setMinimumSize(320, 300)

    def show_scene(self, scene: SearchScene) -> None:
        """Show another race, or more of the same."""
        self.scene, self.hovered = scene, None
        self.update()

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self._step = step
        self.update()

    def show_coming(self, shown: bool) -> None:
        """Show what is still to come of the bands, or not."""
        self.plot.coming = shown
        self.update()

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the trial under the pointer, or scrub."""
        if self.scene is None:
            return
        if self._scrubbing:
            self._scrub(event.position())
            return
        found = self.plot.trial_at(event.position(), self.scene, self._step)
        if found != self.hovered:
            self._point(found)
            self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
            self.update()
        text = trial_text(self.scene, self.scene.panels[found[0]], found[1], self._context.say) if found else ""
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the trial under the pointer, or begin to scrub on a chart."""
        if self.scene is None or event.button() != Qt.MouseButton.LeftButton:
            return
        found = self.plot.trial_at(event.position(), self.scene, self._step)
        self._pressed = found
        if found is not None:
            return
        self._scrubbing = self.plot.step_at(event.position(), self.scene) is not None
        if self._scrubbing:
            self._scrub(event.position())

    @guarded(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End scrubbing, or take the trial that was pressed; who went on to another one only looked."""
        pressed, self._pressed, self._scrubbing = self._pressed, None, False
        if pressed is None or self.scene is None:
            return
        if self.plot.trial_at(event.position(), self.scene, self._step) == pressed:
            self.trial_chosen.emit(*pressed)

    @guarded(None)
    def leaveEvent(self, _event: QEvent) -> None:
        """Point at nothing any more."""
        self._point(None)
        self.update()

    @guarded(None)
    def hideEvent(self, event: QHideEvent) -> None:
        """Draw no further what nobody sees."""
        super().hideEvent(event)
        self._picture.give_up()

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all that is drawn by now; in a race of thousands, what is new is drawn by turns."""
        painter, theme = QPainter(self), self._context.theme
        painter.fillRect(self.rect(), theme.panel)
        scene, step, say = self.scene, self._step, self._context.say
        if scene is None:
            return
        unit = min(max(min(self.width() / STANDARD[0], self.height() / STANDARD[1]), SMALLEST), LARGEST)
        unit = max(unit, self._context.stage_scale)
        whole = QRectF(self.rect())
        area = whole.adjusted(12, 6, -12, -6)  # Numbers below a chart reach beyond it.
        self.complete = self._picture.paint(
            painter, whole, QColor(theme.panel), (scene, step, unit, theme.name, say.language, self.plot.coming),
            lambda inner: self.plot.painting(inner, area, scene, step, unit, theme, say),
        )  # fmt: skip
        if not self.complete:
            self._turn.start()
        elif self.hovered is not None:
            self.plot.paint_hovered(painter, scene, self.hovered, theme)

    def _point(self, trial: tuple[int, int] | None) -> None:
        self.hovered = trial
        self.trial_pointed.emit(trial)

    def _scrub(self, position: QPointF) -> None:
        step = self.plot.step_at(position, self.scene) if self.scene is not None else None
        if step is not None:
            self.step_chosen.emit(step)
