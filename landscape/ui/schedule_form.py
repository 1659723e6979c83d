"""What can be set of a schedule: which one, its formula, its parameters; and its curve."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QWidget

from landscape.catalogue.by_hand import changes_of
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.schedules import Schedule, schedule, schedule_entries, schedule_parameters
from landscape.errors import InputError
from landscape.scene.text import below_zero
from landscape.ui.buttons import DropButton, IconButton
from landscape.ui.context import Context
from landscape.ui.forms import Form
from landscape.ui.formula_field import FormulaField
from landscape.ui.layouts import caption, column, complain, complaint, row
from landscape.ui.rate_curve import RateCurve
from landscape.ui.suggestion import Suggestion

WARMUP = "warm-up"

Change = Callable[[Schedule, str], InputError | None]
"""``change(schedule, gesture)`` makes the edit and answers with what is wrong; an empty gesture is none."""


class ScheduleForm(QWidget):
    """Shows one schedule and hands on what a person makes of it.

    Args:
        context: How it speaks and looks.
        change: Puts another schedule in its place.
        reading: What is said of a schedule that reads the loss.
        beside: What stands between the curve and the parameters, where there is something.
    """

    def __init__(self, context: Context, change: Change, reading: str, beside: QWidget | None = None) -> None:
        super().__init__()
        say = context.say
        self._context, self._change = context, change
        self._schedule: Schedule | None = None
        self._button = DropButton(context, say("Schedule"), self._open_menu)
        self._edit_formula = IconButton(context, "formula", say("Edit the schedule's formula"), self._toggle)
        self._edit_formula.setCheckable(True)
        self.formula_field = FormulaField(context, say("Formula of the schedule"))
        self.formula_field.typed.connect(self._typed)
        self.formula_field.ended.connect(context.end_gesture)
        self.formula_field.hide()
        self.curve = RateCurve(context)
        self._follows = caption(reading, wrap=True)
        self._complaint = complaint()
        self._below = complaint()
        self._form = Form(context, self.set_value, {WARMUP: say("warm-up")})
        top = row(self._button, self._edit_formula, spacing=4)
        top.setStretch(0, 1)
        suggestion = Suggestion(context, self.formula_field)
        parts = [
            self.formula_field,
            self._complaint,
            suggestion,
            self.curve,
            self._below,
            self._follows,
            *([beside] if beside else []),
            self._form,
        ]
        self.setLayout(column(top, *parts))

    def display(self, followed: Schedule, lr: float, steps: int) -> None:
        """Show ``followed``, and its curve over ``steps`` from the learning rate ``lr``."""
        self._schedule = followed
        self._button.set_choice(self._title(followed))
        if self.formula_field.set_text(followed.formula):
            complain(self._complaint, "")
        self._follows.setVisible(followed.follows)
        self.curve.setVisible(not followed.follows)
        rates = np.zeros(0) if followed.follows else followed.rates(lr, steps)
        if not followed.follows:
            self.curve.set_rates(rates)
        complain(self._below, below_zero(rates, self._context.say))
        most = float(max(min(steps, 1000), followed.warmup, 1))
        warmup = Parameter(name=WARMUP, default=0.0, minimum=0.0, maximum=most, scale="integer")
        values = {**dict(followed.values), WARMUP: float(followed.warmup)}
        self._form.display((*schedule_parameters(followed), warmup), values)

    def _title(self, followed: Schedule) -> str:
        say, entry = self._context.say, schedule_entries().get(followed.entry)
        if entry is not None:
            return say.pick(entry.titles)
        return say("By hand") if changes_of(followed) else say("Own formula")

    def choose(self, name: str) -> None:
        """Take a schedule of the catalogue; the warm-up stays."""
        if self._schedule is not None:
            error = self._change(schedule(name, warmup=self._schedule.warmup), "")
            complain(self._complaint, self._context.told(error))

    def set_value(self, name: str, value: float, gesture: str) -> InputError | None:
        """Give a parameter, or the warm-up, a value."""
        if self._schedule is None:
            return None
        if name == WARMUP:
            return self._change(replace(self._schedule, warmup=max(round(value), 0)), gesture)
        values = tuple({**dict(self._schedule.values), name: value}.items())
        return self._change(replace(self._schedule, values=values), gesture)

    def _open_menu(self) -> None:
        say = self._context.say
        menu = self._button.menu_below()
        for entry in schedule_entries().values():
            action = menu.addAction(say.pick(entry.titles))
            action.triggered.connect(lambda _checked=False, name=entry.id: self.choose(name))
        menu.addSeparator()
        menu.addAction(say("Own formula…")).triggered.connect(self._open_formula)
        menu.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def _open_formula(self) -> None:
        self._show_formula(True)
        self.formula_field.setFocus()

    def _toggle(self) -> None:
        self._show_formula(self.formula_field.isHidden())

    def _show_formula(self, shown: bool) -> None:
        self.formula_field.setVisible(shown)
        self._edit_formula.setChecked(shown)

    def _typed(self, text: str) -> None:
        """Read the formula; a mistake leaves the schedule as it is and is marked."""
        if self._schedule is None:
            return
        error: InputError | None = None
        if text.strip() != self._schedule.formula:
            error = self._change(Schedule(text.strip(), (), self._schedule.warmup), "typing schedule")
        self.formula_field.show_error(error)
        complain(self._complaint, self._context.told(error))
