"""How far the runs go, and what is random about them."""

from PySide6.QtWidgets import QWidget

from landscape.catalogue.parameters import Parameter
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.session import MAX_STEPS
from landscape.ui.context import Context
from landscape.ui.forms import Form
from landscape.ui.layouts import column, heading

STEPS = Parameter(name="steps", default=200.0, minimum=1.0, maximum=5000.0, scale="log")
NOISE = Parameter(name="noise", default=0.0, minimum=0.0, maximum=10.0)
SEED = Parameter(name="seed", default=0.0, minimum=0.0, maximum=99.0, scale="integer")


class DescentPanel(QWidget):
    """Shows steps, gradient noise, mini-batches and seed, and emits edits of them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        titles = {"steps": say("steps"), "noise": say("noise"), "batch": say("batch size"), "seed": say("seed")}
        self._form = Form(context, self._set, titles)
        self._shown: tuple[list[Parameter], dict[str, float]] | None = None
        self.setLayout(column(heading(say("Descent")), self._form))

    def display(self, descent: Descent) -> None:
        """Show what ``descent`` says; the batch size and the seed only where they matter."""
        rows = descent.surface.rows
        most = float(max(STEPS.maximum, descent.steps))
        parameters = [Parameter(name="steps", default=200.0, minimum=1.0, maximum=most, scale="log"), NOISE]
        if rows:
            parameters.append(Parameter(name="batch", default=0.0, minimum=0.0, maximum=float(rows), scale="integer"))
        if descent.noise > 0 or descent.batch_size > 0 or _reads_noise(descent):
            parameters.append(SEED)
        values = {
            "steps": float(descent.steps),
            "noise": descent.noise,
            "batch": float(descent.batch_size),
            "seed": float(descent.seed),
        }
        if (parameters, values) != self._shown:
            self._shown = parameters, values
            self._form.display(parameters, values)

    def _set(self, name: str, value: float, gesture: str) -> InputError | None:
        edit, own = self._context.edit, gesture or None
        match name:
            case "steps":
                return edit(edits.set_steps, min(max(round(value), 1), MAX_STEPS), gesture=own)
            case "noise":
                return edit(edits.set_noise, value, gesture=own)
            case "batch":
                return edit(edits.set_batch_size, round(value), gesture=own)
            case _:
                return edit(edits.set_seed, round(value), gesture=own)


def _reads_noise(descent: Descent) -> bool:
    """Tell whether a rule or a strategy draws random numbers of its own."""
    return any(run.strategy is not None or "noise" in run.rule.rule for run in descent.runs)
