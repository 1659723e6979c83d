"""The panel "This step": opened, walked line by line, and following the play head."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from tests.ui.finding import find, sentences
from tests.written import written


@pytest.fixture
def explaining(open_window):
    """A person in front of a window that explains Adam at step 7."""
    person = open_window(edits.explain(default_descent(), 3), size=(1280, 1400))
    person.window.player.go(7)
    person.settle()
    return person


def _numbers(person):
    return written(person.panels.step.lines)


def test_the_panel_explains_the_chosen_run_from_its_button(person):
    assert person.scene.step is None
    person.panels.runs.choose(1)
    person.click(find(person.panels.step, QPushButton, "Explain this step"))
    person.settle()
    assert person.descent.explained == 1
    assert person.scene.step.run == 1
    person.panels.runs.choose(3)
    person.settle()
    assert person.scene.step.run == 3
    person.click(find(person.panels.step, QPushButton, "Close the explanation"))
    person.settle()
    assert person.scene.step is None


def test_the_numbers_follow_the_play_head(explaining):
    before = _numbers(explaining)
    assert "Adam · 7 → 8" in sentences(explaining.panels.step)
    explaining.window.player.go(8)
    explaining.settle()
    assert "Adam · 8 → 9" in sentences(explaining.panels.step)
    assert _numbers(explaining) != before


def test_the_keys_walk_line_by_line_and_on_into_the_next_step(explaining):
    lines = len(explaining.panels.step.shown.lines)
    explaining.canvas.setFocus()
    explaining.key(Qt.Key.Key_Period)
    rows = [row.line for row in explaining.panels.step.lines.rows]
    assert set(rows) == {0}
    for _ in range(lines):
        explaining.key(Qt.Key.Key_Period)
    explaining.settle()
    assert explaining.window.player.step == 8
    assert {row.line for row in explaining.panels.step.lines.rows} == {0}
    explaining.key(Qt.Key.Key_Comma)
    explaining.settle()
    assert explaining.window.player.step == 7
    assert len({row.line for row in explaining.panels.step.lines.rows}) == lines


def test_the_key_e_opens_and_closes_the_explanation(explaining):
    explaining.canvas.setFocus()
    explaining.key(Qt.Key.Key_E)
    explaining.settle()
    assert explaining.descent.explained is None
    explaining.key(Qt.Key.Key_E)
    explaining.settle()
    assert explaining.descent.explained == 0


def test_a_run_that_is_removed_is_explained_no_more(explaining):
    explaining.edit(edits.remove_run, 3)
    explaining.settle()
    assert explaining.descent.explained is None
    assert find(explaining.panels.step, QPushButton, "Explain this step").isVisible()
