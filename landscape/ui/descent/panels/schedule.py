"""The learning-rate schedule of a descent, or of the chosen run."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from landscape.catalogue.schedules import Schedule
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.ui.buttons import IconButton
from landscape.ui.context import Context
from landscape.ui.descent.panels.by_hand import ByHand
from landscape.ui.layouts import column, complain, complaint, heading, row
from landscape.ui.rate_curve import RateCurve
from landscape.ui.schedule_form import ScheduleForm
from landscape.ui.switch import Switch


class SchedulePanel(QWidget):
    """Shows the schedule of a descent, or that of the chosen run, and emits edits of it."""

    edit_asked = Signal()
    """A person wants its formula in the editor."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._descent: Descent | None = None
        self._run: int | None = None
        self._shown: tuple[object, ...] = ()
        self._own = Switch(say("only for this run"), context)
        self._own.toggled.connect(self._set_own)
        self._complaint = complaint()
        reading = say("It reads the loss: its rates are those under the stage.")
        self.form = ScheduleForm(context, self.edit, reading, self._own)
        self.by_hand = ByHand(context)
        edit = IconButton(context, "edit", say("Edit the schedule…"), self.edit_asked.emit)
        self.setLayout(column(row(heading(say("Schedule")), None, edit), self.form, self.by_hand, self._complaint))

    def display(self, descent: Descent, run: int | None) -> None:
        """Show the schedule that ``run`` follows; None: the common one."""
        if run != self._run:
            # What was typed for the run before is still its own.
            self.form.formula_field.flush()
        self._descent, self._run = descent, run
        followed, lr, own = self._followed(descent)
        state = followed, lr, own, run, descent.steps
        if state == self._shown:
            return
        self._shown = state
        self._own.setVisible(run is not None)
        self._own.blockSignals(True)
        self._own.setChecked(own)
        self._own.blockSignals(False)
        self.form.display(followed, lr, descent.steps)
        self.by_hand.display(followed, lr, run)

    def followed(self) -> Schedule:
        """Return the schedule that is shown."""
        assert self._descent is not None
        return self._followed(self._descent)[0]

    def second_curve(self) -> RateCurve:
        """Return another curve of the rates, to stand elsewhere."""
        made = RateCurve(self._context)
        self.show_curve(made)
        return made

    def show_curve(self, curve: RateCurve) -> None:
        """Show the rates of the schedule in another curve; hidden where they depend on the run."""
        assert self._descent is not None
        followed, lr, _ = self._followed(self._descent)
        curve.setVisible(not followed.follows)
        if not followed.follows:
            curve.set_rates(followed.rates(lr, self._descent.steps))

    def set_step(self, step: float) -> None:
        """Mark the current step on the curve."""
        self.form.curve.set_step(step)
        self.by_hand.set_step(step)

    def _followed(self, descent: Descent) -> tuple[Schedule, float, bool]:
        """Return the schedule to show, the learning rate it scales, and whether it is a run's own."""
        if self._run is None:
            return descent.schedule, descent.runs[0].rule.lr if descent.runs else 1.0, False
        run = descent.run_of(self._run)
        return descent.schedule_of(run), run.rule.lr, run.schedule is not None

    def edit(self, new: Schedule, gesture: str) -> InputError | None:
        """Change the chosen run's own schedule, or the common one."""
        target = self._run if self._descent is not None and self._followed(self._descent)[2] else None
        return self._context.edit(edits.set_schedule, new, target, gesture=gesture or None)

    def _set_own(self, own: bool) -> None:
        complain(self._complaint, self._context.told(self._context.edit(edits.own_schedule, self._run, own)))
