"""The brush that paints hills and valleys: whether it is on, how wide and how high."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from landscape.catalogue.parameters import Parameter
from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError
from landscape.scene.symbols import unsaid
from landscape.session.descent.painting import usual_brush
from landscape.ui.context import Context
from landscape.ui.forms import Form
from landscape.ui.layouts import caption, column, complain, complaint
from landscape.ui.switch import Switch

RADIUS, HEIGHT = "radius", "height"
SPAN = 30.0
"""Factor by which a brush can be made smaller or larger."""


class PaintPanel(QWidget):
    """A switch, and while it is on the size of the brush."""

    switched = Signal(bool)

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self._surface: Surface | None = None
        self._usual = 1.0, 1.0
        self._domain: object = None
        self._values = {RADIUS: 1.0, HEIGHT: 1.0}
        self.switch = Switch(say("paint hills and valleys"), context)
        self.switch.toggled.connect(self._toggle)
        self._hint = caption(
            say("Left: a hill. Right or Shift: a valley. Each becomes a term of the formula."), wrap=True
        )
        self._form = Form(context, self._set, {RADIUS: say("radius"), HEIGHT: say("height")}, unsaid)
        self._complaint = complaint()
        self.setLayout(column(self.switch, self._hint, self._form, self._complaint))
        self._hint.hide()
        self._form.hide()

    @property
    def brush(self) -> tuple[float, float]:
        """Radius and height."""
        return self._values[RADIUS], self._values[HEIGHT]

    def display(self, surface: Surface) -> None:
        """Know the surface that is painted on."""
        self._surface = surface

    def complain(self, error: InputError | None) -> None:
        """Show what is wrong with what was painted."""
        complain(self._complaint, self._context.told(error))

    def _toggle(self, on: bool) -> None:
        surface = self._surface
        if on and surface is not None and surface.domain != self._domain:
            # Of a size that suits the domain; after that, as it was left.
            self._domain, self._usual = surface.domain, usual_brush(surface)
            self._values = dict(zip((RADIUS, HEIGHT), self._usual, strict=True))
        self._hint.setVisible(on)
        self._show()
        self._form.setVisible(on)
        self.complain(None)
        self.switched.emit(on)

    def _show(self) -> None:
        parameters = [
            Parameter(name=name, default=usual, minimum=usual / SPAN, maximum=usual * SPAN, scale="log")
            for name, usual in zip((RADIUS, HEIGHT), self._usual, strict=True)
        ]
        self._form.display(parameters, self._values)

    def _set(self, name: str, value: float, _gesture: str) -> InputError | None:
        if not value > 0.0:
            return InputError("A brush needs a radius and a height above 0")
        self._values[name] = value
        self._show()
        return None
