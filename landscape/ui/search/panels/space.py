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
        self._shown: list[DimensionRow] = []
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
        if before is None or list(map(_kind, before.dimensions)) != list(map(_kind, study.dimensions)):
            clear(self._rows)
            self._shown = [
                DimensionRow(self._context, one, self._change, self._remove, self._tell) for one in study.dimensions
            ]
            for line in self._shown:
                self._rows.addWidget(line)
        for line, dimension in zip(self._shown, study.dimensions, strict=True):
            line.display(dimension)
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

    def _change(self, name: str, changes: dict[str, Any], gesture: str | None) -> InputError | None:
        error = self._context.edit(edits.set_dimension, name, gesture=gesture, **changes)
        self._tell(error)
        return error

    def _remove(self, name: str) -> None:
        self._tell(self._context.edit(edits.remove_dimension, name))

    def _tell(self, error: InputError | None) -> None:
        complain(self._complaint, self._context.told(error))


class DimensionRow(QWidget):
    """One dimension: its name, its range, and how it is drawn."""

    def __init__(self, context: Context, dimension: Dimension, change: object, remove: object, refused: object) -> None:
        super().__init__()
        say, name = context.say, dimension.name
        self._dimension, self._change = dimension, change
        self._ends: dict[str, NumberField] = {}
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
        for end in ("low", "high"):
            label = say("Least {name}", name=name) if end == "low" else say("Most {name}", name=name)
            field = NumberField(_adjusted(dimension, end), label)
            field.committed.connect(lambda given, end=end: self._edit(**{end: given}))
            field.nudged.connect(lambda given, end=end: self._edit(f"{end} {name}", **{end: given}))
            field.refused.connect(refused)
            self._ends[end] = field
        bottom = row(self._ends["low"], caption("–"), self._ends["high"], spacing=4)
        self.setLayout(column(top, bottom, spacing=2))

    def display(self, dimension: Dimension) -> None:
        """Show the range and the scale of ``dimension``."""
        self._dimension = dimension
        self._scale.set_key(dimension.scale)
        for end, field in self._ends.items():
            field.set_parameter(_adjusted(dimension, end))
            field.set_value(getattr(dimension, end))

    def _edit(self, gesture: str | None = None, **changes: object) -> None:
        """Change the dimension; what is refused gives way to what it was."""
        if self._change(self._dimension.name, changes, gesture) is not None:  # type: ignore[operator]
            self.display(self._dimension)


def _adjusted(dimension: Dimension, end: str) -> Parameter:
    """Return how the wheel and the arrows adjust an end of a range: on its scale, by a part of the range."""
    name, value = dimension.name, getattr(dimension, end)
    match dimension.scale:
        case "log":
            return Parameter(name=name, default=value, minimum=value / 1e6, maximum=value * 1e6, scale="log")
        case "one_minus_log":
            return Parameter(name=name, default=value, minimum=min(value, 0.0), maximum=0.999999, scale="log1m")
        case "whole":
            return Parameter(name=name, default=value, minimum=value - 1e6, maximum=value + 1e6, scale="integer")
    wide = dimension.high - dimension.low
    return Parameter(name=name, default=value, minimum=value - wide, maximum=value + wide)


def _kind(dimension: Dimension) -> object:
    """Return what decides which fields a dimension has."""
    of_few = dimension.scale in ("whole", "choice")
    return dimension.name, of_few and dimension.scale, dimension.choices


def _scales(dimension: Dimension, context: Context) -> list[tuple[object, str]]:
    titles = scale_titles(context.say)
    if dimension.scale in ("whole", "choice"):
        return [(dimension.scale, titles[dimension.scale])]
    return [(scale, titles[scale]) for scale in ("linear", "log", "one_minus_log")]
