"""The learning-rate schedule: which one, its curve, its parameters, and whose it is."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from landscape.catalogue.parameters import Parameter
from landscape.catalogue.schedules import Schedule, schedule, schedule_entries, schedule_parameters
from landscape.errors import InputError
from landscape.scene.text import number
from landscape.session import edits
from landscape.session.session import Session
from landscape.ui.buttons import DropButton, IconButton
from landscape.ui.context import Context
from landscape.ui.forms import Form
from landscape.ui.formula_field import FormulaField
from landscape.ui.layouts import caption, column, complain, complaint, heading, row
from landscape.ui.switch import Switch

WARMUP = "warm-up"


class SchedulePanel(QWidget):
    """Shows the schedule of a session, or that of the chosen run, and emits edits of it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._session: Session | None = None
        self._run = -1
        self._shown: tuple[object, ...] = ()
        self._button = DropButton(context.icons, say("Schedule"), self._open_menu)
        self._edit_formula = IconButton(context.icons, "formula", say("Edit the schedule's formula"), self._toggle)
        self._edit_formula.setCheckable(True)
        self.formula_field = FormulaField(context, say("Formula of the schedule"))
        self.formula_field.typed.connect(self._typed)
        self.formula_field.hide()
        self.curve = RateCurve(context)
        self._own = Switch(say("only for this run"), context.theme)
        self._own.toggled.connect(self._set_own)
        self._complaint = complaint()
        self._form = Form(context, self._set_value, {WARMUP: say("warm-up")})
        top = row(self._button, self._edit_formula, spacing=4)
        top.setStretch(0, 1)
        title = row(heading(say("Schedule")), None)
        self.setLayout(column(title, top, self.formula_field, self._complaint, self.curve, self._own, self._form))

    def display(self, session: Session, run: int) -> None:
        """Show the schedule that ``run`` follows; -1: the common one."""
        if run != self._run:
            # What was typed for the run before is still its own.
            self.formula_field.flush()
        self._session, self._run = session, run
        followed, lr, own = self._followed(session)
        state = followed, lr, own, run, session.steps
        if state == self._shown:
            return
        self._shown = state
        entry = schedule_entries().get(followed.entry)
        self._button.set_choice(self._context.say.pick(entry.titles) if entry else self._context.say("Own formula"))
        if self.formula_field.set_text(followed.formula):
            complain(self._complaint, "")
        self.curve.set_rates(followed.rates(lr, session.steps))
        self._own.setVisible(run >= 0)
        self._own.blockSignals(True)
        self._own.setChecked(own)
        self._own.blockSignals(False)
        most = float(max(min(session.steps, 1000), followed.warmup, 1))
        warmup = Parameter(name=WARMUP, default=0.0, minimum=0.0, maximum=most, scale="integer")
        values = {**dict(followed.values), WARMUP: float(followed.warmup)}
        self._form.display((*schedule_parameters(followed), warmup), values)

    def set_step(self, step: float) -> None:
        """Mark the current step on the curve."""
        self.curve.set_step(step)

    def _followed(self, session: Session) -> tuple[Schedule, float, bool]:
        """Return the schedule to show, the learning rate it scales, and whether it is a run's own."""
        if not 0 <= self._run < len(session.runs):
            return session.schedule, session.runs[0].rule.lr if session.runs else 1.0, False
        run = session.runs[self._run]
        return session.schedule_of(run), run.rule.lr, run.schedule is not None

    def _target(self) -> int | None:
        """Return the run whose own schedule is edited; None: the common one."""
        return self._run if self._session is not None and self._followed(self._session)[2] else None

    def _edit(self, new: Schedule, gesture: str = "") -> InputError | None:
        return self._context.edit(edits.set_schedule, new, self._target(), gesture=gesture or None)

    def _open_menu(self) -> None:
        say = self._context.say
        menu = self._button.menu_below()
        for entry in schedule_entries().values():
            action = menu.addAction(say.pick(entry.titles))
            action.triggered.connect(lambda _checked=False, name=entry.id: self._choose(name))
        menu.addSeparator()
        menu.addAction(say("Own formula…")).triggered.connect(self._open_formula)
        menu.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def _choose(self, name: str) -> None:
        if self._session is not None:
            warmup = self._followed(self._session)[0].warmup
            complain(self._complaint, self._context.told(self._edit(schedule(name, warmup=warmup))))

    def _open_formula(self) -> None:
        self._show_formula(True)
        self.formula_field.setFocus()

    def _toggle(self) -> None:
        self._show_formula(self.formula_field.isHidden())

    def _show_formula(self, shown: bool) -> None:
        self.formula_field.setVisible(shown)
        self._edit_formula.setChecked(shown)

    def _set_own(self, own: bool) -> None:
        complain(self._complaint, self._context.told(self._context.edit(edits.own_schedule, self._run, own)))

    def _set_value(self, name: str, value: float, gesture: str) -> InputError | None:
        if self._session is None:
            return None
        followed = self._followed(self._session)[0]
        values = dict(followed.values)
        if name == WARMUP:
            return self._edit(replace(followed, warmup=max(round(value), 0)), gesture)
        return self._edit(replace(followed, values=tuple({**values, name: value}.items())), gesture)

    def _typed(self, text: str) -> None:
        """Read the formula; a mistake leaves the schedule as it is and is marked."""
        if self._session is None:
            return
        followed = self._followed(self._session)[0]
        error: InputError | None = None
        if text.strip() != followed.formula:
            error = self._edit(Schedule(text.strip(), (), followed.warmup))
        self.formula_field.show_error(error)
        complain(self._complaint, self._context.told(error))


class RateCurve(QWidget):
    """A small curve of the learning rate against the step, with a mark at the current one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._theme = context.theme
        self._rates: NDArray[np.float64] = np.zeros(0)
        self._step = 0.0
        self._highest = caption()
        self._highest.setParent(self)
        self.setFixedHeight(64)
        self.setAccessibleName(context.say("Learning rate against the step"))

    def set_rates(self, rates: NDArray[np.float64]) -> None:
        """Show the rate of every step."""
        self._rates = rates
        finite = rates[np.isfinite(rates)]
        self._highest.setText(number(float(finite.max()), 3) if finite.size else "")
        self._highest.adjustSize()
        self.update()

    def set_step(self, step: float) -> None:
        """Mark ``step``."""
        if step != self._step:
            self._step = step
            self.update()

    def sizeHint(self) -> QSize:
        """Return a size that shows the shape."""
        return QSize(160, 64)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the curve over its base line, and the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 22, -1, -2)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        points = _polyline(self._rates, area)
        if points is None:
            return
        painter.setPen(QPen(QColor(self._theme.accent), 1.75))
        painter.drawPolyline(points)
        at = area.left() + area.width() * min(self._step / max(len(self._rates) - 1, 1), 1.0)
        painter.setPen(QPen(QColor(self._theme.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()))


def _polyline(rates: NDArray[np.float64], area: QRectF) -> QPolygonF | None:
    """Return the finite rates as a line in ``area``, 0 at its bottom, at most two points a pixel."""
    steps = np.unique(np.linspace(0, len(rates) - 1, min(len(rates), 2 * max(int(area.width()), 2))).astype(int))
    shown = rates[steps] if len(rates) else rates
    finite = np.isfinite(shown)
    if not finite.any():
        return None
    highest = float(np.max(shown[finite])) or 1.0
    x = area.left() + area.width() * steps[finite] / max(len(rates) - 1, 1)
    y = area.bottom() - area.height() * np.clip(shown[finite] / highest, 0.0, 1.0)
    return QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
