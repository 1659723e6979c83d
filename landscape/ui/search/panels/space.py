"""What is searched: the surface, the optimizer, and the dimensions with their ranges and scales."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from landscape.catalogue.optimizers import UpdateRule, rule_parameters
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.surfaces import surface_entries
from landscape.errors import InputError
from landscape.scene.search.text import dimension_title, scale_titles
from landscape.scene.text import rule_title
from landscape.search.spaces import MOST_DIMENSIONS, Dimension
from landscape.session.search import edits
from landscape.session.search.document import Study
from landscape.ui.buttons import Choice, DropButton, IconButton
from landscape.ui.context import Context
from landscape.ui.fields import NumberField
from landscape.ui.layouts import caption, clear, column, complain, complaint, heading, row
from landscape.ui.optimizer_menu import fill_optimizers
from landscape.ui.words import write


class SpacePanel(QWidget):
    """Shows what a study searches, and emits edits of it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._study: Study | None = None
        self._surface = DropButton(context, say("Surface"), self._open_surfaces)
        self._rule = DropButton(context, say("Optimizer"), self._open_rules)
        self._complaint = complaint()
        self._rows = column(spacing=6)
        self._add = DropButton(context, say("Add a dimension"), self._open_names)
        write(self._add, text=say("Add a dimension"))
        parts = (heading(say("What is searched")), self._surface, self._rule, self._rows, self._add, self._complaint)
        self.setLayout(column(*parts))

    def look_changed(self) -> None:
        """Speak another language."""
        study, self._study = self._study, None
        if study is not None:
            self.display(study)

    def display(self, study: Study) -> None:
        """Show what ``study`` searches."""
        if study == self._study:
            return
        before, self._study = self._study, study
        say = self._context.say
        entry = surface_entries().get(study.surface.entry)
        self._surface.set_choice(say.pick(entry.titles) if entry else say("Own surface"))
        self._rule.set_choice(rule_title(study.rule, say))
        self._add.setEnabled(bool(self._free()) and len(study.dimensions) < MOST_DIMENSIONS)
        if before is None or before.dimensions != study.dimensions:
            clear(self._rows)
            for dimension in study.dimensions:
                self._rows.addWidget(DimensionRow(self._context, dimension, self._change, self._remove))
        complain(self._complaint, "")

    def _free(self) -> list[str]:
        """Return what is not searched yet."""
        if self._study is None:
            return []
        taken = {dimension.name for dimension in self._study.dimensions}
        return [one.name for one in rule_parameters(self._study.rule) if one.name not in taken]

    def _open_names(self) -> None:
        menu = self._add.menu_below()
        for name in self._free():
            action = menu.addAction(dimension_title(name, self._context.say))
            action.triggered.connect(partial(self._edit_of, edits.add_dimension, name))
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _open_surfaces(self) -> None:
        menu = self._surface.menu_below()
        for entry in surface_entries().values():
            action = menu.addAction(self._context.say.pick(entry.titles))
            action.triggered.connect(partial(self._edit_of, edits.choose_surface, entry.surface))
        menu.popup(self._surface.mapToGlobal(self._surface.rect().bottomLeft()))

    def _open_rules(self) -> None:
        menu = self._rule.menu_below()
        fill_optimizers(menu, self._context.say, self._choose_rule)
        menu.popup(self._rule.mapToGlobal(self._rule.rect().bottomLeft()))

    def _choose_rule(self, name: str) -> None:
        from landscape.catalogue.optimizers import optimizer

        made: UpdateRule = optimizer(name)
        self._tell(self._context.edit(edits.choose_rule, made))

    def _edit_of(self, edit: object, given: object, _checked: bool = False) -> None:
        self._tell(self._context.edit(edit, given))  # type: ignore[arg-type]

    def _change(self, name: str, changes: dict[str, Any]) -> InputError | None:
        error = self._context.edit(edits.set_dimension, name, **changes)
        self._tell(error)
        return error

    def _remove(self, name: str) -> None:
        self._tell(self._context.edit(edits.remove_dimension, name))

    def _tell(self, error: InputError | None) -> None:
        complain(self._complaint, self._context.told(error))


class DimensionRow(QWidget):
    """One dimension: its name, its range, and how it is drawn."""

    def __init__(self, context: Context, dimension: Dimension, change: object, remove: object) -> None:
        super().__init__()
        say, name = context.say, dimension.name
        self._dimension, self._change = dimension, change
        title = QLabel(dimension_title(name, say))
        self._scale = Choice(context, say("Scale of {name}", name=name), list(_scales(dimension, context)))
        self._scale.set_key(dimension.scale)
        self._scale.chosen.connect(lambda key: self._edit(scale=key))
        gone = IconButton(context, "close", say("Search {name} no more", name=name), lambda: remove(name))  # type: ignore[operator]
        top = row(title, None, self._scale, gone, spacing=4)
        if dimension.scale == "choice":
            low: QWidget = caption(" ".join(f"{value:g}" for value in dimension.choices))
            self.setLayout(column(top, low, spacing=2))
            return
        ends = []
        for end in ("low", "high"):
            label = say("Least {name}", name=name) if end == "low" else say("Most {name}", name=name)
            value = getattr(dimension, end)
            field = NumberField(Parameter(name=name, default=value, minimum=-1e9, maximum=1e9), label)
            field.set_value(value)
            field.committed.connect(lambda given, end=end: self._edit(**{end: given}))
            ends.append(field)
        bottom = row(ends[0], caption("–"), ends[1], spacing=4)
        self.setLayout(column(top, bottom, spacing=2))

    def _edit(self, **changes: object) -> None:
        if self._change(self._dimension.name, changes) is not None:  # type: ignore[operator]
            self._scale.set_key(self._dimension.scale)


def _scales(dimension: Dimension, context: Context) -> list[tuple[object, str]]:
    titles = scale_titles(context.say)
    if dimension.scale in ("whole", "choice"):
        return [(dimension.scale, titles[dimension.scale])]
    return [(scale, titles[scale]) for scale in ("linear", "log", "one_minus_log")]
