"""The range and the scale of each parameter of a formula of one's own."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from landscape.catalogue.parameters import Parameter
from landscape.ui.buttons import Choice
from landscape.ui.context import Context
from landscape.ui.fields import NumberField
from landscape.ui.layouts import caption, clear, column, row
from landscape.ui.sizes import sized

END = Parameter(name="end", default=0.0, minimum=-10.0, maximum=10.0)
WIDE = 64


class Ranges(QWidget):
    """A line for each parameter: from, to, and how its slider runs."""

    changed = Signal(object)
    """A parameter with another range or scale."""
    refused = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._parameters: tuple[Parameter, ...] = ()
        self._lines = column(spacing=4)
        self.setLayout(self._lines)

    def display(self, parameters: Sequence[Parameter]) -> None:
        """Show the ranges of ``parameters``."""
        if tuple(parameters) == self._parameters:
            return
        self._parameters = tuple(parameters)
        clear(self._lines)
        for one in self._parameters:
            self._lines.addWidget(self._line(one))

    def _line(self, one: Parameter) -> QWidget:
        say = self._context.say
        low = NumberField(END, say("{name} from", name=one.name))
        high = NumberField(END, say("{name} to", name=one.name))
        scale = Choice(self._context, say("Scale of {name}", name=one.name), self._scales())
        scale.setProperty("size", "narrow")
        scale.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for end, value in ((low, one.minimum), (high, one.maximum)):
            sized(end, width=WIDE)
            end.setProperty("role", "field")
            end.set_value(value)
            end.refused.connect(self.refused)
        low.committed.connect(lambda value: self._tell(replace(one, minimum=value)))
        high.committed.connect(lambda value: self._tell(replace(one, maximum=value)))
        scale.set_key(one.scale)
        scale.chosen.connect(lambda key: self._tell(replace(one, scale=key)))
        name = caption(one.name)
        sized(name, width=WIDE)
        line = QWidget()
        layout = row(name, low, caption(say("to")), high, scale, spacing=4)
        layout.setStretch(4, 1)
        line.setLayout(layout)
        return line

    def _tell(self, one: Parameter) -> None:
        self.changed.emit(replace(one, default=min(max(one.default, one.minimum), one.maximum)))

    def _scales(self) -> tuple[tuple[object, str], ...]:
        say = self._context.say
        return (
            ("linear", say("evenly")),
            ("log", say("logarithmic")),
            ("log1m", say("1 − value, logarithmic")),
            ("integer", say("whole numbers")),
            ("switch", say("off and on")),
        )
