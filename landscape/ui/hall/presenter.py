"""The presenter: takes the stage to a whole screen and back, and does what a clicker's keys mean."""

import math
import time
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QScreen
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from landscape.ui.actions import Menu, actions, bare_command, writes
from landscape.ui.commands import Commands
from landscape.ui.context import Context
from landscape.ui.hall.clicker import go_back, go_on, told
from landscape.ui.hall.header import Header
from landscape.ui.hall.speaker import SpeakerPanel
from landscape.ui.hall.window import PresenterWindow
from landscape.ui.notice import Notice
from landscape.ui.stack import Workspaces
from landscape.ui.words import look_again
from landscape.ui.workspaces import WorkspaceView

LARGER = 1.6
"""How many times as large as usual what is presented is, on a screen of ``LINES`` lines or fewer."""
LINES = 1080
LOOSE = 60.0
"""Seconds within which a projector that comes back gets its stage back: a cable was loose."""
ELSEWHERE = frozenset(("new", "open", "save-as", "export", "quit", "keys", "about", "gallery", "find", "edit-lesson"))
"""Commands that open something or end the program: the stage goes back to its window first."""
ABOUT = "hall"
"""What the speaker is told of the screens is about."""


class Presenter(QObject):
    """Presents the workspace in front of a window.

    Args:
        window: The window, where the speaker stays.
        workspaces: Of the window.
        context: How the window speaks and looks.
        commands: What keys mean that are not a clicker's.
        bar: Returns the menus with their keys.
        notice: Where the speaker is told what becomes of the screens.
    """

    def __init__(
        self,
        window: QWidget,
        workspaces: Workspaces,
        context: Context,
        commands: Commands,
        bar: Callable[[], tuple[Menu, ...]],
        notice: Notice,
    ) -> None:
        super().__init__(window)
        self._window, self._workspaces, self._context = window, workspaces, context
        self._commands, self._bar, self._notice = commands, bar, notice
        self.view: WorkspaceView | None = None
        """The workspace whose stage is on the screen of the hall; None: nobody presents."""
        self._stage: QWidget | None = None
        self._header: Header | None = None
        self._undrawn: list[WorkspaceView] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._draw)
        self.speaker = SpeakerPanel(context)
        self.speaker.other_screen.connect(self._go_to_other_screen)
        self.screen_of_hall = PresenterWindow(window, context, self.take, self.leave)
        workspaces.reshaped.connect(self._follow)
        workspaces.displayed.connect(self._show_beside)
        self._screen: QScreen | None = None
        self._chosen = ""
        """Name of the screen that a person chose for the hall, of several."""
        self._lost = -math.inf
        """When the screen of the hall was last unplugged."""
        application = cast("QGuiApplication", QGuiApplication.instance())
        application.screenRemoved.connect(self._unplugged)
        application.screenAdded.connect(self._plugged)
        application.primaryScreenChanged.connect(self._count_screens)

    @property
    def on(self) -> bool:
        """Whether a stage is presented."""
        return self.view is not None

    def toggle(self) -> None:
        """Begin, or end."""
        if self.on:
            self.leave()
        else:
            self.enter()

    def enter(self, *, anew: bool = True) -> None:
        """Fill a screen with the stage: another one than that of the window, where there are two.

        Args:
            anew: The lecture begins, and its clock with it.
        """
        if self.on or self._workspaces.front.presented() is None:
            return
        self._lost = -math.inf
        self._notice.drop(ABOUT)
        others = _other_screens(self._window)
        chosen = next((screen for screen in others if screen.name() == self._chosen), None)
        self._scale_for(chosen or (others[0] if others else self._window.screen()))
        self._take_stage()
        self.speaker.begin(anew=anew)
        self._count_screens()
        shown = self.screen_of_hall
        self._fill()
        shown.pointer.start()
        say = self._context.say
        shown.tell(say("Esc leaves · PageDown: next mark · B: black · W: white"))

    def leave(self) -> None:
        """Give the stage back to its window."""
        if not self.on:
            return
        shown = self.screen_of_hall
        shown.pointer.stop()
        shown.cover("")
        self._context.look.hall_scale = 0.0
        self._notice.drop(ABOUT)
        self._give_back()
        self.speaker.end()
        shown.hide()
        self._window.activateWindow()
        self._workspaces.front.setFocus()

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key means while a stage is presented; tell whether it meant something."""
        meant = told(event)
        if meant in ("black", "white"):
            self.screen_of_hall.cover(meant)
        elif meant == "leave":
            self.leave()
        elif self.screen_of_hall.covered:
            self.screen_of_hall.cover(self.screen_of_hall.covered)
        elif meant and self._workspaces.turn(1 if meant == "next" else -1):
            return True
        elif meant:
            (go_on if meant == "next" else go_back)(self._workspaces.front.player)
        else:
            return self._workspaces.press(event) or self._run(event)
        return True

    def take_first(self, event: QKeyEvent) -> bool:
        """Do the same for a key of the speaker's own screen, where a field may be typed in."""
        if not self.on or (isinstance(QApplication.focusWidget(), QPlainTextEdit) and writes(event)):
            return False
        return self.take(event)

    def _run(self, event: QKeyEvent) -> bool:
        """Run the command of a key, as in the window."""
        name = bare_command(event, self._bar())
        keys = QKeySequence(event.keyCombination())
        for action in actions(self._bar()):
            if not name and any(keys == QKeySequence(key) for key in action.keys):
                name = action.id
        if not name or not self._commands.possible(name) or (event.isAutoRepeat() and name == "play"):
            return False
        if name in ELSEWHERE:
            self.leave()
        self._commands.run(name)
        return True

    def _scale_for(self, screen: QScreen) -> None:
        """Have the stage be as large as is read from the last row before a screen."""
        self._screen = screen
        self._context.look.hall_scale = LARGER * max(screen.geometry().height() / LINES, 1.0)

    def _fill(self) -> None:
        """Fill the screen of the hall, and have the keyboard."""
        shown = self.screen_of_hall
        assert self._screen is not None
        shown.setScreen(self._screen)
        shown.setGeometry(self._screen.geometry())
        shown.showFullScreen()
        shown.activateWindow()
        shown.setFocus()

    def _go_to_other_screen(self) -> None:
        """Fill the next one of the screens on which the window is not."""
        others = _other_screens(self._window)
        if not self.on or not others:
            return
        at = others.index(self._screen) if self._screen in others else -1
        screen = others[(at + 1) % len(others)]
        self._chosen = screen.name()
        self._scale_for(screen)
        self.screen_of_hall.hide()
        self._fill()
        self.screen_of_hall.look_changed()
        look_again(self.screen_of_hall)
        self._draw_soon(self._workspaces.front)

    def _count_screens(self) -> None:
        self.speaker.offer_other_screen(len(_other_screens(self._window)) > 1)

    def _unplugged(self, screen: QScreen) -> None:
        """Give the stage back to the window where its screen is gone: it would stand behind the window."""
        if self.on and screen is self._screen:
            self.leave()
            self._lost = time.monotonic()
            say = self._context.say
            self._notice.tell(
                ABOUT,
                say(
                    "The screen of the hall is gone, so the stage is here again. "
                    "It goes back by itself where the screen returns within a minute; F5 also does it."
                ),
            )
        self._count_screens()

    def _plugged(self, screen: QScreen) -> None:
        """Go on where a screen comes back soon after that of the hall was gone."""
        if time.monotonic() - self._lost < LOOSE:
            self._chosen = screen.name()
            self.enter(anew=False)
            self._notice.tell(ABOUT, self._context.say("The screen of the hall is back, and shows the stage again."))
        self._count_screens()

    def _follow(self) -> None:
        """Present the workspace that comes to the front."""
        if self.on and self.view is not self._workspaces.front:
            self._give_back()
            if self._workspaces.front.presented() is None:
                self.leave()
            else:
                self._take_stage()

    def _take_stage(self) -> None:
        view = self._workspaces.front
        stage, layout = view.presented(), view.layout()
        assert stage is not None
        assert layout is not None
        self.view, self._stage = view, stage
        layout.replaceWidget(stage, self.speaker, Qt.FindChildOption.FindChildrenRecursively)
        self.speaker.follow(view.player, view.of_trials)
        self.speaker.show()
        self._header = Header(self._context, view.legend, view.player, view.of_trials)
        self.screen_of_hall.show_stage(self._header, stage)
        self._show_beside()
        self._draw_soon(view)

    def _show_beside(self) -> None:
        """Show the lesson in front beside the stage."""
        if self.on:
            self.screen_of_hall.show_beside(self._workspaces.beside())

    def _give_back(self) -> None:
        view, stage, header = self.view, self._stage, self._header
        assert view is not None
        assert stage is not None
        assert header is not None
        layout = view.layout()
        assert layout is not None
        self.screen_of_hall.let_go()
        layout.replaceWidget(self.speaker, stage, Qt.FindChildOption.FindChildrenRecursively)
        self.speaker.hide()
        self.speaker.setParent(self._window)
        stage.show()
        self.view, self._stage, self._header = None, None, None
        self._draw_soon(view)
        header.hide()
        header.deleteLater()

    def _draw_soon(self, view: WorkspaceView) -> None:
        """Have a stage drawn at the scale of the context, in a turn of its own: the window answers before."""
        self._undrawn.append(view)
        self._soon.start()

    def _draw(self) -> None:
        while self._undrawn:
            view = self._undrawn.pop()
            view.set_presenting(view is self.view)
            stage = view.presented()
            if stage is not None:
                look_again(stage)


def _other_screens(window: QWidget) -> list[QScreen]:
    """Return the screens that the window is not on; the primary one is last: it is seldom that of the hall."""
    here, desk = window.screen(), QGuiApplication.primaryScreen()
    return sorted((screen for screen in QGuiApplication.screens() if screen is not here), key=lambda one: one is desk)
