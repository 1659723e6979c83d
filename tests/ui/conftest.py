"""A real window, and a person who uses mouse and keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from landscape.session.session import Session
from landscape.ui.context import BESIDE
from landscape.ui.main_window import MainWindow

NONE = Qt.KeyboardModifier.NoModifier


class Person:
    """Does to a window what a person does."""

    def __init__(self, window: MainWindow, qtbot) -> None:
        self.window, self.qtbot = window, qtbot
        self.canvas = window.workspaces.front.stage.map_view.viewport()

    def pixel(self, x: float, y: float) -> QPoint:
        """Return where a point of the surface is on the map."""
        scene = self.window.workspaces.front.stage.map.item.vb.mapViewToScene(QPointF(x, y))
        return self.window.workspaces.front.stage.map_view.mapFromScene(scene)

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

    def settle(self) -> None:
        """Wait until everything asked is answered and drawn."""

        def done() -> bool:
            scene = self.window.workspaces.front.refresh.scene
            return (
                self.window.workspaces.front.panels is not None
                and scene is not None
                and scene.heat is not None
                and not any(path.pending for path in scene.paths)
                and self.window.jobs.idle
            )

        self.qtbot.waitUntil(done, timeout=20_000)
        self.qtbot.wait(2 * BESIDE)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def open_window(qtbot, settings: QSettings) -> Iterator[Callable[..., Person]]:
    """Open windows that are closed at the end."""
    opened: list[MainWindow] = []

    def make(session: Session | None = None, size: tuple[int, int] = (1280, 800), **options: str) -> Person:
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
