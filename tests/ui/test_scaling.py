"""The scale of the window: from 80 to 250 per cent, on what stands, and the same the next day."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenuBar, QWidget

from landscape.session.descent import edits
from landscape.session.files import default_session, lesson
from landscape.ui.buttons import IconButton
from landscape.ui.curves_view import CurvesView
from landscape.ui.edges import Edge
from landscape.ui.fields import NumberField, Slider
from landscape.ui.layouts import Elided, Side
from landscape.ui.place import set_font
from landscape.ui.swatch import Swatch
from landscape.ui.timeline import StepBar, TimelinePanel
from tests.brief import in_front
from tests.ui.conftest import Person
from tests.ui.finding import seen

WORKSPACES = ("descent", "network", "search")


@pytest.fixture(autouse=True)
def usual():
    """Leave the letters of the application as they were."""
    yield
    set_font(QWidget())


def in_workspace(open_window: Callable[..., Person], name: str, **options) -> Person:
    return open_window(in_front(name), **options)


def choose(person: Person, percent: int) -> None:
    person.window.scaling.choose(percent)
    person.settle()


def measures(person: Person) -> list[tuple]:
    """Return what has a size that is told: places, letters and icons of all controls that are seen."""
    found: list[tuple] = []
    for widget in seen(person.window, QWidget):
        if isinstance(widget, QAbstractButton | Slider | NumberField | Edge | Swatch | StepBar | Side):
            corner = widget.mapTo(person.window, widget.rect().topLeft()).toTuple()
            icon = widget.iconSize().toTuple() if isinstance(widget, QAbstractButton) else ()
            found.append((type(widget).__name__, corner, widget.size().toTuple(), widget.font().pointSizeF(), icon))
    return found


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_a_window_that_was_made_larger_is_as_if_it_had_been_opened_so(open_window, workspace: str) -> None:
    person = in_workspace(open_window, workspace, size=(1920, 1080))
    choose(person, 150)
    shown = measures(person)
    person.window.close()
    assert shown == measures(in_workspace(open_window, workspace, size=(1920, 1080)))


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_a_window_that_was_made_larger_and_usual_again_is_as_it_was(open_window, workspace: str) -> None:
    person = in_workspace(open_window, workspace)
    before = measures(person)
    choose(person, 200)
    person.window.resize(1280, 800)
    choose(person, 100)
    person.window.resize(1280, 800)
    person.settle()
    assert measures(person) == before


def test_ctrl_plus_and_ctrl_minus_make_everything_larger_and_smaller(person) -> None:
    button = seen(person.window, IconButton)[0]
    side = seen(person.view, Side)[0]
    letters, icon, width = button.font().pointSizeF(), button.iconSize().width(), side.width()
    QTest.keyClick(person.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    person.settle()
    assert person.window.scaling.percent == 110
    assert button.font().pointSizeF() == pytest.approx(1.1 * letters)
    assert button.iconSize().width() == round(1.1 * icon)
    assert side.width() == round(1.1 * width)
    QTest.keyClick(person.window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    person.settle()
    assert (button.iconSize().width(), side.width()) == (icon, width)


def test_it_goes_from_80_to_250_per_cent(person) -> None:
    for key, end in ((Qt.Key.Key_Minus, 80), (Qt.Key.Key_Plus, 250)):
        for _ in range(12):
            QTest.keyClick(person.window, key, Qt.KeyboardModifier.ControlModifier)
        person.settle()
        assert person.window.scaling.percent == end


def test_what_is_made_later_is_as_large(person) -> None:
    choose(person, 200)
    person.edit(edits.set_formula, "x**2 + k*y**2")
    person.settle()
    made = next(each for each in seen(person.view, Slider) if each.accessibleName() == "k")
    assert made.height() == 40


def test_the_scale_is_remembered(open_window) -> None:
    person = open_window()
    choose(person, 125)
    person.window.close()
    assert open_window().window.scaling.percent == 125


def test_the_stage_has_letters_and_lines_of_the_scale(person) -> None:
    choose(person, 150)
    assert person.stage.map.stage._scale == 1.5  # noqa: SLF001


def test_the_presenter_is_as_large_as_ever_and_the_window_keeps_its_scale(person) -> None:
    choose(person, 125)
    person.window.hall.present()
    assert person.window.look.stage_scale == pytest.approx(1.6)
    person.window.hall.present()
    assert person.window.look.stage_scale == 1.25


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("workspace", WORKSPACES)
def test_at_twice_the_size_nothing_is_cut_on_1920_by_1080(open_window, language: str, workspace: str) -> None:
    person = in_workspace(open_window, workspace, size=(1920, 1080), language=language)
    choose(person, 200)
    assert person.window.size().toTuple() == (1920, 1080)
    for label in seen(person.window, QLabel):
        if not label.wordWrap() and not isinstance(label, Elided) and label.text():
            assert label.width() >= label.sizeHint().width() - label.margin() - 4, label.text()


def test_a_slider_follows_the_mouse_at_every_scale(person) -> None:
    choose(person, 200)
    slider = next(each for each in seen(person.view, Slider) if each.accessibleName() == "rotate (°)")
    person.mouse(QEvent.Type.MouseButtonPress, slider, slider.rect().center(), True)
    person.mouse(QEvent.Type.MouseButtonRelease, slider, slider.rect().center(), False)
    assert abs(person.descent.surface.rotation) < 2.0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_a_narrow_row_the_names_of_menus_and_workspaces_are_whole_and_buttons_give_way(open_window, language: str):
    person = open_window(size=(1280, 720), language=language)
    row = person.window.menu_row
    whole = len(seen(row, QAbstractButton))
    choose(person, 200)
    bar = row.findChild(QMenuBar)
    assert bar.width() >= bar.sizeHint().width()
    assert all(tab.width() >= tab.sizeHint().width() for tab in row.tabs.buttons)
    assert len(seen(row, QAbstractButton)) < whole
    choose(person, 100)
    assert len(seen(row, QAbstractButton)) == whole


def test_in_a_narrow_window_a_button_leads_to_the_curves_that_have_no_room(open_window) -> None:
    person = open_window(size=(1280, 720))
    view = person.window.findChild(CurvesView)
    assert not view.further.isVisible()
    choose(person, 200)
    assert (view.further.isVisible(), view.further.toolTip()) == (True, "gradient norm")
    person.click(view.further)
    assert view.further.toolTip() == "loss"


@pytest.mark.parametrize("percent", [100, 200, 250])
def test_beside_a_narrow_stage_a_lesson_is_whole(open_window, percent: int) -> None:
    person = open_window(lesson("d2l-momentum"), size=(1280, 720))
    choose(person, percent)
    panel = person.window.lesson.view.panel
    assert panel.mapTo(person.window, panel.rect().topRight()).x() <= person.window.width()
    assert panel.width() == min(round(3.44 * percent), 640)
    assert all(tab.width() >= tab.sizeHint().width() for tab in person.window.menu_row.tabs.buttons)


@pytest.mark.parametrize("taught", ["", "d2l-momentum"])
def test_in_a_narrow_line_the_step_is_whole_and_buttons_that_have_a_key_give_way(open_window, taught: str) -> None:
    person = open_window(lesson(taught) if taught else default_session(), size=(1280, 720))
    (panel,) = seen(person.window, TimelinePanel)
    buttons = len(seen(panel, IconButton))
    choose(person, 250)
    assert len(seen(panel, IconButton)) < buttons
    controls = sorted(seen(panel, QWidget), key=lambda widget: widget.x())
    controls = [widget for widget in controls if widget.parentWidget() is panel]
    assert all(one.geometry().right() < other.x() for one, other in pairwise(controls))
    choose(person, 100)
    assert len(seen(panel, IconButton)) == buttons
