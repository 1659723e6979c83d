"""The learning-rate schedule of a session, or of the chosen run."""

from PySide6.QtWidgets import QWidget

from landscape.catalogue.schedules import Schedule
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.session import Session
from landscape.ui.context import Context
from landscape.ui.layouts import column, complain, complaint, heading
from landscape.ui.schedule_form import ScheduleForm
from landscape.ui.switch import Switch


class SchedulePanel(QWidget):
    """Shows the schedule of a session, or that of the chosen run, and emits edits of it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._session: Session | None = None
        self._run = -1
        self._shown: tuple[object, ...] = ()
        self._own = Switch(say("only for this run"), context.theme)
        self._own.toggled.connect(self._set_own)
        self._complaint = complaint()
        self.form = ScheduleForm(context, self._edit, self._own)
        self.setLayout(column(heading(say("Schedule")), self.form, self._complaint))

    def display(self, session: Session, run: int) -> None:
        """Show the schedule that ``run`` follows; -1: the common one."""
        if run != self._run:
            # What was typed for the run before is still its own.
            self.form.formula_field.flush()
        self._session, self._run = session, run
        followed, lr, own = self._followed(session)
        state = followed, lr, own, run, session.steps
        if state == self._shown:
            return
        self._shown = state
        self._own.setVisible(run >= 0)
        self._own.blockSignals(True)
        self._own.setChecked(own)
        self._own.blockSignals(False)
        self.form.display(followed, lr, session.steps)

    def set_step(self, step: float) -> None:
        """Mark the current step on the curve."""
        self.form.curve.set_step(step)

    def _followed(self, session: Session) -> tuple[Schedule, float, bool]:
        """Return the schedule to show, the learning rate it scales, and whether it is a run's own."""
        if not 0 <= self._run < len(session.runs):
            return session.schedule, session.runs[0].rule.lr if session.runs else 1.0, False
        run = session.runs[self._run]
        return session.schedule_of(run), run.rule.lr, run.schedule is not None

    def _edit(self, new: Schedule, gesture: str) -> InputError | None:
        """Change the chosen run's own schedule, or the common one."""
        target = self._run if self._session is not None and self._followed(self._session)[2] else None
        return self._context.edit(edits.set_schedule, new, target, gesture=gesture or None)

    def _set_own(self, own: bool) -> None:
        complain(self._complaint, self._context.told(self._context.edit(edits.own_schedule, self._run, own)))
