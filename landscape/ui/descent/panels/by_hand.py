"""Panda: the rate of a run is changed by hand from the play head on, and all that was changed is told."""

from PySide6.QtWidgets import QWidget

from landscape.catalogue.by_hand import Change, changes_of
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.schedules import Schedule
from landscape.errors import InputError
from landscape.scene.text import number
from landscape.session.descent.by_hand import change_rate
from landscape.ui.context import Context
from landscape.ui.forms import Form
from landscape.ui.layouts import caption, column
from landscape.ui.switch import Switch
from landscape.ui.words import write

RATE = "rate from here on"
SPAN = 1000.0
"""The slider goes so many times above and below the run's own rate."""
MOST_TOLD = 8


class ByHand(QWidget):
    """Shows the rate at the play head, and changes it from there on."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._run: int | None = None
        self._own, self._step = 1.0, 0.0
        self._changes: tuple[Change, ...] = ()
        self.form = Form(context, self._change, {RATE: context.say("rate from here on")})
        self._told = caption(wrap=True)
        self.switch = Switch(context.say("change it by hand"), context)
        write(self.switch, tip=context.say("Panda: you watch one run, and change its rate while it goes on"))
        self.switch.toggled.connect(self._show)
        self.setLayout(column(self.switch, self.form, self._told, spacing=4))

    def look_changed(self) -> None:
        """Tell it in another language."""
        self._tell()

    def display(self, schedule: Schedule, own: float, run: int | None) -> None:
        """Show the changes of a schedule of a run with its own rate; None: of the common one."""
        self._changes, self._own, self._run = changes_of(schedule), own, run
        if len(self._changes) > 1:
            self.switch.blockSignals(True)
            self.switch.setChecked(True)
            self.switch.blockSignals(False)
        self.setVisible(bool(self._changes) and own > 0.0)
        self._tell()
        self._show()

    def set_step(self, step: float) -> None:
        """Stand at another step."""
        self._step = step
        self._show()

    def _show(self, _on: bool = True) -> None:
        if not (self.switch.isChecked() and self._changes and self._own > 0.0):
            self.form.hide()
            return
        factor = next(factor for at, factor in reversed(self._changes) if at <= int(self._step))
        low, high = self._own / SPAN, self._own * SPAN
        shown = Parameter(name=RATE, default=self._own, minimum=low, maximum=high, scale="log")
        self.form.display((shown,), {RATE: factor * self._own})

    def _tell(self) -> None:
        """Tell what was changed, the latest of it where that is much."""
        say = self._context.say
        last = self._changes[-MOST_TOLD:] if len(self._changes) > 1 else ()
        parts = [say("step {step}: {rate}", step=step, rate=number(factor * self._own, 3)) for step, factor in last]
        told = " · ".join(parts)
        write(self._told, text=told if len(last) == len(self._changes) else f"… {told}")
        self._told.setVisible(bool(last))

    def _change(self, _name: str, value: float, gesture: str) -> InputError | None:
        return self._context.edit(change_rate, self._run, int(self._step), value, gesture=gesture or None)
