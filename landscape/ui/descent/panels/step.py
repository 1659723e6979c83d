"""This step: the rule of a run line by line, each with its numbers, and the move that comes of them."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from landscape.plot.overrides import guarded
from landscape.scene.answers import Answers
from landscape.scene.descent.step_lines import ShownStep, judged, shown_step
from landscape.scene.equation import EquationQuestion
from landscape.scene.formula_lines import Asked
from landscape.scene.population_layer import Population
from landscape.scene.scene import Scene, StepLayer
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.ui.asker import Asker
from landscape.ui.context import Context
from landscape.ui.focus import reveal
from landscape.ui.following import Following
from landscape.ui.formula_lines import FormulaLines
from landscape.ui.jobs import first
from landscape.ui.layouts import Elided, caption, column, heading, row
from landscape.ui.words import button, write

OWNER = "step equations"


class StepPanel(QWidget):
    """Explains the step that the play head is in."""

    step_asked = Signal(int)
    """Walking line by line has come to another step."""

    def __init__(self, context: Context, asker: Asker, answers: Answers, following: Following) -> None:
        super().__init__()
        say = context.say
        self._context, self._asker, self._answers, self._following = context, asker, answers, following
        self._descent: Descent | None = None
        self._layer: StepLayer | None = None
        self._population: Population | None = None
        self.chosen: int | None = None
        """The run that is chosen among the runs, by its id."""
        self._step = 0.0
        self._cursor: int | None = None
        self._asked: Asked | None = None
        self.shown: ShownStep | None = None
        self._wanted: tuple[str, ...] = ()
        self._place = Elided()
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._open = button(say("Explain this step"), "quiet")
        self._open.clicked.connect(self.toggle)
        self._note = caption(say("A run that has no step has nothing to explain."), wrap=True)
        self.lines = FormulaLines(context, say("This step"), self._is_typeset)
        self.lines.pressed.connect(self._hide)
        self._field = QLineEdit(self.lines)
        write(self._field, name=say("The number that is hidden"), hint="?")
        self._field.hide()
        self._field.returnPressed.connect(self._judge)
        self._field.installEventFilter(self)
        self._verdict = caption(wrap=True)
        self._verdict.setParent(self.lines)
        self._verdict.hide()
        self.lines.arranged.connect(self._place_field)
        self._hint = caption(say("Press a number to hide it and work it out; . and , walk line by line."), wrap=True)
        self._chance = caption(wrap=True)
        self._move = caption(wrap=True)
        self.story = caption(wrap=True)
        """What a strategy did, where one is explained."""
        self._scroll = QTimer(self, singleShot=True, interval=0)
        self._scroll.timeout.connect(self._reveal)
        asker.answered.connect(self.lines.formulas_came)
        self.setLayout(
            column(
                row(heading(say("This step")), self._place),
                self._note, self.story, self.lines, self._move, self._chance, self._hint, self._open,
            )
        )  # fmt: skip
        self._show()

    def display(self, descent: Descent) -> None:
        """Show which run of ``descent`` is explained, if any."""
        old, self._descent = self._descent, descent
        if old is None or old.explained != descent.explained:
            self._follow()

    def display_scene(self, scene: Scene) -> None:
        """Show the steps of the run that ``scene`` explains."""
        population = next((one for one in scene.populations if one.explained), None)
        if scene.step is not self._layer or population is not self._population:
            self._layer, self._population = scene.step, population
            self._ask(None)
            self._follow()

    def set_run(self, run: int | None) -> None:
        """Explain another run from now on, if any is explained: the chosen one."""
        self.chosen = run
        if run is not None and self._descent is not None and self._descent.explained not in (None, run):
            self._context.edit(edits.explain, run, gesture="explain")
            self._context.end_gesture()

    def set_step(self, step: float) -> None:
        """Explain another step."""
        if int(step) != int(self._step):
            self._step = step
            self._ask(None)
            self._follow()

    def toggle(self) -> None:
        """Explain the chosen run, or the first one that is seen; or none any more."""
        if self._descent is None:
            return
        shown = [run.id for run in self._descent.runs if run.visible]
        run = self.chosen if self.chosen in shown else next(iter(shown), None)
        self._cursor = None
        self._context.edit(edits.explain, None if self._descent.explained is not None else run)

    def walk(self, way: int) -> None:
        """Go to the next line (1) or the one before (-1); beyond the last one to the next step."""
        if self.shown is None:
            return
        count = len(self.shown.lines)
        cursor = (self._cursor if self._cursor is not None else -1 if way > 0 else count) + way
        if 0 <= cursor < count:
            self._cursor = cursor
        elif self._cursor is None or not 0 <= self.shown.step + way < self._steps:
            return
        else:
            self._cursor = 0 if way > 0 else count - 1
            self._step = float(self.shown.step + way)
            self.step_asked.emit(self.shown.step + way)
        self._ask(None)
        self._show()
        self._scroll.start()

    @property
    def _steps(self) -> int:
        return self._layer.explainer.steps if self._layer is not None else 0

    def look_changed(self) -> None:
        """Say everything in the language of the window."""
        self._show()

    @guarded(False)
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the number on Escape."""
        escaped = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escaped and event.type() == QEvent.Type.KeyPress:
            self._ask(None)
            self._show()
        return escaped and event.type() == QEvent.Type.KeyPress

    def _ask(self, asked: Asked | None) -> None:
        """Hide a number, or show all of them."""
        self._asked = asked
        self._field.setVisible(asked is not None)
        self._field.clear()
        self._verdict.hide()
        self.lines.make_room(None)

    def _hide(self, asked: Asked) -> None:
        """Hide the number that was pressed, and let it be typed."""
        self._ask(asked)
        self._show()
        self._field.setFocus()

    def _judge(self) -> None:
        """Say whether what was typed is right, or what slipped."""
        asked, layer = self._asked, self._layer
        if asked is None or layer is None:
            return
        from landscape.scene.descent.slips import verdict_sentence

        verdict, right = judged(layer, int(self._step), asked, self._field.text())
        if verdict.right:
            self._ask(None)
            self._show()
        complaining = "" if verdict.right else "complaint"
        self._verdict.setProperty("role", complaining or "caption")
        self._verdict.style().polish(self._verdict)
        self._verdict.setText(verdict_sentence(verdict, right, self._context.say))
        self.lines.make_room(asked, self._verdict.heightForWidth)
        self._verdict.show()
        self._scroll.start()

    def _place_field(self) -> None:
        """Lay the field over the number that it stands for, and what is said of it below."""
        if self._asked is not None:
            place = self.lines.place_of(self._asked)
            left = min(place.x(), self.lines.width() - place.width())
            self._field.setGeometry(left, place.y() - 4, place.width(), place.height() + 8)
        self._verdict.setGeometry(self.lines.note_place)

    def _reveal(self) -> None:
        """Scroll to where the walk is, or to what is said of a number."""
        note = self.lines.note_place
        if not note.isEmpty():
            reveal(self.lines, note.united(self._field.geometry()) if self._field.isVisible() else note)
        elif self._cursor is not None and self.shown is not None:
            reveal(self.lines, self.lines.line_place(self._cursor))

    def _follow(self) -> None:
        self._following.soon(self._show)

    @first()
    def _show(self) -> None:
        explains = self._descent is not None and self._descent.explained is not None
        layer = self._layer if explains else None
        say = self._context.say
        self.shown = shown_step(layer, int(self._step), say, self._asked) if layer is not None else None
        shown = self.shown
        write(self._open, text=say("Close the explanation") if explains else say("Explain this step"))
        told = self._tell(explains)
        self._note.setVisible(explains and shown is None and not told)
        for part in (self.lines, self._move, self._chance, self._place, self._hint):
            part.setVisible(shown is not None)
        if shown is None or layer is None:
            self.lines.show_lines(())
            return
        self._place.setText(f"{layer.name} · {shown.step} → {shown.step + 1}")
        self._want(shown)
        self.lines.show_lines(shown.lines, shown.given, self._asked, self._cursor)
        whole = self._asked is None and self._cursor in (None, len(shown.lines) - 1)
        self._move.setText(shown.move if whole else "")
        self._chance.setText("\n".join(shown.chance))
        self._chance.setVisible(bool(shown.chance))

    def _tell(self, explains: bool) -> bool:
        """Say what a strategy did, if one is explained; tell whether it is."""
        population = self._population if explains else None
        told: tuple[str, ...] = ()
        if population is not None:
            # Loaded with the first strategy, not with the window.
            from landscape.scene.descent.strategy_step import strategy_sentences

            told = strategy_sentences(population, int(self._step), self._context.say)
        self.story.setText("\n".join(told))
        self.story.setVisible(bool(told))
        return bool(told)

    def _want(self, shown: ShownStep) -> None:
        """Have the formulas typeset that are not yet."""
        wanted = tuple(line.latex for line in shown.lines)
        if wanted != self._wanted:
            self._wanted = wanted
            self._asker.want(OWNER, [EquationQuestion(latex=latex) for latex in wanted])

    def _is_typeset(self, latex: str) -> bool:
        return self._answers.get(EquationQuestion(latex=latex)) is not None
