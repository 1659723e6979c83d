"""The first minute: the program opens playing, once, with a hint at what can be dragged until it was dragged."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtWidgets import QLabel

from landscape.plot.overrides import guarded
from landscape.scene.scene import Scene
from landscape.ui.descent.view import DescentView
from landscape.ui.layouts import GRID
from landscape.ui.settings import AT_START, KNOWN, remembered
from landscape.ui.words import write

if TYPE_CHECKING:
    from landscape.ui.main_window import MainWindow

LEARNED = "ring dragged"
"""The setting that says that a person has dragged a start once, and needs no hint any more."""
BESIDE = 26
"""Pixels from the middle of the ring to the hint."""


class Welcome(QObject):
    """Plays what a window opens with from its start, and shows the hint over its stage."""

    def __init__(self, window: "MainWindow", view: DescentView) -> None:
        super().__init__(window)
        self._window, self._view = window, view
        self.hint: QLabel | None = None
        """Shown until the first drag."""
        self._scene: Scene | None = None
        view.player.go(0)
        view.refresh.scene_changed.connect(self._follow)
        view.stage.map_view.installEventFilter(self)
        if remembered(window.settings, LEARNED, "False") == "False":
            self._make_hint()

    def _make_hint(self) -> None:
        say = self._window.say
        self.hint = write(QLabel(self._view.stage.map_view), text=say("Drag the ring; Space plays"))
        self.hint.setProperty("role", "hint")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view.stage.pin_moved.connect(self._learn)

    def _follow(self, scene: Scene) -> None:
        """Play as soon as there is something to play, unless the person was faster; keep the hint at the ring."""
        self._place(scene)
        if scene.paths and not any(path.pending for path in scene.paths):
            self._view.refresh.scene_changed.disconnect(self._follow)
            self._view.refresh.scene_changed.connect(self._place)
            if self._view.player.step == 0:
                self._view.player.play(True)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a stage that is another size, or that is presented."""
        if event.type() == QEvent.Type.Resize and self._scene is not None:
            self._place(self._scene)
        return super().eventFilter(watched, event)

    def _place(self, scene: Scene) -> None:
        """Have the hint beside the ring; a lesson, and a hall, have their own words."""
        self._scene = scene
        if self.hint is None or not scene.pins:
            return
        if self._window.lesson.shown or self._window.hall.on:
            self.hint.hide()
            return
        view = self._view.stage.map_view
        at = view.mapFromScene(self._view.stage.map.pixel_of(scene.pins[0].point)) + QPointF(BESIDE, 0).toPoint()
        self.hint.adjustSize()
        free = view.width() - self.hint.width() - GRID
        below = view.height() - self.hint.height() - GRID
        self.hint.move(max(min(at.x(), free), GRID), max(min(at.y() - self.hint.height() // 2, below), GRID))
        self.hint.show()

    def _learn(self) -> None:
        """The ring was dragged: nobody needs to be told again."""
        self._view.stage.pin_moved.disconnect(self._learn)
        self._window.settings.setValue(LEARNED, "True")
        if self.hint is not None:
            self.hint.deleteLater()
            self.hint = None


def offer_lessons(window: "MainWindow") -> None:
    """Begin with the gallery where that is wanted; tell in a quiet line that there is one, until it was seen."""
    from landscape.session.files import lesson_names

    settings, say, notice = window.settings, window.say, window.notice
    open_gallery = window.lesson.commands()["gallery"].run
    if remembered(settings, AT_START, "False") == "True":
        open_gallery()
    elif remembered(settings, KNOWN, "False") == "False":
        sentence = say("{count} lessons ask a question each: predict, run, see why.", count=len(lesson_names()))
        choices = [(say("Open the gallery"), open_gallery)]
        notice.tell(KNOWN, sentence, choices, lambda: settings.setValue(KNOWN, "True"))
        window.lesson.browsed.connect(lambda: notice.drop(KNOWN))


def welcome(window: "MainWindow") -> Welcome | None:
    """Begin the first minute of a window; None where it does not open on a map."""
    view = window.workspaces.front
    return Welcome(window, view) if isinstance(view, DescentView) and view.descent.stage != "relief" else None
