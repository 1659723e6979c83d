"""The map of two hyper-parameters beside the map: what a person sees and does there."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QSplitter

from landscape.catalogue.optimizers import optimizer
from landscape.session.descent import edits, maps
from landscape.session.files import lesson
from landscape.ui.buttons import Choice, IconButton
from landscape.ui.descent.panels.run_row import RunRow
from landscape.ui.fields import NumberField
from tests.ui.finding import find, seen
from tests.written import written

pytestmark = pytest.mark.slow

MOMENTUM = 2


@pytest.fixture
def mapped(open_window):
    """A person in front of the ravine with a map of its momentum run."""
    made = open_window(maps.show_map_of(lesson("ravine").document, MOMENTUM))
    settle(made)
    return made


def settle(person):
    """Wait until the map is there in its finest form."""

    def done() -> bool:
        layer = person.scene.hyper_map
        return layer is None or not layer.pending

    person.qtbot.wait(50)
    person.qtbot.waitUntil(done, timeout=20_000)
    person.settle()


def pane_of(person):
    return person.view.map_pane


def run_of(person):
    return dict(person.descent.runs[MOMENTUM].rule.values)


def pixel(person, across: float, up: float) -> QPoint:
    pane = pane_of(person)
    return pane.view.mapFromScene(pane.plot.item.vb.mapViewToScene(QPointF(across, up)))


def test_the_map_stands_beside_the_map_of_the_surface_when_the_run_menu_asks_for_it(person):
    more = find(find(person.panels.runs, RunRow, "Momentum"), IconButton, "What can be done with this run")
    assert pane_of(person) is None
    person.pick(more, "Map of two hyper-parameters…")
    settle(person)
    assert pane_of(person).isVisible()
    assert person.stage.map_view.geometry().right() < pane_of(person).geometry().left()
    assert person.scene.hyper_map.heat.shade.shape == (384, 512)
    person.window.undo()
    assert not pane_of(person).isVisible()


def test_a_click_sets_both_hyper_parameters_in_one_step_of_undo(mapped):
    before = run_of(mapped)
    at = pixel(mapped, 0.5, 0.25)
    mapped.drag([at, at], pane_of(mapped).view.viewport())
    settle(mapped)
    after = run_of(mapped)
    axis = mapped.descent.hyper_map.across
    assert after["lr"] == pytest.approx(np.sqrt(axis.low * axis.high), rel=0.03)
    assert after["momentum"] == pytest.approx(1 - 0.01**0.25, rel=0.03)
    mapped.window.undo()
    assert run_of(mapped) == before


def test_the_path_follows_a_drag_over_the_map_and_the_cross_goes_along(mapped):
    ends, crosses = [], []

    def note(scene):
        ends.append(tuple(scene.paths[MOMENTUM].points[-1]))
        crosses.append(scene.hyper_map.here)

    mapped.view.refresh.scene_changed.connect(note)
    before, levels = run_of(mapped), mapped.window.history
    way = [pixel(mapped, 0.3 + 0.05 * step, 0.2 + 0.05 * step) for step in range(9)]
    mapped.drag(way, pane_of(mapped).view.viewport())
    settle(mapped)
    assert len(set(ends)) >= 6
    assert crosses[-1] == pytest.approx((0.7, 0.6), abs=0.02)
    levels.undo()
    assert run_of(mapped) == before


def test_a_drag_off_the_map_stays_at_its_edge(mapped):
    mapped.drag([pixel(mapped, 0.9, 0.5), pixel(mapped, 1.4, 0.5)], pane_of(mapped).view.viewport())
    assert run_of(mapped)["lr"] == pytest.approx(mapped.descent.hyper_map.across.high, rel=1e-2)


def test_the_map_is_not_computed_anew_when_only_the_run_moves_on_it(mapped):
    heat = mapped.scene.hyper_map.heat
    mapped.drag([pixel(mapped, 0.4, 0.5)] * 2, pane_of(mapped).view.viewport())
    settle(mapped)
    assert mapped.scene.hyper_map.heat is heat


def test_the_map_follows_the_start_and_the_surface(mapped):
    first = mapped.scene.hyper_map.values
    mapped.edit(edits.move_start, (1.0, 2.0))
    settle(mapped)
    second = mapped.scene.hyper_map
    assert second.values is not first
    mapped.edit(edits.set_surface_value, "kappa", 60.0)
    settle(mapped)
    third = mapped.scene.hyper_map
    assert not third.pending
    assert third.marks[0].point != second.marks[0].point


def test_hovering_reads_the_values_and_what_became_of_the_run(mapped):
    view, bare = pane_of(mapped).view, written(pane_of(mapped).view)
    mapped.mouse(QEvent.Type.MouseMove, view.viewport(), pixel(mapped, 0.5, 0.3), False)
    mapped.qtbot.wait(100)
    rate, momentum, loss = [line for line in written(view) if line not in bare]
    assert rate.startswith("lr 0.00")
    assert momentum.startswith("momentum 0.7")
    assert loss.startswith("loss ")
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    mapped.qtbot.wait(100)
    assert written(view) == bare


def test_other_hyper_parameters_and_the_other_measure_can_be_chosen(mapped):
    pane = pane_of(mapped)
    mapped.pick(find(pane, Choice, "Up"), "dampening")
    settle(mapped)
    assert mapped.scene.hyper_map.up.parameter.name == "dampening"
    mapped.pick(find(pane, Choice, "Across"), "dampening")
    settle(mapped)
    layer = mapped.scene.hyper_map
    assert (layer.across.parameter.name, layer.up.parameter.name) == ("dampening", "lr")
    assert seen(pane, NumberField) == []
    mapped.pick(find(pane, Choice, "loss"), "steps to")
    settle(mapped)
    assert mapped.scene.hyper_map.measure == "steps"
    assert seen(pane, NumberField) == [find(pane, NumberField, "Loss that counts as good")]


def test_the_map_is_closed_by_its_button_and_goes_with_its_run(mapped):
    mapped.edit(edits.remove_run, MOMENTUM)
    settle(mapped)
    assert not pane_of(mapped).isVisible()
    mapped.window.undo()
    assert pane_of(mapped).isVisible()


def test_the_map_outlives_a_change_of_language_and_theme(mapped):
    mapped.window.set_language("zh")
    mapped.window.set_theme("light")
    settle(mapped)
    assert pane_of(mapped).isVisible()
    (side_by_side,) = [
        split for split in seen(mapped.stage, QSplitter) if split.orientation() == Qt.Orientation.Horizontal
    ]
    assert [side_by_side.widget(index) for index in range(side_by_side.count())] == [
        mapped.stage.map_view,
        pane_of(mapped),
    ]
    assert "步" in mapped.scene.hyper_map.title


def test_the_view_menu_offers_the_runs_that_have_two_hyper_parameters(person):
    person.edit(edits.choose_rule, 0, optimizer("newton"))
    menu = person.menu("View", "Map of two hyper-parameters")
    assert [action.isEnabled() for action in menu.actions()] == [True, False, True, True, True]
    assert [action.isChecked() for action in menu.actions()] == [True, False, False, False, False]
    menu.actions()[3].trigger()
    settle(person)
    assert pane_of(person).isVisible()
    person.choose("View", "Map of two hyper-parameters", "none")
    assert not pane_of(person).isVisible()
