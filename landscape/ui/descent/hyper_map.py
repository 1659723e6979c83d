"""The pane beside the map: what becomes of a run as two of its hyper-parameters vary, and which two."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from landscape.catalogue.parameters import Parameter
from landscape.catalogue.scales import rounded
from landscape.plot.descent.hyper_map import HyperMapPlot
from landscape.scene.descent.hyper_map import reading, values_at
from landscape.scene.scene import HyperMapLayer, Scene
from landscape.session.descent import edits, maps
from landscape.session.descent.document import Descent, HyperMap
from landscape.session.descent.map_ranges import mapped_parameters
from landscape.ui.buttons import Choice, IconButton
from landscape.ui.canvas import Canvas
from landscape.ui.context import BESIDE, Context
from landscape.ui.fields import NumberField
from landscape.ui.layouts import GRID, caption, column, row
from landscape.ui.sizes import sized
from landscape.ui.words import write

THRESHOLD = Parameter(name="threshold", default=1e-3, minimum=1e-12, maximum=1e6, scale="log")
NARROWEST = 300


class HyperMapPane(QWidget):
    """Shows the descent's map of two hyper-parameters, and emits edits of it and of its run."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        say = context.say
        self.plot = HyperMapPlot(context.theme)
        self.view = Canvas(self.plot.item)
        self.view.setBackground(context.theme.panel)
        write(self.view, name=say("Map of two hyper-parameters"))
        self._shown: HyperMap | None = None
        self._layer: HyperMapLayer | None = None
        self._sides = row(spacing=GRID // 2)
        self._offer(())
        measures = (("loss", say("loss")), ("steps", say("steps to")))
        self._measure = Choice(context, say("Colour"), measures)
        self._measure.chosen.connect(lambda measure: self._edit(maps.set_map_measure, measure))
        self._threshold = NumberField(THRESHOLD, say("Loss that counts as good"))
        write(self._threshold, tip=say("Loss that counts as good"))
        sized(self._threshold, width=64)
        self._threshold.committed.connect(lambda value: self._edit(maps.set_map_threshold, value))
        self._threshold.nudged.connect(lambda value: self._edit(maps.set_map_threshold, value, gesture="threshold"))
        close = IconButton(context, "close", say("Close the map"), lambda: self._edit(edits.show_map, None))
        margins = (GRID, GRID // 2, GRID // 2, 0)
        first = row(self._sides, None, close, spacing=GRID // 2, margins=margins)
        second = row(caption(say("colour")), self._measure, self._threshold, None, spacing=GRID // 2, margins=margins)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(NARROWEST)
        whole = column(first, second, self.view, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._pointer = QTimer(self, singleShot=True, interval=BESIDE)
        self._pointer.timeout.connect(self._read)
        self._at: tuple[float, float] | None = None
        self.plot.chosen.connect(self._choose)
        self.plot.released.connect(context.end_gesture)
        self.plot.hovered.connect(self._hover)

    def display(self, descent: Descent) -> None:
        """Show which map ``descent`` has; without one the pane is hidden."""
        shown = descent.hyper_map
        self.setVisible(shown is not None)
        if shown is None or shown == self._shown:
            self._shown = shown
            return
        self._shown = shown
        names = tuple(one.name for one in mapped_parameters(descent.run_of(shown.run).rule))
        if names != self._names:
            self._offer(names)
        self._across.set_key(shown.across.name)
        self._up.set_key(shown.up.name)
        self._measure.set_key(shown.measure)
        self._threshold.setVisible(shown.measure == "steps")
        self._threshold.set_value(shown.threshold)

    def look_changed(self) -> None:
        """Use the language and the colours of the window."""
        self.view.setBackground(self._context.theme.panel)
        self.plot.set_theme(self._context.theme, self._context.stage_scale)
        self._read()

    def display_scene(self, scene: Scene) -> None:
        """Show the map of ``scene``."""
        if scene.hyper_map is not None and scene.hyper_map is not self._layer:
            self._layer = scene.hyper_map
            self.plot.show(scene.hyper_map)
            self._read()

    def _offer(self, names: tuple[str, ...]) -> None:
        """Make the two choices anew, for another rule."""
        say, self._names = self._context.say, names
        while (item := self._sides.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        options = [(name, name) for name in names]
        self._across = Choice(self._context, say("Across"), options)
        self._up = Choice(self._context, say("Up"), options)
        write(self._across, tip=say("Across"))
        write(self._up, tip=say("Up"))
        self._across.chosen.connect(lambda name: self._edit(maps.set_map_axis, "across", name))
        self._up.chosen.connect(lambda name: self._edit(maps.set_map_axis, "up", name))
        for part in (self._across, caption("×"), self._up):
            self._sides.addWidget(part)

    def _choose(self, across: float, up: float) -> None:
        """Give the run the values that are pointed at, as short as the eye can tell them."""
        layer = self._layer
        if layer is None:
            return
        values = values_at(layer, (across, up))
        parameters = {axis.parameter.name: axis.parameter for axis in (layer.across, layer.up)}
        chosen = {name: rounded(parameters[name], value) for name, value in values.items()}
        self._at = (across, up)
        self._edit(maps.choose_on_map, chosen, gesture="map of hyper-parameters")

    def _hover(self, position: tuple[float, float] | None) -> None:
        self._at = position
        if not self._pointer.isActive():
            self._pointer.start()

    def _read(self) -> None:
        layer, at = self._layer, self._at
        text = reading(layer, at, self._context.say) if layer is not None and at is not None else ""
        self.plot.show_reading(at if text else None, text)

    def _edit(self, function: Callable[..., Descent], *args: object, gesture: str | None = None) -> None:
        self._context.edit(function, *args, gesture=gesture)
