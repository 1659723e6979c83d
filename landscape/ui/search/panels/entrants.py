"""Who races: the strategies, and the budget that all of them have."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from landscape.catalogue.parameters import Parameter
from landscape.errors import InputError
from landscape.scene.search.charts import color_of
from landscape.scene.search.text import strategy_titles
from landscape.session.search import edits
from landscape.session.search.checks import MOST_ENTRANTS, MOST_REPETITIONS
from landscape.session.search.document import Entrant, Study
from landscape.ui.buttons import Choice, IconButton
from landscape.ui.context import Context
from landscape.ui.forms import Form
from landscape.ui.layouts import clear, column, complain, complaint, heading, row
from landscape.ui.swatch import Swatch
from landscape.ui.switch import Switch

NUMBERS = (
    Parameter(name="trials", default=25.0, minimum=1.0, maximum=100.0, scale="integer"),
    Parameter(name="steps", default=200.0, minimum=1.0, maximum=1000.0, scale="integer"),
    Parameter(name="seed", default=0.0, minimum=0.0, maximum=99.0, scale="integer"),
    Parameter(name="repetitions", default=200.0, minimum=1.0, maximum=float(MOST_REPETITIONS), scale="integer"),
)


class EntrantsPanel(QWidget):
    """Shows the strategies and the budget of a study, and emits edits of them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._study: Study | None = None
        self._rows = column(spacing=4)
        self._add = IconButton(context, "plus", say("Add a strategy"), self._more)
        self._complaint = complaint()
        titles = {
            "trials": say("trials"),
            "steps": say("steps"),
            "seed": say("seed"),
            "repetitions": say("searches"),
        }
        self.form = Form(context, self._set, titles)
        parts = (self._rows, row(self._add, None), heading(say("Budget")), self.form, self._complaint)
        self.setLayout(column(heading(say("Strategies")), *parts))

    def look_changed(self) -> None:
        """Speak another language."""
        study, self._study = self._study, None
        if study is not None:
            self.display(study)

    def display(self, study: Study) -> None:
        """Show the strategies of ``study``."""
        if study == self._study:
            return
        before, self._study = self._study, study
        if before is None or before.entrants != study.entrants:
            clear(self._rows)
            for entrant in study.entrants:
                self._rows.addWidget(self._row(entrant, alone=len(study.entrants) == 1))
        self._add.setEnabled(len(study.entrants) < MOST_ENTRANTS)
        self._show_numbers(study)

    def _row(self, entrant: Entrant, *, alone: bool) -> QWidget:
        context, say = self._context, self._context.say
        line = QWidget()
        swatch = Swatch(color_of(entrant.id), "solid")
        choice = Choice(context, say("Strategy"), list(strategy_titles(say).items()))
        choice.set_key(entrant.strategy)
        choice.chosen.connect(lambda key: self._change(entrant.id, strategy=key))
        even = Switch(say("drawn evenly"), context)
        even.setChecked(entrant.even)
        even.toggled.connect(lambda on: self._change(entrant.id, even=on))
        gone = IconButton(context, "close", say("Leave this strategy out"), partial(self._remove, entrant.id))
        gone.setEnabled(not alone)
        top = row(swatch, choice, gone, spacing=4)
        top.setStretch(1, 1)
        line.setLayout(column(top, row(even, None), spacing=2))
        return line

    def _change(self, identity: int, **changes: Any) -> None:  # noqa: ANN401
        self._tell(self._context.edit(edits.change_entrant, identity, **changes))

    def _remove(self, identity: int) -> None:
        self._tell(self._context.edit(edits.remove_entrant, identity))

    def _more(self) -> None:
        self._tell(self._context.edit(edits.add_entrant))

    def _set(self, name: str, value: float, gesture: str) -> InputError | None:
        error = self._context.edit(edits.set_number, name, value, gesture=gesture or None)
        # What was typed may have been rounded to what there was.
        if error is None and self._study is not None:
            self._show_numbers(self._study)
        return error

    def _show_numbers(self, study: Study) -> None:
        # Trainings take too long to be repeated.
        shown = NUMBERS if study.network is None else NUMBERS[:-1]
        self.form.display(shown, {one.name: float(getattr(study, one.name)) for one in NUMBERS})

    def _tell(self, error: InputError | None) -> None:
        complain(self._complaint, self._context.told(error))
