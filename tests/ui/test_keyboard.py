"""Whose the keyboard is: the time line's, unless a field is typed in or a control was entered by Tab."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

from landscape.ui.fields import NumberField, Slider
from landscape.ui.layouts import Side
from tests.brief import in_front
from tests.ui.finding import find, seen

WORKSPACES = ("descent", "network", "search")
SHIFT = Qt.KeyboardModifier.ShiftModifier


def in_workspace(open_window: Callable, name: str):
    return open_window(in_front(name))


def press(key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key as the window system does: it goes to whatever has the keyboard."""
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)


def drag_slider(person, slider: Slider, part: float, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    start = slider.rect().center()
    end = start + QPoint(round(part * slider.width()), 0)
    # Qt moves the keyboard only at a press that comes from outside.
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, modifiers, start)
    person.mouse(QEvent.Type.MouseMove, slider, end, True, modifiers)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, modifiers, end)


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_after_a_drag_on_a_slider_the_arrows_home_end_and_space_go_to_the_time_line(open_window, workspace) -> None:
    person = in_workspace(open_window, workspace)
    slider = next(slider for slider in seen(person.window, Slider) if slider.isEnabled())
    drag_slider(person, slider, 0.1)
    person.settle()
    player, document = person.window.player, person.window.history.session
    player.go(3)
    press(Qt.Key.Key_Right)
    assert player.step == 4
    press(Qt.Key.Key_Left)
    assert player.step == 3
    press(Qt.Key.Key_Home)
    assert player.step == 0
    press(Qt.Key.Key_End)
    assert player.step == player.steps
    player.go(0)
    press(Qt.Key.Key_Space)
    assert player.playing
    player.play(False)
    assert person.window.history.session == document


def test_a_slider_that_was_entered_by_tab_takes_the_arrows(person) -> None:
    slider = find(person.panels.surface, Slider, "rotate (°)")
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Right)
    assert person.descent.surface.rotation > 0
    assert person.window.player.step == person.window.player.steps


def test_a_drag_takes_the_keyboard_from_a_slider_that_was_entered_by_tab(person) -> None:
    slider = find(person.panels.surface, Slider, "rotate (°)")
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    drag_slider(person, slider, 0.1)
    turned = person.descent.surface.rotation
    press(Qt.Key.Key_Left)
    assert person.descent.surface.rotation == turned
    assert person.window.player.step == person.window.player.steps - 1


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_no_control_but_a_field_keeps_the_keyboard_after_a_click(open_window, workspace) -> None:
    window = in_workspace(open_window, workspace).window
    takes = Qt.FocusPolicy.ClickFocus
    clicked = [each for each in seen(window, QWidget) if isinstance(each, QPushButton | QToolButton | Slider)]
    assert len(clicked) > 10
    assert [each for each in clicked if (each.focusPolicy() & takes) == takes] == []


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_a_click_on_empty_space_gives_the_keyboard_back_to_the_time_line(open_window, workspace) -> None:
    person = in_workspace(open_window, workspace)
    field = next(each for each in seen(person.window, NumberField) if each.isEnabled())
    for empty in (person.window.menuWidget(), *seen(person.view, Side)):
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        label = next((each for each in seen(empty, QLabel) if each.text()), empty)
        person.click(label)
        assert not field.hasFocus()
        person.window.player.go(3)
        press(Qt.Key.Key_Right)
        assert person.window.player.step == 4


def test_a_field_that_is_typed_in_keeps_the_arrows_and_the_space_bar(person) -> None:
    field = person.panels.surface.formula_field
    person.click(field.viewport())
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Space):
        press(key)
    assert person.window.player.step == person.window.player.steps
    assert not person.window.player.playing


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_a_slider_is_as_wide_as_its_panel(open_window, workspace) -> None:
    person = in_workspace(open_window, workspace)
    left, *_ = seen(person.view, Side)
    sliders = seen(left, Slider)
    assert sliders
    assert min(slider.width() for slider in sliders) > 0.8 * left.width()


def test_shift_makes_a_slider_ten_times_as_fine(person) -> None:
    slider = find(person.panels.surface, Slider, "rotate (°)")
    drag_slider(person, slider, 0.2)
    coarse = person.descent.surface.rotation
    person.window.undo()
    drag_slider(person, slider, 0.2, SHIFT)
    assert person.descent.surface.rotation == pytest.approx(coarse / 10, rel=0.05)


def test_with_shift_a_notch_of_the_wheel_and_an_arrow_are_a_tenth_as_much(person) -> None:
    slider = find(person.panels.surface, Slider, "rotate (°)")
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Right, SHIFT)
    assert person.descent.surface.rotation == pytest.approx(360 / 500, abs=0.05)


def test_the_wheel_goes_on_with_a_slider_that_was_just_dragged(person) -> None:
    slider = find(person.panels.surface, Slider, "rotate (°)")
    drag_slider(person, slider, 0.1)
    before = person.descent.surface.rotation
    person.wheel(slider, QPoint(20, 9), 1)
    assert person.descent.surface.rotation == pytest.approx(before + 360 / 50, abs=0.2)
