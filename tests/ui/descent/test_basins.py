"""A person looks at basins in the window."""

import time
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from landscape.catalogue.surfaces import surface
from landscape.plot.basins import basins_image
from landscape.scene.descent.basin_question import BasinsQuestion
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.ui.buttons import IconButton
from landscape.ui.descent.panels.run_row import RunRow
from tests.plot.test_canvas import pixels
from tests.ui.finding import find, sentences

pytestmark = pytest.mark.slow


def settle(person) -> None:
    person.settle()
    person.qtbot.waitUntil(lambda: person.scene.basins is not None, timeout=20_000)
    person.settle()


def start(open_window):
    return open_window(edits.choose_surface(default_descent(), surface("himmelblau")))


def test_the_basins_of_a_run_are_chosen_from_the_menu_and_end_with_none(open_window):
    person = start(open_window)
    panel = person.panels.basins
    assert not panel.isVisible()
    person.choose("View", "Basins", "Momentum")
    settle(person)
    assert panel.isVisible()
    assert "Basins of Momentum" in sentences(panel)
    assert "minimum 3, 2" in find(panel, QWidget, "Basins").accessibleDescription()
    person.choose("View", "Basins", "none")
    person.settle()
    assert not panel.isVisible()
    person.window.undo()
    settle(person)
    assert panel.isVisible()


def test_a_run_offers_its_basins_in_its_own_menu(open_window):
    person = start(open_window)
    more = find(find(person.panels.runs, RunRow, "RMSProp"), IconButton, "What can be done with this run")
    assert not is_checked(person, more, "Show basins")
    person.pick(more, "Show basins")
    assert person.descent.basins == person.descent.runs[2].id
    settle(person)
    assert is_checked(person, more, "Show basins")


def is_checked(person, button: QWidget, title: str) -> bool:
    with person.opened(button) as menu:
        return next(action for action in menu.actions() if action.text() == title).isChecked()


def test_basins_become_as_fine_as_the_picture_at_rest(open_window):
    person = start(open_window)
    person.edit(edits.show_basins, 0)
    settle(person)
    view = person.stage.view()
    person.qtbot.waitUntil(
        lambda: person.scene.basins.label.shape == (2 * view.rows, 2 * view.columns),
        timeout=20_000,
    )


def test_basins_follow_a_rate_while_it_is_dragged(open_window):
    person = start(open_window)
    person.edit(edits.show_basins, 1)
    settle(person)
    seen = set()
    for move in range(40):
        person.edit(edits.set_hyper, 1, "lr", 0.001 * 1.03**move, gesture="rate")
        person.qtbot.wait(16)
        seen.add(id(person.scene.basins.label))
    assert len(seen) >= 5


def nothing(_question, _ask, cancelled) -> Iterator:
    """Look for basins until somebody says that it is enough."""
    while not cancelled():
        time.sleep(0.001)
    return iter(())


def test_basins_that_are_still_those_of_more_steps_look_as_they_did(open_window, monkeypatch):
    person = start(open_window)
    person.edit(edits.show_basins, 0)
    settle(person)
    before = person.scene.basins
    colors = pixels(basins_image(before, person.window.theme)).copy()
    monkeypatch.setattr(BasinsQuestion, "results", nothing)
    person.edit(edits.set_steps, 5)
    person.qtbot.waitUntil(lambda: person.scene.steps == 5)
    person.stage.map_view.grab()
    assert person.scene.basins.label is before.label
    assert np.array_equal(pixels(basins_image(person.scene.basins, person.window.theme)), colors)


def test_panning_shows_the_basins_of_what_is_in_view(open_window):
    person = start(open_window)
    person.edit(edits.show_basins, 0)
    settle(person)
    person.stage.look((0.0, 3.0), (0.0, 2.0))
    settle(person)
    person.qtbot.waitUntil(lambda: person.scene.basins.x == (0.0, 3.0), timeout=20_000)


def test_what_brightness_means_is_told_only_where_some_start_arrives(open_window):
    person = start(open_window)
    person.edit(edits.show_basins, 0)
    settle(person)
    legend, panel = "The brighter, the fewer steps", person.panels.basins
    assert legend in sentences(panel)
    person.edit(edits.set_hyper, 0, "lr", 0.5)
    person.qtbot.waitUntil(lambda: panel.isVisible() and legend not in sentences(panel), timeout=20_000)


def test_basins_behind_another_workspace_wait_until_they_are_in_front_again(open_window, monkeypatch):
    begun, results = [], BasinsQuestion.results
    monkeypatch.setattr(BasinsQuestion, "results", lambda self, *given: begun.append(self) or results(self, *given))
    person = start(open_window)
    person.edit(edits.set_steps, 20_000)
    person.choose("View", "Basins", "Adam")
    person.qtbot.waitUntil(lambda: bool(begun), timeout=20_000)
    person.window.open_workspace("network")
    person.settle()
    begun.clear()
    person.window.set_language("zh")
    person.window.set_theme("light")
    person.settle()
    assert not begun
    person.window.open_workspace("descent")
    person.qtbot.waitUntil(lambda: bool(begun), timeout=20_000)
