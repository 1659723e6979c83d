"""The loop: does one thing after the other in a window, and from time to time counts what there is."""

import gc
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from landscape.export.export import export
from landscape.session.edits import open_workspace
from landscape.session.files import default_session
from landscape.session.workspaces import WORKSPACES
from landscape.ui.app import open_window
from landscape.ui.garbage import Search, collected_here
from landscape.ui.main_window import MainWindow
from landscape.ui.tabs import Tabs
from tests.soak.actions import IN_A_DIALOG, IN_A_LECTURE, IN_A_POPUP, WEIGHTS, Act, Player
from tests.soak.counts import WARM, Count, count, types
from tests.soak.files import answer_file, forget_what_was_left
from tests.soak.hand import pump
from tests.soak.targets import visible
from tests.soak.witness import Diary, Finding, Witness

KEPT_ANSWERS = 32 * 2**20
"""Bytes of the kept answers, so few that they are there when the warm-up is over."""
PAUSES = (0, 0, 0, 1, 5, 20)
"""Milliseconds between two actions."""
SIZE = (1280, 800)
USUAL = 100
"""Per cent."""
SMALLEST = (320, 240)
"""Pixels of a film that nobody sees."""
PATIENCE = 30
"""Seconds for which it is waited until all is computed, and for as long again until nothing happens."""
LOOK = 300
"""Milliseconds for which each page is shown before it is counted."""
OFFERED = 4
"""So many unsaved sessions are offered by a window that opens, though hundreds were closed before."""
LONGEST = 8
"""So many of the longest actions are told."""


class Driver:
    """Drives a window, and opens another one where that was closed.

    Args:
        folder: Where everything is written.
        seed: The same seed does the same, as far as the window answers in the same time.
        workspace: Where it stays; empty: everywhere.
        every: Actions from one count to the next.
    """

    def __init__(self, folder: Path, seed: int, workspace: str, every: int) -> None:
        self._folder, self._workspace, self._every = folder, workspace, every
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.diary = Diary(folder)
        self.witness = Witness(folder, self.diary)
        self.done: Counter[str] = Counter()
        self.counts: list[Count] = []
        self.types: Counter[str] = Counter()
        """Python's objects when the warm-up was over."""
        self.longest: list[tuple[float, int, str]] = []
        self._begin = time.monotonic()
        self.witness.begin()
        self.player = Player(
            window=self._open(), rng=random.Random(seed), folder=folder / "files", tell=self.diary.tell
        )

    def run(self, goes_on: Callable[[int], bool], share: Callable[[int], float], tell: Callable[[Count], None]) -> None:
        """Act as long as ``goes_on``; ``share`` is how much of all is done, and every count is told."""
        # What writes films is 16 MB, loaded with the first one, which may be chosen late.
        export(default_session(), self._folder / "first.mp4", size=SMALLEST, fps=2, seconds=1)
        with collected_here(QApplication.instance(), self._shown):
            while goes_on(self.diary.number):
                if self.diary.number % self._every == 0:
                    self._count(share(self.diary.number))
                    tell(self.counts[-1])
                self.diary.number += 1
                self._act()
            self._count(1.0)
            tell(self.counts[-1])

    def close(self) -> list[Finding]:
        """Close the window; return everything that was found, and what is left over as one finding more."""
        self.diary.tell("the end")
        self.player.window.close()
        self._bury()
        self.witness.end_action()
        return self.witness.findings

    def _shown(self) -> object:
        window = self.player.window
        return window and (id(window.history.session), window.player.step)

    def _act(self) -> None:
        begin = time.monotonic()
        self.witness.begin_action()
        if not self.player.window.isVisible():
            self._bury()
            self.player.window = self._open()
        act = self._next()
        self.player.met[type(self.player.front).__name__] += 1
        self._guarded(act)
        self.done[act.__name__] += 1
        pump(self.player.rng.choice(PAUSES))
        self.witness.end_action()
        took = time.monotonic() - begin
        self.longest = sorted([*self.longest, (took, self.diary.number, self.diary.action)])[-LONGEST:]

    def _next(self) -> Act:
        front = self.player.front
        if isinstance(front, QFileDialog):
            return answer_file
        if front is self.player.window:
            if self._workspace and front.history.session.workspace != self._workspace:
                return self._come_back
            weights = WEIGHTS
        elif front.windowType() == Qt.WindowType.Window:
            weights = IN_A_LECTURE
        else:
            weights = IN_A_DIALOG if isinstance(front, QDialog) else IN_A_POPUP
        return self.player.rng.choices(list(weights), list(weights.values()))[0]

    def _come_back(self, player: Player) -> None:
        player.tell(f"back to {self._workspace}")
        player.window.menuWidget().tabs.chosen.emit(self._workspace)

    def _open(self) -> MainWindow:
        forget_what_was_left(OFFERED)
        session = default_session()
        window = open_window(open_workspace(session, self._workspace) if self._workspace else session, self._settings)
        window.answers.capacity_bytes = KEPT_ANSWERS
        window.resize(*SIZE)
        pump(200)
        return window

    def _bury(self) -> None:
        """Have the closed window gone, as the program does at its end, and tell of what does not go."""
        self.player.window.deleteLater()
        self.player.window = None
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            pump(10)
        # The frames of the last error, which hold the window.
        sys.last_value = sys.last_traceback = None
        # What was there at the start is searched, too.
        gc.unfreeze()
        gc.collect()
        left = [type(widget).__name__ for widget in QApplication.allWidgets()]
        if left:
            self.witness.found(f"left over after the window was closed: {Counter(left)}")

    def _count(self, share: float) -> None:
        self.witness.begin_action()
        self._guarded(lambda _player: self._rest())
        warm = share >= 0.25 and min(self.done[act.__name__] for act in WEIGHTS) >= WARM
        self.counts.append(count(self.diary.number, self._begin, self.player.window.answers, warm=warm))
        if warm and not self.types:
            self.types = types()
        self.witness.end_action()

    def _guarded(self, act: Act) -> None:
        """Do something, and keep what it raises here and not in the window."""
        try:
            act(self.player)
        except Exception:  # noqa: BLE001
            self.witness.found(f"raised to the driver: {traceback.format_exc()}")

    def _look_around(self, window: MainWindow) -> None:
        """Go through every workspace and page: what is made when it is first opened is there whenever it is counted."""
        first = window.history.session.workspace
        for name in [first] if self._workspace else [*(each for each in WORKSPACES if each != first), first]:
            window.open_workspace(name)
            pump(LOOK)
            for tabs in visible(window.workspaces.front, Tabs):
                for button in reversed(visible(tabs, QPushButton)):
                    button.click()
                    pump(LOOK)

    def _rest(self) -> None:
        """Bring the window into the state in which it is counted.

        Nothing is open, computed or written, all pages have been shown, and the first session is.
        """
        self.diary.tell("rest")
        if not self.player.window.isVisible():
            self._bury()
            self.player.window = self._open()
        window = self.player.window
        for each in window.exports.all:
            window.exports.cancel(each)
        for _ in range(10):
            if self.player.front is window:
                break
            self.player.front.close()
            pump(20)
        session = default_session()
        window.history.replace(open_workspace(session, self._workspace) if self._workspace else session)
        window.player.play(False)
        window.showNormal()
        window.resize(*SIZE)
        window.set_language("en")
        window.set_theme("dark")
        if window.scaling.percent != USUAL:
            window.scaling.choose(USUAL)
        self._look_around(window)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not (window.jobs.idle and window.workspaces.front.settled()):
            pump(50)
        self._wait_for_quiet()

    def _wait_for_quiet(self) -> None:
        """Wait until the window has seen that nobody does anything, and has given back what is free."""
        search = QApplication.instance().findChild(Search)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and search is not None and not search.returned:
            pump(50)
