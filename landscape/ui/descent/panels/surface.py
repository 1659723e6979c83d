"""The surface: which one, its formula, its parameters, and how it is turned, stretched and cut out."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from landscape.catalogue.surfaces import Surface, parameters_of, surface, surface_entries, surface_shelf
from landscape.errors import InputError
from landscape.formula.colouring import Names
from landscape.scene.descent.text import shape_text
from landscape.scene.symbols import unsaid
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.ui.buttons import DropButton, IconButton
from landscape.ui.context import Context
from landscape.ui.descent.panels.shape import ShapeFields
from landscape.ui.descent.thumbnails import thumbnail
from landscape.ui.dialogs.file import ask_file
from landscape.ui.forms import Form
from landscape.ui.formula_field import FormulaField
from landscape.ui.formula_view import FormulaView
from landscape.ui.groups import group_title
from landscape.ui.jobs import Jobs
from landscape.ui.layouts import caption, column, complain, complaint, heading, row
from landscape.ui.picker import Offer, Picker
from landscape.ui.suggestion import Suggestion
from landscape.ui.words import write

if TYPE_CHECKING:
    from landscape.ui.table_reader import TableReader


class SurfacePanel(QWidget):
    """Shows a descent's surface and emits edits of it."""

    edit_asked = Signal()
    """A person wants the formula in the editor."""

    def __init__(self, context: Context, jobs: Jobs) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._surface: Surface | None = None
        self._jobs = jobs
        self.table: TableReader | None = None
        """What reads tables; made for the first one."""
        self._reading = column()
        self._edit = IconButton(context, "edit", say("Edit the formula…"), self.edit_asked.emit)
        self._data = IconButton(context, "plus", say("Fit a model to a table (CSV)…"), self._ask_table)
        self._button = DropButton(context, say("Surface"), self._open_picker)
        self._button.setProperty("size", "large")
        self.formula_view = FormulaView(context)
        self.formula_field = FormulaField(context, say("Formula of the surface"))
        write(self.formula_field, hint=say("A formula of x and y, such as x² + a y²"))
        self.formula_field.typed.connect(self._typed)
        self.formula_field.ended.connect(context.end_gesture)
        self._complaint = complaint()
        self._shape_text = caption(wrap=True)
        self._form = Form(context, self._set_value, meant=unsaid)
        self._shape = ShapeFields(context)
        self._shape.show_more(False)
        self._more = IconButton(context, "right", say("Show stretching and domain"), self._toggle_more)
        self._more_open = False
        self.setLayout(
            column(
                row(heading(say("Surface")), None, self._edit, self._data, self._more),
                self._button,
                self._reading,
                self.formula_view,
                self._shape_text,
                self.formula_field,
                self._complaint,
                Suggestion(context, self.formula_field),
                self._form,
                self._shape,
            )
        )

    def display(self, descent: Descent) -> None:
        """Show the surface of ``descent``."""
        shown = descent.surface
        if shown == self._surface:
            return
        self._surface = shown
        entry = surface_entries().get(shown.entry)
        self._button.set_choice(self._context.say.pick(entry.titles) if entry else self._context.say("Own formula"))
        if self.formula_field.set_text(shown.formula):
            complain(self._complaint, "")
        shape = shape_text(shown, self._context.say)
        write(self._shape_text, text=shape)
        self._shape_text.setVisible(bool(shape))
        parameters = parameters_of(shown)
        names = tuple(one.name for one in parameters)
        self.formula_field.set_names(Names(given=("x", "y", *shown.columns), parameters=names))
        self._form.display(parameters, dict(shown.values))
        self._shape.display(shown)

    def complain(self, sentence: str) -> None:
        """Show why the surface could not be computed."""
        complain(self._complaint, sentence)

    def _open_picker(self) -> None:
        """Open the list of all surfaces."""
        say = self._context.say
        groups = surface_shelf().groups
        offers = [
            Offer(
                key=entry.id,
                title=say.pick(entry.titles),
                group=group_title(entry.group, groups, say),
                words=" ".join((entry.id, *entry.titles.values(), *groups.get(entry.group, {}).values())),
            )
            for entry in surface_entries().values()
        ]
        headings = list(dict.fromkeys(offer.group for offer in offers))
        offers.sort(key=lambda offer: headings.index(offer.group))
        picker = Picker(self._button, self._context, offers, self._surface.entry if self._surface else "", thumbnail)
        picker.chosen.connect(self._choose)
        picker.open_below(QSize(320, 480))

    def _choose(self, name: str) -> None:
        complain(self._complaint, self._context.told(self._context.edit(edits.choose_surface, surface(name))))

    def _ask_table(self) -> None:
        """Ask for a table whose points a model is to fit."""
        say = self._context.say
        ask_file(self, say, say("Table (CSV)…"), [f"{say('Tables')} (*.csv *.tsv *.txt)"], self.read)

    def read(self, path: str) -> None:
        """Read a table, and show what can be made of it; what is wrong with it is told."""
        complain(self._complaint, "")
        if self.table is None:
            # Loaded with the first table, not with the first picture.
            from landscape.ui.descent.table_fields import SurfaceFields
            from landscape.ui.table_reader import TableReader

            self.table = TableReader(self._context, self._jobs, SurfaceFields)
            self.table.taken.connect(self._fit)
            self.table.refused.connect(lambda error: complain(self._complaint, self._context.told(error)))
            self._reading.addWidget(self.table)
        self.table.read(Path(path))

    def _fit(self, fitted: Surface) -> None:
        complain(self._complaint, self._context.told(self._context.edit(edits.choose_surface, fitted)))

    def _typed(self, text: str) -> None:
        """Read the formula; a mistake leaves the surface as it is and is marked."""
        old = self._surface
        if old is None or text.strip() == old.formula:
            self.formula_field.show_error(None)
            complain(self._complaint, "")
            return
        error = self._context.edit(edits.set_formula, text.strip(), gesture="typing surface")
        self.formula_field.show_error(error)
        complain(self._complaint, self._context.told(error))

    def _set_value(self, name: str, value: float, gesture: str) -> InputError | None:
        return self._context.edit(edits.set_surface_value, name, value, gesture=gesture or None)

    def _toggle_more(self) -> None:
        say = self._context.say
        self._more_open = not self._more_open
        self._shape.show_more(self._more_open)
        name = say("Hide stretching and domain") if self._more_open else say("Show stretching and domain")
        self._more.set_face("down" if self._more_open else "right", name)
