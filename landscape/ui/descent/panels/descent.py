"""How far the runs go, and what is random about them."""

from PySide6.QtWidgets import QWidget

from landscape.catalogue.parameters import Parameter
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.session import MAX_STEPS, Session
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
        self.setLayout(column(heading(say("Descent")), self._form))

    def display(self, session: Session) -> None:
        """Show what ``session`` says; the batch size and the seed only where they matter."""
        rows = session.surface.rows
        most = float(max(STEPS.maximum, session.steps))
        parameters = [Parameter(name="steps", default=200.0, minimum=1.0, maximum=most, scale="log"), NOISE]
        if rows:
            parameters.append(Parameter(name="batch", default=0.0, minimum=0.0, maximum=float(rows), scale="integer"))
        if session.noise > 0 or session.batch_size > 0 or _reads_noise(session):
            parameters.append(SEED)
        values = {
            "steps": float(session.steps),
            "noise": session.noise,
            "batch": float(session.batch_size),
            "seed": float(session.seed),
        }
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


def _reads_noise(session: Session) -> bool:
    """Tell whether a rule draws random numbers of its own."""
    return any("noise" in run.rule.rule for run in session.runs)
