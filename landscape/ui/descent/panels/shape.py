"""How a surface is turned, stretched and cut out."""

from PySide6.QtWidgets import QLabel, QWidget

from landscape.catalogue.parameters import Parameter
from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.ui.context import Context
from landscape.ui.fields import NumberField
from landscape.ui.forms import LABEL, Form
from landscape.ui.layouts import caption, column, complain, complaint, row
from landscape.ui.sizes import sized

TURN = Parameter(name="rotation", default=0.0, minimum=-180.0, maximum=180.0)
STRETCHES = tuple(
    Parameter(name=name, default=1.0, minimum=0.1, maximum=10.0, scale="log") for name in ("stretch x", "stretch y")
)
ENDS = Parameter(name="end", default=0.0, minimum=-10.0, maximum=10.0)


class ShapeFields(QWidget):
    """How the surface is turned, stretched and cut out."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._surface: Surface | None = None
        titles = {"rotation": say("rotate (°)"), "stretch x": say("stretch x"), "stretch y": say("stretch y")}
        self._form = Form(context, self._set, titles)
        self._domain = DomainFields(context)
        self.setLayout(column(self._form, self._domain))
        self.show_more(True)

    def display(self, shown: Surface) -> None:
        """Show the shape of a surface."""
        self._surface = shown
        x, y = shown.scaling
        values = {"rotation": shown.rotation, "stretch x": x, "stretch y": y}
        self._form.display((TURN, *STRETCHES) if self._more else (TURN,), values)
        self._domain.display(shown)

    def show_more(self, more: bool) -> None:
        """Show stretching and domain, too, or the rotation alone."""
        self._more = more
        self._domain.setVisible(more)
        if self._surface is not None:
            self.display(self._surface)

    def _set(self, name: str, value: float, gesture: str) -> InputError | None:
        if name == "rotation" or self._surface is None:
            return self._context.edit(edits.set_rotation, value, gesture=gesture or None)
        x, y = self._surface.scaling
        scaling = (value, y) if name == "stretch x" else (x, value)
        return self._context.edit(edits.set_scaling, *scaling, gesture=gesture or None)


class DomainFields(QWidget):
    """The part of the plane the surface is defined for."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._shown: Surface | None = None
        self._complaint = complaint()
        names = (say("x from"), say("x to"), say("y from"), say("y to"))
        self._fields = [NumberField(ENDS, name) for name in names]
        for field in self._fields:
            field.setProperty("role", "field")
            field.committed.connect(self._commit)
            field.nudged.connect(self._commit)
            field.refused.connect(lambda error: complain(self._complaint, context.told(error)))
        left, right, low, high = self._fields
        self.setLayout(
            column(
                row(_side("x"), left, caption(say("to")), right),
                row(_side("y"), low, caption(say("to")), high),
                self._complaint,
            )
        )

    def display(self, shown: Surface) -> None:
        """Show the domain."""
        self._shown = shown
        ends = (end for side in shown.domain for end in side)
        for field, end in zip(self._fields, ends, strict=True):
            field.set_value(end)

    def _commit(self, _value: float) -> None:
        left, right, low, high = (field.value for field in self._fields)
        error = self._context.edit(edits.set_domain, (left, right), (low, high))
        if error is not None and self._shown is not None:
            self.display(self._shown)  # What is in force, not what was refused.
        complain(self._complaint, self._context.told(error))


def _side(name: str) -> QLabel:
    label = caption(name)
    sized(label, width=LABEL)
    return label
