"""The probe and the cut in the hands of a person: keys, drags, Escape, undo, and what stands beside."""

import pytest
from PySide6.QtCore import QPointF, Qt

from landscape.scene.descent.facts import numbers_at
from landscape.session.descent import edits, probing
from landscape.session.descent.document import Cut
from landscape.session.descent.workspace import default_descent
from landscape.ui.buttons import DropButton, IconButton
from landscape.ui.descent.cut import CutPane
from landscape.ui.switch import Switch
from tests.ui.finding import beside, find, seen, sentences


def move_pointer(person, x, y):
    person.stage.map.hovered.emit((x, y))


def tab_to_probe(person):
    """Go with Tab to the start that all runs share, and on to the probe."""
    person.stage.map_view.setFocus()
    for _ in range(2):
        person.key(Qt.Key.Key_Tab, widget=person.stage.map_view)


@pytest.fixture
def probed(open_window):
    person = open_window(probing.set_probe(default_descent(), (-1.0, 1.0)))
    person.stage.map.hovered.emit(None)
    person.settle()
    return person


def test_p_puts_a_probe_below_the_pointer_and_takes_it_away(person):
    move_pointer(person, 1.5, -2.5)
    person.key(Qt.Key.Key_P)
    person.settle()
    assert person.descent.probe == (1.5, -2.5)
    assert person.scene.probe.osculation.point == (1.5, -2.5)
    person.key(Qt.Key.Key_P)
    person.settle()
    assert person.descent.probe is None
    assert person.scene.probe is None


def test_without_a_pointer_it_is_put_in_the_middle_of_the_view(person):
    person.stage.map.hovered.emit(None)
    person.key(Qt.Key.Key_P)
    assert person.descent.probe == pytest.approx((0.0, 0.0), abs=0.05)


def test_beside_a_critical_point_it_is_put_exactly_there(person):
    (saddle,) = [one for one in person.scene.markers if one.kind == "saddle" and one.point[0] < -1]
    x, y = saddle.point
    move_pointer(person, x + 0.02, y - 0.02)
    person.key(Qt.Key.Key_P)
    assert person.descent.probe == saddle.point


def test_it_is_in_the_menu(person):
    person.choose("View", "Probe")
    assert person.descent.probe is not None
    person.choose("View", "Cut")
    assert person.descent.cut is not None


def test_dragging_the_probe_moves_it_and_is_one_step_of_undo(probed):
    before = probed.descent
    probed.drag([probed.pixel(-1.0, 1.0), probed.pixel(0.0, 0.0), probed.pixel(1.0, -0.4), probed.pixel(2.0, -4.0)])
    probed.settle()
    assert probed.descent.probe == pytest.approx((2.0, -4.0), abs=0.05)
    assert probed.descent.start == before.start
    probed.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert probed.descent == before


def test_arrow_keys_move_the_probe_once_tab_has_led_to_it(probed):
    tab_to_probe(probed)
    before = probed.descent
    probed.key(Qt.Key.Key_Right, widget=probed.stage.map_view)
    probed.settle()
    assert probed.descent.probe[0] > before.probe[0]
    assert probed.descent.probe[1] == pytest.approx(before.probe[1])
    assert probed.descent.start == before.start


def test_escape_takes_the_probe_away_and_then_the_cut(probed):
    probed.key(Qt.Key.Key_C)
    assert probed.descent.cut is not None
    probed.stage.map_view.setFocus()
    probed.key(Qt.Key.Key_Escape)
    assert probed.descent.probe is None
    assert probed.descent.cut is not None
    probed.key(Qt.Key.Key_Escape)
    assert probed.descent.cut is None


def test_escape_takes_the_probe_away_that_has_the_keyboard(probed):
    tab_to_probe(probed)
    probed.key(Qt.Key.Key_Escape, widget=probed.stage.map_view)
    assert probed.descent.probe is None


def test_its_numbers_stand_in_here_while_the_pointer_is_elsewhere(probed):
    here = probed.panels.here
    assert beside(here, "Here") == "probe at (−1, 1)"
    for name, text in numbers_at(probed.descent, (-1.0, 1.0)).items():
        assert beside(here, name) == text
    assert any(sentence.startswith("On a disc of radius") for sentence in sentences(here))
    move_pointer(probed, 3.0, 2.0)
    probed.settle()
    assert beside(here, "Here") == "at (3, 2)"
    assert not any("radius" in sentence for sentence in sentences(here))


def test_c_cuts_the_surface_through_the_probe_and_shows_the_profile(probed):
    probed.key(Qt.Key.Key_C)
    probed.settle()
    (pane,) = seen(probed.window, CutPane)
    assert probed.scene.cut.osculation is probed.scene.probe.osculation
    probed.click(find(pane, IconButton, "Close the cut"))
    probed.settle()
    assert probed.descent.cut is None
    assert not pane.isVisible()
    probed.key(Qt.Key.Key_C)
    assert pane.isVisible()
    probed.key(Qt.Key.Key_C)
    assert not pane.isVisible()


def test_what_is_cut_along_can_be_chosen(probed):
    probed.key(Qt.Key.Key_C)
    probed.settle()
    (pane,) = seen(probed.window, CutPane)
    for title, along in (
        ("along the axis of λ₁", "axis_1"),
        ("along the axis of λ₂", "axis_2"),
        ("along a path", "path"),
    ):
        probed.pick(find(pane, DropButton, "Cut along"), title)
        probed.settle()
        assert probed.scene.cut.along == along
    probed.pick(find(pane, DropButton, "Run"), "Adam")
    probed.settle()
    assert probed.scene.cut.run.run == 3


def test_the_profile_can_be_as_high_as_the_colours_where_those_are_bent(probed):
    probed.key(Qt.Key.Key_C)
    probed.settle()
    (pane,) = seen(probed.window, CutPane)
    switch = find(pane, Switch, "as the colours")
    probed.click(switch)
    probed.settle()
    assert probed.scene.cut.spread is not None
    probed.edit(edits.set_levels, "linear")
    probed.settle()
    assert not switch.isVisible()
    assert probed.scene.cut.spread is None


@pytest.mark.parametrize("end", [0, 1])
def test_dragging_an_end_turns_the_line(open_window, end):
    ends = ((-4.0, -1.0), (4.0, 1.0))
    person = open_window(probing.set_cut(default_descent(), Cut(ends=ends)))
    person.drag([person.pixel(*ends[end]), person.pixel(0.0, 4.0), person.pixel(0.5, 5.0)])
    person.settle()
    assert person.descent.cut.ends[end] == pytest.approx((0.5, 5.0), abs=0.05)
    assert person.descent.cut.ends[1 - end] == ends[1 - end]
    assert person.scene.cut.ends == person.descent.cut.ends
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert person.descent.cut.ends == ends


def test_the_curves_can_be_hidden_and_the_profile_stays(probed):
    probed.key(Qt.Key.Key_C)
    probed.choose("View", "Curves")
    probed.settle()
    (pane,) = seen(probed.window, CutPane)
    assert not probed.stage.curves_shown
    probed.key(Qt.Key.Key_C)
    assert not pane.isVisible()
    probed.settle()
    assert probed.stage.map_view.height() > 0.9 * probed.stage.height()


def test_a_click_on_the_profile_changes_nothing(probed):
    probed.key(Qt.Key.Key_C)
    probed.settle()
    (pane,) = seen(probed.window, CutPane)
    before = probed.descent
    middle = QPointF(pane.view.viewport().rect().center()).toPoint()
    probed.drag([middle, middle], pane.view.viewport())
    assert probed.descent == before


def test_with_no_run_to_cut_along_a_sentence_takes_the_place_of_the_profile(probed):
    probed.edit(probing.cut_along, "path")
    for run in probed.descent.runs:
        probed.edit(edits.set_visible, run.id, False)
    probed.settle()
    (pane,) = seen(probed.window, CutPane)
    assert sentences(pane) == ["There is nothing here to cut along"]
    assert not pane.view.isVisible()
    probed.edit(edits.set_visible, 2, True)
    probed.settle()
    assert pane.view.isVisible()
    assert sentences(pane) == []
