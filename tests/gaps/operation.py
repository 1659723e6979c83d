"""The registry of operations: what a person does to the window, each as a plain function."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QEvent, QEventLoop, QSettings, QTimer, QVariantAnimation
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from landscape.session.files import default_session
from landscape.session.session import Session
from landscape.ui.app import open_window
from landscape.ui.garbage import LOADED, collected_here
from tests.gaps.watch import Watch
from tests.ui.conftest import Person

Steps: TypeAlias = Iterator[float | None]
"""Seconds to let the window go on before the next step; None: until it rests. The watch begins at the first."""

LOOK = 20
"""Milliseconds between two looks at whether a window rests."""
PATIENCE = 4000
"""Milliseconds of looking after which the window is left at what it does: some searches and sweeps take longer."""
QUIET = 500
"""Milliseconds; a window rests when nothing is to follow within them: a formula waits less long for the next key."""
STILL = 3
"""So many looks in a row see a window rest: what a signal brings about comes a turn of the loop later."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What is done, and to which window."""

    name: str
    steps: Callable[[Person], Steps]
    opened: Callable[[], Session]
    first: bool
    """It is about a first time: of five, each is done in a process of its own."""


OPERATIONS: dict[str, Operation] = {}


def operation(
    steps: Callable[[Person], Steps] | None = None,
    *,
    opened: Callable[[], Session] = default_session,
    first: bool = False,
    name: str = "",
) -> Callable[[Callable[[Person], Steps]], Callable[[Person], Steps]]:
    """Register what a generator does to a window: until its first ``yield`` it prepares, after that it is watched.

    Args:
        steps: The generator, where there are no arguments.
        opened: Returns the session that the window opens with.
        first: It is about a first time.
        name: What the operation is called; empty: what the function is called.
    """

    def register(steps: Callable[[Person], Steps]) -> Callable[[Person], Steps]:
        known = name or steps.__name__
        OPERATIONS[known] = Operation(name=known, steps=steps, opened=opened, first=first)
        return steps

    return register(steps) if steps is not None else register


def watched(operation: Operation, person: Person) -> Watch:
    """Do an operation once, and return what was seen."""
    watch = Watch()
    rest(person, None)
    for pause in operation.steps(person):
        rest(person, pause)
        if not watch.running:
            watch.start()
    rest(person, None)
    watch.stop()
    return watch


def rest(person: Person, seconds: float | None) -> None:
    """Let the window go on for a while; None: until it rests, or for as long as one is patient."""
    if seconds is not None:
        person.qtbot.wait(round(1000 * seconds))
        return
    still = 0
    for _ in range(0, PATIENCE, LOOK):
        person.qtbot.wait(LOOK)
        still = still + 1 if rests(person) else 0
        if still == STILL:
            return


def rests(person: Person) -> bool:
    """Tell whether nothing is at work, on its way or to follow."""
    flights = person.window.findChildren(QVariantAnimation)
    flying = any(one.state() == QVariantAnimation.State.Running for one in flights)
    return person.is_settled() and not flying and not person.awaits(QUIET)


class Hands:
    """The mouse and the keyboard of a person where no test runs."""

    mouseClick = staticmethod(QTest.mouseClick)
    keyClick = staticmethod(QTest.keyClick)
    keyClicks = staticmethod(QTest.keyClicks)

    @staticmethod
    def wait(milliseconds: int) -> None:
        """Let the event loop turn; the waiting of Qt's own tests would keep the interpreter from all other threads."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    @classmethod
    def waitUntil(cls, done: Callable[[], bool], timeout: int = 30_000) -> None:
        """Let the event loop turn until something is done."""
        for _ in range(0, timeout, 10):
            if done():
                return
            cls.wait(10)
        raise TimeoutError


@contextmanager
def window_of(operation: Operation) -> Iterator[Person]:
    """Open the window of an operation, as the program does, and close it at the end."""
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat)
        settings.setValue("language", "en")
        settings.setValue("theme", "dark")
        window = open_window(operation.opened(), settings)
        window.resize(1600, 900)
        with collected_here(window, lambda: (id(window.history.session), window.player.step)):
            Hands.wait(LOADED)
            yield Person(window, Hands())
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
