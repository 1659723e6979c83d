"""A real window, and a person who uses mouse and keyboard."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from landscape.scene.scene import Scene
from landscape.session.descent.document import Descent
from landscape.session.network.document import Experiment
from landscape.session.session import Document, Session, session_with
from landscape.ui.context import BESIDE
from landscape.ui.descent.sides import Panels
from landscape.ui.main_window import MainWindow
from landscape.ui.workspaces import WorkspaceView

NONE = Qt.KeyboardModifier.NoModifier


class Person:
    """Does to a window what a person does, and sees what is in front."""

    def __init__(self, window: MainWindow, qtbot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def view(self) -> WorkspaceView:
        """The workspace in front."""
        return self.window.workspaces.front

    @property
    def stage(self) -> Any:
        """The stage of the workspace in front."""
        return self.view.stage

    @property
    def panels(self) -> Panels:
        """The panels beside a surface."""
        return self.view.panels

    @property
    def scene(self) -> Scene | None:
        """What is seen of a surface."""
        return self.view.refresh.scene

    @property
    def canvas(self) -> QWidget:
        """What the mouse hits on the map of a surface."""
        return self.stage.map_view.viewport()

    @property
    def descent(self) -> Descent:
        """The descent of the session."""
        return self._document(Descent)

    @property
    def experiment(self) -> Experiment:
        """The experiment of the session."""
        return self._document(Experiment)

    def _document(self, kind: type) -> Any:
        found = self.window.history.session.of(kind)
        assert found is not None, f"Nobody opened the workspace {kind.workspace}"
        return found

    def edit(self, function: Callable[..., Document], *args: object, **kwargs: object) -> None:
        """Change the document in front; it must be possible."""
        assert self.window.edit(function, *args, **kwargs) is None

    def menu(self, *titles: str) -> QMenu:
        """Open a menu of the menu bar, and one within it."""
        opened: QWidget = self.window.menuWidget()
        for title in titles:
            opened = next(menu for menu in opened.findChildren(QMenu) if _title(menu) == title)
            opened.aboutToShow.emit()
        assert isinstance(opened, QMenu)
        return opened

    def choose(self, *titles: str) -> None:
        """Choose from a menu: its titles from the menu bar on, and that of the command."""
        *way, title = titles
        offered = self.menu(*way).actions()
        next(action for action in offered if action.text().split("\t")[0] == title).trigger()

    @contextmanager
    def opened(self, button: QWidget) -> Iterator[QMenu]:
        """Press what opens a menu, and close the menu at the end."""
        window = button.window()
        self.click(button)
        QApplication.processEvents()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        try:
            yield menu
        finally:
            menu.close()
            # The window system of tests gives the menu the keyboard, and does not take it back.
            window.activateWindow()
            QApplication.processEvents()

    def pick(self, button: QWidget, *titles: str) -> None:
        """Choose from the menu that opens at a button: the titles of the menus in it, and that of the command."""
        *way, title = titles
        with self.opened(button) as menu:
            for group in way:
                menu = next(inner for inner in menu.findChildren(QMenu) if inner.title() == group)
            action = next(action for action in menu.actions() if action.text() == title)
            assert action.isEnabled(), f"{title} cannot be chosen"
            action.trigger()

    def pixel(self, x: float, y: float) -> QPoint:
        """Return where a point of the surface is on the map."""
        scene = self.stage.map.item.vb.mapViewToScene(QPointF(x, y))
        return self.stage.map_view.mapFromScene(scene)

    def mouse(
        self, kind: QEvent.Type, widget: QWidget, at: QPoint, held: bool, modifiers=NONE, *, wait: bool = True
    ) -> None:
        left, no = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = no if kind == QEvent.Type.MouseMove else left
        place = QPointF(at)
        screen = QPointF(widget.mapToGlobal(at))
        event = QMouseEvent(kind, place, screen, button, left if held else no, modifiers)
        QApplication.sendEvent(widget, event)
        if wait:
            QApplication.processEvents()

    def drag(self, points: list[QPoint], widget: QWidget | None = None, modifiers=NONE) -> None:
        """Press at the first point, move through the others, release at the last."""
        widget = widget or self.canvas
        self.mouse(QEvent.Type.MouseMove, widget, points[0], False, modifiers)
        self.mouse(QEvent.Type.MouseButtonPress, widget, points[0], True, modifiers)
        for point in points[1:]:
            self.mouse(QEvent.Type.MouseMove, widget, point, True, modifiers)
        self.mouse(QEvent.Type.MouseButtonRelease, widget, points[-1], False, modifiers)

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def wheel(self, widget: QWidget, at: QPoint, notches: int) -> None:
        event = QWheelEvent(
            QPointF(at), QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
        QApplication.processEvents()

    def key(self, key: Qt.Key, modifiers=NONE, widget: QWidget | None = None) -> None:
        self.qtbot.keyClick(widget or QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, field: QLineEdit, text: str, ended_by: Qt.Key = Qt.Key.Key_Return) -> None:
        """Type another text into the field of a line, and a last key."""
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        self.key(ended_by, widget=field)

    def settle(self) -> None:
        """Wait until everything asked is answered and drawn, and what follows beside the map, too."""
        self.qtbot.waitUntil(self.is_settled, timeout=30_000)
        self.qtbot.wait(BESIDE)
        if self.awaits(BESIDE):
            self.qtbot.wait(BESIDE)
        # What follows beside the map may have asked for more.
        self.qtbot.waitUntil(self.is_settled, timeout=30_000)

    def awaits(self, milliseconds: int) -> bool:
        """Tell whether a timer of the window that takes no longer is about to go off."""
        timers = self.window.findChildren(QTimer)
        return any(one.isActive() and one.isSingleShot() and one.interval() <= milliseconds for one in timers)

    def is_settled(self) -> bool:
        """Tell whether everything asked is answered and drawn."""
        return self.view.settled() and self.window.jobs.idle and self.window.hidden.done and self.window.scaling.done


def _title(menu: QMenu) -> str:
    """Return what a menu is called, without the letter that opens it."""
    return re.sub(r"\(&.\)", "", menu.title()).replace("&", "")


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def open_window(qtbot, settings: QSettings) -> Iterator[Callable[..., Person]]:
    """Open windows that are closed at the end."""
    opened: list[MainWindow] = []

    def make(shown: Session | Document | None = None, size: tuple[int, int] = (1280, 800), **options: str) -> Person:
        session = shown if shown is None or isinstance(shown, Session) else session_with(shown)
        window = MainWindow(session, settings, **{"language": "en", "theme": "dark", **options})
        opened.append(window)
        window.resize(*size)
        window.show()
        person = Person(window, qtbot)
        person.settle()
        return person

    yield make
    for window in opened:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def person(open_window: Callable[..., Person]) -> Person:
    """A person in front of the default window."""
    return open_window()
