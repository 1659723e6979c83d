"""One dimension of a search: its name, its range or its choices, and how it is drawn."""

from collections.abc import Callable
from typing import Any, TypeAlias

from PySide6.QtWidgets import QLabel, QWidget

from landscape.catalogue.parameters import Parameter
from landscape.errors import InputError
from landscape.scene.search.text import choices_text, dimension_title, scale_titles, typed_choices
from landscape.search.spaces import Dimension
from landscape.ui.buttons import Choice, IconButton
from landscape.ui.context import Context
from landscape.ui.fields import NumberField
from landscape.ui.layouts import caption, column, row
from landscape.ui.values_field import ValuesField

Change: TypeAlias = Callable[[str, dict[str, Any], str | None], InputError | None]
"""``change(name, changes, gesture)`` makes the edit and answers with what is wrong."""


class DimensionRow(QWidget):
    """One dimension."""

    def __init__(
        self,
        context: Context,
        dimension: Dimension,
        change: Change,
        remove: Callable[[str], None],
        refused: Callable[[InputError], None],
    ) -> None:
        super().__init__()
        say, name = context.say, dimension.name
        self._dimension, self._change = dimension, change
        self._ends: dict[str, NumberField] = {}
        title = QLabel(dimension_title(name, say))
        self._scale = Choice(context, say("Scale of {name}", name=name), list(scale_titles(say).items()))
        self._scale.set_key(dimension.scale)
        self._scale.chosen.connect(lambda key: self._edit(scale=key))
        gone = IconButton(context, "close", say("Search {name} no more", name=name), lambda: remove(name))
        top = row(title, None, self._scale, gone, spacing=4)
        self._choices: ValuesField | None = None
        if dimension.scale == "choice":
            self._choices = ValuesField(say("Values of {name}", name=name), choices_text, typed_choices)
            self._choices.committed.connect(lambda given: self._edit(choices=given))
            self._choices.refused.connect(refused)
            self.setLayout(column(top, self._choices, spacing=2))
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
        if self._choices is not None:
            self._choices.set_value(dimension.choices)
        for end, field in self._ends.items():
            field.set_parameter(_adjusted(dimension, end))
            field.set_value(getattr(dimension, end))

    def _edit(self, gesture: str | None = None, **changes: object) -> None:
        """Change the dimension; what is refused gives way to what it was."""
        if self._change(self._dimension.name, changes, gesture) is not None:
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
