"""How a trial is made and judged: where it starts, what it follows, its fixed values, and the measure."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from landscape.catalogue.optimizers import RATE, rule_parameters
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.schedules import Schedule
from landscape.errors import InputError
from landscape.scene.search.text import measure_titles
from landscape.session.search import edits
from landscape.session.search.document import Study
from landscape.ui.buttons import Choice
from landscape.ui.context import Context
from landscape.ui.forms import Form
from landscape.ui.layouts import column, heading
from landscape.ui.schedule_form import ScheduleForm
from landscape.ui.words import write

SIDES = ("x", "y")
NOISE = Parameter(name="noise", default=0.0, minimum=0.0, maximum=10.0)
THRESHOLD = Parameter(name="threshold", default=0.01, minimum=1e-12, maximum=1e3, scale="log")


class AddressField(QLineEdit):
    """Where the scheduler of a cluster is."""

    committed = Signal(str)

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        write(self, name=name, hint=hint, tip=name)
        self._value = ""
        self.editingFinished.connect(self._commit)

    def set_value(self, value: str) -> None:
        """Show an address without telling anyone."""
        self._value = value
        self.setText(value)

    def _commit(self) -> None:
        if self.text().strip() != self._value:
            self.set_value(self.text().strip())
            self.committed.emit(self._value)


class RunPanel(QWidget):
    """Shows what all trials of a study have in common, and emits edits of it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._study: Study | None = None
        self.measure = Choice(context, say("Measure"), list(measure_titles(say).items()))
        self.measure.chosen.connect(lambda key: context.edit(edits.set_measure, key))
        self._judged = Form(context, self._set_number, {"threshold": say("threshold")})
        self._fixed = Form(context, self._set_hyper)
        titles = {"x": say("start x"), "y": say("start y"), "noise": say("noise")}
        self._start = Form(context, self._set_start, titles)
        reading = say("It reads the loss: each trial has rates of its own.")
        self.schedule_form = ScheduleForm(context, self._set_schedule, reading)
        self.cluster = AddressField(say("Address of a cluster"), say("This machine; or tcp://HOST:8786"))
        trial = (self.measure, self._judged, self._start, self._fixed)
        parts = (*trial, heading(say("Schedule")), self.schedule_form, self.cluster)
        self.setLayout(column(heading(say("A trial")), *parts))

    def look_changed(self) -> None:
        """Speak another language."""
        study, self._study = self._study, None
        if study is not None:
            self.display(study)

    def display(self, study: Study) -> None:
        """Show the trials of ``study``."""
        if study == self._study:
            return
        self._study = study
        on_surface = study.network is None
        self.measure.setVisible(on_surface)
        self.cluster.setVisible(not on_surface)
        self.measure.set_key(study.measure)
        judged = (THRESHOLD,) if on_surface and study.measure == "steps" else ()
        self._judged.display(judged, {"threshold": study.threshold})
        self._start.display(_places(study) if on_surface else (), {**_start(study), "noise": study.noise})
        searched = {one.name for one in study.dimensions}
        fixed = tuple(one for one in rule_parameters(study.rule) if one.name not in searched)
        self._fixed.display(fixed, dict(study.rule.values))
        self.schedule_form.display(study.schedule, dict(study.rule.values).get(RATE, 1.0), study.steps)

    def _set_number(self, name: str, value: float, gesture: str) -> InputError | None:
        return self._context.edit(edits.set_number, name, value, gesture=gesture or None)

    def _set_hyper(self, name: str, value: float, gesture: str) -> InputError | None:
        return self._context.edit(edits.set_hyper, name, value, gesture=gesture or None)

    def _set_start(self, name: str, value: float, gesture: str) -> InputError | None:
        if name not in SIDES or self._study is None:
            return self._set_number(name, value, gesture)
        start = {**_start(self._study), name: value}
        return self._context.edit(edits.move_start, (start["x"], start["y"]), gesture=gesture or None)

    def _set_schedule(self, schedule: Schedule, gesture: str) -> InputError | None:
        return self._context.edit(edits.set_schedule, schedule, gesture=gesture or None)


def _start(study: Study) -> dict[str, float]:
    return dict(zip(SIDES, study.start, strict=True))


def _places(study: Study) -> tuple[Parameter, ...]:
    """Return how the start is adjusted: over the domain, and beyond it where it stands there."""
    sides = zip(SIDES, study.start, study.surface.domain, strict=True)
    places = [
        Parameter(name=name, default=(low + high) / 2, minimum=min(low, at), maximum=max(high, at))
        for name, at, (low, high) in sides
    ]
    return *places, NOISE
