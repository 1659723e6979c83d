"""A form made from parameters: for each a name, the exact value, a way back, and a slider as wide as the panel."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from landscape.catalogue.parameters import Parameter
from landscape.errors import InputError
from landscape.formula.symbols import plain_symbol
from landscape.scene.symbols import meanings
from landscape.scene.text import number
from landscape.translation import Sentence, Translation, composed
from landscape.ui.buttons import IconButton
from landscape.ui.context import Context
from landscape.ui.fields import NUMBER, NumberField, Slider
from landscape.ui.layouts import GRID, caption, clear, column, complain, complaint, row
from landscape.ui.sizes import sized
from landscape.ui.switch import Switch
from landscape.ui.words import write

Change = Callable[[str, float, str], InputError | None]
"""``change(name, value, gesture)`` makes the edit and answers with what is wrong; an empty gesture is none."""

Meant = Callable[[Translation], Mapping[str, Sentence]]

LABEL = 68
"""Least width of the names that stand before a control, so that those of different lines begin at one place."""


def symbol_text(parameter: Parameter) -> str:
    """Return a parameter's LaTeX symbol as plain text, ``β₁``; its name where there is no simple one."""
    head, _, index = parameter.symbol.removeprefix("\\").partition("_")
    index = index.strip("{}")
    is_simple = bool(head) and len(plain_symbol(head)) == 1 and (not index or index.isdigit())
    return plain_symbol(head + index) if is_simple else ""


class Form(QWidget):
    """The adjustable numbers of one thing.

    Args:
        context: How it speaks and looks.
        change: Makes the edit.
        titles: What numbers are called that are not called by their names.
        meant: Returns a sentence for each name that has a meaning here.
    """

    def __init__(
        self, context: Context, change: Change, titles: Mapping[str, str] | None = None, meant: Meant = meanings
    ) -> None:
        super().__init__()
        self._meant = meant
        self._context = context
        self._change = change
        self._titles = titles or {}
        self._parameters: tuple[Parameter, ...] = ()
        self._rows: dict[str, ParameterRow] = {}
        self._values: Mapping[str, float] = {}
        self._complaint = complaint()
        self._rows_layout = column(spacing=GRID // 2)
        self.setLayout(column(self._rows_layout, self._complaint, spacing=GRID // 2))

    def display(self, parameters: Sequence[Parameter], values: Mapping[str, float]) -> None:
        """Show ``values``; the rows are made anew only where the parameters are others than before."""
        if tuple(parameters) != self._parameters:
            self._parameters = tuple(parameters)
            self._rebuild()
        self._values = values
        for name, line in self._rows.items():
            line.set_value(values[name])
        self.setVisible(bool(self._rows))

    def _rebuild(self) -> None:
        clear(self._rows_layout)
        self._rows = {}
        for parameter in self._parameters:
            meaning = self._meant(self._context.say).get(parameter.name)
            line = ParameterRow(self._context, parameter, self._titles.get(parameter.name, ""), meaning)
            line.changed.connect(lambda value, gesture, name=parameter.name: self._changed(name, value, gesture))
            line.refused.connect(lambda error: complain(self._complaint, self._context.told(error)))
            line.ended.connect(self._context.end_gesture)
            self._rows[parameter.name] = line
            self._rows_layout.addWidget(line)
        self.setVisible(bool(self._rows))

    def _changed(self, name: str, value: float, gesture: str) -> None:
        error = self._change(name, value, gesture)
        if error is not None and name in self._rows:
            self._rows[name].set_value(self._values[name])  # What is in force, not what was refused.
        complain(self._complaint, self._context.told(error))


class ParameterRow(QWidget):
    """One parameter."""

    changed = Signal(float, str)
    """The value, and the gesture it belongs to (empty: none)."""
    ended = Signal()
    refused = Signal(object)

    def __init__(
        self, context: Context, parameter: Parameter, title: str = "", meaning: Sentence | None = None
    ) -> None:
        super().__init__()
        self._parameter = parameter
        name = title or parameter.name
        self.label = caption(name)
        tip = self._range_text(context, name)
        if meaning is not None:
            tip = composed("{}\n{}", meaning, tip)
        self._tip = tip
        write(self.label, tip=tip)
        if parameter.scale == "switch":
            self._build_switch(context, name)
        else:
            self._build_slider(context, name)

    def set_value(self, value: float) -> None:
        """Show ``value`` without telling anyone."""
        if self._parameter.scale == "switch":
            self._switch.blockSignals(True)
            self._switch.setChecked(bool(value))
            self._switch.blockSignals(False)
        else:
            self._slider.set_value(value)
            self._field.set_value(value)
            self._reset.setVisible(value != self._parameter.default)

    def _range_text(self, context: Context, name: str) -> str:
        low, high = number(self._parameter.minimum), number(self._parameter.maximum)
        symbol = symbol_text(self._parameter)
        title = composed("{} {}", name, symbol) if symbol and symbol != name else name
        return context.say("{name}: from {low} to {high}", name=title, low=low, high=high)

    def _build_switch(self, context: Context, name: str) -> None:
        self._switch = Switch(name, context)
        write(self._switch, tip=self._tip, help=self._tip)
        self._switch.toggled.connect(lambda on: self.changed.emit(float(on), ""))
        self.setLayout(row(self._switch, None))
        # The switch bears the name; the label goes with the row all the same.
        self.label.setParent(self)
        self.label.hide()

    def _build_slider(self, context: Context, name: str) -> None:
        gesture = f"slide {name} {id(self)}"
        self._slider = Slider(self._parameter, context, name)
        write(self._slider, tip=self._tip, help=self._tip)
        self._field = NumberField(self._parameter, name)
        write(self._field, help=self._tip)
        sized(self._field, width=NUMBER)
        self._reset = IconButton(context, "reset", context.say("Reset {name}", name=name), self._back)
        self._reset.setProperty("role", "small")
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        self._slider.moved.connect(lambda value: self.changed.emit(value, gesture))
        self._slider.released.connect(self.ended)
        self._slider.reset_asked.connect(self._back)
        self._field.committed.connect(lambda value: self.changed.emit(value, ""))
        self._field.nudged.connect(lambda value: self.changed.emit(value, gesture))
        self._field.refused.connect(self.refused)
        self.label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        top = row(self.label, None, self._reset, self._field, spacing=GRID // 2)
        self.setLayout(column(top, self._slider, spacing=0))

    def _back(self) -> None:
        self.changed.emit(self._parameter.default, "")
