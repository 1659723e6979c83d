"""The data that both networks learn: which, and what is done to them."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from landscape.catalogue.parameters import Parameter
from landscape.errors import InputError
from landscape.network.data.datasets import DATASETS
from landscape.network.data.samples import Data, noise_of
from landscape.session.network import edits
from landscape.session.network.document import Experiment
from landscape.ui.buttons import DropButton
from landscape.ui.context import Context
from landscape.ui.dialogs.file import ask_file
from landscape.ui.forms import Form
from landscape.ui.formula_field import FormulaField
from landscape.ui.jobs import Jobs
from landscape.ui.layouts import caption, column, complain, complaint, heading
from landscape.ui.network.table_fields import NetworkFields
from landscape.ui.suggestion import Suggestion
from landscape.ui.table_reader import TableReader

COMMON = (
    Parameter(name="samples", default=400.0, minimum=20.0, maximum=2000.0, scale="integer"),
    Parameter(name="noise", default=0.1, minimum=0.0, maximum=1.0),
    Parameter(name="imbalance", default=0.0, minimum=0.0, maximum=0.95),
    Parameter(name="label_noise", default=0.0, minimum=0.0, maximum=1.0),
    Parameter(name="shift", default=0.0, minimum=-10.0, maximum=10.0),
    Parameter(name="scale", default=1.0, minimum=0.1, maximum=10.0, scale="log"),
    Parameter(name="standardize", default=0.0, minimum=0.0, maximum=1.0, scale="switch"),
    Parameter(name="test_scale", default=1.0, minimum=0.1, maximum=10.0, scale="log"),
    Parameter(name="test_share", default=0.25, minimum=0.0, maximum=0.9),
    Parameter(name="seed", default=0.0, minimum=0.0, maximum=99.0, scale="integer"),
)
WHOLE = ("samples", "seed")


class DataPanel(QWidget):
    """Shows the data of an experiment and emits edits of them."""

    def __init__(self, context: Context, jobs: Jobs) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._experiment: Experiment | None = None
        self._shown: Data | None = None
        self._button = DropButton(context, say("Data"), self._open_menu)
        self.formula_field = FormulaField(context, say("Formula of the data"))
        self.formula_field.typed.connect(self._typed)
        self._complaint = complaint()
        self._table = TableReader(context, jobs, NetworkFields)
        self._table.taken.connect(self._take)
        self._table.refused.connect(self._tell)
        titles = {
            "samples": say("rows"),
            "noise": say("noise"),
            "imbalance": say("imbalance"),
            "label_noise": say("label noise"),
            "shift": say("shift"),
            "scale": say("scale"),
            "standardize": say("standardize"),
            "test_scale": say("test scale"),
            "test_share": say("test share"),
            "seed": say("seed"),
            "turns": say("turns"),
            "classes": say("classes"),
            "distance": say("distance"),
        }
        self.form = Form(context, self._set, titles)
        self._hint = caption(
            say("A click on the stage adds a point: left the first class, right the second."), wrap=True
        )
        suggestion = Suggestion(context, self.formula_field)
        parts = (self._button, self._table, self.formula_field, self._complaint, suggestion, self._hint, self.form)
        self.setLayout(column(heading(say("Data")), *parts))

    def display(self, experiment: Experiment) -> None:
        """Show the data of ``experiment``."""
        data, self._experiment = experiment.data, experiment
        if data == self._shown:
            return
        self._shown = data
        self._table.stop()
        dataset = DATASETS[data.name]
        self._button.set_choice(self._context.say.pick(dataset.titles))
        self.formula_field.setVisible(bool(dataset.formula))
        self._hint.setVisible(data.name == "points" and len(data.columns) == 3)
        if self.formula_field.set_text(data.formula or dataset.formula):
            complain(self._complaint, "")
        left_out = {"imbalance", "label_noise"} if dataset.predicts == "values" else set()
        left_out |= {"imbalance"} if dataset.predicts == "labels" else set()
        left_out |= {"samples", "imbalance"} if dataset.has_columns else set()
        common = [each for each in COMMON if each.name not in left_out]
        noise = Parameter(name="noise", default=dataset.noise, minimum=0.0, maximum=1.0)
        parameters = (*dataset.parameters, *(noise if each.name == "noise" else each for each in common))
        values = {each.name: float(getattr(data, each.name, 0.0) or 0.0) for each in COMMON}
        values |= {each.name: each.default for each in dataset.parameters} | dict(data.values)
        self.form.display(parameters, values | {"noise": noise_of(data)})

    def _set(self, name: str, value: float, gesture: str) -> InputError | None:
        edit, own = self._context.edit, gesture or None
        if self._shown is not None and name in [each.name for each in DATASETS[self._shown.name].parameters]:
            return edit(edits.set_data_value, name, value, gesture=own)
        given: float = bool(value) if name == "standardize" else round(value) if name in WHOLE else value
        return edit(edits.set_data, gesture=own, **{name: given})

    def _open_menu(self) -> None:
        menu = self._button.menu_below()
        predicts = "classes"
        for name, dataset in DATASETS.items():
            if dataset.has_columns:
                continue
            if dataset.predicts != predicts:
                menu.addSeparator()
                predicts = dataset.predicts
            action = menu.addAction(self._context.say.pick(dataset.titles))
            action.triggered.connect(lambda _checked=False, name=name: self.choose(name))
        menu.addSeparator()
        menu.addAction(self._context.say("Draw points")).triggered.connect(self.draw)
        menu.addAction(self._context.say("Table (CSV)…")).triggered.connect(self._ask_table)
        menu.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def draw(self) -> None:
        """Make the rows points of the person's own."""
        self._tell(self._context.edit(edits.draw_points))

    def _ask_table(self) -> None:
        """Ask for a table and take its rows."""
        say = self._context.say
        ask_file(self, say, say("Table (CSV)…"), [f"{say('Tables')} (*.csv *.tsv *.txt)"], self.read)

    def read(self, path: str) -> None:
        """Read a table and take its rows; what is wrong with it is told."""
        if self._experiment is not None:
            complain(self._complaint, "")
            self._table.read(Path(path))

    @property
    def table(self) -> TableReader:
        """What reads tables."""
        return self._table

    def _take(self, data: Data) -> None:
        """Train on the rows of a table; what else was changed since it began to be read stays so."""
        self._tell(self._context.edit(edits.take_data, data))

    def _tell(self, error: Exception | None) -> None:
        complain(self._complaint, self._context.told(error))

    def choose(self, name: str) -> None:
        """Take another data set."""
        self._tell(self._context.edit(edits.choose_data, name))

    def _typed(self, text: str) -> None:
        """Read the formula; a mistake leaves the data as they are and is marked."""
        error: InputError | None = None
        if self._shown is not None and text.strip() != (self._shown.formula or DATASETS[self._shown.name].formula):
            error = self._context.edit(edits.set_data, formula=text.strip())
        self.formula_field.show_error(error)
        self._tell(error)
