"""The page on which the runs are compared by evaluations: what is found, and the picture that fills in meanwhile."""

from functools import partial

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from landscape.catalogue.parameters import Parameter
from landscape.plot.descent.comparison import ComparisonPlot
from landscape.plot.overrides import guarded
from landscape.scene.descent.comparison import ComparisonScene, build_comparison, comparison_wanted, reading
from landscape.scene.descent.comparison_question import comparison_questions
from landscape.session.descent import comparing
from landscape.session.descent.checks import EVALUATIONS, REPETITIONS
from landscape.session.descent.document import Comparison, Descent
from landscape.ui.context import Context
from landscape.ui.fields import NUMBER, NumberField
from landscape.ui.jobs import first
from landscape.ui.layouts import GRID, caption, column, complain, complaint, row
from landscape.ui.progress import ProgressRow
from landscape.ui.sizes import sized
from landscape.ui.words import write
from landscape.ui.workspaces import Shell

OWNER = "comparison"
STANDARD = 820.0, 600.0
"""Size at which lines and text have their usual size; larger ones have larger text."""
SMALLEST, LARGEST = 0.9, 1.5
TOP = 54
"""Room for what floats over the corner of the stage."""
FIELDS = (
    Parameter(name="target", default=0.0, minimum=-1e12, maximum=1e12),
    Parameter(name="evaluations", default=2000.0, minimum=EVALUATIONS[0], maximum=EVALUATIONS[1], scale="log"),
    Parameter(name="repetitions", default=100.0, minimum=REPETITIONS[0], maximum=REPETITIONS[1], scale="log"),
)


class ComparisonView(QWidget):
    """Shows a comparison up to a part of its abscissa."""

    painted = Signal()
    """After the first picture."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.plot = ComparisonPlot()
        self.scene: ComparisonScene | None = None
        self.part = 1.0
        self._is_painted = False
        write(self, name=context.say("How soon the runs find the target, and where they end"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 260)

    def show_scene(self, scene: ComparisonScene) -> None:
        """Show another comparison, or more of the same."""
        self.scene = scene
        told = ("; ".join(map(str, (line.name, *line.cells))) for line in scene.lines)
        self.setAccessibleDescription("\n".join(told))
        self.update()

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what the curves say under the pointer."""
        at = self.plot.evaluations_at(event.position(), self.scene) if self.scene is not None else None
        hidden = not self.plot.coming and self.part < 1.0
        text = reading(self.scene, at, self._context.say) if self.scene and at is not None and not hidden else ""
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    @guarded(None)
    def leaveEvent(self, _event: QEvent) -> None:
        """Tell nothing any more."""
        QToolTip.hideText()

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of it."""
        with first():
            painter = QPainter(self)
            painter.fillRect(self.rect(), self._context.theme.panel)
            if self.scene is not None:
                unit = min(max(min(self.width() / STANDARD[0], self.height() / STANDARD[1]), SMALLEST), LARGEST)
                unit = max(unit, self._context.stage_scale)
                area = QRectF(self.rect()).adjusted(12, 2, -14, -6)
                self.plot.paint(painter, area, self.scene, self.part, unit, self._context.theme)
            painter.end()
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()


class ComparisonPage(QWidget):
    """Has the runs compared while it is shown, and emits edits of what is compared."""

    def __init__(self, context: Context, shell: Shell) -> None:
        super().__init__()
        say = context.say
        self._context, self._shell = context, shell
        self._descent: Descent | None = None
        self._steps = 1.0
        self.view = ComparisonView(context)
        self.progress = ProgressRow(context)
        self.progress.cancelled.connect(self._cancel)
        self.progress.resumed.connect(self._ask)
        self._complaint = complaint()
        titles = (say("f at most"), say("evaluations"), say("starts"))
        self.fields = {one.name: NumberField(one, title) for one, title in zip(FIELDS, titles, strict=True)}
        parts: list[QWidget] = []
        for name, title in zip(self.fields, titles, strict=True):
            field = sized(self.fields[name], width=NUMBER)
            field.committed.connect(partial(self._set, name))
            field.nudged.connect(partial(self._set, name))
            field.refused.connect(self._refuse)
            parts += [caption(title), field]
        line = row(*parts, None, spacing=GRID)
        margins = (2 * GRID, TOP, 2 * GRID, GRID)
        whole = column(line, self.progress, self._complaint, self.view, spacing=GRID // 2, margins=margins)
        whole.setStretch(3, 1)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(whole)
        shell.asker.answered.connect(self._follow)
        shell.asker.refused.connect(self._tell)

    def display(self, descent: Descent | None) -> None:
        """Show what belongs to ``descent``; None: compute nothing any more."""
        same = descent is not None and self._descent is not None and descent.surface == self._descent.surface
        self._descent = descent
        if descent is None or descent.comparison is None:
            self._shell.asker.want(OWNER, ())
            return
        if not same:
            complain(self._complaint, "")
        for name, field in self.fields.items():
            field.set_value(float(getattr(descent.comparison, name)))
        self.progress.follow(tuple(comparison_questions(descent).values()), self._share(descent))
        self._ask()

    def look_changed(self) -> None:
        """Speak another language, or use other colours."""
        self._follow()
        self.view.update()

    def set_step(self, step: float, steps: float) -> None:
        """Show the curves up to the play head."""
        self.view.part = step / steps if steps > 0 else 1.0
        self.view.update()

    def show_coming(self, shown: bool) -> None:
        """Show what is still to come of the curves, or not."""
        self.view.plot.coming = shown
        self.view.update()

    @property
    def settled(self) -> bool:
        """Whether everything is computed and shown, or was cancelled."""
        return self._descent is None or self.progress.stopped or self._share(self._descent) >= 1.0

    def _share(self, descent: Descent) -> float:
        return self._shell.asker.share(comparison_questions(descent).values())

    def _ask(self) -> None:
        if self._descent is not None:
            self._shell.asker.want(OWNER, () if self.progress.stopped else comparison_wanted(self._descent))
            self._follow()

    def _cancel(self) -> None:
        self._shell.asker.want(OWNER, ())

    def _follow(self) -> None:
        """Show what is known by now."""
        descent = self._descent
        shown: Comparison | None = descent.comparison if descent is not None else None
        if descent is None or shown is None:
            return
        scene = build_comparison(descent, shown, self._shell.answers, self._context.say)
        self.view.show_scene(scene)
        self.progress.follow(tuple(comparison_questions(descent).values()), scene.known)

    def _set(self, name: str, value: float) -> None:
        error = self._context.edit(comparing.set_number, name, value)
        complain(self._complaint, self._context.told(error))
        if error is not None and self._descent is not None and self._descent.comparison is not None:
            self.fields[name].set_value(float(getattr(self._descent.comparison, name)))

    def _refuse(self, error: Exception) -> None:
        complain(self._complaint, self._context.told(error))

    def _tell(self, question: object, error: Exception) -> None:
        """Say why a run cannot be compared."""
        if self._descent is not None and question in comparison_questions(self._descent).values():
            complain(self._complaint, self._context.told(error))
