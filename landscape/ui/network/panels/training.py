"""How both networks are trained: the optimizer, its schedule, how long, on how many rows at a time."""

from PySide6.QtWidgets import QWidget

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.schedules import Schedule
from landscape.errors import InputError
from landscape.session.network import edits
from landscape.session.network.document import Experiment
from landscape.session.session import MAX_STEPS
from landscape.ui.buttons import Choice
from landscape.ui.context import Context
from landscape.ui.forms import LABEL, Form
from landscape.ui.layouts import GRID, caption, column, heading, row
from landscape.ui.rule_form import RuleEdits, RuleForm
from landscape.ui.schedule_form import ScheduleForm
from landscape.ui.sizes import sized

SEED = Parameter(name="seed", default=0.0, minimum=0.0, maximum=99.0, scale="integer")
PATIENCE = Parameter(name="early_stopping", default=0.0, minimum=0.0, maximum=500.0, scale="integer")
"""0: the training never ends early."""
THRESHOLD = Parameter(name="threshold", default=0.15, minimum=0.001, maximum=1.0, scale="log")


class TrainingPanel(QWidget):
    """Shows the training of an experiment and emits edits of it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._shown: Experiment | None = None
        rule_edits = RuleEdits(
            choose=lambda rule: context.edit(edits.choose_rule, rule),
            set_hyper=self._set_hyper,
            set_rule=self._set_rule,
        )
        self.rule_form = RuleForm(context, rule_edits, elementwise=True)
        reading = say("It reads the loss: once an epoch, the mean over its mini-batches; t counts epochs.")
        self.schedule_form = ScheduleForm(context, self._set_schedule, reading)
        titles = {
            "steps": say("steps"),
            "batch_size": say("batch size"),
            "seed": say("seed"),
            "threshold": say("threshold"),
            "early_stopping": say("patience"),
        }
        self.form = Form(context, self._set, titles)
        names = (("float32", say("single")), ("float64", say("double")))
        self._precision = Choice(context, say("Precision"), names)
        self._precision.chosen.connect(lambda key: context.edit(edits.set_training, "precision", key))
        label = caption(say("precision"))
        sized(label, width=LABEL)
        precision = row(label, self._precision, spacing=GRID // 2)
        precision.setStretch(1, 1)
        self.setLayout(
            column(
                heading(say("Optimizer")),
                self.rule_form,
                heading(say("Schedule")),
                self.schedule_form,
                heading(say("Training")),
                self.form,
                precision,
            )
        )

    def display(self, experiment: Experiment, rows: int) -> None:
        """Show the training of ``experiment`` on so many rows of data."""
        if experiment == self._shown:
            return
        self._shown = experiment
        self.rule_form.display(experiment.rule)
        self.schedule_form.display(experiment.schedule, experiment.rule.lr, experiment.steps)
        most = float(max(5000, experiment.steps))
        parameters = (
            Parameter(name="steps", default=500.0, minimum=1.0, maximum=most, scale="log"),
            Parameter(name="batch_size", default=32.0, minimum=0.0, maximum=float(rows), scale="integer"),
            SEED,
            THRESHOLD,
            PATIENCE,
        )
        self.form.display(parameters, {each.name: float(getattr(experiment, each.name) or 0) for each in parameters})
        self._precision.set_key(experiment.precision)

    def set_step(self, step: float) -> None:
        """Mark the current step on the curve of the schedule."""
        self.schedule_form.curve.set_step(step)

    def _set_hyper(self, name: str, value: float, gesture: str) -> InputError | None:
        return self._context.edit(edits.set_hyper, name, value, gesture=gesture or None)

    def _set_rule(self, rule: UpdateRule) -> InputError | None:
        return self._context.edit(edits.set_rule, rule)

    def _set_schedule(self, schedule: Schedule, gesture: str) -> InputError | None:
        return self._context.edit(edits.set_schedule, schedule, gesture=gesture or None)

    def _set(self, name: str, value: float, gesture: str) -> InputError | None:
        given: float | None = value
        if name == "steps":
            given = min(max(round(value), 1), MAX_STEPS)
        elif name == "early_stopping":
            given = round(value) or None
        elif name != "threshold":
            given = round(value)
        return self._context.edit(edits.set_training, name, given, gesture=gesture or None)
