"""The first frame is laid out whole: nothing moves when the panels, the curves and the paths come into it."""

import pytest
from PySide6.QtCore import QElapsedTimer, QRect, QSettings
from PySide6.QtWidgets import QSplitter, QWidget

from landscape.session.descent import maps
from landscape.session.files import lesson
from landscape.session.session import Session, session_with
from landscape.ui.layouts import Side
from landscape.ui.main_window import MainWindow
from landscape.ui.place import remember_place
from landscape.ui.timeline import TimelinePanel
from tests.ui.conftest import Person
from tests.ui.finding import seen

SHOWN = [((1280, 720), "dark"), ((1280, 800), "dark"), ((1920, 1080), "dark"), ((1280, 800), "light")]
AFTER = (100, 300, 1000)
"""Milliseconds after the first frame."""


def places(window: MainWindow) -> list[QRect]:
    """Return where everything is that the window is divided into, and how large the map within its axes is."""
    view = window.workspaces.front
    parts: list[QWidget] = [window.menuWidget(), *seen(view, Side), *seen(view, QSplitter)]
    parts += [*seen(view, TimelinePanel), view.stage.map_view]
    areas = [QRect(part.mapTo(window, part.rect().topLeft()), part.size()) for part in parts]
    return [*areas, QRect(0, 0, *view.stage.map.pixels())]


@pytest.fixture
def first_frame(qtbot, settings: QSettings):
    """Show windows; return each with where everything stands at its first paint."""
    opened: list[MainWindow] = []

    def show(session: Session | None = None, size: tuple[int, int] | None = None, theme: str = "dark"):
        window = MainWindow(session, settings, "en", theme)
        opened.append(window)
        if size is not None:
            window.resize(*size)
        painted: list[list[QRect]] = []
        window.workspaces.front.stage.painted.connect(lambda: painted.append(places(window)))
        window.show()
        qtbot.waitUntil(lambda: bool(painted))
        return window, painted[0]

    yield show
    for window in opened:
        Person(window, qtbot).settle()
        window.close()
        window.deleteLater()


def stays(qtbot, window: MainWindow, first: list[QRect]) -> None:
    """Expect that everything stands where it stood in the first frame."""
    clock = QElapsedTimer()
    clock.start()
    for milliseconds in AFTER:
        qtbot.waitUntil(lambda until=milliseconds: clock.hasExpired(until))
        assert places(window) == first
    Person(window, qtbot).settle()
    assert places(window) == first


@pytest.mark.parametrize(("size", "theme"), SHOWN, ids=str)
def test_nothing_moves_after_the_first_frame(qtbot, first_frame, size, theme):
    window, first = first_frame(size=size, theme=theme)
    stays(qtbot, window, first)


def test_nothing_moves_where_the_window_was_remembered(qtbot, first_frame, settings):
    earlier = QWidget()
    earlier.setGeometry(20, 20, 700, 650)
    remember_place(earlier, settings)
    window, first = first_frame()
    stays(qtbot, window, first)


def test_nothing_moves_where_a_map_of_two_hyper_parameters_stands_beside_the_map(qtbot, first_frame):
    window, first = first_frame(session_with(maps.show_map_of(lesson("ravine").document, 1)), (1920, 1080))
    stays(qtbot, window, first)
