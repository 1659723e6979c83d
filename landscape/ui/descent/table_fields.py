"""What a surface is made of: the input and the target in a table, and the model that is to fit them."""

from landscape.session.descent.own_data import MODELS, data_of, surface_of, usual_columns
from landscape.tables.table import Table
from landscape.ui.buttons import Choice
from landscape.ui.context import Context
from landscape.ui.dialogs.table import Make, TableFields
from landscape.ui.formula_field import FormulaField
from landscape.ui.layouts import caption, column, row
from landscape.ui.switch import Switch


class SurfaceFields(TableFields):
    """Shows what is chosen of a table."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._table: Table | None = None
        self._columns = (0, 0)
        say = context.say
        titles = {
            "line": say("line"), "parabola": say("parabola"), "exponential": say("exponential"), "power": say("power"),
            "sigmoid": say("sigmoid"), "tanh": say("tanh"), "sine": say("sine"),
        }  # fmt: skip
        self._model = Choice(context, say("Model"), [(name, titles[name]) for name in MODELS])
        self._model.chosen.connect(lambda name: self.set_model(str(name)))
        self.formula = FormulaField(context, say("Formula of the model"))
        self._standardize = Switch(say("standardize the input"), context)
        self._choices = row(spacing=4)
        hint = caption(
            say("u is the input; x and y are found by descent. A loss of u and v, such as mean(…), can be typed, too."),
            wrap=True,
        )
        self.setLayout(
            column(self._choices, row(caption(say("Model")), self._model, self._standardize, None), self.formula, hint)
        )
        self.set_model("line")

    def display(self, table: Table) -> None:
        """Show what is most likely meant."""
        self._table, self._columns = table, usual_columns(table)
        self._show()

    def places(self) -> tuple[int, ...]:
        """Return the columns that are taken."""
        return self._columns

    def set_model(self, name: str) -> None:
        """Take one of the known models; its formula can be changed."""
        self._model.set_key(name)
        self.formula.setPlainText(MODELS[name])

    def set_columns(self, input: int, target: int) -> None:
        """Take other columns."""
        self._columns = (input, target)
        self._show()
        self.changed.emit()

    def make(self, leave_out: bool) -> Make:
        """Return what makes the surface."""
        table, columns, formula = self._table, self._columns, self.formula.toPlainText().strip()
        standardize = self._standardize.isChecked()
        assert table is not None
        return lambda: surface_of(data_of(table, *columns, leave_out, standardize), formula)

    def _show(self) -> None:
        """Make the choices of the columns anew."""
        while (item := self._choices.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if self._table is None:
            return
        say = self._context.say
        names = [(place, each.name) for place, each in enumerate(self._table.columns)]
        input, target = self._columns
        first, last = (Choice(self._context, title, names) for title in (say("Input"), say("Target")))
        first.set_key(input)
        last.set_key(target)
        first.chosen.connect(lambda place: self.set_columns(int(str(place)), target))
        last.chosen.connect(lambda place: self.set_columns(input, int(str(place))))
        for part in (caption(say("Input")), first, caption(say("Target")), last):
            self._choices.addWidget(part)
        self._choices.addStretch(1)
