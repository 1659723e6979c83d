"""What lies over a corner of a stage: whether it shows the map, the relief or both, and how high the relief is."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QWidget

from landscape.catalogue.parameters import Parameter
from landscape.plot.overrides import guarded
from landscape.session.camera import CAMERA, Camera, StageView
from landscape.ui.context import Context
from landscape.ui.fields import Slider
from landscape.ui.layouts import row
from landscape.ui.tabs import Tabs
from landscape.ui.words import write

LEFT, TOP = 66, 14
"""Pixels from the stage's corner: inside the axes of the map."""
HEIGHT = Parameter(name="height", default=Camera().height, minimum=CAMERA["height"][0], maximum=1.5)
"""As a slider sets it; more can stand in a file."""


class StageBar(QFrame):
    """Tells what a person wants to see; changes nothing by itself."""

    chosen = Signal(str)
    """Map, relief or both."""
    raised = Signal(float)
    """Another height of the relief."""
    released = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("role", "floating")
        say = context.say
        self._tabs = Tabs(
            say("What the stage shows"), [("map", say("Map")), ("relief", say("Relief")), ("both", say("Both"))]
        )
        self._tabs.chosen.connect(self.chosen)
        self._word = write(QLabel(), text=say("height"))
        self._word.setProperty("role", "hint")
        self._slider = Slider(HEIGHT, context, say("Height of the relief"))
        self._slider.setFixedWidth(96)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.moved.connect(self.raised)
        self._slider.released.connect(self.released)
        self._slider.reset_asked.connect(lambda: self.raised.emit(HEIGHT.default))
        self._relief: tuple[QWidget, ...] = self._word, self._slider
        layout = row(self._tabs, self._word, self._slider, spacing=8)
        layout.setContentsMargins(4, 3, 4, 3)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self.setLayout(layout)

    def float_over(self, stage: QWidget) -> None:
        """Lie over the corner of a stage, so that it takes no room from it."""
        self.setParent(stage)
        self.move(LEFT, TOP)
        stage.installEventFilter(self)

    def display(self, stage: StageView, camera: Camera) -> None:
        """Show what is chosen."""
        self._tabs.set_current(stage)
        self._slider.set_value(camera.height)
        for widget in self._relief:
            widget.setVisible(stage != "map")
        self.raise_()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay above what is added to the stage."""
        if event.type() == QEvent.Type.ChildAdded:
            self.raise_()
        return super().eventFilter(watched, event)
