"""One option of the twin networks: one control for both, or one for each."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from landscape.catalogue.parameters import Parameter
from landscape.errors import InputError
from landscape.scene.architecture import layers_text
from landscape.ui.buttons import Choice, IconButton
from landscape.ui.context import Context
from landscape.ui.fields import NumberField
from landscape.ui.layouts import GRID, caption, clear, row
from landscape.ui.sizes import sized
from landscape.ui.values_field import ValuesField


@dataclass(frozen=True, kw_only=True)
class Option:
    """A field of :class:`~landscape.network.network.Network` as it is shown."""

    name: str
    title: str
    choices: tuple[tuple[object, str], ...] = ()
    """Values and their names; none for a number, and for the layers."""
    number: Parameter | None = None


def typed_layers(text: str) -> tuple[int, ...]:
    """Return the units of each layer that a person typed."""
    plain = text.lower().replace("×", "x").replace("*", "x").replace(",", " ").replace(" x ", "x")
    layers: list[int] = []
    try:
        for part in plain.split():
            count, times, units = part.partition("x")
            layers += [int(units)] * int(count) if times else [int(count)]
    except ValueError:
        raise InputError("Layers are numbers of units such as 12 8 4, or 4×12; not {given}", given=text) from None
    return tuple(layers)


class OptionRow(QWidget):
    """A name, one control or two, and a button that gives each network its own."""

    changed = Signal(str, object, object)
    """Name, value, and the network (None: both)."""
    joined = Signal(str)
    refused = Signal(object)

    def __init__(self, context: Context, option: Option, label_width: int) -> None:
        super().__init__()
        self._context, self.option = context, option
        self._values: tuple[object, object] = (None, None)
        self._chosen = False
        """The person wants two controls, though both have the same value."""
        self._controls: list[QWidget] = []
        label = caption(option.title)
        sized(label, width=label_width)
        self._split = IconButton(context, "split", context.say("{name}: one for each", name=option.title))
        self._split.setCheckable(True)
        self._split.setProperty("role", "small")
        self._split.clicked.connect(self._toggle)
        self._places = row(spacing=GRID // 2)
        line = row(label, self._places, self._split, spacing=GRID // 2)
        line.setStretch(1, 1)
        self.setLayout(line)

    def display(self, values: tuple[object, object]) -> None:
        """Show the value of each network; two that differ are shown side by side."""
        self._values = values
        self._split.setChecked(self._chosen or values[0] != values[1])
        wanted = 2 if self._split.isChecked() else 1
        if wanted != len(self._controls):
            self._rebuild(wanted)
        for control, value in zip(self._controls, values, strict=False):
            _show(control, value)

    def _toggle(self) -> None:
        self._chosen = self._split.isChecked()
        if not self._split.isChecked() and self._values[0] != self._values[1]:
            self.joined.emit(self.option.name)
        self.display(self._values)

    def _rebuild(self, count: int) -> None:
        clear(self._places)
        self._controls = []
        for twin in range(count):
            target = twin if count == 2 else None
            control = self._control(partial(self._emit, target))
            # Two of them share the room, however long their texts are.
            control.setSizePolicy(QSizePolicy.Policy.Ignored, control.sizePolicy().verticalPolicy())
            self._controls.append(control)
            self._places.addWidget(control, 1)

    def _emit(self, twin: int | None, value: object) -> None:
        self.changed.emit(self.option.name, value, twin)

    def _control(self, change: Callable[[object], None]) -> QWidget:
        option, name = self.option, self.option.title
        if option.choices:
            choice = Choice(self._context, name, option.choices)
            choice.setProperty("size", "narrow")
            choice.chosen.connect(change)
            return choice
        if option.number is not None:
            whole = option.number.scale == "integer"
            field = NumberField(option.number, name)
            for signal in (field.committed, field.nudged):
                signal.connect(lambda value: change(round(value) if whole else value))
            field.refused.connect(self.refused)
            return field
        layers = ValuesField(name, layers_text, typed_layers)
        layers.committed.connect(change)
        layers.refused.connect(self.refused)
        return layers


def _show(control: QWidget, value: object) -> None:
    if isinstance(control, Choice):
        control.set_key(value)
    elif isinstance(control, NumberField) and (value is None or isinstance(value, int | float)):
        control.set_value(float(value or 0.0))
    elif isinstance(control, ValuesField) and isinstance(value, tuple):
        control.set_value(value)
