"""What lies over a corner of the stage: whether it shows the map, the relief or both, and how high the relief is."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QWidget

from landscape.catalogue.parameters import Parameter
from landscape.plot.overrides import guarded
from landscape.session.camera import Camera
from landscape.session.descent import edits
from landscape.session.descent.checks import CAMERA
from landscape.session.descent.document import Descent
from landscape.ui.context import Context
from landscape.ui.descent.stage import Stage
from landscape.ui.fields import Slider
from landscape.ui.layouts import row
from landscape.ui.tabs import Tabs
from landscape.ui.words import write

LEFT, TOP = 66, 14
"""Pixels from the stage's corner: inside the axes of the map."""
HEIGHT = Parameter(name="height", default=Camera().height, minimum=CAMERA["height"][0], maximum=1.5)
"""As a slider sets it; more can stand in a file."""


class StageBar(QFrame):
    """Floats over the stage, so that it takes no room from it."""

    def __init__(self, stage: Stage, context: Context) -> None:
        super().__init__(stage)
        self._context = context
        self._descent: Descent | None = None
        self.setProperty("role", "floating")
        say = context.say
        self._tabs = Tabs(
            say("What the stage shows"), [("map", say("Map")), ("relief", say("Relief")), ("both", say("Both"))]
        )
        self._tabs.chosen.connect(self._choose)
        self._word = write(QLabel(), text=say("height"))
        self._word.setProperty("role", "hint")
        self._slider = Slider(HEIGHT, context, say("Height of the relief"))
        self._slider.setFixedWidth(96)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.moved.connect(self._raise)
        self._slider.released.connect(context.end_gesture)
        self._slider.reset_asked.connect(lambda: self._raise(HEIGHT.default))
        self._relief: tuple[QWidget, ...] = self._word, self._slider
        layout = row(self._tabs, self._word, self._slider, spacing=8)
        layout.setContentsMargins(4, 3, 4, 3)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self.setLayout(layout)
        self.move(LEFT, TOP)
        stage.installEventFilter(self)

    def display(self, descent: Descent) -> None:
        """Show what is chosen."""
        self._descent = descent
        self._tabs.set_current(descent.stage)
        self._slider.set_value(descent.camera.height)
        for widget in self._relief:
            widget.setVisible(descent.stage != "map")
        self.raise_()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay above what is added to the stage."""
        if event.type() == QEvent.Type.ChildAdded:
            self.raise_()
        return super().eventFilter(watched, event)

    def _choose(self, stage: str) -> None:
        self._context.edit(edits.set_stage, stage)

    def _raise(self, height: float) -> None:
        if self._descent is not None:
            camera = replace(self._descent.camera, height=height)
            self._context.edit(edits.set_camera, camera, gesture="height of the relief")
