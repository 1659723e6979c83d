"""What runs in a film: the steps, or a parameter from one value to another."""

from collections.abc import Mapping
from typing import TypeAlias, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from landscape.catalogue.parameters import Parameter
from landscape.catalogue.surfaces import parameters_of
from landscape.scene.descent.text import run_titles
from landscape.session.descent import edits
from landscape.session.descent.document import Animation, Descent
from landscape.translation import Translation
from landscape.ui.buttons import Choice
from landscape.ui.context import Context
from landscape.ui.fields import NumberField
from landscape.ui.layouts import caption, column, row
from landscape.ui.sizes import sized
from landscape.ui.workspaces import FilmFields

Key: TypeAlias = tuple[int | None, str]
"""A run, None for the surface, and a parameter of it."""

SPAN = 10.0
"""Factor by which the ends lie below and above the present value where a scale is logarithmic."""
WIDTH = 72


class AnimationFields(FilmFields):
    """Chooses the animation of a descent."""

    changed = Signal()

    def __init__(self, context: Context, descent: Descent) -> None:
        super().__init__()
        say = context.say
        self._known = _parameters(descent)
        titles = [(key, _title(descent, key, say)) for key in self._known]
        self._choice = Choice(context, say("Animate"), [(None, say("the steps")), *titles])
        self._first = NumberField(Parameter(name="from", default=0.0, minimum=0.0, maximum=1.0), say("From"))
        self._last = NumberField(Parameter(name="to", default=1.0, minimum=0.0, maximum=1.0), say("To"))
        for field in (self._first, self._last):
            sized(field, width=WIDTH)
            field.setProperty("role", "field")
            field.committed.connect(lambda _value: self.changed.emit())
            field.nudged.connect(lambda _value: self.changed.emit())
        self._ends = QWidget()
        self._ends.setLayout(row(caption(say("from")), self._first, caption(say("to")), self._last, None, spacing=6))
        self._choice.chosen.connect(self._choose)
        self.setLayout(column(self._choice, self._ends))
        self._show(descent.animation)

    def applied(self, descent: Descent) -> Descent:
        """Return the descent with the animation that is chosen."""
        return edits.animate(descent, self.animation)

    @property
    def animation(self) -> Animation | None:
        """What is chosen; None: the steps."""
        if self._choice.key is None:
            return None
        run, name = cast("Key", self._choice.key)
        return Animation(run=run, name=name, first=self._first.value, last=self._last.value)

    def _show(self, animation: Animation | None) -> None:
        key = None if animation is None else (animation.run, animation.name)
        self._choice.set_key(key)
        self._ends.setVisible(animation is not None)
        if animation is not None and key is not None and key in self._known:
            for field, value in ((self._first, animation.first), (self._last, animation.last)):
                field.set_parameter(self._known[key][0])
                field.set_value(value)

    def _choose(self, key: object) -> None:
        """Take another parameter, with ends around its present value."""
        if key is None:
            self._show(None)
        else:
            run, name = chosen = cast("Key", key)
            low, high = _ends(*self._known[chosen])
            self._show(Animation(run=run, name=name, first=low, last=high))
        self.changed.emit()


def _parameters(descent: Descent) -> Mapping[Key, tuple[Parameter, float]]:
    """Return everything that can be animated, with its present value: of the visible runs, then of the surface."""
    found: dict[Key, tuple[Parameter, float]] = {}
    for run in descent.runs:
        if run.visible:
            values, known = dict(run.values), run.parameters
            found |= {(run.id, one.name): (one, values[one.name]) for one in known if one.scale != "switch"}
    values = dict(descent.surface.values)
    for one in parameters_of(descent.surface):
        found[None, one.name] = one, values.get(one.name, one.default)
    return found


def _title(descent: Descent, key: Key, say: Translation) -> str:
    run, name = key
    return say("Surface: {parameter}", parameter=name) if run is None else f"{run_titles(descent, say)[run]}: {name}"


def _ends(parameter: Parameter, value: float) -> tuple[float, float]:
    if parameter.scale == "log" and value > 0:
        return max(value / SPAN, parameter.minimum), min(value * SPAN, parameter.maximum)
    return parameter.minimum, parameter.maximum
