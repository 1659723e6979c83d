"""What lies over a corner of a stage: whether it shows the map, the relief or both, and how high the relief is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QWidget

from landscape.catalogue.parameters import Parameter
from landscape.plot.overrides import guarded
from landscape.session.camera import CAMERA, Camera
from landscape.ui.context import Context
from landscape.ui.fields import Slider
from landscape.ui.layouts import row
from landscape.ui.sizes import scaled, sized
from landscape.ui.tabs import Tabs
from landscape.ui.words import write

if TYPE_CHECKING:
    from landscape.plot.map import MapPlot

LEFT, TOP = 66, 14
"""Pixels from the stage's corner: inside the axes of the map."""
EDGE = 10
"""Pixels of the frame at both sides of the names."""
BESIDE = 12
"""Pixels between what lies over the stage, and from the corner of the relief."""
HEIGHT = Parameter(name="height", default=Camera().height, minimum=CAMERA["height"][0], maximum=1.5)
"""As a slider sets it; more can stand in a file."""


class HeightBar(QFrame):
    """How high the relief is."""

    raised = Signal(float)
    """Another height."""
    released = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        word = write(QLabel(), text=context.say("height"))
        word.setProperty("role", "caption")
        self.slider = Slider(HEIGHT, context, context.say("Height of the relief"))
        sized(self.slider, width=96)
        self.slider.moved.connect(self.raised)
        self.slider.released.connect(self.released)
        self.slider.reset_asked.connect(lambda: self.raised.emit(HEIGHT.default))
        layout = row(word, self.slider, spacing=8, margins=(12, 3, 8, 3))
        self.setLayout(layout)


class StageBar(QFrame):
    """Tells what a person wants to see; changes nothing by itself.

    Where it would lie over the colours beside a narrow map it shows what is chosen alone, and all under the pointer.
    """

    chosen = Signal(str)
    """Map, relief, both, or one of what else there is."""

    def __init__(self, context: Context, more: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setProperty("role", "floating")
        say = context.say
        titles = (("map", say("Map")), ("relief", say("Relief")), ("both", say("Both")))
        self._tabs = Tabs(say("What the stage shows"), (*titles, *more))
        self._tabs.chosen.connect(self.chosen)
        self.heights = HeightBar(context)
        self._relief_view: QWidget | None = None
        self._flat, self._tall = True, False
        self._away = self._open = False
        self._map: MapPlot | None = None
        for button in self._tabs.buttons:
            button.installEventFilter(self)
        self._stage = ""
        layout = row(self._tabs, self.heights, spacing=0, margins=(4, 3, 4, 3))
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self.setLayout(layout)

    def float_over(self, stage: QWidget, inside: "MapPlot") -> None:
        """Lie over the corner of a stage, so that it takes no room from it, and inside the axes of its map."""
        self.setParent(stage)
        self._map = inside
        inside.resized.connect(self._fit)
        self.move(scaled(LEFT), scaled(TOP))
        self.heights.setParent(stage)
        self.heights.setProperty("role", "floating")
        stage.installEventFilter(self)

    def look_changed(self) -> None:
        """Stand inside of the axes, which are larger at a larger scale."""
        if self.parentWidget() is not None and self.heights.parentWidget() is self.parentWidget():
            self._fit()
        self._rise()

    def put_away(self, away: bool) -> None:
        """Be gone where the stage is presented, or be back."""
        self._away = away
        self.setVisible(not away)
        self.heights.setVisible(not away and self._tall)

    def follow(self, relief: QWidget) -> None:
        """Have the height over the relief, so that the map beside it is free."""
        self._relief_view = relief
        relief.installEventFilter(self)

    def display(self, stage: str, camera: Camera) -> None:
        """Show what is chosen."""
        self._tabs.set_current(stage)
        self.heights.slider.set_value(camera.height)
        self._flat, self._tall = stage in ("map", "both"), stage in ("relief", "both")
        self.heights.setVisible(self._tall and not self._away)
        if stage != self._stage:  # Rising is painting anew what lies below.
            self._stage = stage
            self._rise()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay above what is added to the stage, and over the relief; open where it has the keyboard."""
        if watched in self._tabs.buttons:
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self._unfold(event.type() == QEvent.Type.FocusIn)
            return super().eventFilter(watched, event)
        if event.type() in (QEvent.Type.ChildAdded, QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._rise()
        return super().eventFilter(watched, event)

    @guarded(None)
    def enterEvent(self, _event: QEnterEvent) -> None:
        """Show all there is to choose from."""
        self._unfold(True)

    @guarded(None)
    def leaveEvent(self, _event: QEvent) -> None:
        """Make room for what lies below."""
        self._unfold(False)

    def _unfold(self, on: bool) -> None:
        self._open = on
        self._fit()

    def _fit(self) -> None:
        """Show all names where they fit into the map, else the chosen one."""
        stage = self.parentWidget()
        if self._map is None or stage is None:
            return
        wide, left = self._tabs.whole_width + scaled(EDGE), scaled(LEFT)
        self._tabs.fold(left + wide > self._inside(stage) and not self._open)
        self.move(max(min(left, stage.width() - wide), 0) if self._open else left, scaled(TOP))

    def _inside(self, stage: QWidget) -> float:
        """Return where what it may cover ends: the map, or the stage where there is none."""
        if self._map is None or not self._flat:
            return float(stage.width())
        return float(self._map.item.vb.sceneBoundingRect().right())

    def _rise(self) -> None:
        self._fit()
        self.raise_()
        stage = self.parentWidget()
        if stage is None or self.heights.parentWidget() is not stage:
            return
        self.heights.resize(self.heights.sizeHint().width(), self.sizeHint().height())
        corner = self._relief_view.mapTo(stage, QPoint(0, 0)) if self._relief_view is not None else QPoint(0, 0)
        size = self.sizeHint()
        left, top, beside = scaled(LEFT), scaled(TOP), scaled(BESIDE)
        if corner.y() > 0:
            self.heights.move(beside, corner.y() + beside)
        elif corner.x() > 0:
            self.heights.move(max(corner.x(), left + size.width()) + beside, top)
        else:
            self.heights.move(left, top + size.height() + beside)
        self.heights.raise_()
