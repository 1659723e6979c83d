"""The numbers at the pointer: value, gradient, curvature, and the learning rate that is stable there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QWidget

from landscape.geometry.escape import saddle_near
from landscape.scene.answers import Answers
from landscape.scene.descent.facts import ROWS, Here, chosen_run, here, stuck_at
from landscape.scene.scene import Scene
from landscape.scene.symbols import meanings
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.session import Point
from landscape.ui.context import Context
from landscape.ui.following import Following
from landscape.ui.layouts import GRID, Elided, Steady, caption, column, heading, row
from landscape.ui.words import button, write


class HerePanel(QWidget):
    """Shows a descent's surface at one point."""

    times_asked = Signal(object)
    """A person wants to know how long the runs stay near the saddle at this point."""

    def __init__(self, context: Context, answers: Answers, following: Following) -> None:
        super().__init__()
        self._context, self._answers, self._following = context, answers, following
        self._descent: Descent | None = None
        self._pointer: Point | None = None
        self._scene: Scene | None = None
        self._run: int | None = None
        self._shown: Here | None = None
        self._step = 0.0
        self._place = caption()
        self._stable, self._trust = Steady(), Steady()
        self._numbers = {name: Elided("–") for name in ROWS}
        table = QFormLayout()
        table.setContentsMargins(0, 0, 0, 0)
        table.setHorizontalSpacing(GRID)
        table.setVerticalSpacing(GRID // 2)
        explained = meanings(context.say)
        for name, label in self._numbers.items():
            title = caption(name)
            # So that a screen reader tells what the number is.
            title.setBuddy(label)
            title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            write(title, tip=explained[name])
            write(label, help=explained[name])
            table.addRow(title, label)
        self._escape = button(context.say("Step along the escape direction"), "quiet")
        self._escape.clicked.connect(self._step_out)
        self._times = button(context.say("Time near this saddle…"), "quiet")
        self._times.clicked.connect(self._ask_times)
        self._escape.hide()
        self._times.hide()
        self.setLayout(
            column(
                row(heading(context.say("Here")), None, self._place),
                table,
                self._trust,
                self._stable,
                self._escape,
                self._times,
            )
        )

    def display(self, descent: Descent) -> None:
        """Show the surface of ``descent`` at the pointer; while that is elsewhere, at the probe or at a run."""
        if self._descent is None or self._descent.surface.formula != descent.surface.formula:
            self._stable.forget()
        self._descent = descent
        self._follow()

    def set_pointer(self, point: Point | None) -> None:
        """Show the surface at ``point``; None: the pointer left the map."""
        self._pointer = point
        self._follow()

    def display_scene(self, scene: Scene) -> None:
        """Follow the paths of ``scene`` while the pointer is elsewhere."""
        self._scene = scene
        self._follow()

    def set_run(self, run: int | None) -> None:
        """Follow another run, by its id; None: the first one."""
        self._run = run
        self._stable.forget()
        self._follow()

    def set_step(self, step: float) -> None:
        """Follow the run to ``step``."""
        if int(step) != int(self._step):
            self._step = step
            self._follow()

    def stuck_at(self, run: int) -> Point | None:
        """Return where a run is at the play head if that is near a saddle or a maximum, None if it is elsewhere."""
        return None if self._descent is None else stuck_at(self._descent, self._scene, run, self._step)

    def saddle_near(self, run: int) -> Point | None:
        """Return the saddle that a run is near to at the play head, None where there is none."""
        point = self.stuck_at(run)
        return None if self._descent is None or point is None else saddle_near(self._descent.surface, point)

    def _step_out(self) -> None:
        """Move the run's start out of the saddle that it sits at."""
        run = chosen_run(self._descent, self._run) if self._descent is not None else None
        if run is not None and self._shown is not None and self._shown.stuck is not None:
            self._context.edit(edits.escape, run, self._shown.stuck)

    def _ask_times(self) -> None:
        if self._shown is not None and self._shown.saddle is not None:
            self.times_asked.emit(self._shown.saddle)

    def look_changed(self) -> None:
        """Say everything in the language of the window."""
        self._stable.forget()
        self._follow()

    def _follow(self) -> None:
        self._following.soon(self._show)

    def _show(self) -> None:
        if self._descent is None:
            return
        self._shown = told = here(
            self._descent,
            self._scene,
            self._answers,
            self._context.say,
            run=self._run,
            step=self._step,
            pointer=self._pointer,
        )
        self._place.setText(told.text)
        for name, label in self._numbers.items():
            if label.text() != told.numbers[name]:
                label.setText(told.numbers[name])
        self._stable.tell(told.sentence)
        if not told.trust:
            self._trust.forget()
        self._trust.tell(told.trust)
        self._escape.setVisible(told.stuck is not None)
        self._times.setVisible(told.saddle is not None)
